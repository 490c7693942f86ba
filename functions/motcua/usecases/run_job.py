"""A job at work: it walks over desks, stretch by stretch, until a whole round finds nobody new, and deals with each one."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.event import Stamp
from motcua.domain.job import Desk, Job, JobResult, Outcome, Walk
from motcua.ports import Change, Dossiers
from motcua.ports.jobs import Jobs
from motcua.usecases.acting import changed
from motcua.usecases.errands import Errand

AT_ONCE = 30
"""Dossiers of one stretch: each is a result and a message of one transaction, which takes a hundred items."""

PAGE = 10
DESKS = 100
"""Desks of one stretch at most, so that it ends well before the function's time does."""


class NothingToDoError(Exception):
    """The message names a job or a dossier that does not exist: it cannot be right, ever."""


def walk(job: Job, at: Walk, errand: Errand, settles: str, now: datetime, jobs: Jobs, dossiers: Dossiers) -> int:
    """Walk one stretch: find whom the job touches, and owe the next stretch or list the job. How many were found.

    AlreadySettledError for a stretch that was walked before.
    """
    ahead = sorted(desk for desk in set(errand.desks()) if desk.name > at.desk or (at.after and desk.name == at.desk))
    found: list[str] = []
    here, after = at.desk, at.after if ahead and ahead[0].name == at.desk else ""
    for desk in ahead[:DESKS]:
        here, after = desk.name, _look(desk, after, job, errand, found, jobs, dossiers)
        if after or len(found) > AT_ONCE - PAGE:
            break
    anybody = at.found or bool(found)
    following: Walk | None
    if after or (ahead and here != ahead[-1].name):
        following = Walk(at.round, here, after, anybody)
    else:
        following = Walk(at.round + 1) if anybody else None
    jobs.walked(job if following else replace(job, listed=True), found, following, settles, now)
    return len(found)


def _look(desk: Desk, after: str, job: Job, errand: Errand, found: list[str], jobs: Jobs, dossiers: Dossiers) -> str:
    """Look through a desk, or as much of it as a stretch may find; the cursor of what is left, empty at its end."""
    while len(found) <= AT_ONCE - PAGE:
        page = dossiers.inbox(desk.unit_id, desk.status, after, PAGE)
        found += jobs.unknown(job.id, [each.id for each in page.dossiers if errand.touches(each)])
        after = page.cursor
        if not after:
            break
    return after


def deal_with(job: Job, dossier_id: str, errand: Errand, settles: str, now: datetime, dossiers: Dossiers) -> Outcome:
    """Do the job's errand on one dossier, and note its result in the same transaction.

    AlreadySettledError for a message that had its effect; VersionMovedError when somebody was first, for it to come again.
    """
    read = dossiers.load_with_persons(dossier_id)
    if read is None:
        raise NothingToDoError(dossier_id)
    dossier, persons = read
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
