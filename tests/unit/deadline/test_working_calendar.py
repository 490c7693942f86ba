"""The working calendar of the shipped data: announced days, opening hours, the edges of the known years."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from motcua.domain.deadline.working_calendar import (
    CalendarDay,
    CalendarYear,
    ClosedSpan,
    DayKind,
    ReceptionDay,
    WorkingCalendar,
)
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import LOCAL, is_late, local_day
from tests.kit.moments import at
from tests.kit.shipped import CALENDAR


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2020-04-22", True, "a Wednesday"),
        ("2020-04-25", False, "a Saturday"),
        ("2020-04-26", False, "a Sunday"),
        ("2020-04-30", False, "Reunification Day"),
        ("2020-05-01", False, "Labour Day"),
        ("2019-05-04", True, "a Saturday that makes up for 29 April"),
        ("2019-04-29", False, "the Monday made up for"),
        ("2024-05-04", True, "a make-up Saturday again"),
    ],
)
def test_announced_days_beat_the_weekday(day: str, works: bool, why: str) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is works, why


def test_a_working_day_has_eight_hours() -> None:
    assert CALENDAR.day_length == timedelta(hours=8)


@pytest.mark.parametrize("day", ["2018-12-31", "2028-01-01"])
def test_a_year_without_a_calendar_is_refused_by_name(day: str) -> None:
    with pytest.raises(InvalidError) as refused:
        CALENDAR.is_working_day(date.fromisoformat(day))
    assert refused.value.code == "calendar_year_unknown"
    assert refused.value.faults[0].params == {"year": day[:4]}


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2020-04-23 06:59:59", "2020-04-23 07:00"),
        ("2020-04-23 07:00", "2020-04-23 07:00"),
        ("2020-04-23 11:29:59", "2020-04-23 11:29:59"),
        ("2020-04-23 11:30", "2020-04-23 13:30"),
        ("2020-04-23 13:30", "2020-04-23 13:30"),
        ("2020-04-23 16:59:59", "2020-04-23 16:59:59"),
        ("2020-04-23 17:00", "2020-04-24 07:00"),
        ("2020-04-24 17:00", "2020-04-27 07:00"),
        ("2020-04-25 09:00", "2020-04-27 07:00"),
        ("2020-04-29 18:00", "2020-05-04 07:00"),
    ],
)
def test_hours_hold_from_the_opening_up_to_but_not_at_the_closing(moment: str, opening: str) -> None:
    assert CALENDAR.opening(at(moment)) == at(opening)


def test_an_opening_is_told_in_local_time_whatever_zone_the_question_came_in() -> None:
    opening = CALENDAR.opening(datetime(2020, 4, 23, 1, 0, tzinfo=UTC))
    assert opening == at("2020-04-23 08:00")
    assert opening.tzinfo is LOCAL


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2020-04-30T16:59:59+00:00", "2020-04-30"), ("2020-04-30T17:00:00+00:00", "2020-05-01")],
)
def test_the_local_day_begins_at_seventeen_hours_utc(moment: str, day: str) -> None:
    assert local_day(datetime.fromisoformat(moment)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("moment", "hours", "end"),
    [
        ("2020-04-23 08:00", 2, "2020-04-23 10:00"),
        ("2020-04-23 08:00", 3.5, "2020-04-23 11:30"),
        ("2020-04-23 08:00", 4, "2020-04-23 14:00"),
        ("2020-04-23 09:00", 6, "2020-04-23 17:00"),
        ("2020-04-23 12:00", 1, "2020-04-23 14:30"),
        ("2020-04-29 16:00", 8, "2020-05-04 16:00"),
        ("2020-04-25 09:00", 24, "2020-04-29 17:00"),
    ],
)
def test_working_hours_skip_noon_nights_and_days_off_and_may_end_at_a_closing(
    moment: str, hours: float, end: str
) -> None:
    assert CALENDAR.add_hours(at(moment), timedelta(hours=hours)) == at(end)


@pytest.mark.parametrize(
    ("year", "month", "n", "day"),
    [(2020, 5, 3, "2020-05-06"), (2020, 6, 3, "2020-06-03"), (2020, 1, 1, "2020-01-02"), (2021, 2, 3, "2021-02-03")],
)
def test_the_nth_working_day_of_a_month(year: int, month: int, n: int, day: str) -> None:
    assert CALENDAR.nth_working_day(year, month, n) == date.fromisoformat(day)


CLOSED = replace(CALENDAR, closed=(ClosedSpan(date(2020, 4, 1), date(2020, 4, 22), "closure"),))


def test_days_of_a_closure_are_days_off_whatever_day_they_are() -> None:
    assert not CLOSED.is_working_day(date(2020, 4, 1))
    assert not CLOSED.is_working_day(date(2020, 4, 22))
    assert CLOSED.is_working_day(date(2020, 4, 23))
    assert CLOSED.next_working_day(date(2020, 3, 31)) == date(2020, 4, 23)
    assert CLOSED.opening(at("2020-03-31 17:00")) == at("2020-04-23 07:00")
    assert CLOSED.closure(date(2020, 4, 23)) is None


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2020-04-28 09:00", "2020-05-04 09:00", 16),
        ("2020-04-28 11:00", "2020-04-28 14:00", 1),
        ("2020-04-28 17:00", "2020-04-29 07:00", 0),
        ("2020-04-30 09:00", "2020-05-02 09:00", 0),
        ("2020-05-04 09:00", "2020-04-28 09:00", 0),
    ],
)
def test_the_working_time_between_two_moments(since: str, until: str, hours: int) -> None:
    assert CALENDAR.worked(at(since), at(until)) == timedelta(hours=hours)


def test_time_as_it_passes_leaves_out_what_was_closed() -> None:
    since, until = at("2020-03-31 12:00"), at("2020-04-23 12:00")
    assert CALENDAR.elapsed(since, until) == timedelta(days=23)
    assert CLOSED.elapsed(since, until) == timedelta(days=1)
    assert CLOSED.elapsed(until, since) == timedelta()
    assert CLOSED.add_elapsed(since, timedelta(days=1)) == until
    assert CLOSED.add_elapsed(since, timedelta(hours=12)) == at("2020-04-23 00:00"), (
        "midnight belongs to the next open day"
    )
    assert CLOSED.add_elapsed(since, timedelta(hours=11)) == at("2020-03-31 23:00")
    assert CLOSED.add_elapsed(at("2020-04-10 12:00"), timedelta(hours=1)) == at("2020-04-23 01:00")


def test_reception_hours_are_those_in_which_nobody_works() -> None:
    hours = ReceptionDay(((time(7), time(12)),), "reception")
    known = replace(CALENDAR, reception={date(2020, 4, 25): hours, date(2020, 4, 24): hours})
    assert known.received(at("2020-04-25 07:00")) is hours
    assert known.received(at("2020-04-25 12:00")) is None
    assert known.received(at("2020-04-24 08:00")) is None, "working time"
    assert known.received(at("2020-04-24 11:45")) is hours, "noon of a working day"
    assert known.received(at("2020-04-26 08:00")) is None


def test_another_list_for_a_year_takes_the_place_of_its_days_and_is_cited() -> None:
    other = CALENDAR.with_year(CalendarYear(2020, (CalendarDay(date(2020, 4, 27), DayKind.DAY_OFF, "Mẫu"),)), 2)
    assert not other.is_working_day(date(2020, 4, 27))
    assert other.is_working_day(date(2020, 4, 30)), "the list as a whole, not one day more"
    assert not other.is_working_day(date(2021, 4, 30))
    assert other.cited(date(2019, 12, 31), date(2021, 1, 4)) == "2019.1 2020.2 2021.1"


def test_a_calendar_knows_the_years_that_it_is_made_of_and_each_ones_version() -> None:
    off = CalendarDay(date(2020, 4, 30), DayKind.DAY_OFF, "Ngày mẫu")
    other = CalendarDay(date(2021, 5, 1), DayKind.DAY_OFF, "Ngày mẫu")
    made = WorkingCalendar.of([(CalendarYear(2020, (off,)), 3), (CalendarYear(2021, (other,)), 1)])
    assert made.days == {off.date: off, other.date: other}
    assert (set(made.years), dict(made.versions)) == ({2020, 2021}, {2020: 3, 2021: 1})
    assert made.cited(off.date, other.date) == "2020.3 2021.1"


def test_another_list_for_a_year_replaces_that_years_days_alone_and_a_new_year_is_known_from_then_on() -> None:
    off, other, new = (
        CalendarDay(date(*day), DayKind.DAY_OFF, "Ngày mẫu") for day in ((2020, 4, 30), (2021, 4, 30), (2022, 5, 3))
    )
    made = WorkingCalendar.of([(CalendarYear(2020, (off,)), 1), (CalendarYear(2021, (other,)), 1)])
    changed = made.with_year(CalendarYear(2020, ()), 2)
    assert (changed.days, changed.versions) == ({other.date: other}, {2020: 2, 2021: 1})
    later = made.with_year(CalendarYear(2022, (new,)), 1)
    assert (set(later.years), later.days[new.date]) == ({2020, 2021, 2022}, new)
    assert not later.is_working_day(new.date)


@pytest.mark.parametrize(
    ("moment", "by_days", "by_hours"),
    [
        ("2020-04-23 15:00", False, False),
        ("2020-04-23 15:01", False, True),
        ("2020-04-23 23:59", False, True),
        ("2020-04-24 00:00", True, True),
    ],
)
def test_what_is_due_on_a_day_is_late_on_the_next_and_what_is_due_at_an_hour_after_it(
    moment: str, by_days: bool, by_hours: bool
) -> None:
    due = at("2020-04-23 15:00")
    assert is_late(due, at(moment), by_hours=False) is by_days
    assert is_late(due, at(moment), by_hours=True) is by_hours
