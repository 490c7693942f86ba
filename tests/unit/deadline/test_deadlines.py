"""When a result is due: the design's check values, every kind of limit, suspensions, closures, reception hours.

`test_deadline_reference` compares all of it with another way of counting.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.deadline.deadline import counted, due_at
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.deadline.working_calendar import ClosedSpan, DayKind, ReceptionDay, WorkingCalendar
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.procedure import LimitUnit, TimeLimit
from motcua.domain.status import Status
from tests.kit.examples import examples
from tests.kit.moments import at
from tests.kit.shipped import CALENDAR, PROCEDURES


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


def wait(since: str, until: str, kind: WaitKind = WaitKind.SUPPLEMENT, *, restarts: bool = False) -> Suspension:
    return Suspension(kind, at(since), Status.IN_PROCESS, until=at(until), restarts=restarts)


def due_after(
    received: str, count: str, unit: str, *waits: Suspension, calendar: WorkingCalendar = CALENDAR
) -> datetime | None:
    return counted(at(received), limit(count, unit), calendar, waits).at


CLOSED = replace(CALENDAR, closed=(ClosedSpan(date(2020, 4, 1), date(2020, 4, 22), "closure"),))
"""The calendar with the closure of April 2020, which pauses dossiers received up to its last day."""


def test_pause_adds_the_working_time_that_was_waited() -> None:
    """The check value: due 18 May, asked on 28 April at 09:00, complete on 4 May at 09:00 = two working days."""
    waited = wait("2020-04-28 09:00", "2020-05-04 09:00")
    assert due_after("2020-04-23 08:00", "15", "working_day", waited) == at("2020-05-20 08:00")


def test_pause_adds_the_days_waited_to_a_limit_in_calendar_days_and_moves_off_a_day_off_once() -> None:
    """21 days after 27 April is Monday 18 May; six days more is Sunday 24 May, so Monday 25 May."""
    waited = wait("2020-04-28 09:00", "2020-05-04 09:00")
    assert due_after("2020-04-27 08:00", "21", "calendar_day") == at("2020-05-18 08:00")
    assert due_after("2020-04-27 08:00", "21", "calendar_day", waited) == at("2020-05-25 08:00")
    one_day = wait("2020-04-28 09:00", "2020-04-29 09:00")
    assert due_after("2020-04-27 08:00", "5", "calendar_day") == at("2020-05-04 08:00"), "2 May moves to 4 May"
    assert due_after("2020-04-27 08:00", "5", "calendar_day", one_day) == at("2020-05-04 08:00"), "3 May moves to 4 May"


def test_restart_counts_the_whole_limit_anew_from_the_moment_that_all_is_in() -> None:
    waited = wait("2020-04-28 09:00", "2020-05-04 09:00", restarts=True)
    assert due_after("2020-04-23 08:00", "15", "working_day", waited) == at("2020-05-25 09:00")
    in_the_evening = wait("2020-04-28 09:00", "2020-05-04 18:00", restarts=True)
    assert due_after("2020-04-23 08:00", "15", "working_day", in_the_evening) == at("2020-05-26 07:00")


@pytest.mark.parametrize("kind", [WaitKind.PAYMENT, WaitKind.PAUSE])
def test_payment_and_pause_never_restart(kind: WaitKind) -> None:
    waited = wait("2020-04-28 09:00", "2020-05-04 09:00", kind, restarts=True)
    assert due_after("2020-04-23 08:00", "15", "working_day", waited) == at("2020-05-20 08:00")


def test_a_wait_in_hours_in_which_nobody_works_adds_nothing() -> None:
    for quiet in (wait("2020-04-23 17:00", "2020-04-24 07:00"), wait("2020-04-30 08:00", "2020-05-03 20:00")):
        assert due_after("2020-04-23 08:00", "15", "working_day", quiet) == at("2020-05-18 08:00")


def test_a_limit_that_ends_at_closing_does_not_move_to_the_morning_by_a_wait_of_nothing() -> None:
    quiet = wait("2020-04-23 17:00", "2020-04-24 07:00")
    assert due_after("2020-04-23 09:00", "6", "hour", quiet) == at("2020-04-23 17:00")


def test_waits_that_overlap_are_added_once() -> None:
    first, second = wait("2020-04-28 09:00", "2020-05-04 09:00"), wait("2020-04-29 09:00", "2020-05-04 10:00")
    assert due_after("2020-04-23 08:00", "15", "working_day", first, second) == at("2020-05-20 09:00")


def test_what_was_waited_before_the_count_began_is_not_added() -> None:
    at_intake = wait("2020-04-23 18:00", "2020-04-24 09:00")
    assert due_after("2020-04-23 18:00", "5", "working_day", at_intake) == at("2020-05-05 09:00")
    days = due_after("2020-04-24 18:00", "7", "calendar_day", wait("2020-04-24 18:00", "2020-04-27 08:00"))
    assert days == at("2020-05-04 08:00"), "from Monday 07:00 on, one hour"


def test_a_wait_that_goes_on_has_moved_nothing_yet() -> None:
    open_wait = replace(wait("2020-04-28 09:00", "2020-04-28 09:00"), until=None)
    assert due_after("2020-04-23 08:00", "15", "working_day", open_wait) == at("2020-05-18 08:00")


def test_a_supplement_then_a_payment() -> None:
    """RESTART on 28 April 09:00: 3 working days give 5 May 09:00; two working hours of unpaid time give 11:00."""
    supplement = wait("2020-04-24 08:00", "2020-04-28 09:00", restarts=True)
    payment = wait("2020-04-28 10:00", "2020-04-28 14:00", WaitKind.PAYMENT)
    assert due_after("2020-04-23 08:00", "3", "working_day", supplement, payment) == at("2020-05-05 11:00")


@pytest.mark.parametrize(
    ("received", "count", "unit", "due"),
    [
        ("2020-03-30 09:00", "5", "working_day", "2020-04-28 09:00"),
        ("2020-04-10 09:00", "5", "working_day", "2020-05-04 07:00"),
        ("2020-04-22 16:59", "1", "working_day", "2020-04-24 07:00"),
        ("2020-04-10 09:00", "0", "working_day", "2020-04-23 17:00"),
        ("2020-03-31 15:00:01", "0", "working_day", "2020-04-23 17:00"),
        ("2020-03-31 16:00", "8", "hour", "2020-04-23 16:00"),
        ("2020-03-30 09:00", "5", "calendar_day", "2020-04-27 09:00"),
        ("2020-03-31 13:30", "0.5", "calendar_day", "2020-04-23 01:30"),
    ],
)
def test_days_of_a_closure_that_pauses_count_for_nothing_in_any_unit(
    received: str, count: str, unit: str, due: str
) -> None:
    assert due_after(received, count, unit, calendar=CLOSED) == at(due)


def test_what_is_waited_during_a_closure_is_not_added_again() -> None:
    """Asked on 31 March at 16:00, complete on 23 April at 08:00.

    That is an hour of work before the closure and one after it; in calendar days, eight hours on either side.
    """
    waited = wait("2020-03-31 16:00", "2020-04-23 08:00")
    assert due_after("2020-03-30 09:00", "5", "working_day", waited, calendar=CLOSED) == at("2020-04-28 11:00")
    assert due_after("2020-03-30 09:00", "5", "calendar_day", waited, calendar=CLOSED) == at("2020-04-27 01:00")


SATURDAYS = replace(CALENDAR, reception={date(2020, 4, 25): ReceptionDay(((time(7, 30), time(11)),), "reception")})


@pytest.mark.parametrize(
    ("received", "count", "unit", "due"),
    [
        ("2020-04-25 09:00", "1", "working_day", "2020-04-27 09:00"),
        ("2020-04-25 07:30", "3", "working_day", "2020-04-29 07:30"),
        ("2020-04-25 07:29:59", "1", "working_day", "2020-04-28 07:00"),
        ("2020-04-25 11:00", "1", "working_day", "2020-04-28 07:00"),
        ("2020-04-25 09:00", "0.5", "working_day", "2020-04-27 11:00"),
        ("2020-04-25 09:00", "8", "hour", "2020-04-27 17:00"),
        ("2020-04-25 09:00", "0", "working_day", "2020-04-27 17:00"),
        ("2020-04-25 09:00", "2", "calendar_day", "2020-04-27 09:00"),
        ("2020-04-26 09:00", "1", "working_day", "2020-04-28 07:00"),
    ],
)
def test_received_in_saturday_reception_hours_it_keeps_its_hour_and_monday_is_day_1(
    received: str, count: str, unit: str, due: str
) -> None:
    assert due_after(received, count, unit, calendar=SATURDAYS) == at(due)


def test_reception_hours_do_not_open_a_holiday_or_a_closure() -> None:
    hours = ReceptionDay(((time(7), time(11)),), "reception")
    on_holiday = replace(CALENDAR, reception={date(2020, 4, 30): hours})
    assert due_after("2020-04-30 09:00", "1", "working_day", calendar=on_holiday) == at("2020-05-05 07:00")
    closed = replace(CLOSED, reception={date(2020, 4, 18): hours})
    assert due_after("2020-04-18 09:00", "1", "working_day", calendar=closed) == at("2020-04-24 07:00")


def works(day: date) -> bool:
    announced = CALENDAR.days.get(day)
    return day.weekday() < 5 if announced is None else announced.kind is DayKind.MAKEUP_WORKDAY


def open_at(moment: datetime) -> bool:
    hours = (time(7) <= moment.time() < time(11, 30)) or (time(13, 30) <= moment.time() < time(17))
    return works(moment.date()) and hours


MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2027, 10, 1), timezones=st.just(LOCAL))
EDGES = st.builds(
    lambda day, edge, off: datetime.combine(day, edge, LOCAL) + timedelta(seconds=off),
    st.dates(date(2019, 1, 2), date(2027, 10, 1)),
    st.sampled_from([time(0), time(7), time(11, 30), time(13, 30), time(15), time(17)]),
    st.sampled_from([-1, 0, 1]),
)


@examples(150)
@given(earlier=MOMENTS | EDGES, wait=st.timedeltas(timedelta(), timedelta(days=3)), count=st.integers(0, 12))
def test_who_comes_later_is_never_due_earlier(earlier: datetime, wait: timedelta, count: int) -> None:
    half_days = limit(str(Decimal(count) / 2))
    first, second = due_at(earlier, half_days, CALENDAR), due_at(earlier + wait, half_days, CALENDAR)
    assert first is not None
    assert second is not None
    assert first <= second


@examples(150)
@given(received=MOMENTS | EDGES, count=st.integers(1, 24))
def test_working_day_limits_end_on_a_working_day_within_its_hours(received: datetime, count: int) -> None:
    due = due_at(received, limit(str(Decimal(count) / 2)), CALENDAR)
    assert due is not None
    assert works(due.date())
    assert open_at(due) or due.time() in (time(11, 30), time(17))
