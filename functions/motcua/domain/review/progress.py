"""How far a review is (R4): what of the catalogue a department has to review, what is done of it, and who is late."""

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
    """Finished *before* a day means: at the latest on the day before it."""
    return order.before - timedelta(days=1)


def may_list(unit: Unit, rule: Rule[ReviewOrder], day: date) -> bool:
    """Whether the unit may put something on its list on `day`: the order speaks to it, as it stands then."""
    return unit.valid_on(day) and rule.scope.covers(unit.on(day))


def is_asked(unit: Unit, rule: Rule[ReviewOrder], day: date) -> bool:
    """Whether, as of `day`, the order speaks to the unit: one that came after the deadline had nothing to finish."""
    until = min(day, last_day_in_time(rule.value))
    last = max(rule.first, until)
    return rule.scope.covers(unit.on(last)) and unit.existed_within(rule.first, last)


def to_review(procedures: Iterable[ProcedureVersions], order: ReviewOrder, day: date) -> dict[str, set[str]]:
    """The catalogue as an order looks at it on `day`: the codes of each department's own procedures.

    What is received on that day counts, if something of it was received by the deadline, too. A draft that was never
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
    """How far a department was on a day: its items by state, what of its catalogue it had not listed, when the last was
    completed, how many days too late.

    What is not complete is late as of the day that is asked for. Where nothing is listed and the catalogue has nothing to
    list there is nothing to tell: neither complete nor late [ours].
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
    """How a department stood at the end of `day`; `catalogue` are the codes that it has to review (`to_review`)."""
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
    """The tracker: how each department stood at the end of `day` that has a work-list or something to review."""
    lists: dict[str, list[ReviewItem]] = defaultdict(list)
    for item in items:
        lists[item.department_id].append(item)
    return {
        department: standing(lists.get(department, ()), catalogue.get(department, ()), order, day)
        for department in {*lists, *catalogue}
    }
