"""Missing papers and payments are asked for with the receipt itself. Nothing is routed until they have come."""

import pytest

from motcua.domain.deadline.suspension import WaitKind
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.event import Queue
from motcua.domain.status import Status
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.ask_at_intake import AtIntake
from motcua.usecases.intake.correct_receipt import Correction, correct_receipt
from motcua.usecases.intake.decide_submission import accept_submission
from motcua.usecases.intake.receive_dossier import receive_dossier
from motcua.usecases.processing.hand_over_paper import hand_over_paper
from motcua.usecases.processing.request_payment import confirm_payment
from motcua.usecases.processing.request_supplement import MissingPapers, complete_supplement, request_supplement
from motcua.usecases.processing.route_dossier import route_dossier
from tests.kit.fakes import CLERK, OWNER, REAL_NOW, MemoryDossiers, dossier_context, key, stamp
from tests.kit.intake import act, entry, local, receive, refused_with, submitted


@pytest.mark.parametrize(
    ("asks", "status", "kind"),
    [
        (AtIntake("Thiếu bản sao giấy tờ pháp lý"), Status.SUPPLEMENT_REQUESTED, WaitKind.SUPPLEMENT),
        (AtIntake(payment_vnd=100_000), Status.PAYMENT_DUE, WaitKind.PAYMENT),
    ],
)
@pytest.mark.parametrize("online", [False, True])
def test_a_receipt_asks_in_its_own_transaction_and_nothing_is_routed(
    store: MemoryDossiers, asks: AtIntake, status: Status, kind: WaitKind, online: bool
) -> None:
    desk = dossier_context(store)
    before = submitted(desk) if online else None
    commits = store.commits
    dossier = accept_submission(act(before), desk, asks=asks).dossier if before else receive(desk, asks=asks)
    assert store.commits == commits + 1
    assert dossier.status is status
    assert dossier.number
    assert dossier.waiting is not None
    assert (dossier.waiting.kind, dossier.waiting.at_intake) == (kind, True)
    assert store.persons[dossier.id].last_reason == asks.supplement_reason
    (owed,) = [(owed_id, event) for owed_id, (queue, event) in store.owed.items() if queue is Queue.ROUTING]
    assert owed[1] is not None
    assert route_dossier(owed[1], owed[0], REAL_NOW, store) is False
    assert store.states[dossier.id] == dossier


def test_why_something_is_missing_stands_in_no_event(store: MemoryDossiers) -> None:
    receive(dossier_context(store), asks=AtIntake("Thiếu giấy tờ của ông Mẫu"))
    assert "Mẫu" not in str([event.data for event in store.log])


def test_a_retried_receipt_that_asks_gets_the_same_answer(store: MemoryDossiers) -> None:
    desk, once = dossier_context(store), key("the same")
    asks = entry(asks=AtIntake(payment_vnd=1))
    first = receive_dossier(asks, CLERK, stamp(), once, desk)
    second = receive_dossier(asks, CLERK, stamp(), once, desk)
    assert (second.dossier, second.replayed) == (first.dossier, True)
    assert len(store.numbers) == 1


@pytest.mark.parametrize("online", [False, True])
def test_versions_grow_by_one_with_each_event(store: MemoryDossiers, online: bool) -> None:
    desk = dossier_context(store)
    asks = AtIntake("Thiếu bản sao giấy tờ")
    dossier = accept_submission(act(submitted(desk)), desk, asks=asks).dossier if online else receive(desk, asks=asks)
    assert [event.version for event in store.log] == list(range(1, dossier.version + 1))
    assert store.persons[dossier.id].reasons == {dossier.version: "Thiếu bản sao giấy tờ"}
    state: Dossier | None = None
    for event in store.log:
        state = evolve(state, event)
    assert state == dossier


COMPLETED = {WaitKind.SUPPLEMENT: complete_supplement, WaitKind.PAYMENT: confirm_payment}
LATER = local("2020-04-28 09:00")


