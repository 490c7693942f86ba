"""Run a job: read inboxes chunk by chunk, and deal with each dossier that it touches.

It ends when a whole pass over the inboxes finds no new dossier.
"""

from dataclasses import replace
from datetime import datetime

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Stamp
from motcua.domain.jobs.job import Job, JobOutcome, JobResult, Traversal
from motcua.domain.record import dataclass
from motcua.ports.changes import Change
from motcua.ports.dossiers import Dossiers
from motcua.ports.jobs import Jobs
from motcua.usecases.dossier_command import changed
from motcua.usecases.jobs.migrations import Migration

PAGE_SIZE = 40
"""Dossiers of one page, and so of one chunk at most.

Each is a result and a message in one transaction, which takes a hundred items.
"""

READS = 100
"""Pages of one chunk at most, so that it ends well before the function's time does (about 5 ms each, of 10 s)."""


class NothingToDoError(Exception):
    """The message names a job or a dossier that does not exist: it can never be right."""


@dataclass(frozen=True, slots=True)
class JobStep:
    """One message of a job: the job, the pending message that this step settles, and when it is taken (real time)."""

    job: Job
    settles: str
    now: datetime


def running_job(job_id: str, settles: str, jobs: Jobs) -> Job | None:
    """Return the job. Returns None for an abandoned job, and settles its message without effect."""
    job = jobs.job(job_id)
    if job is None:
        raise NothingToDoError(job_id)
    if not job.abandoned:
        return job
    jobs.settle(settles)
    return None


def traverse(step: JobStep, at: Traversal, migration: Migration, jobs: Jobs, dossiers: Dossiers) -> int:
    """Read one chunk: find the dossiers that the job touches, then leave a message for the next chunk or list the job.

    Returns how many were found. Raises AlreadySettledError when the chunk was read before.
    """
    job = step.job
    ahead = sorted(
        inbox for inbox in set(migration.inboxes()) if inbox.name > at.desk or (at.after and inbox.name == at.desk)
    )
    here, after = at.desk, at.after if ahead and ahead[0].name == at.desk else ""
    found: list[str] = []
    inboxes = iter(ahead)
    inbox = next(inboxes, None)
    for _ in range(READS):
        if inbox is None or found:
            break
        page = dossiers.inbox(inbox.unit_id, inbox.status, after, PAGE_SIZE)
        # A dossier that moves from one part to another may lie twice in an inbox until the index has followed.
        touched = dict.fromkeys(each.id for each in page.dossiers if migration.touches(each))
        found = list(jobs.unknown(job.id, list(touched)))
        here, after = inbox.name, page.after
        if not after:
            inbox = next(inboxes, None)
    anybody = at.found or bool(found)
    following: Traversal | None = Traversal(at.round, here, after, anybody)
    if inbox is None:
        following = Traversal(at.round + 1) if anybody else None
    jobs.traversed(job if following else replace(job, listed=True), found, following, step.settles, step.now)
    return len(found)


def deal_with(step: JobStep, dossier_id: str, migration: Migration, dossiers: Dossiers) -> JobOutcome:
    """Run the job's migration on one dossier, and note its result in the same transaction.

    Raises AlreadySettledError when the message had its effect before, and VersionMovedError, for the message to come
    again, when somebody else was first.
    """
    dossier, persons = _read(dossiers, dossier_id, migration)
    started = step.job.started
    stamp = Stamp(started.occurred_at, step.now, started.actor, started.correlation_id)
    migrated = migration.migrate(dossier, persons, stamp)
    result = JobResult(
        job_id=step.job.id,
        dossier_id=dossier_id,
        outcome=migrated.outcome,
        number=dossier.number,
        unit_id=dossier.agency_id,
        before=migrated.before,
        after=migrated.after,
        because=migrated.because,
        at=step.now,
    )
    change = changed(dossier, migrated.event) if migrated.event else Change(events=())
    dossiers.commit(replace(change, settles=step.settles, result=result))
    return migrated.outcome


def give_up(step: JobStep, dossier_id: str, why: str, jobs: Jobs) -> JobOutcome:
    """Note as failed what fails however often it is tried: it holds up nobody else, and a person must look."""
    jobs.gave_up(JobResult(step.job.id, dossier_id, JobOutcome.FAILED, because=why, at=step.now), step.settles)
    return JobOutcome.FAILED


def _read(dossiers: Dossiers, dossier_id: str, migration: Migration) -> tuple[Dossier, Persons | None]:
    """Return the dossier, and its persons only where the migration needs them: nobody's data is opened for nothing."""
    if migration.needs_persons:
        found = dossiers.load_with_persons(dossier_id)
        if found is None:
            raise NothingToDoError(dossier_id)
        return found
    dossier = dossiers.load(dossier_id)
    if dossier is None:
        raise NothingToDoError(dossier_id)
    return dossier, None
