"""Explain a deadline: count it again, by the same calendar that dated the dossier, and return each step and rule."""

from datetime import date
from typing import Any

from motcua.domain.access.principal import Principal
from motcua.domain.deadline.closures import closed_spans
from motcua.domain.deadline.deadline import Deadline
from motcua.domain.deadline.trace import StepKind
from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.due import counted_for
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.procedure import TimeLimit
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.values import ProcessingClosure, ReceptionHours, SameDayCutoff, WorkingHours
from motcua.ports.dossiers import Dossiers
from motcua.ports.registry import Registry
from motcua.usecases.access.may_see import check_may_see
from motcua.usecases.deadline.count_deadline import calendar_of_dossier
from motcua.usecases.reading.read_dossier import read_own
from motcua.usecases.registry.find_service import procedure_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """A dossier's deadline, counted step by step. `calendar` names the versions that counted it here.

    `lost` are versions that the dossier names and that are no longer on record: the present ones stand in for them.
    `rules` are those that the date rests on. `set_aside` are closures that do not stop the clock of a transitional
    dossier.
    """

    dossier: Dossier
    limit: TimeLimit | None
    deadline: Deadline
    calendar: str = ""
    lost: tuple[str, ...] = ()
    rules: tuple[Rule[Any], ...] = ()
    set_aside: tuple[Rule[Any], ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the date on record differs from the date counted here."""
        return self.deadline.at != self.dossier.due_at


def explain_deadline(dossier_id: str, by: Principal, dossiers: Dossiers, registry: Registry) -> Explanation:
    """Explain the deadline to staff who may see the dossier."""
    return explanation(check_may_see(by, dossiers.load(dossier_id)), registry)


def explain_own_deadline(dossier_id: str, citizen: str, dossiers: Dossiers, registry: Registry) -> Explanation:
    """Explain the deadline to the citizen or business whose dossier it is, through the portal."""
    return explanation(read_own(dossier_id, citizen, dossiers)[0], registry)


def explanation(dossier: Dossier, registry: Registry) -> Explanation:
    """Return the explanation of a dossier's due date, without steps when nothing is due yet or no limit is known."""
    limit = procedure_of(registry, dossier).whole_limit
    received_at = dossier.received_at
    if received_at is None or limit is None:
        return Explanation(dossier, limit, Deadline(None))
    calendar, lost = _as_dated(calendar_of_dossier(registry, dossier, received_at), dossier.calendar, registry)
    deadline = counted_for(dossier, limit, calendar)
    assert deadline.at is not None
    first, last = local_day(received_at), deadline.at.date()
    return Explanation(
        dossier,
        limit,
        deadline,
        calendar.cited(first, last),
        lost,
        _rules(dossier, deadline, calendar, (first, last), registry),
        _set_aside(dossier, (first, last), registry),
    )


def _as_dated(calendar: WorkingCalendar, named: str, registry: Registry) -> tuple[WorkingCalendar, tuple[str, ...]]:
    """Return `calendar` in the named versions, such as `2020.1 2021.1`, and the versions no longer on record."""
    lost: list[str] = []
    for each in named.split():
        year, _, version = each.partition(".")
        if calendar.versions.get(int(year)) == int(version):
            continue
        former = registry.former(EntryKind.CALENDAR, year, int(version))
        if former is None:
            lost.append(each)
        else:
            calendar = calendar.with_year(former.thing, former.version)
    return calendar, tuple(lost)


def _rules(
    dossier: Dossier, deadline: Deadline, calendar: WorkingCalendar, span: tuple[date, date], registry: Registry
) -> tuple[Rule[Any], ...]:
    """Return the rules that the date rests on: hours, and the cut-off, reception hours and closures that mattered."""
    first, last = span
    book, agency = registry.rules(), registry.unit(dossier.agency_id)
    found: list[Rule[Any]] = [book.known(WorkingHours, first, agency)]
    kinds = {step.kind for step in deadline.steps}
    if kinds & {StepKind.SAME_DAY, StepKind.AFTER_CUTOFF}:
        found.append(book.known(SameDayCutoff, first, agency))
    cited = {step.cited for step in deadline.steps}
    cited |= {closed.cited for closed in calendar.closed if closed.first <= last and closed.last >= first}
    found += [rule for kind in (ReceptionHours, ProcessingClosure) for rule in book.every(kind) if rule.cited in cited]
    return tuple(found)


def _set_aside(dossier: Dossier, span: tuple[date, date], registry: Registry) -> tuple[Rule[Any], ...]:
    agency = registry.unit(dossier.agency_id)
    if dossier.transitional is None or agency is None:
        return ()
    spans = closed_spans(registry.rules(), agency, span[0], date(span[1].year, 12, 31))
    cited = {closed.cited for closed in spans if closed.first <= span[1]}
    return tuple(rule for rule in registry.rules().every(ProcessingClosure) if rule.cited in cited)
