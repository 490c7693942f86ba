"""A dossier's due date: how it is counted, and where a changed calendar moves it."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.deadline.deadline import Deadline, counted
from motcua.domain.deadline.suspension import Suspension
from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.registry.procedure import Procedure, TimeLimit
from motcua.domain.status import Status


def moved_due(dossier: Dossier, procedure: Procedure, calendar: WorkingCalendar) -> datetime | None:
    """Return the due date by `calendar`, with all suspended time; None when it does not move, or when nothing is due.

    A suspended dossier keeps its date until the suspension ends, and is counted then.
    """
    if dossier.received_at is None or dossier.due_at is None or dossier.ready_at is not None or dossier.waiting:
        return None
    due = counted_for(dossier, procedure.whole_limit, calendar).at
    return None if due is None or due == dossier.due_at else due


def counted_for(dossier: Dossier, limit: TimeLimit | None, calendar: WorkingCalendar) -> Deadline:
    """Return the deadline of a dossier with all its suspended time; a dossier not yet received has no due date."""
    if dossier.received_at is None:
        return Deadline(None)
    return counted(dossier.received_at, limit, calendar, waits_that_count(dossier))


def waits_that_count(dossier: Dossier) -> tuple[Suspension, ...]:
    """Return the suspensions of a running clock: none from before receipt, and none from after a result was ready.

    A suspension that a decision ended moved no date, and is returned as if it were still open.
    """
    waits = [wait for wait in dossier.waits if wait.back_to not in (Status.SUBMITTED, Status.RESULT_READY)]
    if waits and dossier.decided_at and waits[-1].until == dossier.decided_at:
        waits[-1] = replace(waits[-1], until=None)
    return tuple(waits)
