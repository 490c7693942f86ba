"""The paper's own way from the one-stop unit to the agency: both sides sign. The electronic dossier has gone ahead."""

from motcua.domain.dossier.acts.processing import paper_handed_over, paper_taken
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import Office
from motcua.usecases.access.may_act import check_doer
from motcua.usecases.dossier_command import Act, Done, act_on, changed


def hand_over_paper(act: Act, office: Office) -> Done:
    """The clerk signs the paper over."""

    def decide(dossier: Dossier) -> Change:
        check_doer("hand_over_paper", act.by, dossier)
        return changed(dossier, paper_handed_over(dossier, act.stamp), act.idempotency)

    return act_on(office.dossiers, act, decide)


def take_paper(act: Act, office: Office) -> Done:
    """An officer of the agency signs for it."""

    def decide(dossier: Dossier) -> Change:
        check_doer("take_paper", act.by, dossier)
        return changed(dossier, paper_taken(dossier, act.stamp), act.idempotency)

    return act_on(office.dossiers, act, decide)
