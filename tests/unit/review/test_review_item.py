"""An item of a review (R4) follows from its steps: on every day, in every round, and by whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.adapters.dynamodb.records import plain, record
from motcua.domain.errors import RefusedError
from motcua.domain.registry.procedure import Decision, ProcedureKind
from motcua.domain.review.review_item import (
    MOVES,
    Content,
    MinisterialDecision,
    Preparation,
    ReviewItem,
    ReviewState,
    Step,
)

ENTERED = date(2020, 4, 22)
ITEM = ReviewItem("review-order-1313", "skhdt", "2.001610", ProcedureKind.PROCEDURE, "Thành lập doanh nghiệp", ENTERED)
FOUND = Preparation(MinisterialDecision("1/QĐ-BKHĐT", date(2020, 1, 2), "Quyết định mẫu"))
DECISION = Decision("100/QĐ-UBND", date(2020, 5, 20))
CONTENT = Content(1)
PROPOSED_ON = date(2020, 5, 11)


def _may(day: int) -> date:
    return date(2020, 5, day)


def state_on(item: ReviewItem, day: date) -> ReviewState | None:
    stood = item.as_of(day)
    return stood.state if stood else None


def _proposed(day: date = PROPOSED_ON) -> ReviewItem:
    return ITEM.prepare("officer", day, FOUND).propose("head", day, CONTENT)


def _announced() -> ReviewItem:
    return _proposed().announce("controller", _may(20), DECISION, CONTENT)


def test_an_item_goes_from_review_to_publication() -> None:
    item = _announced().publish("controller", _may(21), CONTENT)
    assert item.state is ReviewState.PUBLISHED
    assert [state_on(item, _may(day)) for day in (10, 11, 20, 21)] == list(ReviewState)[:4]
    assert state_on(item, date(2020, 4, 21)) is None


def test_steps_of_one_day_leave_the_last_of_them() -> None:
    day = _may(29)
    item = _proposed(day).announce("controller", day, DECISION, CONTENT).publish("controller", day, CONTENT)
    assert state_on(item, day) is ReviewState.PUBLISHED
    assert state_on(item, day - timedelta(days=1)) is ReviewState.TO_REVIEW


def test_as_of_a_day_nothing_is_told_that_came_later() -> None:
    item = _announced().publish("controller", _may(21), CONTENT)
    before_preparation = item.as_of(_may(10))
    assert before_preparation == ITEM
    proposed = item.as_of(_may(19))
    assert proposed == _proposed()
    assert proposed is not None
    assert (proposed.last("announce"), proposed.found) == (None, FOUND)


def test_what_the_same_day_prepared_before_gives_way_and_an_earlier_day_stays() -> None:
    other = replace(FOUND, note="Bổ sung")
    item = ITEM.prepare("officer", _may(4), FOUND).prepare("officer", _may(5), other).prepare("officer", _may(5), FOUND)
    assert [(step.on, step.found) for step in item.steps] == [(_may(4), FOUND), (_may(5), FOUND)]


def test_nothing_is_proposed_that_does_not_say_what_it_rests_on() -> None:
    unsaid = ITEM.prepare("officer", _may(11), Preparation(None, note="chưa rõ"))
    for item in (ITEM, unsaid):
        with pytest.raises(RefusedError) as refused:
            item.propose("head", _may(11), CONTENT)
        assert refused.value.code == "review_rests_on_nothing"
    said = ITEM.prepare("officer", _may(11), Preparation(None, "Việc của tỉnh")).propose("head", _may(11), CONTENT)
    assert said.state is ReviewState.PROPOSED


# the way back


def test_what_is_sent_back_begins_anew_and_the_days_before_keep_what_they_knew() -> None:
    item = _announced().give_back("send_back", "controller", _may(25), "Sai căn cứ")
    assert (item.state, item.returned_because) == (ReviewState.TO_REVIEW, "Sai căn cứ")
    assert (item.last("announce"), item.reached) == (None, {ReviewState.TO_REVIEW: _may(25)})
    assert state_on(item, _may(24)) is ReviewState.ANNOUNCED
    again = item.propose("head", _may(26), CONTENT)
    assert again.found == FOUND, "what was found stays until it is prepared again"
    assert (again.reached[ReviewState.PROPOSED], state_on(again, _may(11))) == (_may(26), ReviewState.PROPOSED)


def test_what_was_withdrawn_is_opened_again_for_a_reason() -> None:
    withdrawn = ITEM.withdraw("controller", _may(12), "Bãi bỏ nhầm", None)
    opened = withdrawn.give_back("reopen", "controller", _may(14), "Còn hiệu lực")
    assert [state_on(opened, _may(day)) for day in (11, 13, 14)] == [
        *(ReviewState.TO_REVIEW, ReviewState.WITHDRAWN, ReviewState.TO_REVIEW)
    ]


def test_a_wrong_decision_is_mended_by_announcing_again() -> None:
    right = replace(DECISION, number="101/QĐ-UBND")
    item = _announced().announce("controller", _may(22), right, CONTENT)
    numbers = [stood.last("announce") for day in (21, 22) if (stood := item.as_of(_may(day)))]
    assert [step.decision for step in numbers if step] == [DECISION, right]
    assert item.reached[ReviewState.ANNOUNCED] == _may(20)


def test_what_is_published_is_what_was_announced() -> None:
    with pytest.raises(RefusedError) as refused:
        _announced().publish("controller", _may(21), Content(2, 2))
    assert refused.value.code == "review_content_changed"
    told = refused.value.faults[0].params
    assert (told["procedure"], told["announced"], told["now"]) == (ITEM.code, "1", "2")
    again = _announced().announce("controller", _may(21), DECISION, Content(2, 2))
    assert again.publish("controller", _may(21), Content(2, 2)).state is ReviewState.PUBLISHED


# moves

REACHED = {
    ReviewState.TO_REVIEW: ITEM.prepare("officer", ENTERED, FOUND),
    ReviewState.PROPOSED: _proposed(ENTERED),
    ReviewState.ANNOUNCED: _proposed(ENTERED).announce("controller", ENTERED, DECISION, CONTENT),
    ReviewState.PUBLISHED: _proposed(ENTERED)
    .announce("controller", ENTERED, DECISION, CONTENT)
    .publish("controller", ENTERED, CONTENT),
    ReviewState.WITHDRAWN: ITEM.withdraw("controller", ENTERED, "Bãi bỏ", None),
}

DAY = _may(29)
ACTS: dict[str, Callable[[ReviewItem, date], ReviewItem]] = {
    "prepare": lambda item, day: item.prepare("officer", day, FOUND),
    "propose": lambda item, day: item.propose("head", day, CONTENT),
    "announce": lambda item, day: item.announce("controller", day, DECISION, CONTENT),
    "publish": lambda item, day: item.publish("controller", day, CONTENT),
    "take_back": lambda item, day: item.give_back("take_back", "head", day, "Rút về"),
    "send_back": lambda item, day: item.give_back("send_back", "controller", day, "Trả lại"),
    "reopen": lambda item, day: item.give_back("reopen", "controller", day, "Mở lại"),
    "withdraw": lambda item, day: item.withdraw("controller", day, "Bãi bỏ", None),
}


@pytest.mark.parametrize("act", MOVES)
@pytest.mark.parametrize("state", ReviewState)
def test_only_the_moves_of_the_table_happen(act: str, state: ReviewState) -> None:
    item, move = REACHED[state], MOVES[act]
    assert item.state is state
    if state in move.sources:
        assert ACTS[act](item, DAY).state is (move.target or state)
        return
    with pytest.raises(RefusedError) as refused:
        ACTS[act](item, DAY)
    told = refused.value.faults[0].params
    assert refused.value.code == "review_move_not_allowed"
    assert told["state_en"] == state.value.replace("_", " ")
    allowed = {name.replace("_", " ") for name, each in MOVES.items() if state in each.sources}
    assert set(told["allowed_en"].split(", ")) == (allowed or {"—"})


@pytest.mark.parametrize("act", MOVES)
def test_no_step_is_older_than_the_one_before(act: str) -> None:
    state = sorted(MOVES[act].sources)[0]
    with pytest.raises(RefusedError) as refused:
        ACTS[act](REACHED[state], ENTERED - timedelta(days=1))
    assert refused.value.code == "review_day_before_last_step"


def test_an_item_is_stored_and_read_with_all_its_steps() -> None:
    item = _announced().give_back("send_back", "controller", _may(25), "Sai căn cứ")
    assert record(ReviewItem, plain(item)) == item
    assert record(ReviewItem, plain(ITEM)) == ITEM
    assert [step.act for step in item.steps] == ["prepare", "propose", "announce", "send_back"]
    assert all(isinstance(step, Step) for step in item.steps)
