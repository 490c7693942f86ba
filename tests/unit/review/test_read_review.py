"""R4: departments finish their review before 30 May 2020. Friday 29 May is in time, 30 May one day late, 1 June three."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.procedure import Decision, ProcedureKind, ProcedureVersions
from motcua.domain.registry.unit import Level
from motcua.domain.review.progress import is_asked, last_day_in_time, standing, standings, to_review
from motcua.domain.review.review_item import Content, Preparation, ReviewItem, ReviewState, Step
from motcua.domain.rules.values import CompletedBy, ReviewOrder
from tests.kit.shipped import PROCEDURES, RULES, UNITS, VERSIONS, things

(RULE_1313,) = RULES.every(ReviewOrder)
ORDER = RULE_1313.value

ENTERED = date(2020, 4, 22)
ITEM = ReviewItem("review-order-1313", "skhdt", "2.001610", ProcedureKind.PROCEDURE, "Thành lập doanh nghiệp", ENTERED)
DECISION = Decision("100/QĐ-UBND", date(2020, 5, 20))
ACT = {"proposed": "propose", "announced": "announce", "published": "publish", "withdrawn": "withdraw"}


def _item(code: str = "2.001610", **days: date) -> ReviewItem:
    return replace(ITEM, code=code, steps=tuple(Step(ACT[state], day, "x") for state, day in days.items()))


def _done(code: str, day: date) -> ReviewItem:
    before = date(2020, 5, 10)
    return _item(code, proposed=before, announced=before, published=day)


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
    stood = standing([_done("a", date(2020, 5, 12)), _done("b", last)], ["a", "b"], ORDER, date(2020, 7, 1))
    assert (stood.complete, stood.completed_on) == (True, last)
    assert (stood.days_late, stood.in_time) == (days_late, in_time)


AS_OF = [(date(2020, 5, 29), 0, True), (date(2020, 5, 30), 1, False), (date(2020, 6, 1), 3, False)]


@pytest.mark.parametrize(("asked", "days_late", "in_time"), AS_OF)
def test_what_is_not_finished_is_late_as_of_the_day_that_is_asked_for(
    asked: date, days_late: int, in_time: bool
) -> None:
    stood = standing([_done("a", date(2020, 5, 12)), ITEM], (), ORDER, asked)
    assert (stood.complete, stood.completed_on) == (False, None)
    assert (stood.days_late, stood.in_time) == (days_late, in_time)


@pytest.mark.parametrize(("asked", "days_late", "in_time"), AS_OF)
@pytest.mark.parametrize("items", [[], [_done("a", date(2020, 5, 12))]])
def test_what_was_never_listed_is_not_finished_either(
    items: list[ReviewItem], asked: date, days_late: int, in_time: bool
) -> None:
    stood = standing(items, ["a", "b"], ORDER, asked)
    assert (stood.complete, stood.completed_on, "b" in stood.not_listed) == (False, None, True)
    assert (stood.days_late, stood.in_time) == (days_late, in_time)


def test_finished_later_was_unfinished_before() -> None:
    items = [_done("a", date(2020, 6, 1))]
    on_30_may = standing(items, (), ORDER, date(2020, 5, 30))
    assert (on_30_may.complete, on_30_may.days_late) == (False, 1)
    assert on_30_may.counts[ReviewState.ANNOUNCED] == 1
    assert standing(items, (), ORDER, date(2020, 12, 31)).days_late == 3


def test_where_nothing_is_listed_and_nothing_is_to_be_there_is_nothing_to_tell() -> None:
    stood = standing([], (), ORDER, date(2020, 7, 1))
    assert (stood.complete, stood.in_time, stood.days_late) == (None, None, 0)
    assert standing([ITEM], (), ORDER, ENTERED - timedelta(days=1)) == stood


def test_listed_later_was_not_listed_before() -> None:
    assert standing([ITEM], [ITEM.code], ORDER, ENTERED - timedelta(days=1)).not_listed == {ITEM.code}
    assert standing([ITEM], [ITEM.code], ORDER, ENTERED).not_listed == set()


def test_what_is_withdrawn_is_complete_on_its_day() -> None:
    given_up = _item(withdrawn=date(2020, 5, 29))
    assert standing([given_up], (), ORDER, date(2020, 6, 3)).in_time is True
    published_first = _item(
        proposed=ENTERED, announced=ENTERED, published=date(2020, 5, 20), withdrawn=date(2020, 6, 2)
    )
    assert standing([published_first], (), ORDER, date(2020, 6, 3)).completed_on == date(2020, 5, 20)


def test_what_came_back_to_review_is_open_again_and_was_done_before() -> None:
    opened = _item(withdrawn=date(2020, 5, 20)).give_back("reopen", "x", date(2020, 5, 28), "Bãi bỏ nhầm")
    assert standing([opened], (), ORDER, date(2020, 5, 27)).complete is True
    assert standing([opened], (), ORDER, date(2020, 6, 1)).days_late == 3
    done = opened.prepare("x", date(2020, 6, 2), Preparation(None, "Việc của tỉnh"))
    done = done.propose("x", date(2020, 6, 2), Content(1)).announce("x", date(2020, 6, 2), DECISION, Content(1))
    done = done.publish("x", date(2020, 6, 3), Content(1))
    assert standing([done], (), ORDER, date(2020, 7, 1)).completed_on == date(2020, 6, 3)


def test_which_step_completes_a_review_is_a_setting_of_the_order() -> None:
    item = _item(proposed=date(2020, 5, 28), announced=date(2020, 5, 30), published=date(2020, 6, 1))
    late = {by: standing([item], (), replace(ORDER, completed_by=by), date(2020, 6, 3)).days_late for by in CompletedBy}
    assert late == {CompletedBy.PROPOSED: 0, CompletedBy.ANNOUNCED: 1, CompletedBy.PUBLISHED: 3}


def test_another_order_has_another_deadline() -> None:
    other = replace(ORDER, before=date(2020, 7, 1))
    items = [_done("a", date(2020, 6, 1))]
    assert standing(items, (), other, date(2020, 7, 15)).in_time is True
    assert standing(items, (), ORDER, date(2020, 7, 15)).days_late == 3


# what there is to review

PROCEDURE = PROCEDURES["2.001610"]
LATER = date(2020, 6, 3)


def _asked(known: ProcedureVersions, day: date = LATER) -> dict[str, set[str]]:
    return dict(to_review([known], ORDER, day))


def test_what_is_received_at_the_province_is_its_department_s() -> None:
    known = VERSIONS["2.001610"]
    assert _asked(known) == {"skhdt": {"2.001610"}}
    assert _asked(known, date(2019, 12, 31)) == {}
    at_district = replace(PROCEDURE, levels=frozenset({Level.DISTRICT}))
    assert _asked(replace(known, versions=(at_district,))) == {}
    counts = replace(at_district, counts_in_department=True)
    assert _asked(replace(known, versions=(counts,))) == {"skhdt": {"2.001610"}}
    committees = replace(PROCEDURE, agency_id="")
    assert _asked(replace(known, versions=(committees,))) == {}


def test_what_was_withdrawn_is_drafted_or_came_after_the_deadline_is_not_asked_for() -> None:
    known = VERSIONS["2.001610"]
    assert _asked(known.withdrawn(date(2020, 5, 20))) == {}
    assert _asked(known.withdrawn(date(2020, 5, 20)), date(2020, 5, 19)) == {"skhdt": {"2.001610"}}
    draft = ProcedureVersions(known.code, ()).with_draft(PROCEDURE)
    assert _asked(draft) == {}
    for published, codes in ((date(2020, 5, 29), {"2.001610"}), (date(2020, 5, 30), set())):
        assert _asked(draft.with_published_draft(published, DECISION)).get("skhdt", set()) == codes


def test_the_shipped_lists_lack_nothing_that_ships() -> None:
    asked = to_review(VERSIONS.values(), ORDER, LATER)
    stood = standings(things(EntryKind.REVIEW).values(), asked, ORDER, LATER)
    assert sum(map(len, asked.values())) > 100
    assert {department: each.not_listed for department, each in stood.items() if each.not_listed} == {}


def test_a_department_that_came_after_the_deadline_is_not_asked() -> None:
    unit = UNITS["skhdt"]
    assert is_asked(unit, RULE_1313, date(2026, 1, 1))
    assert not is_asked(replace(unit, valid_from=date(2025, 7, 1)), RULE_1313, date(2026, 1, 1))
    assert not is_asked(UNITS["h288"], RULE_1313, LATER)


# the tracker against a naive recount

DAYS = some.dates(date(2020, 4, 22), date(2020, 6, 10))
DEPARTMENTS = ("stp", "skhdt", "syt")


@some.composite
def items(draw: some.DrawFn) -> ReviewItem:
    days = sorted(draw(some.lists(DAYS, min_size=5, max_size=5)))
    reached = draw(some.integers(0, 3))
    steps = dict(zip(("proposed", "announced", "published"), days[1:4], strict=True))
    steps = {step: day for place, (step, day) in enumerate(steps.items(), start=1) if place <= reached}
    if draw(some.booleans()):
        steps["withdrawn"] = days[4]
    item = _item(draw(some.sampled_from("abcdef")), **steps)
    return replace(item, department_id=draw(some.sampled_from(DEPARTMENTS)), entered_on=days[0])


CATALOGUES = some.dictionaries(some.sampled_from(DEPARTMENTS), some.sets(some.sampled_from("abcdef"), min_size=1))


@given(some.lists(items(), max_size=12), CATALOGUES, DAYS, some.sampled_from(CompletedBy))
def test_the_tracker_equals_a_naive_recount(
    listed: list[ReviewItem], catalogue: dict[str, set[str]], day: date, by: CompletedBy
) -> None:
    tracker = standings(listed, catalogue, ReviewOrder(date(2020, 5, 30), by), day)
    assert set(tracker) == {item.department_id for item in listed} | catalogue.keys()
    for department, stood in tracker.items():
        counts: Counter[str] = Counter()
        still_open, last, missing = 0, None, set(catalogue.get(department, ()))
        for item in listed:
            if item.department_id != department or item.entered_on > day:
                continue
            missing.discard(item.code)
            days = {step.act: step.on for step in item.steps if step.on <= day}
            reached = [state for state, act in ACT.items() if act in days]
            counts[reached[-1] if reached else "to_review"] += 1
            done = [days[ACT[state]] for state in (by.value, "withdrawn") if ACT[state] in days]
            still_open += not done
            last = max(filter(None, (last, min(done, default=None))), default=None)
        assert {state.value: count for state, count in stood.counts.items() if count} == dict(counts)
        assert (stood.open, stood.not_listed) == (still_open + len(missing), frozenset(missing))
        if counts or missing:
            until = day if stood.open else last
            assert until is not None
            assert stood.days_late == max(0, (until - date(2020, 5, 29)).days)
            assert stood.complete is (stood.open == 0)
        else:
            assert stood.complete is None
