"""Reverse a mistaken return (10→9) or resolution (9→4): whoever did it on the same day, the head on any day."""

from motcua.domain.access.principal import Role
from motcua.domain.dossier.acts.correction import resolution_reversed, return_reversed
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_with_reason, changed


def reverse_return(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """Reverse a return (10→9), at the one-stop unit. The figure is taken back from the day on which it stood."""

    def decide(dossier: Dossier) -> Change:
        check_actor("reverse_return", act.by, dossier)
        as_head = act.by.has(Role.HEAD, dossier.one_stop_id)
        event = return_reversed(dossier, context.dossiers.events(dossier.id), act.stamp, as_head=as_head)
        return changed(dossier, event, act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def reverse_resolution(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """Reverse a resolution (9→4), at the agency that issued the result."""

    def decide(dossier: Dossier) -> Change:
        check_actor("reverse_resolution", act.by, dossier)
        as_head = act.by.has(Role.HEAD, dossier.agency_id)
        event = resolution_reversed(dossier, context.dossiers.events(dossier.id), act.stamp, as_head=as_head)
        return changed(dossier, event, act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)
