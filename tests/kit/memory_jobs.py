"""Jobs in memory: the store that `MemoryDossiers` writes results to, and a queue that is run until it is empty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from motcua.domain.event import Queue, Stamp
from motcua.domain.jobs.bulk import Given
from motcua.domain.jobs.job import Job, JobOutcome, JobResult, Progress, Traversal
from motcua.ports.changes import IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import AlreadyDoneError, AlreadySettledError, VersionMovedError
from motcua.usecases.jobs.migrations import Migration
from motcua.usecases.jobs.run_bulk import do_one
from motcua.usecases.jobs.run_job import JobStep, deal_with, traverse
from tests.kit.fakes import REAL_NOW, MemoryDossiers

Step = Traversal | str | Given | tuple[Given, ...]


@dataclass
class MemoryJobs:
    """The port `Jobs`. Its pending messages are in the dossiers' own outbox, as in the real table."""

    dossiers: MemoryDossiers
    known: dict[str, Job] = field(default_factory=dict)
    steps: list[tuple[str, Job, Step]] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)

    def start(self, job: Job) -> None:
        """Start a job as the ledger does, in the transaction of the change."""
        self.known[job.id] = job
        self._owe(job, Traversal())

    def job(self, job_id: str) -> Job | None:
        return self.known.get(job_id)

    def result(self, job_id: str, dossier_id: str) -> JobResult | None:
        return self.dossiers.results.get((job_id, dossier_id))

    def results(
        self, job_id: str, cursor: str, limit: int, outcome: JobOutcome | None
    ) -> tuple[Sequence[JobResult], str]:
        found = sorted((r for r in self.dossiers.results.values() if r.job_id == job_id), key=lambda r: r.dossier_id)
        page = [each for each in found if each.dossier_id > cursor and outcome in (None, each.outcome)]
        return page[:limit], page[limit - 1].dossier_id if len(page) > limit else ""

    def progress(self, job: Job) -> Progress:
        outcomes = [each.outcome for (job_id, _), each in self.dossiers.results.items() if job_id == job.id]
        return Progress.of(self.known[job.id], {each: outcomes.count(each) for each in set(outcomes)})

    def unknown(self, job_id: str, dossier_ids: Sequence[str]) -> Sequence[str]:
        return [each for each in dossier_ids if (job_id, each) not in self.dossiers.results]

    def gave_up(self, result: JobResult, settles: str) -> None:
        self.settle(settles)
        self.dossiers.results[result.job_id, result.dossier_id] = result

    def settle(self, settles: str) -> None:
        if settles not in self.dossiers.owed:
            raise AlreadySettledError
        del self.dossiers.owed[settles]

    def abandon(self, job: Job, stamp: Stamp, why: str) -> None:  # noqa: ARG002 - the port's signature
        self.known[job.id] = replace(job, abandoned=True)

    def begin(self, job: Job, chunks: Sequence[Sequence[Given]], idempotency: IdempotencyKey) -> None:
        if before := self.dossiers.done.get(idempotency.scope):
            raise before
        self.dossiers.done[idempotency.scope] = AlreadyDoneError(job.id, 1, idempotency.body_digest)
        self.known[job.id] = job
        for given in chunks:
            self._owe(job, tuple(given))

    def list_given(self, job: Job, given: Sequence[Given], settles: str, now: datetime) -> None:  # noqa: ARG002 - the port's signature
        self.settle(settles)
        self.chunks.append(len(given))
        for each in given:
            self.dossiers.results[job.id, each.dossier_id] = JobResult(job.id, each.dossier_id)
            self._owe(job, each)

    def traversed(
        self,
        job: Job,
        found: Sequence[str],
        following: Traversal | None,
        settles: str,
        now: datetime,  # noqa: ARG002 - the port's signature
    ) -> None:
        self.settle(settles)
        self.chunks.append(len(found))
        for dossier_id in found:
            self.dossiers.results[job.id, dossier_id] = JobResult(job.id, dossier_id)
            self._owe(job, dossier_id)
        if following:
            self._owe(job, following)
        else:
            self.known[job.id] = job

    def _owe(self, job: Job, step: Step) -> None:
        message_id = f"job:{job.id}:{step}"
        self.dossiers.owed[message_id] = (Queue.JOBS, None)
        self.steps.append((message_id, job, step))

    def run(self, migration: Migration, *, meanwhile: Callable[[], None] = lambda: None, twice: bool = False) -> None:
        """Take steps until none is left. `meanwhile` runs after each chunk; `twice` delivers every message again."""
        while self.steps:
            message_id, job, step = self.steps.pop(0)
            for _ in range(1 + twice):
                try:
                    if isinstance(step, str):
                        deal_with(JobStep(job, message_id, REAL_NOW), step, migration, self.dossiers)
                    elif isinstance(step, Traversal):
                        traverse(JobStep(job, message_id, REAL_NOW), step, migration, self, self.dossiers)
                except AlreadySettledError:
                    assert twice
            if isinstance(step, Traversal):
                meanwhile()

    def run_bulk(self, office: DossierContext, *, twice: bool = False) -> None:
        """Like `run`, for selected dossiers: a step that meets somebody else's change is retried at the end."""
        while self.steps:
            message_id, job, step = self.steps.pop(0)
            for _ in range(1 + twice):
                try:
                    if isinstance(step, Given):
                        do_one(JobStep(job, message_id, REAL_NOW), step, office)
                    elif isinstance(step, tuple):
                        self.list_given(job, step, message_id, REAL_NOW)
                except AlreadySettledError:
                    assert twice
                except VersionMovedError:
                    self.steps.append((message_id, job, step))


def outcomes(jobs: MemoryJobs, job_id: str) -> dict[str, str]:
    """Return the outcome for each dossier."""
    return {each.dossier_id: each.outcome.value for each in jobs.results(job_id, "", 10_000, None)[0]}
