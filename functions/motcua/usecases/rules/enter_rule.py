"""Enter, end and annul rules, never in secret: each change has its author, its reason and its history.

No change leaves a day without a rule of a kind that the system needs, or without a rule on what a replaced rule
covered.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motcua.domain.errors import ConflictError, Fault, InvalidError, RefusedError
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.rules.gaps import day_or_open, first_gap, forgotten
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.names import faults_of_names
from motcua.domain.rules.replacing import replaced_by, restored
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.rule_book import RuleBook
from motcua.ports.ledger import Amendments, Guard, Ledger
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    known_entry,
    require_controller,
    run_registry_command,
)

RULE = "/rule"
"""Where the rule stands in the command's body."""


def enter_rule(command: RegistryCommand, rule: Rule[Any], replaces: str, ledger: Ledger) -> RegistryResult:
    """Enter a new rule. With `replaces`, that rule ends on the day before this one begins, in the same transaction.

    Raises RefusedError, naming the other rule, when both would apply to one matter on one day, and ConflictError when
    the id is taken. Of two controllers at once, the guard lets one pass, and the other reads again. Only a rule that
    stands in the way is replaced, and only by one that covers all that it covered, for as long.
    """

    def decide() -> Amendments:
        require_controller(command)
        change = _Change.of(rule.kind, ledger)
        if rule.id in change.known:
            raise ConflictError("entry_exists", f"{RULE}/id", id=rule.id)
        _check_names(rule, ledger)
        entered, changed = rule, list[Entry[Any]]()
        if replaces:
            former = _to_replace(rule, change.known.get(replaces), replaces)
            ended, entered = replaced_by(former.thing, rule)
            changed.append(former.next(ended))
        return change.amendments(command, new_entry(EntryKind.RULE, rule.id, entered), *changed)

    return run_registry_command(ledger, command, decide)


def change_rule(command: RegistryCommand, rule: Rule[Any], ledger: Ledger) -> RegistryResult:
    """Enter the rule's next version: another last day, a better clause, a link.

    Its content is settled once it has begun.
    """

    def decide() -> Amendments:
        require_controller(command)
        change = _Change.of(rule.kind, ledger)
        former = known_entry(ledger, EntryKind.RULE, rule.id, command.expected_version)
        if former.thing.kind != rule.kind:
            raise InvalidError("kind_stays", f"{RULE}/kind", kind=former.thing.kind)
        _check_stands(former.thing)
        _check_settled(command, former.thing, rule)
        _check_names(rule, ledger)
        return change.amendments(command, former.next(replace(rule, replaced=former.thing.replaced)), at=f"{RULE}/to")

    return run_registry_command(ledger, command, decide)


def annul_rule(
    command: RegistryCommand, rule_id: str, ledger: Ledger, *, without_former: bool = False
) -> RegistryResult:
    """Annul a rule that was entered by mistake: it can still be read and never applies.

    The rule that it replaced lasts again. Raises RefusedError when that rule was changed since and cannot.
    `without_former` says that this is on purpose.
    """

    def decide() -> Amendments:
        require_controller(command)
        former = known_entry(ledger, EntryKind.RULE, rule_id, command.expected_version)
        _check_stands(former.thing)
        change = _Change.of(former.thing.kind, ledger)
        annulled = former.next(replace(former.thing, annulled=True))
        if former.thing.replaced is None or without_former:
            return change.amendments(command, annulled)
        again = restored(former.thing, (entry.thing for entry in change.known.values()))
        others = [change.known[each.id].next(each) for each in again]
        if not others or change.contradicted(annulled, *others):
            raise RefusedError("former_not_restored", rule=former.thing.cited, other=former.thing.replaced.id)
        return change.amendments(command, annulled, *others)

    return run_registry_command(ledger, command, decide)


@dataclass(frozen=True, slots=True)
class _Change:
    """The present rules, and the guard of one kind: nobody else changes a rule of that kind before this is written."""

    kind: str
    ledger: Ledger
    guard: Guard
    known: Mapping[str, Entry[Any]]

    @classmethod
    def of(cls, kind: str, ledger: Ledger) -> "_Change":
        guard = ledger.guard(f"rules#{kind}")
        return cls(kind, ledger, guard, {entry.id: entry for entry in ledger.entries(EntryKind.RULE)})

    def book(self, *changed: Entry[Any]) -> RuleBook:
        """Return all rules, with the changed ones in their place."""
        every = {**self.known, **{entry.id: entry for entry in changed}}
        return RuleBook(tuple(entry.thing for entry in every.values()))

    def contradicted(self, *changed: Entry[Any]) -> Rule[Any] | None:
        """Return a rule that one of the changed rules contradicts."""
        after = self.book(*changed)
        return next((other for entry in changed if (other := after.contradicted(entry.thing))), None)

    def amendments(self, command: RegistryCommand, *changed: Entry[Any], at: str = "") -> Amendments:
        """Return the change.

        Raises RefusedError when the changed rules contradict others, or leave days without any.
        """
        if other := self.contradicted(*changed):
            params = {"other": other.id, "first": f"{other.first:%d/%m/%Y}", "last": day_or_open(other.last)}
            raise RefusedError("rule_contradicts", f"{RULE}/scope", rule=other.cited, **params)
        units = (entry.thing for entry in self.ledger.entries(EntryKind.UNIT)) if KINDS[self.kind].needed else ()
        if gap := first_gap(self.book(), self.book(*changed), self.kind, units):
            raise gap.refusal(at)
        return amendments(command, *changed, guard=self.guard)


def _to_replace(rule: Rule[Any], former: Entry[Any] | None, replaces: str) -> Entry[Any]:
    if former is None or not rule.contradicts(former.thing) or former.thing.first >= rule.first:
        raise InvalidError("replaces_nothing", "/replaces", id=replaces)
    if left := forgotten(former.thing, rule):
        raise RefusedError("replaces_less", "/replaces", rule=former.thing.cited, other=replaces, left=left)
    return former


def _check_stands(rule: Rule[Any]) -> None:
    if rule.annulled:
        raise ConflictError("rule_annulled", rule=rule.cited)


def _check_settled(command: RegistryCommand, former: Rule[Any], rule: Rule[Any]) -> None:
    """Raise InvalidError when a rule in force would say something else than it did.

    A rule that replaced another keeps its scope and first day from the start: else the two would no longer meet.
    """
    begun = former.first <= local_day(command.stamp.occurred_at)
    changes = {
        "scope": former.scope != rule.scope,
        "value": former.value != rule.value,
        "from": former.first != rule.first,
    }
    settled = [
        Fault("rule_settled", f"{RULE}/{name}", {"first": f"{former.first:%d/%m/%Y}"})
        for name, is_changed in changes.items()
        if is_changed and (begun or (former.replaced and name != "value"))
    ]
    if settled:
        raise InvalidError.of(settled)


def _check_names(rule: Rule[Any], ledger: Ledger) -> None:
    units, carriers = ({entry.id for entry in ledger.entries(kind)} for kind in (EntryKind.UNIT, EntryKind.CARRIER))
    if faults := faults_of_names(rule, units, carriers, RULE):
        raise InvalidError.of(faults)
