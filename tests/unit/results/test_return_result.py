"""Results are returned at the counter or online by a clerk, unless an order has closed that way on that day (R1)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.errors import ForbiddenError, RefusedError
from motcua.domain.event import Queue
from motcua.domain.local_time import LOCAL
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import CommandResult, StaffCommand
from motcua.usecases.intake.correct_receipt import Correction, correct_receipt
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.processing.process_dossier import resolve, take_over
from motcua.usecases.processing.route_dossier import route_dossier
from motcua.usecases.results.return_result import return_result
from tests.kit.fakes import CLERK, OFFICER, PERSONS, PROCEDURE, REAL_NOW, MemoryDossiers, key, stamp

AT_HOME = [ChannelOut.COUNTER, ChannelOut.ONLINE]


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=LOCAL)


@pytest.fixture
def resolved(store: MemoryDossiers, desk: DossierContext) -> Dossier:
    """Return a dossier of 30 March 2020, its result ready on the next day, the last one before the closure."""
    entry = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, ChannelOut.COUNTER, PERSONS)
    dossier = receive_dossier(entry, CLERK, stamp(at("2020-03-30")), key(), desk).dossier
    (owed,) = [(owed_id, event) for owed_id, (queue, event) in store.owed.items() if queue is Queue.ROUTING]
    assert owed[1] is not None
    route_dossier(owed[1], owed[0], REAL_NOW, store)
    take_over(StaffCommand(dossier.id, 2, OFFICER, stamp(at("2020-03-30")), key()), desk)
    return resolve(StaffCommand(dossier.id, 3, OFFICER, stamp(at("2020-03-31")), key()), desk).dossier


def give(dossier: Dossier, channel: ChannelOut, desk: DossierContext, day: str, **more: Any) -> CommandResult:
    act = StaffCommand(
        dossier.id, more.get("version", dossier.version), CLERK, stamp(at(day)), more.get("once") or key()
    )
    return return_result(act, channel, desk)


@pytest.mark.parametrize("day", ["2020-04-01", "2020-04-10", "2020-04-22"])
def test_while_the_counters_are_closed_no_result_is_handed_over_there(
    resolved: Dossier, desk: DossierContext, day: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        give(resolved, ChannelOut.COUNTER, desk, day)
    error = refused.value
    assert (error.code, error.faults[0].pointer) == ("return_closed", "/channel")
    assert error.rule == "closure-counter-2020-04 · 1313/UBND-VP (2020-04-22)"
    told = error.faults[0].params
    assert (told["first"], told["last"]) == ("01/04/2020", "22/04/2020")
    assert told["unit"] == "Trung tâm Phục vụ hành chính công tỉnh Hải Dương"
    assert desk.dossiers.load(resolved.id) == resolved


@pytest.mark.parametrize(
    ("role", "unit", "named"),
    [(Role.OFFICER, "skhdt", True), (Role.HEAD, "skhdt", True), (Role.HEAD, "mc-tinh", False)],
)
def test_an_agency_that_hands_a_result_out_itself_is_told_the_order(
    resolved: Dossier, desk: DossierContext, role: Role, unit: str, named: bool
) -> None:
    """R2: everything passes the one-stop unit."""
    by = Principal("staff-5", frozenset({(role, unit)}))
    with pytest.raises(ForbiddenError) as refused:
        return_result(StaffCommand(resolved.id, 4, by, stamp(at("2020-04-24")), key()), ChannelOut.COUNTER, desk)
    told = {"role": "clerk", "role_vi": "cán bộ Bộ phận Một cửa", "unit": "mc-tinh"}
    order = {"rule": "reception-agencies-never · 1313/UBND-VP (2020-04-22)"} if named else {}
    assert refused.value.faults[0].params == told | order


def test_a_receipt_is_not_corrected_to_another_address_while_the_post_has_the_result(
    store: MemoryDossiers, desk: DossierContext, resolved: Dossier
) -> None:
    on_its_way = replace(resolved, channel_out=ChannelOut.POST, parcels=1, parcel_open=True)
    moved = Correction(recipient=replace(PERSONS.owner, address="Số 9, phố Khác", phone="0912345678"))
    act = StaffCommand(resolved.id, resolved.version, CLERK, stamp(at("2020-04-24")), key())
    store.states[resolved.id] = on_its_way
    with pytest.raises(RefusedError) as refused:
        correct_receipt(act, moved, "Ghi sai địa chỉ", desk)
    assert (refused.value.code, refused.value.faults[0].pointer) == ("parcel_under_way", "/recipient")
    store.states[resolved.id] = replace(on_its_way, parcel_open=False)
    assert correct_receipt(act, moved, "Ghi sai địa chỉ", desk).dossier.receipt_version == 2


def test_online_it_is_returned_all_the_same(resolved: Dossier, desk: DossierContext) -> None:
    assert give(resolved, ChannelOut.ONLINE, desk, "2020-04-10").dossier.status is Status.RETURNED


@pytest.mark.parametrize("channel", AT_HOME)
@pytest.mark.parametrize("day", ["2020-03-31", "2020-04-23"])
def test_before_and_after_the_closure_both_ways_are_open(
    resolved: Dossier, desk: DossierContext, day: str, channel: ChannelOut
) -> None:
    assert give(resolved, channel, desk, day).dossier.status is Status.RETURNED


def test_a_retried_request_that_comes_during_the_closure_is_answered_as_the_first_one_was(
    resolved: Dossier, desk: DossierContext
) -> None:
    once = key("returned-before")
    first = give(resolved, ChannelOut.COUNTER, desk, "2020-03-31", once=once)
    assert give(resolved, ChannelOut.COUNTER, desk, "2020-04-10", once=once) == CommandResult(
        first.dossier, replayed=True
    )


def test_what_is_not_ready_is_not_told_of_the_closure(resolved: Dossier, desk: DossierContext) -> None:
    returned = give(resolved, ChannelOut.ONLINE, desk, "2020-04-10").dossier
    with pytest.raises(RefusedError) as refused:
        give(returned, ChannelOut.COUNTER, desk, "2020-04-10")
    assert refused.value.code == "move_not_allowed"


def test_by_post_nothing_is_returned_by_hand(resolved: Dossier, desk: DossierContext) -> None:
    with pytest.raises(RefusedError) as refused:
        give(resolved, ChannelOut.POST, desk, "2020-04-10")
    assert refused.value.code == "post_returns_itself"
