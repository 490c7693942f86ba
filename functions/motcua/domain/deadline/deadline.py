"""When a result is due, and why: counts the procedure's limit on the working calendar and keeps every step.

Working days: the day after receipt is day 1, and the hour of receipt is kept. A receipt outside working hours counts
from the next opening; in reception hours it keeps its hour. Half a working day is 4 working hours, half a calendar day
12 hours. Calendar days that end on a day off move forward. Hours are working time. [practice] A suspension makes the
limit count anew (RESTART) or adds the suspended time (PAUSE): working time, or time as it passes where the limit is in
calendar days (Decree 61, art. 19 [unchecked]). Days of a closure that pauses the clock never count, in any unit [ours].
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any

from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.deadline.trace import Step, StepKind
from motcua.domain.deadline.working_calendar import DayKind, WorkingCalendar
from motcua.domain.local_time import LOCAL
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import LimitUnit, TimeLimit


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the result is due, in local time (None when no limit is known), and every step that leads there."""

    at: datetime | None
    steps: tuple[Step, ...] = ()


def due_at(received_at: datetime, limit: TimeLimit | None, calendar: WorkingCalendar) -> datetime | None:
    """Return the moment at which a result without suspensions is due. Raises the errors of `counted`."""
    return counted(received_at, limit, calendar).at


def counted(
    received_at: datetime, limit: TimeLimit | None, calendar: WorkingCalendar, waits: Sequence[Suspension] = ()
) -> Deadline:
    """Return the deadline for a receipt at `received_at` with its suspensions.

    An open suspension has moved nothing yet. Raises InvalidError when the calendar of a year on the way is not
    announced yet.
    """
    if limit is None:
        return Deadline(None)
    count = _Count(limit, calendar)
    count.begin(received_at)
    for wait in waits:
        count.wait(wait)
    due = count.end()
    return Deadline(due, tuple(count.steps))


_NEVER = datetime.min.replace(tzinfo=LOCAL)


