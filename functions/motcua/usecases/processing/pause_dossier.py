"""The agency pauses its work on a dossier for a reason, and goes on; the dossier stays on its desk."""

from motcua.domain.access.principal import Role
from motcua.domain.dossier.acts.waiting import paused, resumed
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import agency_at_work, check_actor
from motcua.usecases.deadline.resume_clock import resumption
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, act_with_reason, changed


def pause_dossier(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """4→8, by an officer or the head; the clock stands still."""

    def decide(dossier: Dossier) -> Change:
        check_actor("pause", act.by, dossier, agency_at_work(act.by, dossier, Role.OFFICER, Role.HEAD))
        return changed(dossier, paused(dossier, act.stamp), act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def resume_dossier(act: StaffCommand, context: DossierContext) -> CommandResult:
    """8→4, by an officer or the head: the time waited is added to the limit."""

    def decide(dossier: Dossier) -> Change:
        check_actor("resume", act.by, dossier, agency_at_work(act.by, dossier, Role.OFFICER, Role.HEAD))
        event = resumed(dossier, resumption(context.registry, dossier, act.stamp.occurred_at), act.stamp)
        return changed(dossier, event, act.idempotency)

    return act_on(context.dossiers, act, decide)
