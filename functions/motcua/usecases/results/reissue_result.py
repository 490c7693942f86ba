"""Reissue a result that was wrong or lost (Decree 61/2018, art. 21): who is at fault, who pays, and why."""

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
    """Why a result is made again. With `again_by_post`, a result that the post lost goes by post again at once."""

    kind: ReissueKind
    at_fault: AtFault
    paid_by: AtFault
    reason: str
    again_by_post: bool = True


def reissue_result(act: StaffCommand, reissuing: Reissuing, context: DossierContext) -> CommandResult:
    """Reissue the result. Status and figures stay: a result counts once, however often it is made."""

    def decide(dossier: Dossier) -> Change:
        check_actor("reissue", act.by, dossier)
        event = reissued(
            dossier,
            context.dossiers.events(dossier.id),
            _latest_parcel(dossier, context.dossiers),
            reissuing.kind,
            reissuing.at_fault,
            reissuing.paid_by,
            act.stamp,
            again_by_post=reissuing.again_by_post,
        )
        return opened_parcel(dossier, changed(dossier, event, act.idempotency), context.registry)

    return act_with_reason(context.dossiers, act, reissuing.reason, decide)


def _latest_parcel(dossier: Dossier, dossiers: Dossiers) -> Parcel | None:
    """Return the dossier's latest parcel, if it has one.

    The dossier's version guards what is read here: only a delivery undoes a loss, and that moves the dossier.
    """
    found = dossiers.load_with_parcel(order_number(dossier.id, dossier.parcels)) if dossier.parcels else None
    return found[1] if found else None
