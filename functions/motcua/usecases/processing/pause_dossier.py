"""The agency pauses its work on a dossier for a reason, and goes on; the dossier stays on its desk."""

from motcua.domain.access.principal import Role
from motcua.domain.dossier.acts.waiting import paused, resumed
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import Office
from motcua.usecases.access.may_act import agency_at_work, check_doer
from motcua.usecases.deadline.resume_clock import resumption
from motcua.usecases.dossier_command import Act, Done, act_for_a_reason, act_on, changed


def pause_dossier(act: Act, reason: str, office: Office) -> Done:
    """4→8, by an officer or the head; the clock stands still."""

    def decide(dossier: Dossier) -> Change:
        check_doer("pause", act.by, dossier, agency_at_work(act.by, dossier, Role.OFFICER, Role.HEAD))
        return changed(dossier, paused(dossier, act.stamp), act.idempotency)

    return act_for_a_reason(office.dossiers, act, reason, decide)


def resume_dossier(act: Act, office: Office) -> Done:
    """8→4, by an officer or the head: the time waited is added to the limit."""

    def decide(dossier: Dossier) -> Change:
        check_doer("resume", act.by, dossier, agency_at_work(act.by, dossier, Role.OFFICER, Role.HEAD))
        event = resumed(dossier, resumption(office.registry, dossier, act.stamp.occurred_at), act.stamp)
        return changed(dossier, event, act.idempotency)

    return act_on(office.dossiers, act, decide)
