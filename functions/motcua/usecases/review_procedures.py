"""The review of procedures that an order asks for (R4): officers prepare, the head proposes, the controller announces and
publishes, and with the publication the procedure's draft becomes the version that is received."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.domain.calendar import local_day
from motcua.domain.entry import Entry, EntryKind, new_entry
from motcua.domain.errors import ConflictError, Fault, InvalidError, MotcuaError, NotFoundError, RefusedError
from motcua.domain.principal import Role
from motcua.domain.procedure import Decision, ProcedureKind
from motcua.domain.review import MinisterialDecision, ReviewItem, list_of
from motcua.domain.rule import Rule
from motcua.domain.rule_values import ReviewOrder
from motcua.ports.ledger import Amendments, Ledger
from motcua.usecases.amending import (
    Amend,
    Amended,
    amend,
    amendments,
    known_entry,
    require_controller,
    require_one_of,
)


@dataclass(frozen=True, slots=True)
class WorkList:
    """A department's list for one order."""

    order: str
    department_id: str

    @property
    def id(self) -> str:
        return list_of(self.order, self.department_id)


@dataclass(frozen=True, slots=True)
class Named:
    """What is to be reviewed; a procedure of the catalogue has its name there."""

    code: str
    kind: ProcedureKind
    name_vi: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What an officer found out about an item."""

    rests_on: MinisterialDecision | None
    none_applies_because: str
    note: str


def order_of(order_id: str, ledger: Ledger) -> Rule[ReviewOrder]:
    """The rule that orders the review; NotFoundError when no rule does."""
    entry = ledger.entry(EntryKind.RULE, order_id)
    if entry is None or entry.thing.annulled or not isinstance(entry.thing.value, ReviewOrder):
        raise NotFoundError("review_order_unknown", order=order_id)
    rule: Rule[ReviewOrder] = entry.thing
    return rule


def enter_items(command: Amend, work_list: WorkList, asked: Sequence[Named], ledger: Ledger) -> Amended:
    """Put procedures on the list of a department that the order speaks to: its officer does, or the controller."""
    day = local_day(command.stamp.occurred_at)

    def decide() -> Amendments:
        require_one_of(command, (Role.OFFICER, work_list.department_id))
        rule = order_of(work_list.order, ledger)
        unit = known_entry(ledger, EntryKind.UNIT, work_list.department_id).thing
        if not unit.valid_on(day) or not rule.scope.covers(unit):
            raise RefusedError("review_not_in_scope", rule=rule.cited, unit=unit.name_vi)
        listed = _listed(work_list, ledger)

        def enter(named: Named) -> list[Entry[Any]]:
            if named.code in listed:
                raise ConflictError("review_item_exists", procedure=named.code)
            item = ReviewItem(
                work_list.order,
                work_list.department_id,
                named.code,
                named.kind,
                _name(named, work_list, ledger),
                entered_on=day,
            )
            return [new_entry(EntryKind.REVIEW, item.id, item)]

        return amendments(command, *_whole_or_nothing(asked, lambda each: each.code, enter, "/items/{}/code"))

    return amend(ledger, command, decide)


def prepare_item(command: Amend, work_list: WorkList, code: str, found: Preparation, ledger: Ledger) -> Amended:
    def decide() -> Amendments:
        command.by.require(Role.OFFICER, work_list.department_id)
        order_of(work_list.order, ledger)
        entry = known_entry(ledger, EntryKind.REVIEW, work_list.id + code, command.expected_version)
        item: ReviewItem = entry.thing
        by = command.by.subject
        return amendments(command, entry.next(item.prepare(by, found.rests_on, found.none_applies_because, found.note)))

    return amend(ledger, command, decide)


def propose_items(command: Amend, work_list: WorkList, codes: Sequence[str], ledger: Ledger) -> Amended:
    """The head of the department, and nobody for them, submits items to the Chair of the province."""

    def propose(entry: Entry[Any], day: date) -> list[Entry[Any]]:
        return [entry.next(entry.thing.propose(command.by.subject, day))]

    return _step(
        command, work_list, codes, ledger, propose, lambda: command.by.require(Role.HEAD, work_list.department_id)
    )


def announce_items(
    command: Amend, work_list: WorkList, codes: Sequence[str], decision: Decision, ledger: Ledger
) -> Amended:
    """One decision announces many procedures."""

    def announce(entry: Entry[Any], day: date) -> list[Entry[Any]]:
        return [entry.next(entry.thing.announce(decision, day))]

    return _step(command, work_list, codes, ledger, announce, lambda: _check_decision(command, decision))


def publish_items(command: Amend, work_list: WorkList, codes: Sequence[str], ledger: Ledger) -> Amended:
    """In the same transaction a procedure's draft becomes the version that is received from this day on."""

    def publish(entry: Entry[Any], day: date) -> list[Entry[Any]]:
        item: ReviewItem = entry.thing.publish(day)
        return [entry.next(item), *_published(item, day, ledger)]

    return _step(command, work_list, codes, ledger, publish, lambda: require_controller(command))