@pytest.mark.parametrize("asks", [AtIntake("Thiếu bản sao giấy tờ"), AtIntake(payment_vnd=100_000)])
def test_it_is_routed_once_everything_is_in(store: MemoryDossiers, asks: AtIntake) -> None:
    desk = dossier_context(store)
    waiting = receive(desk, asks=asks)
    assert waiting.waiting is not None
    back = COMPLETED[waiting.waiting.kind](act(waiting, at=LATER), desk).dossier
    assert back.status is Status.RECEIVED
    routing = [(owed_id, event) for owed_id, (queue, event) in store.owed.items() if queue is Queue.ROUTING]
    assert len(routing) == 2, "of the receipt, which came to nothing or never came, and of what is in now"
    moved = [route_dossier(event, owed_id, REAL_NOW, store) for owed_id, event in routing if event]
    assert moved == [True, False], "whichever comes first moves it, and once"
    assert store.states[dossier_id := back.id].status is Status.IN_PROCESS
    assert store.states[dossier_id].version == back.version + 1


def test_the_paper_that_waited_at_the_counter_is_not_late_for_it(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    waiting = receive(desk, asks=AtIntake("Thiếu bản sao giấy tờ"))
    back = complete_supplement(act(waiting, at=LATER), desk).dossier
    assert back.paper is not None
    assert back.paper.due_at == local("2020-04-28 17:00"), "the same working day as what was missing came"
    handed = hand_over_paper(act(back, at=local("2020-04-28 16:00")), desk).dossier
    assert handed.paper is not None
    assert not handed.paper.late_at(local("2020-05-29 08:00"))


def test_a_paper_that_was_handed_over_before_keeps_its_time(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    waiting = receive(desk, asks=AtIntake(payment_vnd=100_000))
    handed = hand_over_paper(act(waiting, at=local("2020-04-24 08:00")), desk).dossier
    back = confirm_payment(act(handed, at=LATER), desk).dossier
    assert back.paper == handed.paper
    assert back.paper is not None
    assert back.paper.late_at(LATER), "handed over the day after, with nothing to wait for on paper"


def test_a_receipt_that_is_corrected_meanwhile_leaves_what_is_missing_to_be_read(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    waiting = receive(desk, asks=AtIntake("Thiếu bản sao giấy tờ"))
    corrected = correct_receipt(act(waiting), Correction(OWNER), "Ghi sai tên", desk).dossier
    persons = store.persons[waiting.id]
    assert persons.last_reason == "Ghi sai tên"
    assert persons.reason_for(corrected.waiting) == "Thiếu bản sao giấy tờ"
    back = complete_supplement(act(corrected, at=LATER), desk).dossier
    assert persons.reason_for(back.waiting) == "Ghi sai tên"


def test_of_a_payment_no_older_reason_is_read(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    waiting = receive(desk, asks=AtIntake(payment_vnd=1))
    corrected = correct_receipt(act(waiting), Correction(OWNER), "Ghi sai tên", desk).dossier
    assert store.persons[waiting.id].reason_for(corrected.waiting) == ""


def test_a_second_request_at_intake_is_one_too_many(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    back = complete_supplement(act(receive(desk, asks=AtIntake("Thiếu bản sao")), at=LATER), desk).dossier
    again = StaffCommand(back.id, back.version, CLERK, stamp(LATER), key())
    assert (
        refused_with(lambda: request_supplement(again, MissingPapers("Còn thiếu"), desk)).code == "supplements_used_up"
    )


def test_a_number_that_is_taken_meanwhile_leaves_the_request_with_the_receipt(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    receive(dossier_context(store))
    dossier = receive(desk, asks=AtIntake("Thiếu bản sao"))
    assert dossier.number.endswith("-0002")
    assert [event.version for event in desk.dossiers.events(dossier.id)] == [1, 2]
