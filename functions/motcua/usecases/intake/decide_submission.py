"""A clerk decides on an online submission: accept it (it is then received and numbered) or refuse it with a reason."""

from typing import Any

from motcua.domain.dossier.acts.intake import accepted, not_accepted
from motcua.domain.dossier.components import Brought
from motcua.domain.dossier.dossier import ChannelIn, Dossier
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.persons import Persons
from motcua.domain.local_time import local_day
from motcua.ports.changes import Change
from motcua.ports.dossiers import Office
from motcua.usecases.access.may_act import check_doer
from motcua.usecases.access.may_see import check_may_see
from motcua.usecases.dossier_command import Act, Done, act_for_a_reason, changed, check_version, once
from motcua.usecases.intake.ask_at_intake import NOTHING, AtIntake, and_asked
from motcua.usecases.intake.receipt import Receipt, receive_now
from motcua.usecases.registry.find_service import Service, find_service, procedure_of, valid_unit


def accept_submission(
    act: Act, office: Office, papers: tuple[Brought, ...] | None = None, asks: AtIntake = NOTHING
) -> Done:
    """1→2: the submission gets its number, its due date, and its way to the agency; 1→5,6 when something is asked for at once.

    `papers` are those that the clerk found, else those that were submitted.
    """

    def write() -> Dossier:
        dossier, persons = _read(act, office, with_persons=bool(asks.supplement_reason))
        check_doer("accept", act.by, dossier)
        check_version(dossier, act.expected_version)
        check_move("accept", dossier.status)
        service = find_service(
            office.registry, dossier.one_stop_id, dossier.procedure_code, ChannelIn.ONLINE, act.stamp
        )

        def received(more: dict[str, Any]) -> Change:
            change = changed(dossier, accepted(dossier, more, act.stamp), act.idempotency)
            return and_asked(change, asks, persons, act.stamp, office.registry)

        brought, asks_for_more = dossier.papers if papers is None else papers, bool(asks.supplement_reason)
        # the version that it was submitted under, and the agency that it has since then: a later version may name another
        agency = valid_unit(office.registry, dossier.agency_id, local_day(act.stamp.occurred_at), "")
        submitted_under = Service(procedure_of(office.registry, dossier), service.one_stop, agency)
        receipt = Receipt(submitted_under, ChannelIn.ONLINE, act.stamp.occurred_at, brought, asks_for_more)
        return receive_now(office, receipt, received)

    return once(office.dossiers, act.idempotency, write, act.dossier_id)


def refuse_submission(act: Act, reason: str, office: Office) -> Done:
    """1→3, with the mandatory reason (form 03), which the applicant reads and no event repeats."""

    def decide(dossier: Dossier) -> Change:
        check_doer("refuse", act.by, dossier)
        return changed(dossier, not_accepted(dossier, act.stamp), act.idempotency)

    return act_for_a_reason(office.dossiers, act, reason, decide)


def _read(act: Act, office: Office, *, with_persons: bool) -> tuple[Dossier, Persons | None]:
    """The dossier, and its persons where a reason is to be kept with them."""
    if not with_persons:
        return check_may_see(act.by, office.dossiers.load(act.dossier_id)), None
    found = office.dossiers.load_with_persons(act.dossier_id)
    return check_may_see(act.by, found[0] if found else None), found[1] if found else None
