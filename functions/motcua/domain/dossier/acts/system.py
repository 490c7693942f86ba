"""The acts of the system itself: it moves a due date, and it hands a dossier on to a successor."""

from datetime import datetime

from motcua.domain.dossier.dossier import Dossier, next_event
from motcua.domain.event import Event, EventType, Stamp


def due_moved(dossier: Dossier, due: datetime, calendar: str, change: str, stamp: Stamp, **legs: object) -> Event:
    """Move the due date because the calendar has changed.

    `calendar` is the year and version that moved it, as `2020.2`. `legs` are the due dates of linked agencies' legs
    that move with it.
    """
    before = dossier.due_at.isoformat() if dossier.due_at else None
    data: dict[str, object] = {"due_at": due.isoformat(), "before": before, "calendar": calendar, "change": change}
    return next_event(dossier, EventType.DOSSIER_DUE_MOVED, stamp, data | legs)


def reassigned(dossier: Dossier, agency_id: str, one_stop_id: str, because: str, stamp: Stamp) -> Event:
    """Hand the dossier on to the successors of units that have ended.

    Its status stays; an officer of the new agency takes it over.
    """
    data: dict[str, object] = {
        "agency": agency_id,
        "one_stop": one_stop_id,
        "agency_before": dossier.agency_id,
        "one_stop_before": dossier.one_stop_id,
        "because": because,
    }
    return next_event(dossier, EventType.DOSSIER_REASSIGNED, stamp, data)
