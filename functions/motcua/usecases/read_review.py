"""How far a review is (R4), for everybody on the staff: the tracker of all departments, and the work-list of one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from motcua.domain.entry import Entry, EntryKind
from motcua.domain.errors import ForbiddenError
from motcua.domain.principal import Principal
from motcua.domain.review import ReviewItem, ReviewState, Standing, list_of, standing, standings
from motcua.domain.rule import Rule
from motcua.domain.rule_values import ReviewOrder
from motcua.domain.unit import Unit
from motcua.ports import Registry
from motcua.ports.ledger import Ledger
from motcua.usecases.review_procedures import order_of


@dataclass(frozen=True, slots=True)
class Tracker:
    """Every department that the order speaks to, as it stood at the end of `day`; also those without a work-list."""

    rule: Rule[ReviewOrder]
    day: date
    departments: tuple[tuple[Unit, Standing], ...]

    @property
    def counts(self) -> dict[ReviewState, int]:
        counted: Counter[ReviewState] = Counter()
        for _, each in self.departments:
            counted.update(each.counts)
        return {state: counted[state] for state in ReviewState}


def track_review(order_id: str, day: date, by: Principal, registry: Registry, ledger: Ledger) -> Tracker:
    """NotFoundError when no rule orders such a review."""
    _check_staff(by)
    rule = order_of(order_id, ledger)
    items = [entry.thing for entry in ledger.entries(EntryKind.REVIEW, f"{order_id}#")]
    stood = standings(items, rule.value, day)
    spoken_to = [
        unit
        for unit in registry.units()
        if unit.id in stood or (rule.scope.covers(unit) and unit.existed_within(rule.first, max(day, rule.first)))
    ]
    nothing = standing([], rule.value, day)
    lines = sorted((stood.get(unit.id, nothing).items == 0, unit.name_vi, unit.id, unit) for unit in spoken_to)
    return Tracker(rule, day, tuple((unit, stood.get(unit.id, nothing)) for *_, unit in lines))


def list_items(
    order_id: str, department_id: str, day: date, state: ReviewState | None, by: Principal, ledger: Ledger
) -> list[Entry[ReviewItem]]:
    """A department's items that were entered by `day`, by code; only those which then stood in `state`, if it is named."""
    _check_staff(by)
    order_of(order_id, ledger)
    entries = ledger.entries(EntryKind.REVIEW, list_of(order_id, department_id))
    return [entry for entry in entries if (stood := entry.thing.state_on(day)) is not None and state in (None, stood)]


def _check_staff(by: Principal) -> None:
    if not by.rights:
        raise ForbiddenError("staff_only")
