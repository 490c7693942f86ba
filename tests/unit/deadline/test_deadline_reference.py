"""Compare every deadline with a reference that counts by positions in lists of days and open seconds.

It reads `data/holidays.csv` itself, with the announced days of 2019 to 2027; later years are not announced yet.
Closures are invented, except that of April 2020.
"""

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest

from motcua.domain.deadline.deadline import Deadline, counted
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.deadline.trace import StepKind
from motcua.domain.deadline.working_calendar import ClosedSpan, ReceptionDay
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.procedure import LimitUnit, TimeLimit
from motcua.domain.status import Status
from tests.kit.shipped import CALENDAR

CASES, BATCHES = 10_000, 20
FIRST, LAST = date(2019, 1, 1), date(2027, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
EDGES = ["06:59", "07:00", "11:29:59", "11:30", "13:29", "13:30", "15:00:00", "15:00:01", "16:59:59", "17:00", "00:00"]
RECEPTION = (time(7, 30), time(11))
ZERO = datetime(2019, 1, 1, tzinfo=LOCAL)
DAY = 24 * 3600
SKIPPED = {StepKind.WEEKEND, StepKind.DAY_OFF, StepKind.CLOSURE}
"""Steps for days that count for nothing."""


def announced() -> dict[date, str]:
    path = Path(__file__).parents[3] / "data" / "holidays.csv"
    with path.open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}


ANNOUNCED = announced()


def seconds(moment: datetime) -> int:
    return round((moment - ZERO).total_seconds())


def moment_of(position: int) -> datetime:
    return ZERO + timedelta(seconds=position)


class OpenTime:
    """Counting seconds, laid end to end."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.opens, self.closes = [start for start, _ in spans], [end for _, end in spans]
        self.upto = list(accumulate(end - start for start, end in spans))

    def before(self, moment: int) -> int:
        """Return how many seconds counted before `moment`."""
        index = bisect_right(self.opens, moment) - 1
        return 0 if index < 0 else self.upto[index] - max(0, self.closes[index] - moment)

    def after(self, moment: int, length: int) -> int:
        """Return the first moment by which `length` more seconds have counted."""
        wanted = self.before(moment) + length
        index = bisect_left(self.upto, wanted)
        return self.closes[index] - (self.upto[index] - wanted)

    def opening(self, moment: int) -> int:
        index = bisect_right(self.closes, moment)
        return max(moment, self.opens[index])


class Reference:
    """One calendar with its closures, and whether Saturdays count for receipt."""

    def __init__(self, *closures: tuple[date, date], saturdays: bool = False) -> None:
        self.closures, self.saturdays = closures, saturdays
        closed = {day for day in EVERY_DAY if any(first <= day <= last for first, last in closures)}
        self.closed = closed
        self.working = [
            day
            for day in EVERY_DAY
            if day not in closed
            and (day.weekday() < 5 or ANNOUNCED.get(day) == "makeup_workday")
            and ANNOUNCED.get(day) != "day_off"
        ]
        self.passing = [day for day in EVERY_DAY if day not in closed]
        at = {day: seconds(datetime.combine(day, time(), LOCAL)) for day in EVERY_DAY}
        self.working_set = frozenset(self.working)
        halves = ((7 * 3600, 11 * 3600 + 1800), (13 * 3600 + 1800, 17 * 3600))
        self.hours = OpenTime([(at[day] + a, at[day] + b) for day in self.working for a, b in halves])
        self.days = OpenTime([(at[day], at[day] + DAY) for day in self.passing])

    def start(self, moment: int) -> int:
        opening = self.hours.opening(moment)
        here = moment_of(moment)
        saturday = self.saturdays and here.weekday() == 5 and here.date() not in self.closed
        if opening != moment and saturday and ANNOUNCED.get(here.date()) != "day_off":
            return moment if RECEPTION[0] <= here.time() < RECEPTION[1] else opening
        return opening

    def nth(self, days: list[date], moment: int, n: int) -> int:
        """Return the nth of `days` after that of `moment`, at the same hour."""
        here = moment_of(moment)
        return seconds(datetime.combine(days[bisect_right(days, here.date()) - 1 + n], here.timetz()))

    def lay(self, start: int, limit: TimeLimit) -> int:
        whole, half = divmod(limit.count, 1)
        if limit.count == 0:
            here = moment_of(start)
            today = here.date() in self.working_set and here.time() <= time(15)
            return self.nth(self.working, seconds(datetime.combine(here.date(), time(17), LOCAL)), 0 if today else 1)
        if limit.unit is LimitUnit.HOUR:
            return self.hours.after(start, int(limit.count * 3600))
        if limit.unit is LimitUnit.CALENDAR_DAY:
            end = self.nth(self.passing, start, int(whole)) if whole else start
            return self.days.after(end, DAY // 2) if half else end
        end = self.nth(self.working, start, int(whole)) if whole else start
        return self.hours.after(end, 4 * 3600) if half else end

    def due(self, received: datetime, limit: TimeLimit, waits: Sequence[Suspension]) -> datetime:
        last = self.start(seconds(received))
        end = self.lay(last, limit)
        clock = self.days if limit.unit is LimitUnit.CALENDAR_DAY and limit.count else self.hours
        for wait in waits:
            if wait.until is None:
                continue
            since, until = seconds(wait.since), seconds(wait.until)
            if wait.kind is WaitKind.SUPPLEMENT and wait.restarts:
                last = self.start(until)
                end = self.lay(last, limit)
                continue
            waited = max(0, clock.before(until) - clock.before(max(since, last)))
            last = max(last, until)
            end = clock.after(end, waited) if waited else end
        here = moment_of(end)
        return here if here.date() in self.working_set else moment_of(self.nth(self.working, end, 1))

    def product(self, received: datetime, limit: TimeLimit, waits: Sequence[Suspension]) -> Deadline:
        """Return the system's deadline for the same input."""
        spans = tuple(ClosedSpan(first, last, "closure") for first, last in self.closures)
        calendar = replace(CALENDAR, closed=spans, reception=RECEIVED_ON if self.saturdays else {})
        return counted(received, limit, calendar, waits)


