"""Write a reminder, once each, when a dossier's date is near, late, expired, unanswered or its result uncollected.

A sweep reads only dossiers that may need one, from the sparse WatchIndex: those with a date by the end of the last day
that can be near, and results whose next day of reminding has come. It makes one Query for each of 4 shards and each
list (the dates, and each day of reminding), and more where a list fills a megabyte. The number of units and of quiet
dossiers does not matter. It also reads the registry's entries that the dossiers name, each once in 45 s. A dossier with
a reminder costs one transaction and no read.

The version that was read is a condition of the write: a dossier that moved meanwhile is left to the next sweep. Two
sweeps at once therefore write no reminder twice, and the next sweep goes on after one that died or ran out of time.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.errors import MotcuaError
from motcua.domain.event import Event, Stamp
from motcua.domain.local_time import LOCAL, is_late, local_day
from motcua.domain.reading.reminders import DATES, due_warnings, reminded, reminder, reminder_sent, to_warn_of
from motcua.domain.rules.values import Apology, UncollectedReminders
from motcua.ports.changes import Change
from motcua.ports.deadlines import NextChecks
from motcua.ports.dossiers import Dossiers
from motcua.ports.refusals import StoreBusyError, VersionMovedError
from motcua.ports.registry import Registry
from motcua.usecases.deadline import count_deadline as clock

DOER = "system:sweep"


@dataclass(slots=True)
class Swept:
    """What a sweep did. `said` counts its reminders by kind; `finished` is false when time ran out.

    `left` counts dossiers left to the next sweep because somebody else was first, `unclear` those of which the calendar
    cannot tell whether their date is near.
    """

    said: Counter[str] = field(default_factory=Counter)
    left: int = 0
    unclear: int = 0
    failures: list[Exception] = field(default_factory=list)
    finished: bool = True


def sweep_deadlines(
    as_of: datetime,
    real_now: datetime,
    *,
    registry: Registry,
    dossiers: Dossiers,
    watched: NextChecks,
    enough: Callable[[], bool] = lambda: False,
) -> Swept:
    """Sweep as of a moment, until `enough` says that time is up.

    A dossier that fails holds up no other, and is reported.
    """
    swept = Swept()
    stamp = Stamp(as_of, real_now, DOER, f"sweep:{as_of.astimezone(LOCAL).isoformat()}")
    for dossier in _to_look_at(as_of, registry, watched):
        if enough():
            swept.finished = False
            break
        if isinstance(dossier, Exception):
            swept.failures.append(dossier)
            continue
        if dossier.changed_at > as_of:
            continue  # it has moved on since the moment of this sweep: what was true then is stale
        try:
            events = _events(dossier, stamp, registry, swept)
            if events:
                dossiers.commit(Change(events=tuple(events), dossier=_after(dossier, events)))
                swept.said.update(_kind(event) for event in events)
        except (VersionMovedError, StoreBusyError):
            swept.left += 1
        except Exception as error:
            swept.failures.append(error)
    return swept


def _to_look_at(as_of: datetime, registry: Registry, watched: NextChecks) -> Iterable[Dossier | Exception]:
    """Yield the dossiers with dates and those with uncollected results; each list comes first every other hour.

    So both make progress under a load that no sweep can finish.
    """
    lists = [(DATES, _horizon(as_of, registry))]
    lists += [(f"reminded{times}", moment) for times, moment in enumerate(_reminded_before(as_of, registry))]
    if as_of.astimezone(LOCAL).hour % 2:
        lists.reverse()
    for what, moment in lists:
        yield from watched.before(what, moment)


def _horizon(as_of: datetime, registry: Registry) -> datetime:
    """Return the end of the last day that can be near by any rule.

    A closure of processing may put a near date beyond it. The reminder of such a date comes when the horizon reaches
    it, on its last days at the latest.
    """
    day = local_day(as_of)
    rules = registry.rules().every(Apology)
    days = max((rule.value.warn_from for rule in rules if rule.valid_on(day)), default=0)
    try:
        last = registry.calendar(day).add_working_days(day, days + 1)
    except MotcuaError:  # the next year is not announced: look further rather than not at all
        last = day + timedelta(days=2 * days + 14)
    return datetime.combine(last, time(), LOCAL)


def _reminded_before(as_of: datetime, registry: Registry) -> list[datetime]:
    """Return before which moment results with 0, 1, 2 … reminders must have become ready to need the next one."""
    day = local_day(as_of)
    rules = registry.rules().every(UncollectedReminders)
    lists = [_days(rule.value) for rule in rules if rule.valid_on(day)]
    shortest = [
        min(days[times] for days in lists if len(days) > times) for times in range(max(map(len, lists), default=0))
    ]
    return [datetime.combine(day - timedelta(days=days - 1), time(), LOCAL) for days in shortest]


def _events(dossier: Dossier, stamp: Stamp, registry: Registry, swept: Swept) -> Sequence[Event]:
    """Return the reminders that the dossier needs now, in the order in which they are written."""
    as_of = stamp.occurred_at
    events: list[Event] = []
    for due in due_warnings(dossier, as_of, _near_from(dossier, as_of, registry, swept)):
        events.append(reminder_sent(_after(dossier, events), due, stamp))
    unit = registry.unit(dossier.one_stop_id)
    rule = registry.rules().applying(UncollectedReminders, local_day(as_of), unit)
    if rule and (ordinal := reminder(dossier, as_of, _days(rule.value))):
        events.append(reminded(dossier, ordinal, stamp))
    return events


def _near_from(dossier: Dossier, as_of: datetime, registry: Registry, swept: Swept) -> datetime | None:
    """Return from when on the due date is near, None where no reminder of that is needed any more.

    Without a rule, no date is near. Without the calendar of a year on the way it cannot be counted: a person must enter
    it.
    """
    due = to_warn_of(dossier)
    if due is None or is_late(due, as_of, by_hours=dossier.due_by_hours):
        return None
    agency = registry.unit(dossier.agency_id)
    rule = registry.rules().applying(Apology, local_day(as_of), agency)
    if agency is None or rule is None:
        return None
    try:
        return clock.working_days_before(registry, agency, due, rule.value.warn_from)
    except MotcuaError:
        swept.unclear += 1
        return None


def _days(value: UncollectedReminders) -> list[int]:
    return sorted(set(value.after_days))


def _after(dossier: Dossier, events: Iterable[Event]) -> Dossier:
    for event in events:
        dossier = evolve(dossier, event)
    return dossier


def _kind(event: Event) -> str:
    """Return the kind of a reminder (`approaching`, `late` …, `reminded`), without agency and date."""
    return str(event.data.get("warning", "reminded")).partition("@")[0].partition(":")[0]
