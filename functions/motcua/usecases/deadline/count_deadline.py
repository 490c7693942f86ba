"""Count a dossier's deadlines from time limits, by its agency's calendar, closures and the dossier's suspensions.

Every due date that is written comes from here.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from motcua.domain.deadline.closures import closed_spans
from motcua.domain.deadline.deadline import Deadline, counted, due_at
from motcua.domain.deadline.working_calendar import ReceptionDay, WorkingCalendar
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.due import counted_for
from motcua.domain.errors import RefusedError
from motcua.domain.local_time import LOCAL, local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import Procedure, TimeLimit
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.values import IntakeHours, ReceptionHours
from motcua.domain.status import Status
from motcua.ports.registry import Registry
from motcua.usecases.registry.find_service import procedure_of


@dataclass(frozen=True, slots=True)
class Due:
    """A due date (None when no limit is known), and the versions of the calendar that counted it, as `2020.1`."""

    at: datetime | None
    calendar: str


def calendar_of(registry: Registry, agency: Unit, since: datetime, *, transitional: bool = False) -> WorkingCalendar:
    """Return the calendar by which `agency` works on a dossier received at `since`.

    Closures that pause it are days off. A transitional dossier has no such days: its agency was working when it
    received the dossier (R3).
    """
    day = local_day(since)
    calendar = registry.calendar(day, agency)
    if transitional:
        return calendar
    beyond = date(max(calendar.years, default=day.year) + 1, 12, 31)
    return replace(calendar, closed=closed_spans(registry.rules(), agency, day, beyond))


def due_at_receipt(
    registry: Registry,
    procedure: Procedure,
    agency: Unit,
    received_at: datetime,
    *,
    transitional: bool = False,
    one_stop: Unit | None = None,
) -> Due:
    """Return when a dossier received at `received_at` is due.

    The reception hours of `one_stop`, which received it, count.
    """
    calendar = calendar_of(registry, agency, received_at, transitional=transitional)
    calendar = with_reception(registry, calendar, one_stop, (received_at,))
    return _due(calendar, received_at, counted(received_at, procedure.whole_limit, calendar))


def due_after_wait(registry: Registry, dossier: Dossier, until: datetime) -> Due:
    """Return when a dossier is due whose open suspension ends at `until`.

    It is counted anew (RESTART), or its date moves by the suspended time (PAUSE). The count begins at the receipt, by
    the calendar that is in force now. A dossier suspended before receipt or with its result ready keeps its date.
    """
    wait = dossier.waiting
    if wait is None or dossier.received_at is None or wait.back_to in (Status.SUBMITTED, Status.RESULT_READY):
        return Due(dossier.due_at, dossier.calendar)
    ended = replace(dossier, waits=(*dossier.waits[:-1], replace(wait, until=until)))
    calendar = calendar_of_dossier(registry, ended, dossier.received_at)
    return _due(
        calendar, dossier.received_at, counted_for(ended, procedure_of(registry, dossier).whole_limit, calendar)
    )


def limit_from(
    registry: Registry, agency: Unit, start: datetime, limit: TimeLimit | None, *, transitional: bool = False
) -> datetime | None:
    """Return when `limit`, which starts at `start`, ends by the agency's calendar: of an opinion, or of a leg."""
    return due_at(start, limit, calendar_of(registry, agency, start, transitional=transitional))


def answer_by(registry: Registry, one_stop: Unit, submitted_at: datetime) -> datetime:
    """Return when an online submission is to be answered, by a dated rule in working hours of the one-stop unit.

    A closure of processing does not stop this: intake is not processing, and a closure of another kind stops reception.
    """
    hours = registry.rules().known(IntakeHours, local_day(submitted_at), one_stop).value.working_hours
    return registry.calendar(local_day(submitted_at), one_stop).add_hours(submitted_at, timedelta(hours=hours))


def paper_due(registry: Registry, one_stop: Unit, received_at: datetime) -> datetime:
    """Return when the paper is to be handed over: by the closing hour of the same working day.

    Received after the cut-off, it is due at the start of the next working day (Decree 61/2018 art. 18 [unchecked]).
    Exactly at the cut-off is still the same day [ours].
    """
    calendar = registry.calendar(local_day(received_at), one_stop)
    start = calendar.opening(received_at)
    day, at = start.date(), calendar.hours[-1][1]
    if start.time() > calendar.same_day_until:
        day, at = calendar.next_working_day(day), calendar.hours[0][0]
    return datetime.combine(day, at, LOCAL)


def working_days_before(registry: Registry, agency: Unit, moment: datetime, days: int) -> datetime:
    """Return the moment `days` working days of `agency` before `moment`, at the same hour.

    Days of a closure do not count.
    """
    here = moment.astimezone(LOCAL)
    day = here.date()
    closed = closed_spans(registry.rules(), agency, date(day.year - 1, 1, 1), day)
    calendar = replace(registry.calendar(day, agency), closed=closed)
    while days:
        day -= timedelta(days=1)
        days -= calendar.is_working_day(day)
    return datetime.combine(day, here.timetz())


def calendar_of_dossier(registry: Registry, dossier: Dossier, received_at: datetime) -> WorkingCalendar:
    """Return the calendar that counts a received dossier, with the reception hours of moments that start a count."""
    agency = registry.unit(dossier.agency_id)
    if agency is None:
        raise RefusedError("unknown_unit", unit=dossier.agency_id)
    calendar = calendar_of(registry, agency, received_at, transitional=dossier.transitional is not None)
    starts = (received_at, *(wait.until for wait in dossier.waits if wait.until and wait.restarts))
    return with_reception(registry, calendar, registry.unit(dossier.one_stop_id), starts)


def with_reception(
    registry: Registry, calendar: WorkingCalendar, one_stop: Unit | None, moments: Iterable[datetime]
) -> WorkingCalendar:
    """Return `calendar` with the hours outside working time in which `one_stop` receives on the days of `moments`."""
    if one_stop is None:
        return calendar
    reception: dict[date, ReceptionDay] = {}
    for day in map(local_day, moments):
        rule = registry.rules().applying(ReceptionHours, day, one_stop)
        if rule and day.isoweekday() in rule.value.weekdays:
            reception[day] = ReceptionDay(rule.value.intervals, rule.cited)
    return replace(calendar, reception=reception) if reception else calendar


def _due(calendar: WorkingCalendar, since: datetime, deadline: Deadline) -> Due:
    if deadline.at is None:
        return Due(None, "")
    return Due(deadline.at, calendar.cited(local_day(since), deadline.at.date()))
