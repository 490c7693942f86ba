"""The progress of a review (R4): what a department must review, what of it is done, and who is late."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import Procedure, ProcedureVersions
from motcua.domain.registry.unit import Level, Unit
from motcua.domain.review.review_item import ReviewItem, ReviewState
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.values import ReviewOrder


def last_day_in_time(order: ReviewOrder) -> date:
    """Return the last day in time: *before* a day means at the latest on the day before it."""
    return order.before - timedelta(days=1)


def may_list(unit: Unit, rule: Rule[ReviewOrder], day: date) -> bool:
    """Whether the unit may put something on its list on `day`: the order applies to it as it stands then."""
    return unit.valid_on(day) and rule.scope.covers(unit.on(day))


def is_asked(unit: Unit, rule: Rule[ReviewOrder], day: date) -> bool:
    """Whether, as of `day`, the order asks the unit for a review; a unit founded after the deadline is not asked."""
    until = min(day, last_day_in_time(rule.value))
    last = max(rule.first, until)
    return rule.scope.covers(unit.on(last)) and unit.existed_within(rule.first, last)


def to_review(procedures: Iterable[ProcedureVersions], order: ReviewOrder, day: date) -> dict[str, set[str]]:
    """Return the catalogue as an order sees it on `day`: the codes of each department's own procedures.

    A procedure counts when it is in force on that day and was in force by the deadline, too. A draft that was never
    published counts once it is listed: without a list nothing can publish it [ours].
    """
    by_department: dict[str, set[str]] = defaultdict(set)
    for known in procedures:
        now, then = known.in_force(day), known.in_force(min(day, last_day_in_time(order)))
        if now is not None and then is not None and _is_of_a_department(now):
            by_department[now.agency_id].add(known.code)
    return by_department


def _is_of_a_department(procedure: Procedure) -> bool:
    return bool(procedure.agency_id) and (Level.PROVINCE in procedure.levels or procedure.counts_in_department)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a department had come on a day.

    It holds the items by state, the procedures of the catalogue that were not listed, when the last item was completed,
    and how many days too late. What is not complete is late as of the day that is asked for. When nothing is listed and
    the catalogue has nothing to list, the department is neither complete nor late [ours].
    """

    counts: Mapping[ReviewState, int]
    not_listed: frozenset[str]
    open: int
    completed_on: date | None
    days_late: int

    @property
    def items(self) -> int:
        return sum(self.counts.values())

    @property
    def complete(self) -> bool | None:
        return self.open == 0 if self.items or self.open else None

    @property
    def in_time(self) -> bool | None:
        return None if self.complete is None else self.days_late == 0


def standing(items: Iterable[ReviewItem], catalogue: Iterable[str], order: ReviewOrder, day: date) -> Standing:
    """Return how a department stood at the end of `day`.

    `catalogue` are the codes that it must review (`to_review`).
    """
    stood = [item for item in (each.as_of(day) for each in items) if item is not None]
    counts = Counter(item.state for item in stood)
    not_listed = frozenset(catalogue) - {item.code for item in stood}
    completed = [item.completed_on(order) for item in stood]
    still_open = completed.count(None) + len(not_listed)
    last = None if still_open else max((each for each in completed if each), default=None)
    late = max(0, ((last or day) - last_day_in_time(order)).days) if stood or not_listed else 0
    return Standing({state: counts[state] for state in ReviewState}, not_listed, still_open, last, late)


def standings(
    items: Iterable[ReviewItem], catalogue: Mapping[str, set[str]], order: ReviewOrder, day: date
) -> dict[str, Standing]:
    """Return how each department with a work-list or something to review stood at the end of `day`: the tracker."""
    lists: dict[str, list[ReviewItem]] = defaultdict(list)
    for item in items:
        lists[item.department_id].append(item)
    return {
        department: standing(lists.get(department, ()), catalogue.get(department, ()), order, day)
        for department in {*lists, *catalogue}
    }
