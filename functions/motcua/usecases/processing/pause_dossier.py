"""Pause an agency's work on a dossier for a reason, and resume it. The dossier stays in the agency's inbox."""

from motcua.domain.access.principal import Role
from motcua.domain.dossier.acts.waiting import paused, resumed
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import agency_at_work, check_actor
from motcua.usecases.deadline.resume_clock import resumption
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, act_with_reason, changed


def pause_dossier(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """Pause the dossier (4→8), as an officer or the head. The clock stands still."""

    def decide(dossier: Dossier) -> Change:
        check_actor("pause", act.by, dossier, agency_at_work(act.by, dossier, Role.OFFICER, Role.HEAD))
        return changed(dossier, paused(dossier, act.stamp), act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def resume_dossier(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Resume the dossier (8→4), as an officer or the head. The suspended time is added to the limit."""

    def decide(dossier: Dossier) -> Change:
        check_actor("resume", act.by, dossier, agency_at_work(act.by, dossier, Role.OFFICER, Role.HEAD))
        event = resumed(dossier, resumption(context.registry, dossier, act.stamp.occurred_at), act.stamp)
        return changed(dossier, event, act.idempotency)

    return act_on(context.dossiers, act, decide)
