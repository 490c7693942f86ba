"""A wrong result is corrected, a lost one made again (Decree 61/2018, art. 21): who is at fault, who pays, and why."""

from motcua.domain.dossier.acts.correction import reissued
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.parts import AtFault, ReissueKind
from motcua.domain.post.parcel import Parcel, order_number
from motcua.domain.record import dataclass
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext, Dossiers
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_with_reason, changed
from motcua.usecases.results.open_parcel import opened_parcel


@dataclass(frozen=True, slots=True)
class Reissuing:
    """`again_by_post`: where the post lost the result, the new one goes by post at once."""

    kind: ReissueKind
    at_fault: AtFault
    paid_by: AtFault
    reason: str
    again_by_post: bool = True


def reissue_result(act: StaffCommand, told: Reissuing, context: DossierContext) -> CommandResult:
    """The status stays, and so do the figures: a result counts once, however often it is made."""

    def decide(dossier: Dossier) -> Change:
        check_actor("reissue", act.by, dossier)
        event = reissued(
            dossier,
            context.dossiers.events(dossier.id),
            _latest_parcel(dossier, context.dossiers),
            told.kind,
            told.at_fault,
            told.paid_by,
            act.stamp,
            again_by_post=told.again_by_post,
        )
        return opened_parcel(dossier, changed(dossier, event, act.idempotency), context.registry)

    return act_with_reason(context.dossiers, act, told.reason, decide)


def _latest_parcel(dossier: Dossier, dossiers: Dossiers) -> Parcel | None:
    """The dossier's version guards what is read here: only a delivery undoes a loss, and that moves the dossier."""
    found = dossiers.load_with_parcel(order_number(dossier.id, dossier.parcels)) if dossier.parcels else None
    return found[1] if found else None
