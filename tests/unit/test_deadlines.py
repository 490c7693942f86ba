"""When a result is due: the design's check values, every kind of limit, and a day-by-day reference that must agree."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motcua.domain.calendar import LOCAL
from motcua.domain.deadline import due_at
from motcua.domain.errors import InvalidError
from motcua.domain.procedure import LimitUnit, TimeLimit
from tests.unit.shipped import CALENDAR, PROCEDURES


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def limit(count: str, unit: str = "working_day") -> TimeLimit:
    return TimeLimit(Decimal(count), LimitUnit(unit))


@pytest.mark.parametrize(
    ("received", "count", "due"),
    [
        ("2020-04-28 09:00", "5", "2020-05-07 09:00"),
        ("2020-04-23 08:00", "15", "2020-05-18 08:00"),
        ("2020-04-23 18:00", "5", "2020-05-05 07:00"),
        ("2020-04-23 11:29:59", "1", "2020-04-24 11:29:59"),
        ("2020-04-23 11:30", "1", "2020-04-24 13:30"),
        ("2020-04-23 16:59:59", "1", "2020-04-24 16:59:59"),
        ("2020-04-23 17:00", "1", "2020-04-27 07:00"),
        ("2019-05-03 09:00", "1", "2019-05-04 09:00"),
    ],
)
def test_working_days_count_from_the_day_after_and_keep_the_hour(received: str, count: str, due: str) -> None:
    assert due_at(at(received), limit(count), CALENDAR) == at(due)


@pytest.mark.parametrize(
    ("received", "count", "due"),
    [
        ("2020-04-23 08:00", "0.5", "2020-04-23 14:00"),
        ("2020-04-23 09:00", "0.5", "2020-04-23 15:00"),
        ("2020-04-23 15:00", "0.5", "2020-04-24 09:00"),
        ("2020-04-28 15:00", "1.5", "2020-05-04 09:00"),
        ("2020-04-23 13:30", "2.5", "2020-04-28 07:30"),
    ],
)
def test_half_a_day_is_four_working_hours(received: str, count: str, due: str) -> None:
    assert due_at(at(received), limit(count), CALENDAR) == at(due)


@pytest.mark.parametrize("unit", ["working_day", "calendar_day", "hour"])
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2020-04-23 08:00", "2020-04-23 17:00"),
        ("2020-04-23 15:00:00", "2020-04-23 17:00"),
        ("2020-04-23 15:00:01", "2020-04-24 17:00"),
        ("2020-04-29 15:00:01", "2020-05-04 17:00"),
        ("2020-04-23 18:00", "2020-04-24 17:00"),
    ],
)
def test_a_limit_of_nothing_is_the_same_day_until_15_00(received: str, due: str, unit: str) -> None:
    assert due_at(at(received), limit("0", unit), CALENDAR) == at(due)


@pytest.mark.parametrize(
    ("received", "count", "due"),
    [
        ("2020-04-23 08:00", "5", "2020-04-28 08:00"),
        ("2020-04-23 08:00", "7", "2020-05-04 08:00"),
        ("2020-04-23 08:00", "8", "2020-05-04 08:00"),
        ("2020-04-23 08:00", "2.5", "2020-04-27 20:00"),
        ("2020-04-24 17:00", "1", "2020-04-28 07:00"),
    ],
)
def test_calendar_days_that_end_on_a_day_off_move_forward(received: str, count: str, due: str) -> None:
    assert due_at(at(received), limit(count, "calendar_day"), CALENDAR) == at(due)


def test_hours_are_working_time() -> None:
    assert due_at(at("2020-04-29 16:00"), limit("24", "hour"), CALENDAR) == at("2020-05-06 16:00")


def test_a_procedure_without_a_known_limit_has_no_due_date() -> None:
    assert due_at(at("2020-04-23 08:00"), None, CALENDAR) is None


@pytest.mark.parametrize("unit", ["working_day", "calendar_day"])
def test_a_due_date_beyond_the_announced_calendars_is_refused_naming_the_year(unit: str) -> None:
    with pytest.raises(InvalidError) as refused:
        due_at(at("2027-12-31 08:00"), limit("5", unit), CALENDAR)
    assert (refused.value.code, refused.value.faults[0].params) == ("calendar_year_unknown", {"year": "2028"})


def test_every_shipped_procedure_has_a_due_date_on_a_working_day() -> None:
    for procedure in PROCEDURES.values():
        due = due_at(at("2020-04-29 16:30"), procedure.limit, CALENDAR)
        assert due is None or CALENDAR.is_working_day(due.date()), procedure.code


# The reference: days one by one, minutes one by one, and no arithmetic that could share a mistake with the calendar's.


def works(day: date) -> bool:
    return CALENDAR.days.get(day, day.weekday() < 5)


def open_at(moment: datetime) -> bool:
    hours = (time(7) <= moment.time() < time(11, 30)) or (time(13, 30) <= moment.time() < time(17))
    return works(moment.date()) and hours


def reference_opening(moment: datetime) -> datetime:
    if open_at(moment):
        return moment
    moment = moment.replace(second=0, microsecond=0)
    while not open_at(moment):
        moment += timedelta(minutes=1)
    return moment


def reference_due(received: datetime, whole: int, unit: str) -> datetime:
    moment = reference_opening(received)
    if unit == "working_day":
        while whole:
            moment += timedelta(days=1)
            whole -= works(moment.date())
        return moment
    if unit == "calendar_day":
        moment += timedelta(days=whole)
        while not works(moment.date()):
            moment += timedelta(days=1)
        return moment
    for _ in range(whole * 60):  # the minute after `moment` is worked if the office is open at its beginning
        moment = reference_opening(moment) + timedelta(minutes=1)
    return moment


MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2027, 10, 1), timezones=st.just(LOCAL))
EDGES = st.builds(
    lambda day, edge, off: datetime.combine(day, edge, LOCAL) + timedelta(seconds=off),
    st.dates(date(2019, 1, 2), date(2027, 10, 1)),
    st.sampled_from([time(0), time(7), time(11, 30), time(13, 30), time(15), time(17)]),
    st.sampled_from([-1, 0, 1]),
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(received=MOMENTS | EDGES, whole=st.integers(1, 40), unit=st.sampled_from(["working_day", "calendar_day"]))
@example(received=at("2019-02-01 17:00"), whole=1, unit="working_day")
@example(received=at("2026-08-21 16:59:59"), whole=1, unit="working_day")
def test_days_agree_with_a_reference_that_walks_day_by_day(received: datetime, whole: int, unit: str) -> None:
    assert due_at(received, limit(str(whole), unit), CALENDAR) == reference_due(received, whole, unit)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(received=MOMENTS | EDGES, hours=st.integers(1, 24))
def test_hours_agree_with_a_reference_that_walks_minute_by_minute(received: datetime, hours: int) -> None:
    received = received.replace(second=0, microsecond=0)
    assert due_at(received, limit(str(hours), "hour"), CALENDAR) == reference_due(received, hours, "hour")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(earlier=MOMENTS | EDGES, wait=st.timedeltas(timedelta(), timedelta(days=3)), count=st.integers(0, 12))
def test_who_comes_later_is_never_due_earlier(earlier: datetime, wait: timedelta, count: int) -> None:
    half_days = limit(str(Decimal(count) / 2))
    first, second = due_at(earlier, half_days, CALENDAR), due_at(earlier + wait, half_days, CALENDAR)
    assert first is not None
    assert second is not None
    assert first <= second


@settings(max_examples=150, deadline=None, derandomize=True)
@given(received=MOMENTS | EDGES, count=st.integers(1, 24))
def test_working_day_limits_end_on_a_working_day_within_its_hours(received: datetime, count: int) -> None:
    due = due_at(received, limit(str(Decimal(count) / 2)), CALENDAR)
    assert due is not None
    assert works(due.date())
    assert open_at(due) or due.time() in (time(11, 30), time(17))
