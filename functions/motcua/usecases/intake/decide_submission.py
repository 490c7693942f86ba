"""A clerk decides on an online submission: accept it (it is then received and numbered) or refuse it with a reason."""

from typing import Any

from motcua.domain.dossier.acts.intake import accepted, not_accepted
from motcua.domain.dossier.components import Brought
from motcua.domain.dossier.dossier import ChannelIn, Dossier
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.persons import Persons
from motcua.domain.local_time import local_day
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.access.may_see import check_may_see
from motcua.usecases.dossier_command import (
    CommandResult,
    StaffCommand,
    act_with_reason,
    changed,
    check_seen,
    run_idempotently,
)
from motcua.usecases.intake.ask_at_intake import NOTHING, AtIntake, and_asked
from motcua.usecases.intake.receipt import Receipt, receive_now
from motcua.usecases.registry.find_service import Service, find_service, procedure_of, valid_unit


def accept_submission(
    act: StaffCommand, context: DossierContext, papers: tuple[Brought, ...] | None = None, asks: AtIntake = NOTHING
) -> CommandResult:
    """1→2: the submission gets its number, its due date, and its way to the agency; 1→5,6 when something is asked for at once.

    `papers` are those that the clerk found, else those that were submitted.
    """

    def write() -> Dossier:
        dossier, persons = _read(act, context, with_persons=bool(asks.supplement_reason))
        check_actor("accept", act.by, dossier)
        check_seen(act, dossier)
        check_move("accept", dossier.status)
        service = find_service(
            context.registry, dossier.one_stop_id, dossier.procedure_code, ChannelIn.ONLINE, act.stamp
        )

        def received(more: dict[str, Any]) -> Change:
            change = changed(dossier, accepted(dossier, more, act.stamp), act.idempotency)
            return and_asked(change, asks, persons, act.stamp, context.registry)

        brought, asks_for_more = dossier.papers if papers is None else papers, bool(asks.supplement_reason)
        # the version that it was submitted under, and the agency that it has since then: a later version may name another
        agency = valid_unit(context.registry, dossier.agency_id, local_day(act.stamp.occurred_at), "")
        submitted_under = Service(procedure_of(context.registry, dossier), service.one_stop, agency)
        receipt = Receipt(submitted_under, ChannelIn.ONLINE, act.stamp.occurred_at, brought, asks_for_more)
        return receive_now(context, receipt, received)

    return run_idempotently(context.dossiers, act.idempotency, write, act.dossier_id)


def refuse_submission(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """1→3, with the mandatory reason (form 03), which the applicant reads and no event repeats."""

    def decide(dossier: Dossier) -> Change:
        check_actor("refuse", act.by, dossier)
        return changed(dossier, not_accepted(dossier, act.stamp), act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def _read(act: StaffCommand, context: DossierContext, *, with_persons: bool) -> tuple[Dossier, Persons | None]:
    """The dossier, and its persons where a reason is to be kept with them."""
    if not with_persons:
        return check_may_see(act.by, context.dossiers.load(act.dossier_id)), None
    found = context.dossiers.load_with_persons(act.dossier_id)
    return check_may_see(act.by, found[0] if found else None), found[1] if found else None
