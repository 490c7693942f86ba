"""The reminders of a dossier: which, when, and none twice."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import LinkedLeg, Opinion, PaperLeg
from motcua.domain.errors import RefusedError
from motcua.domain.local_time import LOCAL, is_late
from motcua.domain.reading.reminders import (
    NextCheck,
    due_warnings,
    next_check,
    reminded,
    reminder,
    reminder_sent,
    to_warn_of,
)
from motcua.domain.status import WAITING, Status
from tests.kit.fakes import stamp

RECEIVED = datetime(2020, 4, 28, 8, 0, tzinfo=LOCAL)
DUE = datetime(2020, 5, 7, 8, 0, tzinfo=LOCAL)
NEAR = datetime(2020, 5, 5, 8, 0, tzinfo=LOCAL)
MOMENT = timedelta(seconds=1)
DAYS = (5, 15, 30)


def dossier(status: Status = Status.IN_PROCESS, **more: object) -> Dossier:
    """Return a dossier received on 28 April 2020, due on 7 May at 8:00 by a limit in hours."""
    made = Dossier(
        "0123456789ABCDEF",
        3,
        status,
        "2.001610",
        "mc-tinh",
        "skhdt",
        ChannelIn.COUNTER,
        ChannelOut.COUNTER,
        RECEIVED,
        received_at=RECEIVED,
        due_at=DUE,
        due_by_hours=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def said(of: Dossier, at: datetime) -> list[str]:
    return [each.what for each in due_warnings(of, at, NEAR)]


def tell(of: Dossier, at: datetime) -> Dossier:
    """Return the dossier after all reminders due at `at`."""
    for each in due_warnings(of, at, NEAR):
        of = evolve(of, reminder_sent(of, each, stamp(at)))
    return of


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.IN_PROCESS])
@pytest.mark.parametrize(
    ("at", "expected"),
    [(NEAR - MOMENT, []), (NEAR, ["approaching"]), (DUE, ["approaching"]), (DUE + MOMENT, ["late"])],
)
def test_a_due_date_is_near_then_past(status: Status, at: datetime, expected: list[str]) -> None:
    assert said(dossier(status), at) == expected


def test_a_limit_in_hours_is_past_at_the_moment_after_it_and_any_other_on_the_next_local_date() -> None:
    end_of_day = datetime.combine(DUE.date(), time.max, LOCAL)
    assert (is_late(DUE, DUE, by_hours=True), is_late(DUE, DUE + MOMENT, by_hours=True)) == (False, True)
    assert (is_late(DUE, end_of_day, by_hours=False), is_late(DUE, end_of_day + MOMENT, by_hours=False)) == (
        False,
        True,
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [("07 08:01", ["approaching"]), ("07 23:59", ["approaching"]), ("08 00:00", ["late"])],
)
def test_what_is_resolved_on_its_last_day_is_on_time_so_that_nothing_is_called_late_on_it(
    at: str, expected: list[str]
) -> None:
    """Early, on time and late go by local dates (domain.md, 4). A reminder stays in the timeline for ever."""
    by_days = dossier(due_by_hours=False)
    assert said(by_days, datetime.strptime(f"2020-05-{at} +0700", "%Y-%m-%d %H:%M %z")) == expected
    assert next_check(by_days) == NextCheck("dates", DUE), "looked at from then on, until it is said"


def test_the_part_of_an_agency_and_an_opinion_are_late_by_dates_too() -> None:
    leg, opinion = LinkedLeg(1, "snv", DUE, started_at=RECEIVED), Opinion("stc", RECEIVED, DUE)
    both = dossier(due_at=None, legs=(leg,), opinions=(opinion,))
    assert said(both, DUE + MOMENT) == []
    assert said(both, DUE + timedelta(days=1)) == ["leg_late:snv", "opinion_late:stc"]
    hours = dossier(due_at=None, legs=(replace(leg, by_hours=True),), opinions=(replace(opinion, by_hours=True),))
    assert said(hours, DUE + MOMENT) == ["leg_late:snv", "opinion_late:stc"]


def test_a_thing_is_said_once_and_the_next_one_is_said_later() -> None:
    near = tell(dossier(), NEAR)
    assert near.warned == ("approaching@2020-05-07T01:00:00+00:00",)
    assert said(near, DUE) == []
    late = tell(near, DUE + MOMENT)
    assert late.warned[1:] == ("late@2020-05-07T01:00:00+00:00",)
    assert (said(late, DUE + timedelta(days=30)), next_check(late)) == ([], None)


def test_a_date_is_named_the_same_in_whatever_zone_it_is_written() -> None:
    stored = replace(tell(dossier(), NEAR), due_at=DUE.astimezone(UTC))
    assert said(stored, NEAR) == []


def test_a_due_date_that_moved_is_a_new_one() -> None:
    moved = replace(tell(dossier(), DUE + MOMENT), due_at=DUE + timedelta(days=1))
    assert said(moved, DUE + MOMENT) == ["approaching"]
    assert said(moved, DUE + timedelta(days=1) + MOMENT) == ["late"]


def test_what_is_late_is_not_said_to_be_near() -> None:
    assert said(dossier(), DUE + timedelta(days=9)) == ["late"], "nobody swept while it was near"


def test_an_apology_changes_nothing_in_late() -> None:
    assert said(dossier(new_due_at=DUE + timedelta(days=7)), DUE + MOMENT) == ["late"]


@pytest.mark.parametrize("status", sorted(WAITING))
def test_while_the_clock_stands_still_nothing_is_late(status: Status) -> None:
    kind = {Status.SUPPLEMENT_REQUESTED: WaitKind.SUPPLEMENT, Status.PAYMENT_DUE: WaitKind.PAYMENT}.get(
        status, WaitKind.PAUSE
    )
    waiting = dossier(
        status,
        waits=(Suspension(kind, RECEIVED, Status.IN_PROCESS),),
        paper=PaperLeg(RECEIVED),
        legs=(LinkedLeg(1, "snv", RECEIVED, started_at=RECEIVED),),
        opinions=(Opinion("stc", RECEIVED, RECEIVED),),
    )
    assert (said(waiting, DUE + timedelta(days=9)), next_check(waiting)) == ([], None)


@pytest.mark.parametrize(
    "status", [Status.RETURNED, Status.WITHDRAWN, Status.NOT_ACCEPTED, Status.REFUSED, Status.RESULT_READY]
)
def test_of_what_is_decided_nothing_is_late(status: Status) -> None:
    assert said(dossier(status, decided_at=RECEIVED), DUE + MOMENT) == []


def test_a_submission_that_nobody_answers_is_said() -> None:
    submitted = dossier(Status.SUBMITTED, due_at=None, answer_by=DUE)
    assert (said(submitted, DUE), said(submitted, DUE + MOMENT)) == ([], ["unanswered"])
    assert next_check(submitted) == NextCheck("dates", DUE)


def test_a_supplement_that_never_came_is_said() -> None:
    wait = Suspension(WaitKind.SUPPLEMENT, RECEIVED, Status.IN_PROCESS, expires_at=DUE)
    asked = dossier(Status.SUPPLEMENT_REQUESTED, waits=(wait,))
    next_day = DUE + timedelta(days=1)
    assert (said(asked, DUE + MOMENT), said(asked, next_day)) == ([], ["supplement_expired"]), (
        "the whole last day is theirs"
    )
    assert said(replace(asked, waits=(replace(wait, expires_at=None),)), next_day) == []


def test_paper_that_still_lies_at_the_counter_is_late_and_handed_over_paper_is_not() -> None:
    paper = PaperLeg(RECEIVED)
    assert said(dossier(paper=paper), RECEIVED + MOMENT) == ["paper_late"]
    assert said(dossier(paper=replace(paper, handed_over_at=DUE)), RECEIVED + MOMENT) == []


def test_late_belongs_to_the_leg_that_is_late() -> None:
    legs = (
        LinkedLeg(1, "snv", RECEIVED, started_at=RECEIVED),
        LinkedLeg(1, "stp", RECEIVED, started_at=RECEIVED, finished_at=RECEIVED),
        LinkedLeg(2, "stc", RECEIVED),
    )
    assert said(dossier(legs=legs), RECEIVED + timedelta(days=1)) == ["leg_late:snv"], "done and not begun are not late"


def test_an_opinion_that_is_outstanding_past_its_limit_is_reported() -> None:
    opinions = (Opinion("stc", RECEIVED, RECEIVED), Opinion("snv", RECEIVED, RECEIVED, given_at=DUE))
    assert said(dossier(opinions=opinions), RECEIVED + timedelta(days=1)) == ["opinion_late:stc"]


def test_a_dossier_is_watched_for_its_earliest_date() -> None:
    paper = dossier(paper=PaperLeg(RECEIVED))
    assert next_check(paper) == NextCheck("dates", RECEIVED)
    assert next_check(tell(paper, RECEIVED + MOMENT)) == NextCheck("dates", DUE)


@given(st.datetimes(RECEIVED.replace(tzinfo=None), datetime(2020, 6, 1), timezones=st.just(LOCAL)))
def test_what_is_to_be_said_of_a_dossier_is_never_missed_by_who_looks_where_it_is_watched(at: datetime) -> None:
    """A sweep reads the dossiers whose next check is before the end of the last day that can be near."""
    whole = dossier(
        paper=PaperLeg(RECEIVED + timedelta(hours=2)),
        legs=(LinkedLeg(1, "snv", RECEIVED + timedelta(days=3), started_at=RECEIVED),),
        opinions=(Opinion("stc", RECEIVED, RECEIVED + timedelta(days=12)),),
    )
    watch = next_check(whole)
    assert watch
    if due_warnings(whole, at, NEAR):
        assert watch.since < at + (DUE - NEAR) + timedelta(days=1)
    told = tell(whole, at)
    assert due_warnings(told, at, NEAR) == []
    assert (to_warn_of(told) is None) == (NEAR <= at <= DUE)


def ready(**more: object) -> Dossier:
    return dossier(Status.RESULT_READY, **{"ready_at": RECEIVED} | more)


@pytest.mark.parametrize(
    ("days", "reminders", "ordinal"),
    [(4, 0, 0), (5, 0, 1), (5, 1, 0), (14, 1, 0), (15, 1, 2), (30, 2, 3), (300, 3, 0), (20, 0, 2)],
)
def test_an_uncollected_result_is_reminded_of_on_the_days_of_the_rule(days: int, reminders: int, ordinal: int) -> None:
    at = RECEIVED.replace(hour=7) + timedelta(days=days)
    assert reminder(ready(reminders=reminders), at, DAYS) == ordinal


def test_a_result_on_its_way_by_post_is_not_uncollected() -> None:
    assert reminder(ready(parcel_open=True), DUE, DAYS) == 0
    assert next_check(ready(parcel_open=True)) is None


def test_who_was_reminded_is_watched_for_the_next_time() -> None:
    assert next_check(ready()) == NextCheck("reminded0", RECEIVED)
    told = evolve(ready(), reminded(ready(), 2, stamp(DUE)))
    assert (told.reminders, next_check(told)) == (2, NextCheck("reminded2", RECEIVED))


def test_nobody_is_warned_of_an_end_or_reminded_of_what_is_not_there() -> None:
    (late,) = due_warnings(dossier(), DUE + MOMENT, NEAR)
    with pytest.raises(RefusedError):
        reminder_sent(dossier(Status.RETURNED), late, stamp(DUE))
    with pytest.raises(RefusedError):
        reminded(dossier(), 1, stamp(DUE))
