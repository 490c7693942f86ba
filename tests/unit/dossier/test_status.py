"""The statuses of a dossier and the table of moves between them: everything that the table does not name is refused."""

import re

import pytest

from infra.contracts.moves_page import page
from motcua.domain.dossier.effects import EFFECTS
from motcua.domain.dossier.moves.move import Actor
from motcua.domain.dossier.moves.table import MOVES, check_move
from motcua.domain.errors import RefusedError
from motcua.domain.event import EventType
from motcua.domain.status import ENDS, NAMES_EN, NAMES_VI, OPEN, WAITING, Status

LED = {
    "accept": ({1}, {2, 5, 6}),
    "refuse": ({1}, {3}),
    "withdraw": ({1, 2, 4, 5, 6, 8}, {7}),
    "transfer": ({2}, {4}),
    "request_supplement": ({2, 4}, {5}),
    "complete_supplement": ({5}, {2, 4}),
    "request_payment": ({2, 4}, {6}),
    "confirm_payment": ({6}, {2, 4}),
    "pause": ({4}, {8}),
    "resume": ({8}, {4}),
    "refuse_after_appraisal": ({4, 5}, {80}),
    "resolve": ({4}, {9}),
    "return": ({9}, {10}),
    "reverse_return": ({10}, {9}),
    "reverse_resolution": ({9}, {4}),
}
"""The designed moves, written by hand: from which statuses to which."""


STAYS = {
    "correct_receipt": {2, 4, 5, 6, 8, 9},
    "hand_over_paper": {2, 4, 5, 6, 8},
    "choose_return_channel": {1, 2, 4, 5, 6, 8, 9},
    "return_answer": {80},
    "reissue": {9, 10},
    "take_paper": {2, 4, 5, 6, 8},
    "take_over": {4},
    "assign": {4, 5, 6, 8},
    "ask_opinion": {4},
    "give_opinion": {2, 4, 5, 6, 8},
    "finish_leg": {4},
    "apologise": {2, 4},
    "warn": {1, 2, 4, 5, 6, 8},
    "remind": {9},
}
"""The other acts, written by hand: they do not change the status."""


def test_moves_lead_where_the_design_says() -> None:
    led = {act: ({*map(int, move.sources)}, {*map(int, move.to)}) for act, move in MOVES.items() if move.to}
    assert led == LED


def allowed(act: str, status: Status) -> bool:
    try:
        check_move(act, status)
    except RefusedError as refused:
        return refused.code != "move_not_allowed"
    return True


def test_an_act_happens_in_exactly_the_statuses_of_the_design() -> None:
    happens = {act: {status.value for status in Status if allowed(act, status)} for act in MOVES}
    assert happens == {act: sources for act, (sources, _) in LED.items()} | STAYS


def test_a_reason_is_mandatory_wherever_the_design_asks_for_one() -> None:
    leading = {act for act, move in MOVES.items() if move.to & {3, 5, 7, 8, 80} and act != "accept"}
    assert leading == {"refuse", "withdraw", "request_supplement", "pause", "refuse_after_appraisal"}
    assert all(MOVES[act].reason for act in leading)
    assert {act for act, move in MOVES.items() if move.reason} - leading == {
        *("reverse_return", "reverse_resolution", "reissue", "correct_receipt", "apologise"),
    }


@pytest.mark.parametrize("end", [Status.NOT_ACCEPTED, Status.WITHDRAWN])
def test_nothing_is_allowed_at_an_end(end: Status) -> None:
    with pytest.raises(RefusedError) as refused:
        check_move("return", end)
    assert refused.value.faults[0].params["allowed"] == "—"


def test_a_refusal_names_the_state_in_both_languages_and_what_is_allowed() -> None:
    with pytest.raises(RefusedError) as refused:
        check_move("return", Status.SUBMITTED)
    told = refused.value.faults[0].params
    assert (told["status"], told["status_vi"], told["status_en"]) == ("1", "Mới đăng ký", "submitted")
    assert told["allowed"] == "accept, choose_return_channel, refuse, withdraw"
    assert "Rút hồ sơ theo yêu cầu của người nộp" in told["allowed_vi"]


def test_what_the_system_does_alone_is_not_offered_to_people() -> None:
    with pytest.raises(RefusedError) as refused:
        check_move("return", Status.IN_PROCESS)
    assert "warn" not in refused.value.faults[0].params["allowed"].split(", ")


def test_every_act_has_a_doer_an_event_and_words_in_both_languages() -> None:
    assert [act for act, move in MOVES.items() if not move.doers] == []
    assert [act for act, move in MOVES.items() if move.event not in EFFECTS] == [], "what changes nothing is no act"
    assert [act for act, move in MOVES.items() if not re.search(r"[A-ZĐÍ]", move.vi)] == []
    assert [act for act, move in MOVES.items() if not re.fullmatch(r"[\x20-\x7e]+", move.en)] == []
    assert [act for act, move in MOVES.items() if bool(move.guard_vi) != bool(move.guard_en)] == []


def test_statuses_carry_the_national_codes_and_a_name_in_both_languages() -> None:
    assert sorted({status.code for status in Status}) == list(range(1, 11))
    assert [status for status in Status if status.code != status.value] == [Status.REFUSED]
    assert set(NAMES_VI) == set(NAMES_EN) == set(Status)
    assert NAMES_VI[Status.RECEIVED] == "Được tiếp nhận"
    assert all(re.fullmatch(r"[a-z ]+", name) for name in NAMES_EN.values())


def test_a_status_is_open_ended_or_at_the_counter() -> None:
    assert WAITING < OPEN
    assert not OPEN & ENDS
    assert set(Status) - OPEN - ENDS == {Status.SUBMITTED, Status.RESULT_READY}


def test_every_event_of_a_dossier_has_an_effect_unless_it_only_opens_it() -> None:
    of_dossiers = {each for each in EventType if each.value.startswith("dossier.")}
    assert of_dossiers - set(EFFECTS) == {EventType.DOSSIER_SUBMITTED}


def test_the_page_of_moves_names_each_act_status_and_doer() -> None:
    told = page()
    assert all(f"(`{act}`)" in told for act in MOVES)
    assert all(NAMES_VI[status] in told and NAMES_EN[status] in told for status in Status)
    assert all(doer.value in told for doer in Actor if any(doer in move.doers for move in MOVES.values()))
