"""Say of each dossier, once, what its dates have come to: near, late, expired, unanswered, uncollected.

A sweep reads, by the sparse WatchIndex, only dossiers of which something may be to be said: those with a date until the end
of the last day that can be near, and results whose next day of reminding has come. That is one Query for each of 4 shards
and each list (the dates, and each day of reminding), more where a list fills a megabyte, whatever the number of units and of
dossiers that are quiet; beside it the registry's entries that they name, each once in 45 s. A dossier of which something
is said costs one transaction, no read.

What is said is a condition on the version that was read: a dossier that moved meanwhile is left to the next sweep, so two
sweeps at once say nothing twice, and one that dies or runs out of time is gone on with by the next.
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
    """How often each thing was said; how many dossiers were left to the next sweep because somebody was first, of how many
    it cannot be told whether their date is near, what failed; `finished` is false when time ran out."""

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
    """Sweep as of a moment. `enough` says that time is up. A dossier that fails holds up no other: it is told at the end."""
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
            continue  # it has moved on from the moment of this sweep: what was true then is stale
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
    """The dates and the reminders, by turns first: under a load that no sweep ends, each is gone on with in its hour."""
    lists = [(DATES, _horizon(as_of, registry))]
    lists += [(f"reminded{times}", moment) for times, moment in enumerate(_reminded_before(as_of, registry))]
    if as_of.astimezone(LOCAL).hour % 2:
        lists.reverse()
    for what, moment in lists:
        yield from watched.before(what, moment)


def _horizon(as_of: datetime, registry: Registry) -> datetime:
    """The end of the last day that can be near by any rule. A closure of processing may put a near date beyond it: such a
    date is warned of when the horizon reaches it, on its last days at the latest."""
    day = local_day(as_of)
    rules = registry.rules().every(Apology)
    days = max((rule.value.warn_from for rule in rules if rule.valid_on(day)), default=0)
    try:
        last = registry.calendar(day).add_working_days(day, days + 1)
    except MotcuaError:  # the next year is not announced: look further rather than not at all
        last = day + timedelta(days=2 * days + 14)
    return datetime.combine(last, time(), LOCAL)


def _reminded_before(as_of: datetime, registry: Registry) -> list[datetime]:
    """For results reminded of 0, 1, 2 … times: the moment before which they must have become ready to be reminded of now."""
    day = local_day(as_of)
    rules = registry.rules().every(UncollectedReminders)
    lists = [_days(rule.value) for rule in rules if rule.valid_on(day)]
    shortest = [
        min(days[times] for days in lists if len(days) > times) for times in range(max(map(len, lists), default=0))
    ]
    return [datetime.combine(day - timedelta(days=days - 1), time(), LOCAL) for days in shortest]


def _events(dossier: Dossier, stamp: Stamp, registry: Registry, swept: Swept) -> Sequence[Event]:
    """What is to be said of the dossier now, in the order in which it is written."""
    as_of = stamp.occurred_at
    events: list[Event] = []
    for said in due_warnings(dossier, as_of, _near_from(dossier, as_of, registry, swept)):
        events.append(reminder_sent(_after(dossier, events), said, stamp))
    unit = registry.unit(dossier.one_stop_id)
    rule = registry.rules().applying(UncollectedReminders, local_day(as_of), unit)
    if rule and (ordinal := reminder(dossier, as_of, _days(rule.value))):
        events.append(reminded(dossier, ordinal, stamp))
    return events


def _near_from(dossier: Dossier, as_of: datetime, registry: Registry, swept: Swept) -> datetime | None:
    """From when on its due date is near, where that is still to be said. Without a rule no date is near; without the calendar
    of a year on the way it cannot be told, and a person must enter it."""
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
    """`approaching`, `late` …, `reminded`: without agency and date."""
    return str(event.data.get("warning", "reminded")).partition("@")[0].partition(":")[0]