def withdraw_items(
    command: Amend, work_list: WorkList, codes: Sequence[str], decision: Decision | None, ledger: Ledger
) -> Amended:
    """In the same transaction the procedure is received no more. The command's reason stays with the item."""

    def withdraw(entry: Entry[Any], day: date) -> list[Entry[Any]]:
        item: ReviewItem = entry.thing.withdraw(day, command.why, decision)
        return [entry.next(item), *_withdrawn(item, day, ledger)]

    return _step(command, work_list, codes, ledger, withdraw, lambda: _check_decision(command, decision))


def _step(
    command: Amend,
    work_list: WorkList,
    codes: Sequence[str],
    ledger: Ledger,
    step: Callable[[Entry[Any], date], list[Entry[Any]]],
    check: Callable[[], None],
) -> Amended:
    """Do one act on each item, or on none of them."""
    day = local_day(command.stamp.occurred_at)

    def decide() -> Amendments:
        check()
        order_of(work_list.order, ledger)
        listed = _listed(work_list, ledger)

        def act(code: str) -> list[Entry[Any]]:
            if code not in listed:
                raise InvalidError("review_item_unknown", procedure=code)
            return step(listed[code], day)

        return amendments(command, *_whole_or_nothing(codes, str, act, "/codes/{}"))

    return amend(ledger, command, decide)


def _whole_or_nothing(
    asked: Sequence[Any],
    code_of: Callable[[Any], str],
    act: Callable[[Any], list[Entry[Any]]],
    pointer: str,
) -> list[Entry[Any]]:
    """What `act` makes of all that is asked for; raises one error that names each which cannot be done, and where."""
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


def _listed(work_list: WorkList, ledger: Ledger) -> dict[str, Entry[Any]]:
    return {entry.thing.code: entry for entry in ledger.entries(EntryKind.REVIEW, work_list.id)}


def _name(named: Named, work_list: WorkList, ledger: Ledger) -> str:
    """The name in the catalogue, which knows whose procedure it is; of one that is not there, the name that was given."""
    entry = ledger.entry(EntryKind.PROCEDURE, named.code)
    if entry is None:
        if not named.name_vi:
            raise InvalidError("review_name_needed", procedure=named.code)
        return named.name_vi
    if entry.thing.latest.agency_id not in ("", work_list.department_id):
        raise RefusedError("review_of_other_department", procedure=named.code, owner=entry.thing.latest.owner_vi)
    name: str = entry.thing.latest.name_vi
    return name


def _check_decision(command: Amend, decision: Decision | None) -> None:
    require_controller(command)
    if decision is not None and decision.date > local_day(command.stamp.occurred_at):
        raise InvalidError("review_decision_in_the_future", "/decision/date", day=f"{decision.date:%d/%m/%Y}")


def _published(item: ReviewItem, day: date, ledger: Ledger) -> Iterable[Entry[Any]]:
    """The catalogue's entry with its draft published; none where the version in force simply stays.

    A work procedure may be on the list alone; what people can ask for is published with its content or not at all.
    """
    entry = ledger.entry(EntryKind.PROCEDURE, item.code)
    if entry is None and item.kind is ProcedureKind.WORK:
        return []
    if entry is None or (entry.thing.draft is None and entry.thing.in_force(day) is None):
        raise RefusedError("review_nothing_to_publish", procedure=item.code)
    published = entry.thing.with_published_draft(day, item.decision)
    return [] if published == entry.thing else [entry.next(published)]


def _withdrawn(item: ReviewItem, day: date, ledger: Ledger) -> Iterable[Entry[Any]]:
    """The catalogue's entry, received no more from `day` on; none where nothing was received anyway."""
    entry = ledger.entry(EntryKind.PROCEDURE, item.code)
    received = [each for each in entry.thing.versions if each.published] if entry else []
    if entry is None or not received or received[-1].withdrawn_on is not None:
        return []
    return [entry.next(entry.thing.withdrawn(day))]
