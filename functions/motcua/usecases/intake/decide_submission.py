"""Decide on an online submission: a clerk accepts it (it is then received and numbered) or refuses it with a reason."""

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
from motcua.usecases.intake.give_number import commit_numbered
from motcua.usecases.intake.receipt import Receipt, receipt_data, series_for
from motcua.usecases.registry.find_service import Service, find_service, procedure_of, valid_unit


def accept_submission(
    act: StaffCommand, context: DossierContext, papers: tuple[Brought, ...] | None = None, asks: AtIntake = NOTHING
) -> CommandResult:
    """Accept the submission (1→2; 1→5,6 with a request): it gets its number and due date, and goes to the agency.

    `papers` are those that the clerk found; None stands for those that were submitted.
    """
    registry = context.registry

    def write() -> Dossier:
        dossier, persons = _read(act, context, with_persons=bool(asks.supplement_reason))
        check_actor("accept", act.by, dossier)
        check_seen(act, dossier)
        check_move("accept", dossier.status)
        service = find_service(registry, dossier.one_stop_id, dossier.procedure_code, ChannelIn.ONLINE, act.stamp)
        # The version that it was submitted under, and its agency since then: a later version may name another.
        agency = valid_unit(registry, dossier.agency_id, local_day(act.stamp.occurred_at), "")
        submitted_under = Service(procedure_of(registry, dossier), service.one_stop, agency)
        brought, asks_for_more = dossier.papers if papers is None else papers, bool(asks.supplement_reason)
        receipt = Receipt(submitted_under, ChannelIn.ONLINE, act.stamp.occurred_at, brought, asks_for_more)
        change = changed(dossier, accepted(dossier, receipt_data(registry, receipt), act.stamp), act.idempotency)
        change = and_asked(change, asks, persons, act.stamp, registry)
        return commit_numbered(context, series_for(registry, receipt), change)

    return run_idempotently(context.dossiers, act.idempotency, write, act.dossier_id)


def refuse_submission(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """Refuse the submission (1→3) with the mandatory reason (form 03).

    The applicant reads it, and no event holds it.
    """

    def decide(dossier: Dossier) -> Change:
        check_actor("refuse", act.by, dossier)
        return changed(dossier, not_accepted(dossier, act.stamp), act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def _read(act: StaffCommand, context: DossierContext, *, with_persons: bool) -> tuple[Dossier, Persons | None]:
    """Return the dossier, and its persons where a reason is to be kept with them."""
    if not with_persons:
        return check_may_see(act.by, context.dossiers.load(act.dossier_id)), None
    found = context.dossiers.load_with_persons(act.dossier_id)
    return check_may_see(act.by, found[0] if found else None), found[1] if found else None
