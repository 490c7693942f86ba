"""Ask for a payment before the dossier goes on, at intake or during appraisal; the one-stop unit confirms it."""

from motcua.domain.dossier.acts.waiting import paid, payment_requested
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor, check_asker
from motcua.usecases.deadline.resume_clock import resumption
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed


def request_payment(act: StaffCommand, amount_vnd: int, context: DossierContext) -> CommandResult:
    """Ask for `amount_vnd` đồng (2,4→6), as a clerk at intake or an officer during appraisal."""

    def decide(dossier: Dossier) -> Change:
        check_asker("request_payment", act.by, dossier)
        return changed(dossier, payment_requested(dossier, amount_vnd, act.stamp), act.idempotency)

    return act_on(context.dossiers, act, decide)


def confirm_payment(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Confirm the payment (6→2,4).

    The suspended time is added to the limit. Back at 2, the queue routes the dossier.
    """

    def decide(dossier: Dossier) -> Change:
        check_actor("confirm_payment", act.by, dossier)
        event = paid(dossier, resumption(context.registry, dossier, act.stamp.occurred_at), act.stamp)
        return changed(dossier, event, act.idempotency)

    return act_on(context.dossiers, act, decide)
