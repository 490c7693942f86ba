"""The working calendar of the shipped data: announced days, opening hours, the edges of the known years."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.domain.calendar import LOCAL, local_day
from motcua.domain.errors import InvalidError
from tests.unit.shipped import CALENDAR


def at(text: str) -> datetime:
    """A moment in Viet Nam, written `2020-04-23 18:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


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
