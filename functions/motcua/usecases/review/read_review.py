"""Read how far a review is (R4), for all staff: the tracker of all departments, and the list of one."""

from collections import Counter
from datetime import date

from motcua.domain.access.principal import Principal
from motcua.domain.errors import ForbiddenError, NotFoundError
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.unit import Unit
from motcua.domain.review.progress import Standing, is_asked, standing, standings, to_review
from motcua.domain.review.review_item import ReviewItem, ReviewState
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.values import ReviewOrder
from motcua.ports.ledger import Ledger
from motcua.ports.registry import Registry
from motcua.usecases.review.enter_review_items import ReviewList, listed, order_of


@dataclass(frozen=True, slots=True)
class Tracker:
    """Every department that the order addresses, as it stood at the end of `day`, also those without a list."""

    rule: Rule[ReviewOrder]
    day: date
    departments: tuple[tuple[Unit, Standing], ...]

    @property
    def counts(self) -> dict[ReviewState, int]:
        counted: Counter[ReviewState] = Counter()
        for _, each in self.departments:
            counted.update(each.counts)
        return {state: counted[state] for state in ReviewState}


@dataclass(frozen=True, slots=True)
class ListedItems:
    """A department's items as they stood at the end of `day`, by code, and the codes that it had not listed by then.

    Each entry's version is the present one, which a change must name.
    """

    day: date
    items: tuple[Entry[ReviewItem], ...]
    not_listed: tuple[str, ...]


def track_review(order_id: str, day: date, by: Principal, registry: Registry, ledger: Ledger) -> Tracker:
    """Return the tracker of a review. Raises NotFoundError when no rule orders it."""
    _check_staff(by)
    rule = order_of(order_id, ledger)
    items = [entry.thing for entry in ledger.entries(EntryKind.REVIEW, f"{order_id}#")]
    stood = standings(items, to_review(registry.procedures(), rule.value, day), rule.value, day)
    with_list = {item.department_id for item in items}
    nothing = standing((), (), rule.value, day)
    lines = [
        (unit.on(day), stood.get(unit.id, nothing))
        for unit in registry.units()
        if unit.id in with_list or is_asked(unit, rule, day)
    ]
    lines.sort(key=lambda line: (line[1].complete is None, line[0].name_vi, line[0].id))
    return Tracker(rule, day, tuple(lines))


def list_items(
    work_list: ReviewList, day: date, state: ReviewState | None, by: Principal, registry: Registry, ledger: Ledger
) -> ListedItems:
    """Return what was entered by `day`, and, where `state` is named, only what then stood in it.

    Raises NotFoundError when there is no such unit.
    """
    _check_staff(by)
    rule = order_of(work_list.order, ledger)
    unit = registry.unit(work_list.department_id)
    if unit is None:
        raise NotFoundError("entry_not_found", kind=EntryKind.UNIT.value, id=work_list.department_id)
    entries = listed(work_list, ledger).values()
    then = [Entry(entry.kind, entry.id, entry.version, stood) for entry in entries if (stood := entry.thing.as_of(day))]
    own = to_review(registry.procedures(), rule.value, day).get(unit.id, set()) if is_asked(unit, rule, day) else set()
    missing = own - {entry.thing.code for entry in then}
    shown = tuple(entry for entry in then if state in (None, entry.thing.state))
    return ListedItems(day, shown, tuple(sorted(missing)))


def _check_staff(by: Principal) -> None:
    if not by.rights:
        raise ForbiddenError("staff_only")
