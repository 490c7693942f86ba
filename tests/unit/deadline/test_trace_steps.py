"""Every step of a count, as the trace keeps it: kind, day, moment, and what else is said."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from motcua.domain.deadline.deadline import counted
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.deadline.trace import Step
from motcua.domain.deadline.working_calendar import ClosedSpan, ReceptionDay, WorkingCalendar
from motcua.domain.registry.procedure import LimitUnit, TimeLimit
from motcua.domain.status import Status
from tests.kit.moments import at
from tests.kit.shipped import CALENDAR


def told(step: Step) -> str:
    """Return a step as `day 2019-05-02 number=1`: what is at its default is not said."""
    more = {field.name: getattr(step, field.name) for field in fields(step)[2:]}
    said = [f"{name}={_text(value)}" for name, value in more.items() if value != _DEFAULTS[name]]
    return " ".join([step.kind.value, f"{step.day:%Y-%m-%d}", *said])


_DEFAULTS = {field.name: field.default for field in fields(Step)}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%H:%M}"
    return value.kind.value if isinstance(value, Suspension) else str(value)


def steps(
    received: str, count: str, unit: str, calendar: WorkingCalendar = CALENDAR, waits: Sequence[Suspension] = ()
) -> list[str]:
    limit = TimeLimit(Decimal(count), LimitUnit(unit))
    return [told(step) for step in counted(at(received), limit, calendar, waits).steps]


def test_working_days_with_announced_days_and_a_makeup_saturday() -> None:
    assert steps("2019-04-26 09:00", "4", "working_day") == [
        "starts_at_receipt 2019-04-26 at=26/09:00",
        "weekend 2019-04-27",
        "weekend 2019-04-28",
        "day_off 2019-04-29 name_vi=Ngày nghỉ (thay cho ngày 04/05/2019)",
        "day_off 2019-04-30 name_vi=Ngày Chiến thắng",
        "day_off 2019-05-01 name_vi=Ngày Quốc tế Lao động",
        "day 2019-05-02 number=1",
        "day 2019-05-03 number=2",
        "makeup_day 2019-05-04 number=3 name_vi=Làm bù cho ngày nghỉ 29/04/2019",
        "weekend 2019-05-05",
        "day 2019-05-06 number=4",
        "due 2019-05-06 at=06/09:00",
    ]


def test_a_calendar_day_and_a_half_that_ends_on_a_day_off() -> None:
    assert steps("2020-04-24 10:00", "1.5", "calendar_day") == [
        "starts_at_receipt 2020-04-24 at=24/10:00",
        "calendar_day 2020-04-25 number=1",
        "half_day 2020-04-25 at=25/22:00 time=12:00:00 calendar_time=True",
        "weekend 2020-04-25",
        "weekend 2020-04-26",
        "moved_forward 2020-04-27 at=27/22:00",
        "due 2020-04-27 at=27/22:00",
    ]


def test_calendar_days_around_a_closure() -> None:
    closed = replace(CALENDAR, closed=(ClosedSpan(date(2020, 4, 7), date(2020, 4, 8), "so-1"),))
    assert steps("2020-04-06 09:00", "2", "calendar_day", closed) == [
        "starts_at_receipt 2020-04-06 at=06/09:00",
        "closure 2020-04-07 cited=so-1",
        "closure 2020-04-08 cited=so-1",
        "calendar_day 2020-04-09 number=1",
        "calendar_day 2020-04-10 number=2",
        "due 2020-04-10 at=10/09:00",
    ]


def test_a_receipt_after_hours_begins_at_the_next_opening() -> None:
    assert steps("2020-04-24 18:00", "1", "working_day") == [
        "weekend 2020-04-25",
        "weekend 2020-04-26",
        "starts_at_opening 2020-04-27 at=27/07:00",
        "day 2020-04-28 number=1",
        "due 2020-04-28 at=28/07:00",
    ]


def test_the_same_day_and_after_its_cutoff() -> None:
    short = replace(CALENDAR, hours=((time(7), time(11)), (time(12), time(14)), (time(15), time(18))))
    assert steps("2020-04-23 08:00", "0", "working_day", short) == [
        "starts_at_receipt 2020-04-23 at=23/08:00",
        "same_day 2020-04-23 at=23/18:00",
        "due 2020-04-23 at=23/18:00",
    ]
    assert steps("2020-04-24 15:30", "0", "working_day", short) == [
        "starts_at_receipt 2020-04-24 at=24/15:30",
        "weekend 2020-04-25",
        "weekend 2020-04-26",
        "after_cutoff 2020-04-27 at=27/18:00",
        "due 2020-04-27 at=27/18:00",
    ]


def test_the_same_day_of_a_receipt_on_a_saturday_is_the_next_working_day() -> None:
    hours = ReceptionDay(((time(7, 30), time(10)),), "saturday")
    received = replace(CALENDAR, reception={date(2020, 4, 25): hours})
    assert steps("2020-04-25 08:00", "0", "working_day", received) == [
        "starts_in_reception_hours 2020-04-25 at=25/08:00 cited=saturday",
        "weekend 2020-04-26",
        "same_day 2020-04-27 at=27/17:00",
        "due 2020-04-27 at=27/17:00",
    ]


def test_waits_are_told_by_their_local_days() -> None:
    night = timedelta(hours=23, minutes=30)
    first = datetime(2020, 4, 22, tzinfo=UTC) + night
    waits = [
        Suspension(WaitKind.SUPPLEMENT, first, Status.IN_PROCESS, first + timedelta(days=4), restarts=True),
        Suspension(WaitKind.PAYMENT, first + timedelta(days=5), Status.IN_PROCESS, first + timedelta(days=6)),
        Suspension(WaitKind.PAYMENT, first + timedelta(days=7), Status.IN_PROCESS),
    ]
    assert steps("2020-04-22 09:00", "1", "working_day", waits=waits) == [
        "starts_at_receipt 2020-04-22 at=22/09:00",
        "day 2020-04-23 number=1",
        "due_so_far 2020-04-23 at=23/09:00",
        "restarted 2020-04-27 wait=supplement",
        "starts_at_opening 2020-04-27 at=27/07:00",
        "day 2020-04-28 number=1",
        "due_so_far 2020-04-28 at=28/07:00",
        "lengthened 2020-04-29 time=8:00:00 wait=payment",
        "hours 2020-04-28 time=8:00:00",
        "waiting 2020-04-30 wait=payment",
        "due 2020-04-28 at=28/17:00",
    ]
    assert steps("2020-04-22 09:00", "1", "calendar_day", waits=waits[1:2]) == [
        "starts_at_receipt 2020-04-22 at=22/09:00",
        "calendar_day 2020-04-23 number=1",
        "due_so_far 2020-04-23 at=23/09:00",
        "lengthened 2020-04-29 time=1 day, 0:00:00 wait=payment calendar_time=True",
        "due 2020-04-24 at=24/09:00",
    ]


def test_hours_that_meet_give_no_empty_stretch() -> None:
    meeting = replace(CALENDAR, hours=((time(7), time(11)), (time(11), time(15))))
    assert list(meeting.stretches(at("2020-04-23 11:00"), timedelta(hours=1))) == [
        (at("2020-04-23 11:00"), at("2020-04-23 12:00"))
    ]


def test_a_year_of_unknown_version_is_cited_as_its_version_0() -> None:
    unversioned = replace(CALENDAR, versions={2020: 3})
    assert unversioned.cited(date(2020, 12, 31), date(2021, 1, 4)) == "2020.3 2021.0"


def test_hours_come_with_their_cutoff() -> None:
    told_hours = CALENDAR.with_hours(((time(8), time(12)),), time(10))
    assert (told_hours.hours, told_hours.same_day_until) == (((time(8), time(12)),), time(10))
