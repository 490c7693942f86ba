"""The applicant wants the dossier back (1,2,4,5,6→7): noted by a clerk, or told through the portal. The papers go back."""

from dataclasses import replace

from motcua.domain.dossier.acts.intake import withdrawn
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.ports.changes import Change
from motcua.ports.dossiers import Office
from motcua.usecases.access.may_act import check_doer
from motcua.usecases.dossier_command import Act, Done, OwnAct, act_for_a_reason, act_on_own, changed


def withdraw(act: Act, reason: str, office: Office) -> Done:
    """A clerk notes it, with the applicant's reason."""

    def decide(dossier: Dossier) -> Change:
        check_doer("withdraw", act.by, dossier)
        return changed(dossier, withdrawn(dossier, act.stamp), act.idempotency)

    return act_for_a_reason(office.dossiers, act, reason, decide)


def withdraw_own(act: OwnAct, reason: str, office: Office) -> Done:
    """The applicant withdraws a dossier of the own, through the portal."""

    def decide(dossier: Dossier, persons: Persons) -> Change:
        change = changed(dossier, withdrawn(dossier, act.stamp), act.idempotency)
        return replace(change, persons=persons.told(dossier.version + 1, reason), only_reasons=True)

    return act_on_own(office.dossiers, act, decide)
