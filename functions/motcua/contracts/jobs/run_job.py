"""A job as it crosses the wire: how far it is, and what it did to each dossier."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.fields import Why
from motcua.contracts.model import Inward, Outward
from motcua.domain.errors import Fault
from motcua.domain.jobs.job import Job, JobKind, JobOutcome, JobResult, Progress
from motcua.problems import words


class JobView(Outward):
    """How far a job is: how many dossiers it has found so far, and what became of them."""

    id: str
    kind: JobKind
    about: str = Field(description="The calendar change or reorganisation that it carries out; the act of a bulk job")
    started_at: datetime
    started_by: str
    given: int | None = Field(description="How many dossiers a bulk job was given")
    listed: bool = Field(description="Every open dossier that it touches was found")
    done: bool
    found: int
    pending: int
    moved: int
    unchanged: int
    tasks: int = Field(description="Dossiers that no rule covers: a person decides")
    failed: int = Field(description="Dossiers that could not be dealt with: a person must look")
    succeeded: int = Field(description="Dossiers of a bulk job on which the act was done")
    refused: int = Field(description="Those on which a rule does not allow it")
    not_found: int = Field(description="Those that do not exist, or not for who started the job")
    abandoned: bool = Field(description="Given up: what is pending stays as it is")

    @classmethod
    def of(cls, job: Job, progress: Progress) -> "JobView":
        counts = progress.counts
        return cls.model_construct(
            id=job.id,
            kind=job.kind,
            about=job.about,
            started_at=local(job.started.occurred_at),
            started_by=job.started.actor,
            given=job.bulk.size if job.bulk else None,
            listed=progress.listed,
            done=progress.done,
            found=sum(counts.values()),
            pending=counts.get(JobOutcome.PENDING, 0),
            moved=counts.get(JobOutcome.MOVED, 0),
            unchanged=counts.get(JobOutcome.UNCHANGED, 0),
            tasks=counts.get(JobOutcome.TASK, 0),
            failed=counts.get(JobOutcome.FAILED, 0),
            succeeded=counts.get(JobOutcome.DONE, 0),
            refused=counts.get(JobOutcome.REFUSED, 0),
            not_found=counts.get(JobOutcome.NOT_FOUND, 0),
            abandoned=progress.abandoned,
        )


class AbandonJobRequest(Inward):
    """Why a job is given up."""

    why: Why


class JobResultView(Outward):
    """One dossier: from which due date, agency and one-stop unit, or status, to which, and by what; why it was refused."""

    dossier_id: str
    number: str | None
    unit_id: str | None
    outcome: JobOutcome
    before: str | None
    after: str | None
    because: str | None
    problem: str | None = Field(description="Type of the problem for which it was refused")
    message_vi: str | None
    message_en: str | None
    at: datetime | None

    @classmethod
    def of(cls, result: JobResult) -> "JobResultView":
        told = result.outcome in (JobOutcome.REFUSED, JobOutcome.NOT_FOUND)
        vi, en = words(Fault(result.because, "", dict(result.params))) if told else (None, None)
        return cls.model_construct(
            dossier_id=result.dossier_id,
            number=result.number or None,
            unit_id=result.unit_id or None,
            outcome=result.outcome,
            before=result.before or None,
            after=result.after or None,
            because=result.because or None,
            problem=f"urn:motcua:problem:{result.because.replace('_', '-')}" if told else None,
            message_vi=vi,
            message_en=en,
            at=local(result.at),
        )


class JobResultsView(Outward):
    """One page of results; the header `Link: …; rel="next"` opens the next page."""

    job_id: str
    results: list[JobResultView]
    next_cursor: str | None

    @classmethod
    def of(cls, job_id: str, results: Sequence[JobResult], cursor: str) -> "JobResultsView":
        views = [JobResultView.of(result) for result in results]
        return cls.model_construct(job_id=job_id, results=views, next_cursor=cursor or None)
