"""Route a received dossier to its processing agency (2→4): the electronic dossier goes at once, by the queue."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.dossier.acts.intake import transferred
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.event import Event, Stamp
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext, Dossiers
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed


class NothingToRouteError(Exception):
    """The event names a dossier that does not exist: the message can never be right."""


def route_dossier(event: Event, settles: str, real_now: datetime, dossiers: Dossiers) -> bool:
    """Move the dossier to its agency. Returns False when it has moved on by itself, so that there is nothing to move.

    Raises AlreadySettledError when the message had its effect before, and VersionMovedError, for the message to come
    again, when somebody changed the dossier meanwhile.
    """
    dossier = dossiers.load(event.subject)
    if dossier is None:
        raise NothingToRouteError(event.subject)
    if dossier.status is not Status.RECEIVED:
        dossiers.commit(Change(events=(), settles=settles))
        return False
    at = max(event.stamp.occurred_at, dossier.changed_at)  # at once, but never before what happened since
    stamp = Stamp(at, real_now, "system:route", event.stamp.correlation_id)
    change = changed(dossier, transferred(dossier, stamp))
    dossiers.commit(replace(change, settles=settles))
    return True


def transfer(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Transfer, as a clerk, what the queue has not routed yet. The queue's message then finds nothing to move."""

    def decide(dossier: Dossier) -> Change:
        check_actor("transfer", act.by, dossier)
        return changed(dossier, transferred(dossier, act.stamp), act.idempotency)

    return act_on(context.dossiers, act, decide)
