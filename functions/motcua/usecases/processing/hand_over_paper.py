"""Hand the paper from the one-stop unit to the agency: both sides sign. The electronic dossier has gone ahead."""

from motcua.domain.dossier.acts.processing import paper_handed_over, paper_taken
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed


def hand_over_paper(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Sign the paper over, as a clerk."""

    def decide(dossier: Dossier) -> Change:
        check_actor("hand_over_paper", act.by, dossier)
        return changed(dossier, paper_handed_over(dossier, act.stamp), act.idempotency)

    return act_on(context.dossiers, act, decide)


def take_paper(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Sign for the paper, as an officer of the agency."""

    def decide(dossier: Dossier) -> Change:
        check_actor("take_paper", act.by, dossier)
        return changed(dossier, paper_taken(dossier, act.stamp), act.idempotency)

    return act_on(context.dossiers, act, decide)
