"""Dossiers that an agency itself received in the isolation period (R3): registered once, due from that receipt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.errors import ConflictError, ForbiddenError, MotcuaError, RefusedError
from motcua.domain.event import Queue
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.procedure import LimitUnit, Procedure, ProcedureVersions, TimeLimit
from motcua.domain.registry.unit import Level
from motcua.domain.reports.figure import FactKind, facts_of
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.register_transitional import RegisterTransitional, register_transitional
from motcua.usecases.intake.withdraw_dossier import withdraw
from motcua.usecases.processing.process_dossier import resolve, take_over
from motcua.usecases.processing.request_payment import confirm_payment, request_payment
from motcua.usecases.processing.route_dossier import route_dossier
from motcua.usecases.results.return_result import return_result
from tests.kit.fakes import CLERK, OFFICER, PERSONS, PROCEDURE, REAL_NOW, MemoryDossiers, dossier_context, key, stamp
from tests.kit.shipped import PROCEDURES, UNITS, VERSIONS, ShippedRegistry

EVIDENCE = "Giấy biên nhận của cơ quan"
COUNTER = UNITS["mc-tinh"].identifier
OF_DISTRICT = min(
    each.code
    for each in PROCEDURES.values()
    if each.published and Level.DISTRICT in each.levels and not each.counts_in_department and not each.legs
)


def command(**more: Any) -> RegisterTransitional:
    named: dict[str, Any] = {"agency_id": "skhdt", "original_number": "0123/TN-SKHDT", "received_on": date(2020, 4, 10)}
    return RegisterTransitional(
        "mc-tinh", PROCEDURE, ChannelOut.COUNTER, PERSONS, **named | {"evidence": EVIDENCE} | more
    )


def register(desk: DossierContext, at: str = "2020-04-23 08:00", **more: Any) -> Dossier:
    return register_transitional(command(**more), CLERK, stamp(local(at)), key(), desk).dossier


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def test_it_takes_a_number_of_the_one_stop_units_own_on_the_day_of_registration(desk: DossierContext) -> None:
    dossier = register(desk)
    assert dossier.number == f"{COUNTER}-200423-0001"
    assert dossier.number_is_sample is UNITS["mc-tinh"].identifier_is_sample


def test_it_was_received_on_the_original_day_and_registered_today(desk: DossierContext) -> None:
    dossier = register(desk)
    assert dossier.status is Status.RECEIVED
    assert dossier.received_at == local("2020-04-10 07:00")
    assert dossier.registered_at == local("2020-04-23 08:00")


def test_its_date_counts_from_the_original_receipt_without_the_pause_of_the_closure(desk: DossierContext) -> None:
    assert register(desk).due_at == local("2020-04-15 07:00"), "three working days after Friday 10 April 2020"


def test_it_keeps_the_agencys_number_and_day_and_the_rule(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = register(desk)
    assert dossier.transitional is not None
    assert (dossier.transitional.original_number, dossier.transitional.received_on) == (
        "0123/TN-SKHDT",
        date(2020, 4, 10),
    )
    assert "1313/UBND-VP" in dossier.transitional.rule
    assert evolve(None, store.log[0]) == dossier


def test_what_shows_it_is_kept_with_the_persons_and_in_no_event(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = register(desk)
    assert store.persons[dossier.id].reasons == {1: EVIDENCE}
    assert EVIDENCE not in str(store.log[0].data)


def test_no_paper_goes_to_the_agency_which_has_it(desk: DossierContext) -> None:
    assert register(desk).paper is None


def test_it_is_routed_to_its_agency_as_any_other(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = register(desk)
    (owed_id,) = [owed_id for owed_id, (queue, _) in store.owed.items() if queue is Queue.ROUTING]
    event = store.owed[owed_id][1]
    assert event is not None
    assert route_dossier(event, owed_id, REAL_NOW, store)
    after = store.states[dossier.id]
    assert (after.status, after.inbox_unit_id) == (Status.IN_PROCESS, "skhdt")


def test_it_is_counted_on_the_day_of_its_original_receipt(store: MemoryDossiers, desk: DossierContext) -> None:
    register(desk)
    days = {fact.day for fact in facts_of(store.log[0])}
    assert days == {date(2020, 4, 10)}


@pytest.mark.parametrize("day", [date(2020, 4, 1), date(2020, 4, 22)])
def test_the_first_and_the_last_day_of_the_isolation_period_belong_to_it(desk: DossierContext, day: date) -> None:
    dossier = register(desk, received_on=day)
    assert dossier.received_at == local(f"{day} 07:00")


@pytest.mark.parametrize("day", [date(2020, 3, 31), date(2020, 4, 23)])
def test_a_day_outside_the_isolation_period_is_refused_naming_the_order(
    store: MemoryDossiers, desk: DossierContext, day: date
) -> None:
    with pytest.raises(RefusedError) as refused:
        register(desk, received_on=day)
    fault = refused.value.faults[0]
    assert (fault.code, fault.pointer) == ("outside_isolation_period", "/received_on")
    assert "1313/UBND-VP" in refused.value.rule
    assert fault.params["periods"] == "01/04/2020 – 22/04/2020"
    assert store.log == []


def test_a_day_that_is_still_to_come_is_refused(desk: DossierContext) -> None:
    with pytest.raises(RefusedError) as refused:
        register(desk, received_on=date(2020, 5, 4))
    assert refused.value.code == "received_later"


def test_an_agency_that_does_not_issue_the_result_is_refused(desk: DossierContext) -> None:
    with pytest.raises(RefusedError) as refused:
        register(desk, agency_id="stp")
    assert (refused.value.code, refused.value.faults[0].params["unit"]) == ("agency_of_another_procedure", "skhdt")


@pytest.mark.parametrize("again", ["0123/TN-SKHDT", "0123/tn-skhdt"])
def test_the_same_receipt_of_an_agency_is_registered_once(
    store: MemoryDossiers, desk: DossierContext, again: str
) -> None:
    first = register(desk)
    with pytest.raises(ConflictError) as refused:
        register(desk, "2020-04-24 08:00", original_number=again)
    assert (refused.value.code, refused.value.faults[0].pointer) == ("transitional_registered", "/original_number")
    assert list(store.states) == [first.id]
    assert list(store.numbers) == [first.number], "no number is lost by the refusal"


def test_another_number_of_the_agency_is_another_dossier(store: MemoryDossiers, desk: DossierContext) -> None:
    register(desk)
    assert register(desk, original_number="0124/TN-SKHDT").number == f"{COUNTER}-200423-0002"
    assert len(store.states) == 2


def test_a_retried_request_gets_the_same_answer_and_not_a_refusal(desk: DossierContext) -> None:
    once = key("the same")
    first = register_transitional(command(), CLERK, stamp(), once, desk)
    second = register_transitional(command(), CLERK, stamp(), once, desk)
    assert (second.dossier, second.replayed) == (first.dossier, True)


@pytest.mark.parametrize("at", ["2020-04-22 08:00", "2020-04-14 08:00"])
def test_nothing_is_registered_while_the_counter_is_closed(desk: DossierContext, at: str) -> None:
    with pytest.raises(MotcuaError) as refused:
        register(desk, at)
    assert refused.value.code == "reception_closed"


def test_only_a_clerk_of_the_one_stop_unit_registers_it(store: MemoryDossiers, desk: DossierContext) -> None:
    with pytest.raises(ForbiddenError):
        register_transitional(command(), OFFICER, stamp(), key(), desk)
    assert store.log == []


@pytest.mark.parametrize(
    ("day", "due"),
    [("2020-04-11", "2020-04-16 07:00"), ("2020-04-12", "2020-04-16 07:00"), ("2020-04-02", "2020-04-08 07:00")],
    ids=["Saturday", "Sunday", "a holiday"],
)
def test_received_on_a_day_off_it_is_counted_on_that_day_and_its_time_runs_from_the_next_opening(
    store: MemoryDossiers, desk: DossierContext, day: str, due: str
) -> None:
    """Monday 13 April is the opening, the day after it day 1; 2 April 2020 was the day of the Hùng kings."""
    dossier = register(desk, received_on=date.fromisoformat(day))
    assert (dossier.received_at, dossier.due_at) == (local(f"{day} 07:00"), local(due))
    assert {fact.day for fact in facts_of(store.log[0])} == {date.fromisoformat(day)}


def test_what_was_received_itself_in_the_committees_house_goes_to_its_own_counter(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    asked = replace(command(agency_id="h288"), one_stop_id="mc-h288", procedure_code=OF_DISTRICT)
    clerk = Principal("staff-1", frozenset({(Role.CLERK, "mc-h288")}))
    dossier = register_transitional(asked, clerk, stamp(local("2020-04-23 08:00")), key(), desk).dossier
    assert (dossier.agency_id, dossier.one_stop_id) == ("h288", "mc-h288")
    assert dossier.number.startswith(f"{UNITS['mc-h288'].identifier}-200423-")


SHIPPED = VERSIONS[PROCEDURE].latest
LONGER = replace(SHIPPED, version=2, published_on=date(2020, 5, 4), limit=TimeLimit(Decimal(9), LimitUnit.WORKING_DAY))
MAY = "2020-05-11 08:00"


def test_it_keeps_the_procedure_as_it_stood_on_the_day_of_the_original_receipt(store: MemoryDossiers) -> None:
    dossier = register(desk_with(store, SHIPPED, LONGER), MAY)
    assert (dossier.procedure_version, dossier.due_at) == (1, local("2020-04-15 07:00")), "no new limit"


def test_a_procedure_that_was_withdrawn_since_is_finished_all_the_same(store: MemoryDossiers) -> None:
    withdrawn = replace(SHIPPED, withdrawn_on=date(2020, 5, 4))
    assert register(desk_with(store, withdrawn), MAY).status is Status.RECEIVED


def test_a_procedure_that_was_published_since_is_taken_as_it_is_now(store: MemoryDossiers) -> None:
    """The agency received the dossier, even though the procedure was published only later."""
    assert register(desk_with(store, LONGER), MAY).procedure_version == 2


def test_a_procedure_that_never_was_published_is_refused(store: MemoryDossiers) -> None:
    with pytest.raises(RefusedError) as refused:
        register(desk_with(store, replace(SHIPPED, published_on=None)), MAY)
    assert refused.value.code == "procedure_not_published"


def desk_with(store: MemoryDossiers, *versions: Procedure) -> DossierContext:
    return replace(
        dossier_context(store), registry=ShippedRegistry(procedures=(ProcedureVersions(PROCEDURE, versions),))
    )


@dataclass
class SomebodyFaster(MemoryDossiers):
    """A store in which another clerk registers the same receipt between decision and write."""

    faster: Callable[[], object] | None = None

    def commit(self, change: Change) -> None:
        if first := self.faster:
            self.faster = None
            first()
        super().commit(change)


def test_of_two_clerks_who_register_the_same_receipt_at_once_one_is_refused() -> None:
    store = SomebodyFaster()
    store.faster = lambda: register(dossier_context(store))
    with pytest.raises(ConflictError) as refused:
        register(dossier_context(store))
    assert refused.value.code == "transitional_registered"
    assert (len(store.states), store.counters) == (1, {f"{COUNTER}-200423": 1})


def test_of_two_clerks_who_register_two_receipts_at_once_both_get_a_number() -> None:
    store = SomebodyFaster()
    store.faster = lambda: register(dossier_context(store), original_number="0124/TN-SKHDT")
    assert register(dossier_context(store)).number == f"{COUNTER}-200423-0002"


@pytest.mark.parametrize("channel", [ChannelOut.COUNTER, ChannelOut.ONLINE])
def test_its_result_comes_to_the_one_stop_unit_which_returns_it(
    store: MemoryDossiers, desk: DossierContext, channel: ChannelOut
) -> None:
    dossier = register(desk)
    (owed,) = [(owed_id, event) for owed_id, (queue, event) in store.owed.items() if queue is Queue.ROUTING]
    assert owed[1] is not None
    route_dossier(owed[1], owed[0], REAL_NOW, store)
    at = local("2020-04-24 08:00")
    take_over(StaffCommand(dossier.id, 2, OFFICER, stamp(at), key()), desk)
    ready = resolve(StaffCommand(dossier.id, 3, OFFICER, stamp(at), key()), desk).dossier
    assert (ready.status, ready.inbox_unit_id) == (Status.RESULT_READY, "mc-tinh")
    with pytest.raises(ForbiddenError):
        return_result(StaffCommand(dossier.id, 4, OFFICER, stamp(at), key()), channel, desk)
    returned = return_result(StaffCommand(dossier.id, 4, CLERK, stamp(at), key()), channel, desk).dossier
    assert returned.status is Status.RETURNED
    kinds = [fact.kind for event in store.log for fact in facts_of(event)]
    assert kinds == [FactKind.RECEIVED, FactKind.BECAME_READY, FactKind.RETURNED], "counted once"


def test_a_wait_later_on_counts_from_the_original_receipt_without_the_closure(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    """Three days from 10 April end on the 15th.

    A payment asked for on 23 April and made on the 24th adds eight hours.
    """
    dossier = register(desk)
    asked = request_payment(
        StaffCommand(dossier.id, 1, CLERK, stamp(local("2020-04-23 09:00")), key()), 1000, desk
    ).dossier
    paid = confirm_payment(StaffCommand(asked.id, 2, CLERK, stamp(local("2020-04-24 09:00")), key()), desk).dossier
    assert paid.due_at == local("2020-04-15 17:00"), "eight working hours later"
    assert paid.paper is None


def test_one_that_was_entered_by_mistake_is_withdrawn_and_registered_again(desk: DossierContext) -> None:
    mistaken = register(desk)
    withdraw(
        StaffCommand(mistaken.id, mistaken.version, CLERK, stamp(local("2020-04-23 09:00")), key()), "Nhập nhầm", desk
    )
    right = register(desk, "2020-04-23 09:30")
    assert (right.status, right.transitional) == (Status.RECEIVED, mistaken.transitional)
    with pytest.raises(ConflictError, match="transitional_registered"):
        register(desk, "2020-04-23 10:00")
