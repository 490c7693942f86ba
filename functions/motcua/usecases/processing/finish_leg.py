"""Finish an agency's part of a linked dossier: with the last part of a step, the next step's parts begin."""

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.legs import leg_finished
from motcua.domain.dossier.moves.table import check_move
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.deadline.date_legs import legs_that_follow
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed


def finish_leg(act: StaffCommand, agency_id: str, context: DossierContext) -> CommandResult:
    """Note, as an officer of `agency_id`, that its part is done.

    Raises RefusedError when it is not that agency's turn, and when nobody there took the part over. Refuses the last
    part of the agency that issues the result, too: that agency resolves the whole instead.
    """
    registry, at = context.registry, act.stamp.occurred_at

    def decide(dossier: Dossier) -> Change:
        check_actor("finish_leg", act.by, dossier, agency_id)
        check_move("finish_leg", dossier.status)
        starts = legs_that_follow(registry, dossier, agency_id, at)
        return changed(dossier, leg_finished(dossier, agency_id, starts, act.stamp), act.idempotency)

    return act_on(context.dossiers, act, decide)
