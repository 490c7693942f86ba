"""A job at work: it walks over desks, stretch by stretch, until a whole round finds nobody new, and deals with each one."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Stamp
from motcua.domain.jobs.job import Job, JobOutcome, JobResult, Traversal
from motcua.ports.changes import Change
from motcua.ports.dossiers import Dossiers
from motcua.ports.jobs import Jobs
from motcua.usecases.dossier_command import changed
from motcua.usecases.jobs.migrations import Migration

PAGE_SIZE = 40
"""Dossiers of one page, and so of one stretch at most: each is a result and a message of one transaction, which takes a
hundred items."""

READS = 100
"""Pages of one stretch at most, so that it ends well before the function's time does (about 5 ms each, 10 s)."""


class NothingToDoError(Exception):
    """The message names a job or a dossier that does not exist: it cannot be right, ever."""


def running_job(job_id: str, settles: str, jobs: Jobs) -> Job | None:
    """The job, as long as it goes on; None for one that was abandoned, whose message is paid off without effect."""
    job = jobs.job(job_id)
    if job is None:
        raise NothingToDoError(job_id)
    if not job.abandoned:
        return job
    jobs.settle(settles)
    return None


def traverse(
    job: Job, at: Traversal, errand: Migration, settles: str, now: datetime, jobs: Jobs, dossiers: Dossiers
) -> int:
    """Walk one stretch: find whom the job touches, and owe the next stretch or list the job. How many were found.

    AlreadySettledError for a stretch that was walked before.
    """
    ahead = sorted(desk for desk in set(errand.desks()) if desk.name > at.desk or (at.after and desk.name == at.desk))
    here, after = at.desk, at.after if ahead and ahead[0].name == at.desk else ""
    found: list[str] = []
    desks = iter(ahead)
    desk = next(desks, None)
    for _ in range(READS):
        if desk is None or found:
            break
        page = dossiers.inbox(desk.unit_id, desk.status, after, PAGE_SIZE)
        # one that moves from one part in it to another may lie twice on a desk until the index has followed
        touched = dict.fromkeys(each.id for each in page.dossiers if errand.touches(each))
        found = list(jobs.unknown(job.id, list(touched)))
        here, after = desk.name, page.after
        if not after:
            desk = next(desks, None)
    anybody = at.found or bool(found)
    following: Traversal | None = Traversal(at.round, here, after, anybody)
    if desk is None:
        following = Traversal(at.round + 1) if anybody else None
    jobs.traversed(job if following else replace(job, listed=True), found, following, settles, now)
    return len(found)


def deal_with(
    job: Job, dossier_id: str, errand: Migration, settles: str, now: datetime, dossiers: Dossiers
) -> JobOutcome:
    """Do the job's errand on one dossier, and note its result in the same transaction.

    AlreadySettledError for a message that had its effect; VersionMovedError when somebody was first, for it to come again.
    """
    dossier, persons = _read(dossiers, dossier_id, errand)
    started = job.started
    stamp = Stamp(started.occurred_at, now, started.actor, started.correlation_id)
    deed = errand.deed(dossier, persons, stamp)
    result = JobResult(
        job_id=job.id,
        dossier_id=dossier_id,
        outcome=deed.outcome,
        number=dossier.number,
        unit_id=dossier.agency_id,
        before=deed.before,
        after=deed.after,
        because=deed.because,
        at=now,
    )
    change = changed(dossier, deed.event) if deed.event else Change(events=())
    dossiers.commit(replace(change, settles=settles, result=result))
    return deed.outcome


def give_up(job: Job, dossier_id: str, why: str, settles: str, now: datetime, jobs: Jobs) -> JobOutcome:
    """What fails however often it is tried holds up nobody else: its result says so, for a person to look."""
    jobs.gave_up(JobResult(job.id, dossier_id, JobOutcome.FAILED, because=why, at=now), settles)
    return JobOutcome.FAILED


def _read(dossiers: Dossiers, dossier_id: str, errand: Migration) -> tuple[Dossier, Persons | None]:
    """The dossier, and its persons where the errand needs them: nobody's data is opened for nothing."""
    if errand.needs_persons:
        found = dossiers.load_with_persons(dossier_id)
        if found is None:
            raise NothingToDoError(dossier_id)
        return found
    dossier = dossiers.load(dossier_id)
    if dossier is None:
        raise NothingToDoError(dossier_id)
    return dossier, None
