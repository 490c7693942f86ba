"""The working calendar: which days are worked, at which hours, in Asia/Ho_Chi_Minh (no daylight saving)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from motcua.domain.errors import InvalidError

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Viet Nam's time since 1975: +07:00 all year. A fixed offset spares the functions a zone database."""


def local_day(moment: datetime) -> date:
    """The day on which `moment` falls for people in Viet Nam."""
    return moment.astimezone(LOCAL).date()


class DayKind(StrEnum):
    DAY_OFF = "day_off"
    MAKEUP_WORKDAY = "makeup_workday"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An announced day: off, or a make-up working day (ngày làm bù)."""

    date: date
    kind: DayKind
    name_vi: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The announced days of one year, in order."""

    year: int
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days off and make-up working days by year, and the working hours [open, close) of a day.

    `days` holds every announced day: True for a make-up working day, False for a day off. `years` are the years whose
    list is known: a day of any other year is refused, naming the year, because its holidays are not announced. `versions`
    says which version of each year's list that is. Received later than `same_day_until` (exactly 15:00:00 is not later),
    a limit of 0 days is the next working day.
    """

    days: Mapping[date, bool]
    years: frozenset[int]
    hours: tuple[tuple[time, time], ...] = ((time(7), time(11, 30)), (time(13, 30), time(17)))
    same_day_until: time = time(15)
    versions: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, years: Iterable[tuple[CalendarYear, int]]) -> "WorkingCalendar":
        """The calendar of these years, each with its version; hours are set by `with_hours`."""
        known = list(years)
        return cls(
            {each.date: each.kind is DayKind.MAKEUP_WORKDAY for year, _ in known for each in year.days},
            frozenset(year.year for year, _ in known),
            versions={year.year: version for year, version in known},
        )

    def with_hours(self, hours: tuple[tuple[time, time], ...], same_day_until: time) -> "WorkingCalendar":
        return replace(self, hours=hours, same_day_until=same_day_until)

    def with_year(self, year: CalendarYear, version: int) -> "WorkingCalendar":
        """This calendar with another list for one year, to see what would move."""
        others = {day: worked for day, worked in self.days.items() if day.year != year.year}
        listed = {each.date: each.kind is DayKind.MAKEUP_WORKDAY for each in year.days}
        return replace(
            self,
            days=others | listed,
            years=self.years | {year.year},
            versions={**self.versions, year.year: version},
        )

    @property
    def day_length(self) -> timedelta:
        """The working time of one day: 8 hours."""
        return sum(
            (datetime.combine(date.min, end) - datetime.combine(date.min, start) for start, end in self.hours),
            timedelta(),
        )

    def is_working_day(self, day: date) -> bool:
        if day.year not in self.years:
            raise InvalidError("calendar_year_unknown", year=day.year)
        announced = self.days.get(day)
        return day.weekday() < 5 if announced is None else announced

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """`count` working days after `day`: the first one after it is day 1."""
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def nth_working_day(self, year: int, month: int, n: int) -> date:
        """The nth working day of a month, counted from 1."""
        return self.add_working_days(date(year, month, 1) - timedelta(days=1), n)

    def opening(self, moment: datetime) -> datetime:
        """`moment` itself when it is worked, else the next opening: 11:30 belongs to 13:30, 17:00 to the next day."""
        here = moment.astimezone(LOCAL)
        for start, end in self._spans(here.date()):
            if here < end:
                return max(here, start)
        raise AssertionError("unreachable: the spans have no end")  # pragma: no cover

    def add_hours(self, moment: datetime, length: timedelta) -> datetime:
        """`length` of working time after `moment`; it may end exactly at a closing hour."""
        here = self.opening(moment)
        for start, end in self._spans(here.date()):
            begin = max(here, start)
            if begin >= end:
                continue
            if begin + length <= end:
                return begin + length
            length -= end - begin
        raise AssertionError("unreachable: the spans have no end")  # pragma: no cover

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if not self.is_working_day(day):
            day = self.next_working_day(day)
        while True:
            for start, end in self.hours:
                yield datetime.combine(day, start, LOCAL), datetime.combine(day, end, LOCAL)
            day = self.next_working_day(day)
