"""R4: departments finish their review before 30 May 2020. Friday 29 May is in time, 30 May one day late, 1 June three."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.domain.errors import RefusedError
from motcua.domain.procedure import Decision, ProcedureKind
from motcua.domain.review import (
    MOVES,
    MinisterialDecision,
    ReviewItem,
    ReviewState,
    last_day_in_time,
    standing,
    standings,
)
from motcua.domain.rule_values import CompletedBy, ReviewOrder
from tests.unit.shipped import RULES

(ORDER_1313,) = RULES.of_kind("review_order")
ORDER = ORDER_1313.value
assert isinstance(ORDER, ReviewOrder)

ENTERED = date(2020, 4, 22)
ITEM = ReviewItem("review-order-1313", "skhdt", "2.001610", ProcedureKind.PROCEDURE, "Thành lập doanh nghiệp", ENTERED)
RESTS_ON = MinisterialDecision("1/QĐ-BKHĐT", date(2020, 1, 2), "Quyết định mẫu")
DECISION = Decision("100/QĐ-UBND", date(2020, 5, 20))


def _item(**days: date | None) -> ReviewItem:
    return replace(ITEM, **{f"{step}_on": day for step, day in days.items()})  # type: ignore[arg-type]


def _done(code: str, day: date) -> ReviewItem:
    before = date(2020, 5, 10)
    return replace(_item(proposed=before, announced=before, published=day), code=code)


def test_before_30_may_means_at_the_latest_on_friday_29_may() -> None:
    assert ORDER.before == date(2020, 5, 30)
    assert last_day_in_time(ORDER) == date(2020, 5, 29)
    assert last_day_in_time(ORDER).strftime("%A") == "Friday"


@pytest.mark.parametrize(
    ("last", "days_late", "in_time"),
    [
        (date(2020, 5, 28), 0, True),
        (date(2020, 5, 29), 0, True),
        (date(2020, 5, 30), 1, False),
        (date(2020, 6, 1), 3, False),
    ],
)
def test_a_department_is_as_late_as_its_last_item(last: date, days_late: int, in_time: bool) -> None:
    stood = standing([_done("a", date(2020, 5, 12)), _done("b", last)], ORDER, date(2020, 7, 1))
    assert (stood.complete, stood.completed_on) == (True, last)
    assert (stood.days_late, stood.in_time) == (days_late, in_time)


@pytest.mark.parametrize(
    ("asked", "days_late", "in_time"),
    [
        (date(2020, 5, 29), 0, True),
        (date(2020, 5, 30), 1, False),
        (date(2020, 6, 1), 3, False),
    ],
)
def test_what_is_not_finished_is_late_as_of_the_day_that_is_asked_for(
    asked: date, days_late: int, in_time: bool
) -> None:
    stood = standing([_done("a", date(2020, 5, 12)), ITEM], ORDER, asked)
    assert (stood.complete, stood.completed_on) == (False, None)
    assert (stood.days_late, stood.in_time) == (days_late, in_time)


def test_finished_later_was_unfinished_before() -> None:
    items = [_done("a", date(2020, 6, 1))]
    on_30_may = standing(items, ORDER, date(2020, 5, 30))
    assert (on_30_may.complete, on_30_may.days_late) == (False, 1)
    assert on_30_may.counts[ReviewState.ANNOUNCED] == 1
    assert standing(items, ORDER, date(2020, 12, 31)).days_late == 3


def test_a_department_without_a_work_list_is_neither_complete_nor_late() -> None:
    stood = standing([], ORDER, date(2020, 7, 1))
    assert (stood.complete, stood.in_time, stood.days_late) == (None, None, 0)
    before_it_was_entered = standing([ITEM], ORDER, ENTERED - timedelta(days=1))
    assert before_it_was_entered == stood


def test_what_is_withdrawn_is_complete_on_its_day() -> None:
    given_up = _item(withdrawn=date(2020, 5, 29))
    assert standing([given_up], ORDER, date(2020, 6, 3)).in_time is True
    published_first = _item(
        proposed=ENTERED, announced=ENTERED, published=date(2020, 5, 20), withdrawn=date(2020, 6, 2)
    )
    assert standing([published_first], ORDER, date(2020, 6, 3)).completed_on == date(2020, 5, 20)


def test_which_step_completes_a_review_is_a_setting_of_the_order() -> None:
    item = _item(proposed=date(2020, 5, 28), announced=date(2020, 5, 30), published=date(2020, 6, 1))
    late = {by: standing([item], replace(ORDER, completed_by=by), date(2020, 6, 3)).days_late for by in CompletedBy}
    assert late == {CompletedBy.PROPOSED: 0, CompletedBy.ANNOUNCED: 1, CompletedBy.PUBLISHED: 3}


def test_another_order_has_another_deadline() -> None:
    other = replace(ORDER, before=date(2020, 7, 1))
    items = [_done("a", date(2020, 6, 1))]
    assert standing(items, other, date(2020, 7, 15)).in_time is True
    assert standing(items, ORDER, date(2020, 7, 15)).days_late == 3


# moves


def test_an_item_goes_from_review_to_publication() -> None:
    item = ITEM.prepare("officer", RESTS_ON, "", "").propose("head", date(2020, 5, 11))
    item = item.announce(DECISION, date(2020, 5, 20)).publish(date(2020, 5, 21))
    assert item.state is ReviewState.PUBLISHED
    assert [item.state_on(date(2020, 5, day)) for day in (10, 11, 20, 21)] == list(ReviewState)[:4]
    assert item.state_on(date(2020, 4, 21)) is None


def test_steps_of_one_day_leave_the_last_of_them() -> None:
    day = date(2020, 5, 29)
    item = ITEM.prepare("officer", None, "Không có", "").propose("head", day).announce(DECISION, day).publish(day)
    assert item.state_on(day) is ReviewState.PUBLISHED
    assert item.state_on(day - timedelta(days=1)) is ReviewState.TO_REVIEW


def test_nothing_is_proposed_that_does_not_say_what_it_rests_on() -> None:
    with pytest.raises(RefusedError) as refused:
        ITEM.prepare("officer", None, "", "chưa rõ").propose("head", date(2020, 5, 11))
    assert refused.value.code == "review_rests_on_nothing"
    assert ITEM.prepare("officer", None, "Việc của tỉnh", "").propose("head", date(2020, 5, 11)).proposed_by == "head"


REACHED = {
    ReviewState.TO_REVIEW: replace(ITEM, rests_on=RESTS_ON),
    ReviewState.PROPOSED: replace(ITEM, rests_on=RESTS_ON, proposed_on=ENTERED),
    ReviewState.ANNOUNCED: _item(proposed=ENTERED, announced=ENTERED),
    ReviewState.PUBLISHED: _item(proposed=ENTERED, announced=ENTERED, published=ENTERED),
    ReviewState.WITHDRAWN: _item(withdrawn=ENTERED),
}


def _act(item: ReviewItem, act: str) -> ReviewItem:
    day = date(2020, 5, 29)
    acts = {
        "prepare": lambda: item.prepare("officer", RESTS_ON, "", ""),
        "propose": lambda: item.propose("head", day),
        "announce": lambda: item.announce(DECISION, day),
        "publish": lambda: item.publish(day),
        "withdraw": lambda: item.withdraw(day, "Bãi bỏ", None),
    }
    return acts[act]()


@pytest.mark.parametrize("act", MOVES)
@pytest.mark.parametrize("state", ReviewState)
def test_only_the_moves_of_the_table_happen(act: str, state: ReviewState) -> None:
    item, move = REACHED[state], MOVES[act]
    assert item.state is state
    if state in move.sources:
        assert _act(item, act).state is (move.target or state)
        return
    with pytest.raises(RefusedError) as refused:
        _act(item, act)
    told = refused.value.faults[0].params
    assert refused.value.code == "review_move_not_allowed"
    assert told["state_en"] == state.value.replace("_", " ")
    allowed = {name for name, each in MOVES.items() if state in each.sources}
    assert set(told["allowed_en"].split(", ")) == (allowed or {"—"})


def test_no_step_is_older_than_the_one_before() -> None:
    with pytest.raises(RefusedError) as refused:
        REACHED[ReviewState.PROPOSED].announce(DECISION, ENTERED - timedelta(days=1))
    assert refused.value.code == "review_day_before_last_step"


# the tracker against a naive recount

DAYS = some.dates(date(2020, 4, 22), date(2020, 6, 10))


@some.composite
def items(draw: some.DrawFn) -> ReviewItem:
    days = sorted(draw(some.lists(DAYS, min_size=5, max_size=5)))
    reached = draw(some.integers(0, 3))
    steps = dict(zip(("proposed", "announced", "published"), days[1:4], strict=True))
    steps = {step: day for place, (step, day) in enumerate(steps.items(), start=1) if place <= reached}
    if draw(some.booleans()):
        steps["withdrawn"] = days[4]
    item = _item(**steps)
    return replace(item, department_id=draw(some.sampled_from(("stp", "skhdt", "syt"))), entered_on=days[0])


@given(some.lists(items(), max_size=12), DAYS, some.sampled_from(CompletedBy))
def test_the_tracker_equals_a_naive_recount(listed: list[ReviewItem], day: date, by: CompletedBy) -> None:
    order = ReviewOrder(date(2020, 5, 30), by)
    tracker = standings(listed, order, day)
    assert set(tracker) == {item.department_id for item in listed}
    for department, stood in tracker.items():
        counts: Counter[str] = Counter()
        still_open, last = 0, None
        for item in listed:
            if item.department_id != department or item.entered_on > day:
                continue
            state = "to_review"
            for name in ("proposed", "announced", "published", "withdrawn"):
                since = getattr(item, f"{name}_on")
                if since and since <= day:
                    state = name
            counts[state] += 1
            done = [each for each in (getattr(item, f"{by}_on"), item.withdrawn_on) if each and each <= day]
            still_open += not done
            last = max(filter(None, (last, min(done, default=None))), default=None)
        assert {state.value: count for state, count in stood.counts.items() if count} == dict(counts)
        assert stood.open == still_open
        if counts:
            until = day if still_open else last
            assert until is not None
            assert stood.days_late == max(0, (until - date(2020, 5, 29)).days)
            assert stood.complete is (still_open == 0)
        else:
            assert stood.complete is None
