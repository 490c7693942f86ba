"""Reissue a result that was wrong or lost (Decree 61/2018, art. 21): who is at fault, who pays, and why."""

from motcua.domain.dossier.acts.correction import ReissueTerms, reissued
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.post.parcel import Parcel, order_number
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext, Dossiers
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_with_reason, changed
from motcua.usecases.results.open_parcel import opened_parcel


def reissue_result(act: StaffCommand, terms: ReissueTerms, reason: str, context: DossierContext) -> CommandResult:
    """Reissue the result. Status and figures stay: a result counts once, however often it is made."""

    def decide(dossier: Dossier) -> Change:
        check_actor("reissue", act.by, dossier)
        parcel = _latest_parcel(dossier, context.dossiers)
        event = reissued(dossier, context.dossiers.events(dossier.id), parcel, terms, act.stamp)
        return opened_parcel(dossier, changed(dossier, event, act.idempotency), context.registry)

    return act_with_reason(context.dossiers, act, reason, decide)


def _latest_parcel(dossier: Dossier, dossiers: Dossiers) -> Parcel | None:
    """Return the dossier's latest parcel, if it has one.

    The dossier's version guards what is read here: only a delivery undoes a loss, and that moves the dossier.
    """
    found = dossiers.load_with_parcel(order_number(dossier.id, dossier.parcels)) if dossier.parcels else None
    return found[1] if found else None