RECEIVED_ON = {day: ReceptionDay((RECEPTION,), "reception") for day in EVERY_DAY if day.weekday() == 5}
APRIL = (date(2020, 4, 1), date(2020, 4, 22))
INVENTED = ((date(2021, 2, 1), date(2021, 3, 2)), (date(2024, 4, 29), date(2024, 5, 4)))  # over Tết, over a make-up day
REFERENCES = (
    Reference(),
    Reference(APRIL),
    Reference(APRIL, *INVENTED),
    Reference(*INVENTED, saturdays=True),
    Reference(saturdays=True),
    Reference((date(2019, 1, 28), date(2019, 2, 1)), (date(2026, 8, 22), date(2026, 9, 6))),
)
TET = [day for day, kind in ANNOUNCED.items() if day.month in (1, 2)]
MAKEUP = [day for day, kind in ANNOUNCED.items() if kind == "makeup_workday"]
NEAR = [*TET, *MAKEUP, *(day for span in (APRIL, *INVENTED) for day in span)]


def some_moment(chance: Random, after: datetime | None = None) -> datetime:
    if after is not None:
        length = chance.choice([timedelta(minutes=chance.randrange(600)), timedelta(days=chance.randrange(30))])
        day = (after + length).date()
    elif chance.random() < 0.5:
        day = min(chance.choice(NEAR) + timedelta(days=chance.randrange(-12, 4)), date(2027, 2, 20))
    else:
        day = date(2019, 1, 2) + timedelta(days=chance.randrange(365 * 8))
    if chance.random() < 0.6:
        at = time.fromisoformat(chance.choice(EDGES))
    else:
        at = (ZERO + timedelta(seconds=chance.randrange(DAY))).time()
    return datetime.combine(max(day, date(2019, 1, 2)), at, LOCAL)


def some_waits(chance: Random, received: datetime) -> tuple[Suspension, ...]:
    """Draw up to three suspensions, which sometimes overlap."""
    waits: list[Suspension] = []
    here = received
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        since = max(some_moment(chance, here), received)
        until = max(some_moment(chance, since), since)
        kind = chance.choice(list(WaitKind))
        waits.append(Suspension(kind, since, Status.IN_PROCESS, until=until, restarts=chance.random() < 0.4))
        here = since if chance.random() < 0.2 else until
    return tuple(waits)


def some_limit(chance: Random) -> TimeLimit:
    unit = chance.choice(list(LimitUnit))
    if unit is LimitUnit.HOUR:
        return TimeLimit(Decimal(chance.choice([0, 1, 4, 8, 24, chance.randrange(100)])), unit)
    return TimeLimit(Decimal(chance.choice([0, 1, 2, 3, 5, chance.randrange(90)])) / chance.choice([1, 1, 2]), unit)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_ten_thousand_random_cases_agree_with_the_reference(batch: int) -> None:
    chance = Random(20200423 + batch)  # noqa: S311 - the same cases each time
    for _ in range(CASES // BATCHES):
        reference, received = chance.choice(REFERENCES), some_moment(chance)
        limit = some_limit(chance)
        waits = some_waits(chance, received)
        deadline = reference.product(received, limit, waits)
        assert deadline.at == reference.due(received, limit, waits), (received, limit, waits, reference.closures)
        assert deadline.steps[-1].kind is StepKind.DUE
        assert deadline.steps[-1].at == deadline.at


def test_the_trace_tells_every_day_on_the_way_exactly_once() -> None:
    """Without suspensions, counted days are the reference's, all others are skipped, and each is listed once."""
    chance = Random(1313)  # noqa: S311 - the same cases each time
    for _ in range(500):
        reference, received, count = chance.choice(REFERENCES), some_moment(chance), chance.randrange(1, 60)
        deadline = reference.product(received, TimeLimit(Decimal(count), LimitUnit.WORKING_DAY), ())
        days = {StepKind.DAY, StepKind.MAKEUP_DAY}
        numbered = [(step.number, step.day) for step in deadline.steps if step.kind in days]
        start = moment_of(reference.start(seconds(received))).date()
        index = bisect_right(reference.working, start)
        assert numbered == list(enumerate(reference.working[index : index + count], start=1))
        told = [step.day for step in deadline.steps if step.kind in days | SKIPPED and step.day > start]
        assert deadline.at is not None
        assert told == [start + timedelta(days=n) for n in range(1, (deadline.at.date() - start).days + 1)]


def test_time_that_stood_still_is_never_counted() -> None:
    """Receipt and due date are exactly the limit and the suspensions apart, in open seconds."""
    chance = Random(61)  # noqa: S311 - the same cases each time
    for _ in range(500):
        reference, received, hours = chance.choice(REFERENCES), some_moment(chance), chance.randrange(1, 60)
        waits = tuple(replace(wait, restarts=False) for wait in some_waits(chance, received))
        due = reference.product(received, TimeLimit(Decimal(hours), LimitUnit.HOUR), waits).at
        assert due is not None
        clock, start = reference.hours, reference.start(seconds(received))
        stood = {wait: (seconds(wait.since), seconds(wait.until or wait.since)) for wait in waits}
        waited, upto = 0, start
        for since, until in stood.values():
            waited += max(0, clock.before(until) - clock.before(max(since, upto)))
            upto = max(upto, until)
        assert clock.before(seconds(due)) - clock.before(start) == hours * 3600 + waited
