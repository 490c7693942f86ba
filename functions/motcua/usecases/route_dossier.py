"""Route a received dossier to its processing agency (2→4): the electronic dossier goes at once, by the queue."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.acts import transferred
from motcua.domain.event import Event, Stamp
from motcua.domain.status import Status
from motcua.ports import Change, Dossiers
from motcua.usecases.acting import changed


class NothingToRouteError(Exception):
    """The event names a dossier that does not exist: the message cannot be right, ever."""


def route_dossier(event: Event, settles: str, real_now: datetime, dossiers: Dossiers) -> bool:
    """Move the dossier to its agency; False when there was nothing to move, because it has moved on by itself.

    AlreadySettledError for a message that had its effect before; VersionMovedError when somebody changed the dossier
    meanwhile, for the message to come again.
    """
    dossier = dossiers.load(event.subject)
    if dossier is None:
        raise NothingToRouteError(event.subject)
    if dossier.status is not Status.RECEIVED:
        dossiers.commit(Change(events=(), settles=settles))
        return False
    stamp = Stamp(event.stamp.occurred_at, real_now, "system:route", event.stamp.correlation_id)
    change = changed(dossier, transferred(dossier, stamp))
    dossiers.commit(replace(change, settles=settles))
    return True
