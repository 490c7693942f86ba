"""Enter items on the lists of a review (R4): one by one, or all that the catalogue has of a department."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.domain.access.principal import Role
from motcua.domain.errors import ConflictError, Fault, InvalidError, MotcuaError, NotFoundError, RefusedError
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.registry.procedure import ProcedureKind, ProcedureVersions
from motcua.domain.review.progress import may_list, to_review
from motcua.domain.review.review_item import ReviewItem, list_of
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.values import ReviewOrder
from motcua.ports.ledger import Amendments, Guard, Ledger
from motcua.ports.registry import Registry
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    known_entry,
    require_one_of,
    run_registry_command,
)

ITEMS_PER_TRANSACTION = 40
"""Items of one command at most: each takes two writes, and a transaction takes a hundred."""


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A department's list for one order."""

    order: str
    department_id: str

    @property
    def id(self) -> str:
        return list_of(self.order, self.department_id)


@dataclass(frozen=True, slots=True)
class Named:
    """What is to be reviewed. A procedure of the catalogue has its name there."""

    code: str
    kind: ProcedureKind
    name_vi: str


def order_of(order_id: str, ledger: Ledger) -> Rule[ReviewOrder]:
    """Return the rule that orders the review. Raises NotFoundError when no rule does."""
    entry = ledger.entry(EntryKind.RULE, order_id)
    if entry is None or entry.thing.annulled or not isinstance(entry.thing.value, ReviewOrder):
        raise NotFoundError("review_order_unknown", order=order_id)
    rule: Rule[ReviewOrder] = entry.thing
    return rule


def orders(ledger: Ledger) -> list[str]:
    """Return the ids of all rules that order a review."""
    rules = [entry.thing for entry in ledger.entries(EntryKind.RULE)]
    return [rule.id for rule in rules if isinstance(rule.value, ReviewOrder) and not rule.annulled]


def listed(work_list: ReviewList, ledger: Ledger) -> dict[str, Entry[Any]]:
    """Return the items of a list by their codes."""
    return {entry.thing.code: entry for entry in ledger.entries(EntryKind.REVIEW, work_list.id)}


def drafts_of(department_id: str, ledger: Ledger) -> Guard:
    """Return the guard that drafts and review steps of a department both move.

    So neither slips in between the other's reading and writing.
    """
    return ledger.guard(f"drafts#{department_id}")


def enter_items(
    command: RegistryCommand, work_list: ReviewList, asked: Sequence[Named], ledger: Ledger
) -> RegistryResult:
    """Put procedures on the list of a department that the order addresses, as its officer or the controller."""
    day = local_day(command.stamp.occurred_at)

    def decide() -> Amendments:
        require_one_of(command, (Role.OFFICER, work_list.department_id))
        _check_scope(work_list, day, ledger)
        return amendments(command, *_entered(work_list, asked, day, ledger))

    return run_registry_command(ledger, command, decide)


def enter_catalogue(
    command: RegistryCommand, work_list: ReviewList, registry: Registry, ledger: Ledger
) -> RegistryResult:
    """Put on the list what the catalogue has of the department and the list lacks, as much as one command can.

    Raises RefusedError when nothing is missing.
    """
    day, department = local_day(command.stamp.occurred_at), work_list.department_id

    def decide() -> Amendments:
        require_one_of(command, (Role.OFFICER, department), (Role.HEAD, department))
        rule = _check_scope(work_list, day, ledger)
        procedures = {known.code: known for known in registry.procedures()}
        missing = _not_listed(work_list, procedures, rule.value, day, ledger)
        if not missing:
            raise RefusedError("review_nothing_to_list", unit=department)
        asked = [Named(code, procedures[code].shown(day).kind, "") for code in missing[:ITEMS_PER_TRANSACTION]]
        return amendments(command, *_entered(work_list, asked, day, ledger))

    return run_registry_command(ledger, command, decide)


def whole_or_nothing(
    asked: Sequence[Any],
    code_of: Callable[[Any], str],
    act: Callable[[Any], list[Entry[Any]]],
    pointer: str,
) -> list[Entry[Any]]:
    """Return what `act` makes of all that is asked for.

    Raises one error that names everything that cannot be done, and where.
    """
    changed: list[Entry[Any]] = []
    faults: list[Fault] = []
    for place, each in enumerate(asked):
        try:
            if code_of(each) in map(code_of, asked[:place]):
                raise InvalidError("review_code_twice", procedure=code_of(each))
            changed += act(each)
        except MotcuaError as error:
            faults += [replace(fault, pointer=pointer.format(place)) for fault in error.faults]
    if faults:
        refusal = RefusedError(faults[0].code if len(faults) == 1 else "review_refused")
        refusal.faults = tuple(faults)
        raise refusal
    return changed


def _check_scope(work_list: ReviewList, day: date, ledger: Ledger) -> Rule[ReviewOrder]:
    rule = order_of(work_list.order, ledger)
    unit = known_entry(ledger, EntryKind.UNIT, work_list.department_id).thing
    if not may_list(unit, rule, day):
        raise RefusedError("review_not_in_scope", rule=rule.cited, unit=unit.name_vi)
    return rule


def _not_listed(
    work_list: ReviewList, procedures: Mapping[str, ProcedureVersions], order: ReviewOrder, day: date, ledger: Ledger
) -> list[str]:
    """Return the codes that the list lacks now."""
    own = to_review(procedures.values(), order, day).get(work_list.department_id, set())
    return sorted(own - listed(work_list, ledger).keys())


def _entered(work_list: ReviewList, asked: Sequence[Named], day: date, ledger: Ledger) -> list[Entry[Any]]:
    there = listed(work_list, ledger)

    def enter(named: Named) -> list[Entry[Any]]:
        if named.code in there:
            raise ConflictError("review_item_exists", procedure=named.code)
        name = _name(named, work_list, day, ledger)
        item = ReviewItem(work_list.order, work_list.department_id, named.code, named.kind, name, entered_on=day)
        return [new_entry(EntryKind.REVIEW, item.id, item)]

    return whole_or_nothing(asked, lambda each: each.code, enter, "/items/{}/code")


def _name(named: Named, work_list: ReviewList, day: date, ledger: Ledger) -> str:
    """Return the name in the catalogue, or the given one where the procedure is not there.

    Raises RefusedError when the catalogue has it as another department's.
    """
    entry = ledger.entry(EntryKind.PROCEDURE, named.code)
    if entry is None:
        if not named.name_vi:
            raise InvalidError("review_name_needed", procedure=named.code)
        return named.name_vi
    shown = entry.thing.shown(day)
    if shown.agency_id not in ("", work_list.department_id):
        raise RefusedError("review_of_other_department", procedure=named.code, owner=shown.owner_vi)
    name: str = shown.name_vi
    return name
