"""The working calendar: the working days and hours in Asia/Ho_Chi_Minh (no daylight saving)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from motcua.domain.errors import InvalidError
from motcua.domain.local_time import LOCAL
from motcua.domain.record import dataclass


class DayKind(StrEnum):
    DAY_OFF = "day_off"
    MAKEUP_WORKDAY = "makeup_workday"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An announced day: a day off, or a make-up working day (ngày làm bù)."""

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
class ClosedSpan:
    """Days on which an order suspends a dossier's processing time; `cited` names the rule and its document."""

    first: date
    last: date
    cited: str

    def overlap(self, since: datetime, until: datetime) -> timedelta:
        """Return how much of `since` … `until` falls into the span."""
        return max(timedelta(), min(self.end, until) - max(self.begin, since))

    @property
    def begin(self) -> datetime:
        return datetime.combine(self.first, time(), LOCAL)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), LOCAL)


@dataclass(frozen=True, slots=True)
class ReceptionDay:
    """The hours in which dossiers are received outside working hours; `cited` names the rule and its document."""

    intervals: tuple[tuple[time, time], ...]
    cited: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days off and make-up working days by year, and the working hours [open, close) of a day.

    `days` holds every announced day. `years` are the years whose list is known: a day of any other year is refused,
    naming the year, because its holidays are not announced. `versions` tells the version of each year's list. For a
    receipt later than `same_day_until` (exactly 15:00:00 is not later), a limit of 0 days means the next working day.
    `closed` holds the closed spans of one dossier, without overlap; each of their days counts as a day off. `reception`
    holds the days with reception hours, by date.
    """

    days: Mapping[date, CalendarDay]
    years: frozenset[int]
    hours: tuple[tuple[time, time], ...] = ((time(7), time(11, 30)), (time(13, 30), time(17)))
    same_day_until: time = time(15)
    versions: Mapping[int, int] = field(default_factory=dict)
    closed: tuple[ClosedSpan, ...] = ()
    reception: Mapping[date, ReceptionDay] = field(default_factory=dict)

    @classmethod
    def of(cls, years: Iterable[tuple[CalendarYear, int]]) -> "WorkingCalendar":
        """Return the calendar of these years, each with its version; `with_hours` sets the hours."""
        known = list(years)
        return cls(
            {each.date: each for year, _ in known for each in year.days},
            frozenset(year.year for year, _ in known),
            versions={year.year: version for year, version in known},
        )

    def with_hours(self, hours: tuple[tuple[time, time], ...], same_day_until: time) -> "WorkingCalendar":
        return replace(self, hours=hours, same_day_until=same_day_until)

    def with_year(self, year: CalendarYear, version: int) -> "WorkingCalendar":
        """Return this calendar with another list for one year, to see what would move or how it was counted before."""
        others = {day: known for day, known in self.days.items() if day.year != year.year}
        return replace(
            self,
            days=others | {each.date: each for each in year.days},
            years=self.years | {year.year},
            versions={**self.versions, year.year: version},
        )

    def cited(self, first: date, last: date) -> str:
        """Return the versions by which days from `first` to `last` were counted, as `2020.1 2021.1`."""
        return " ".join(f"{year}.{self.versions.get(year, 0)}" for year in range(first.year, last.year + 1))

    @property
    def day_length(self) -> timedelta:
        """The working time of one day: 8 hours."""
        return sum(
            (datetime.combine(date.min, end) - datetime.combine(date.min, start) for start, end in self.hours),
            timedelta(),
        )

    def is_working_day(self, day: date) -> bool:
        self.check_year(day)
        announced = self.days.get(day)
        works = day.weekday() < 5 if announced is None else announced.kind is DayKind.MAKEUP_WORKDAY
        return works and self.closure(day) is None

    def check_year(self, day: date) -> None:
        """Raise InvalidError, naming the year, when the days off of that year are not announced yet."""
        if day.year not in self.years:
            raise InvalidError("calendar_year_unknown", year=day.year)

    def closure(self, day: date) -> ClosedSpan | None:
        """Return the closed span into which `day` falls; None when there is none."""
        return next((span for span in self.closed if span.first <= day <= span.last), None)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day `count` working days after `day`: the first one after it is day 1."""
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def nth_working_day(self, year: int, month: int, n: int) -> date:
        """Return the nth working day of a month, counted from 1."""
        return self.add_working_days(date(year, month, 1) - timedelta(days=1), n)

    def opening(self, moment: datetime) -> datetime:
        """Return `moment` if it is in working hours, else the next opening: 13:30 for 11:30, the next day for 17:00."""
        here = moment.astimezone(LOCAL)
        for start, end in self._spans(here.date()):
            if here < end:
                return max(here, start)
        raise AssertionError("unreachable: the spans have no end")  # pragma: no cover

    def received(self, moment: datetime) -> ReceptionDay | None:
        """Return the reception hours around `moment` outside working hours; None on a holiday or in a closure."""
        here = moment.astimezone(LOCAL)
        day, known = here.date(), self.reception.get(here.date())
        if known is None or self.opening(here) == here or (day in self.days and not self.is_working_day(day)):
            return None
        within = any(start <= here.time() < end for start, end in known.intervals)
        return known if within and self.closure(day) is None else None

    def add_hours(self, moment: datetime, length: timedelta) -> datetime:
        """Return the moment after `length` of working time from `moment`; it may be exactly a closing hour."""
        *_, (_, end) = self.stretches(moment, length)
        return end

    def stretches(self, moment: datetime, length: timedelta) -> Iterator[tuple[datetime, datetime]]:
        """Yield the intervals of working time, from `moment` on, that make up `length`."""
        here = self.opening(moment)
        for start, end in self._spans(here.date()):
            begin = max(here, start)
            if begin >= end:
                continue
            if begin + length <= end:
                yield begin, begin + length
                return
            yield begin, end
            length -= end - begin

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """Return the working time between two moments."""
        total, here = timedelta(), since.astimezone(LOCAL)
        if here >= until:
            return total
        for start, end in self._spans(here.date()):
            if start >= until:
                break
            total += max(timedelta(), min(end, until) - max(start, here))
        return total

    def elapsed(self, since: datetime, until: datetime) -> timedelta:
        """Return the time between two moments, at work or not, without closed spans."""
        return max(timedelta(), until - since) - sum((span.overlap(since, until) for span in self.closed), timedelta())

    def add_elapsed(self, moment: datetime, length: timedelta) -> datetime:
        """Return the moment after `length` of time from `moment`, at work or not, without closed spans."""
        here = moment
        for span in sorted(self.closed, key=lambda span: span.first):
            if span.end <= here:
                continue
            if here + length < span.begin:
                break
            length -= max(timedelta(), span.begin - here)
            here = span.end
        return here + length

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if not self.is_working_day(day):
            day = self.next_working_day(day)
        while True:
            for start, end in self.hours:
                yield datetime.combine(day, start, LOCAL), datetime.combine(day, end, LOCAL)
            day = self.next_working_day(day)