@dataclasses.dataclass(slots=True)
class _Count:
    """A count under way.

    `due` is the date counted so far. With calendar days it may still be a day off: it is moved only once, at the end.
    `since` is the moment up to which suspensions are accounted for: time before it is not added again.
    """

    limit: TimeLimit
    calendar: WorkingCalendar
    steps: list[Step] = field(default_factory=list)
    since: datetime = _NEVER
    due: datetime = _NEVER

    @property
    def in_calendar_days(self) -> bool:
        return self.limit.unit is LimitUnit.CALENDAR_DAY and self.limit.count > 0

    def begin(self, moment: datetime) -> None:
        """Count the whole limit from `moment` on."""
        self.since = start = self._start(moment.astimezone(LOCAL))
        whole, half = int(self.limit.count), self.limit.count % 1 != 0
        if self.limit.count == 0:
            self.due = self._same_day(start)
        elif self.limit.unit is LimitUnit.HOUR:
            self.due = self._add_hours(start, timedelta(hours=float(self.limit.count)))
        elif self.limit.unit is LimitUnit.CALENDAR_DAY:
            self.due = self._add_calendar_days(start, whole)
            if half:
                self.due = self.calendar.add_elapsed(self.due, timedelta(hours=12))
                self._note(StepKind.HALF_DAY, self.due.date(), self.due, time=timedelta(hours=12), calendar_time=True)
        else:
            self.due = self._add_working_days(start, whole)
            if half:
                self.due = self._add_hours(self.due, self.calendar.day_length / 2)

    def wait(self, wait: Suspension) -> None:
        """Apply one suspension to the date. Time already suspended, or never counted, is not added."""
        if wait.until is None:
            self._note(StepKind.WAITING, _day(wait.since), wait=wait)
            return
        self._note(StepKind.DUE_SO_FAR, self.due.date(), self._off_days_off(self.due))
        if wait.restarts and wait.kind is WaitKind.SUPPLEMENT:
            self._note(StepKind.RESTARTED, _day(wait.until), wait=wait)
            self.begin(wait.until)
            return
        since = max(wait.since, self.since)
        measure = self.calendar.elapsed if self.in_calendar_days else self.calendar.worked
        waited = measure(since, wait.until)
        self.since = max(self.since, wait.until)
        self._note(StepKind.LENGTHENED, _day(wait.until), time=waited, wait=wait, calendar_time=self.in_calendar_days)
        if waited and self.in_calendar_days:
            before, self.due = self.due, self.calendar.add_elapsed(self.due, waited)
            self._skip(before.date(), self.due.date(), closures_only=True)
        elif waited:
            self.due = self._add_hours(self.due, waited)

    def end(self) -> datetime:
        due = self._off_days_off(self.due)
        if due != self.due:
            self._skip(self.due.date(), due.date())
            self._note(StepKind.MOVED_FORWARD, due.date(), due)
        self._note(StepKind.DUE, due.date(), due)
        return due

    def _start(self, moment: datetime) -> datetime:
        opening = self.calendar.opening(moment)
        if opening == moment:
            self._note(StepKind.STARTS_AT_RECEIPT, moment.date(), moment)
            return moment
        if hours := self.calendar.received(moment):
            self._note(StepKind.STARTS_IN_RECEPTION_HOURS, moment.date(), moment, cited=hours.cited)
            return moment
        self._skip(moment.date(), opening.date())
        self._note(StepKind.STARTS_AT_OPENING, opening.date(), opening)
        return opening

    def _same_day(self, start: datetime) -> datetime:
        day, works = start.date(), self.calendar.is_working_day(start.date())
        kind = StepKind.SAME_DAY
        if not works or start.time() > self.calendar.same_day_until:
            kind = StepKind.AFTER_CUTOFF if works else kind
            day = self._next_working_day(day)
        due = datetime.combine(day, self.calendar.hours[-1][1], LOCAL)
        self._note(kind, day, due)
        return due

    def _add_working_days(self, start: datetime, count: int) -> datetime:
        day = start.date()
        for number in range(1, count + 1):
            day = self._next_working_day(day)
            announced = self.calendar.days.get(day)
            makeup = announced is not None and announced.kind is DayKind.MAKEUP_WORKDAY
            name = announced.name_vi if announced else ""
            self._note(StepKind.MAKEUP_DAY if makeup else StepKind.DAY, day, number=number, name_vi=name)
        return datetime.combine(day, start.timetz())

    def _add_calendar_days(self, start: datetime, count: int) -> datetime:
        day = start.date()
        for number in range(1, count + 1):
            day += timedelta(days=1)
            while self.calendar.closure(day):
                self._skip(day, day + timedelta(days=1))
                day += timedelta(days=1)
            self._note(StepKind.CALENDAR_DAY, day, number=number)
        return datetime.combine(day, start.timetz())

    def _add_hours(self, moment: datetime, length: timedelta) -> datetime:
        end, day = moment, moment.date()
        by_day: dict[date, timedelta] = {}
        for begin, end in self.calendar.stretches(moment, length):
            by_day[begin.date()] = by_day.get(begin.date(), timedelta()) + (end - begin)
        for worked, time in by_day.items():
            self._skip(day, worked)
            day = worked + timedelta(days=1)
            self._note(StepKind.HOURS, worked, time=time)
        return end

    def _next_working_day(self, day: date) -> date:
        following = self.calendar.next_working_day(day)
        self._skip(day + timedelta(days=1), following)
        return following

    def _off_days_off(self, moment: datetime) -> datetime:
        """Return `moment`, moved forward from a day off to the next working day at the same hour."""
        if self.calendar.is_working_day(moment.date()):
            return moment
        return datetime.combine(self.calendar.next_working_day(moment.date()), moment.timetz())

    def _skip(self, first: date, before: date, *, closures_only: bool = False) -> None:
        """Add a step for each day off from `first` up to, but not including, `before`, with the reason."""
        day = first
        while day < before:
            announced = self.calendar.days.get(day)
            if closure := self.calendar.closure(day):
                self._note(StepKind.CLOSURE, day, cited=closure.cited)
            elif not closures_only and not self.calendar.is_working_day(day):
                kind = StepKind.DAY_OFF if announced else StepKind.WEEKEND
                self._note(kind, day, name_vi=announced.name_vi if announced else "")
            day += timedelta(days=1)

    def _note(self, kind: StepKind, day: date, at: datetime | None = None, **more: Any) -> None:
        self.steps.append(Step(kind, day, at, **more))


def _day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()
