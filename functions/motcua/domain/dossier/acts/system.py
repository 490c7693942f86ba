"""What the system does to a dossier by itself: it moves a due date, it hands the dossier to a successor."""

from datetime import datetime

from motcua.domain.dossier.dossier import Dossier, next_event
from motcua.domain.event import Event, EventType, Stamp


def due_moved(dossier: Dossier, due: datetime, calendar: str, change: str, stamp: Stamp, **legs: object) -> Event:
    """A change of the calendar moves the due date; `calendar` is the year and version that moved it, as `2020.2`. `legs` are
    the dates of linked agencies' parts that move with it."""
    before = dossier.due_at.isoformat() if dossier.due_at else None
    data: dict[str, object] = {"due_at": due.isoformat(), "before": before, "calendar": calendar, "change": change}
    return next_event(dossier, EventType.DOSSIER_DUE_MOVED, stamp, data | legs)


def reassigned(dossier: Dossier, agency_id: str, one_stop_id: str, because: str, stamp: Stamp) -> Event:
    """Units have ended: the dossier goes to those who took over. Its status stays; a new agency's officer takes it over."""
    data: dict[str, object] = {
        "agency": agency_id,
        "one_stop": one_stop_id,
        "agency_before": dossier.agency_id,
        "one_stop_before": dossier.one_stop_id,
        "because": because,
    }
    return next_event(dossier, EventType.DOSSIER_REASSIGNED, stamp, data)
