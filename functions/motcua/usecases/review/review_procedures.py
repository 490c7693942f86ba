"""The acts of a review (R4): officers prepare, the head proposes, the controller announces and publishes.

With the publication the procedure's draft becomes the version that is received.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from motcua.domain.access.principal import Role
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import local_day
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import Decision
from motcua.domain.review.review_item import Preparation, ReviewItem, ReviewState
from motcua.ports.ledger import Amendments, Ledger
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    known_entry,
    require_controller,
    require_one_of,
    run_registry_command,
)
from motcua.usecases.review.enter_review_items import ReviewList, drafts_of, listed, order_of, whole_or_nothing
from motcua.usecases.review.reviewed_content import catalogued, content_of, published, withdrawn

Made = tuple[ReviewItem, Sequence[Entry[Any]]]
"""The item after an act, and the entries of the catalogue that change with it."""


def prepare_item(
    command: RegistryCommand, work_list: ReviewList, code: str, found: Preparation, ledger: Ledger
) -> RegistryResult:
    """Prepare one item, at the version that the officer saw."""
    day = local_day(command.stamp.occurred_at)

    def decide() -> Amendments:
        command.by.require(Role.OFFICER, work_list.department_id)
        order_of(work_list.order, ledger)
        entry = known_entry(ledger, EntryKind.REVIEW, work_list.id + code, command.expected_version)
        return amendments(command, entry.next(entry.thing.prepare(command.by.subject, day, found)))

    return run_registry_command(ledger, command, decide)


def prepare_items(
    command: RegistryCommand, work_list: ReviewList, codes: Sequence[str], found: Preparation, ledger: Ledger
) -> RegistryResult:
    """Prepare many items that rest on the same grounds."""

    def prepare(item: ReviewItem, day: date) -> Made:
        return item.prepare(command.by.subject, day, found), ()

    return _step(
        command, work_list, codes, ledger, prepare, lambda: command.by.require(Role.OFFICER, work_list.department_id)
    )


def propose_items(
    command: RegistryCommand, work_list: ReviewList, codes: Sequence[str], ledger: Ledger
) -> RegistryResult:
    """Submit items to the Chair of the province, as the head of the department and nobody in their place."""

    def propose(item: ReviewItem, day: date) -> Made:
        return item.propose(command.by.subject, day, content_of(catalogued(item, ledger))), ()

    return _step(
        command, work_list, codes, ledger, propose, lambda: command.by.require(Role.HEAD, work_list.department_id)
    )


def announce_items(
    command: RegistryCommand, work_list: ReviewList, codes: Sequence[str], decision: Decision, ledger: Ledger
) -> RegistryResult:
    """Announce many procedures by one decision, each with the content that the catalogue has now."""

    def announce(item: ReviewItem, day: date) -> Made:
        return item.announce(command.by.subject, day, decision, content_of(catalogued(item, ledger))), ()

    return _step(command, work_list, codes, ledger, announce, lambda: _check_decision(command, decision))


def publish_items(
    command: RegistryCommand, work_list: ReviewList, codes: Sequence[str], ledger: Ledger
) -> RegistryResult:
    """Publish items.

    In the same transaction, the announced draft, and no other, becomes the version that is received.
    """

    def publish(item: ReviewItem, day: date) -> Made:
        entry = catalogued(item, ledger)
        after = item.publish(command.by.subject, day, content_of(entry))
        announced = after.last("announce")
        return after, published(item, entry, announced.decision if announced else None, day)

    return _step(command, work_list, codes, ledger, publish, lambda: require_controller(command))


def return_items(
    command: RegistryCommand, work_list: ReviewList, codes: Sequence[str], ledger: Ledger
) -> RegistryResult:
    """Return items to review, for the command's reason.

    The head takes back a proposal. The controller sends back a proposal or an announcement, or reopens what was
    withdrawn. A procedure that is received no more is received again only with a new publication.
    """

    def give_back(item: ReviewItem, day: date) -> Made:
        reopens = item.state is ReviewState.WITHDRAWN
        act = "take_back" if not command.by.is_controller else "reopen" if reopens else "send_back"
        return item.give_back(act, command.by.subject, day, command.why), ()

    return _step(
        command, work_list, codes, ledger, give_back,
        lambda: require_one_of(command, (Role.HEAD, work_list.department_id)),
    )  # fmt: skip


def withdraw_items(
    command: RegistryCommand, work_list: ReviewList, codes: Sequence[str], decision: Decision | None, ledger: Ledger
) -> RegistryResult:
    """Withdraw items.

    From the same transaction on, their procedures are received no more. The reason stays with the item.
    """

    def withdraw(item: ReviewItem, day: date) -> Made:
        after = item.withdraw(command.by.subject, day, command.why, decision)
        return after, withdrawn(catalogued(item, ledger), day)

    return _step(command, work_list, codes, ledger, withdraw, lambda: _check_decision(command, decision))


def _step(
    command: RegistryCommand,
    work_list: ReviewList,
    codes: Sequence[str],
    ledger: Ledger,
    step: Callable[[ReviewItem, date], Made],
    check: Callable[[], None],
) -> RegistryResult:
    """Do one act on each item, or on none of them. The guard is read first, before what it guards."""
    day = local_day(command.stamp.occurred_at)

    def decide() -> Amendments:
        check()
        order_of(work_list.order, ledger)
        guard, there = drafts_of(work_list.department_id, ledger), listed(work_list, ledger)

        def act(code: str) -> list[Entry[Any]]:
            if code not in there:
                raise InvalidError("review_item_unknown", procedure=code)
            item, changed = step(there[code].thing, day)
            return [there[code].next(item), *changed]

        return amendments(command, *whole_or_nothing(codes, str, act, "/codes/{}"), guard=guard)

    return run_registry_command(ledger, command, decide)


def _check_decision(command: RegistryCommand, decision: Decision | None) -> None:
    require_controller(command)
    if decision is not None and decision.date > local_day(command.stamp.occurred_at):
        raise InvalidError("review_decision_in_the_future", "/decision/date", day=f"{decision.date:%d/%m/%Y}")
