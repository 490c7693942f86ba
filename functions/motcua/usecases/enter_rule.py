"""Rules are entered, ended and annulled, never edited in secret: each change has its author, its reason and its history."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from motcua.domain.entry import Entry, EntryKind, new_entry
from motcua.domain.errors import ConflictError, InvalidError, RefusedError
from motcua.domain.rule import Rule
from motcua.domain.rule_book import RuleBook
from motcua.domain.rule_names import faults_of_names
from motcua.ports.ledger import Amendments, Ledger
from motcua.usecases.amending import Amend, Amended, amend, amendments, known_entry, require_controller

RULE = "/rule"
"""Where the rule stands in the command's body."""


def enter_rule(command: Amend, rule: Rule[Any], replaces: str, ledger: Ledger) -> Amended:
    """A new rule. With `replaces`, that rule ends on the day before this one begins, in the same transaction.

    RefusedError, naming the other rule, when both would apply to one matter on one day; ConflictError when the id is
    taken. Two controllers at once: the guard lets one pass, and the other reads again. Only a rule that stands in the
    way is replaced: one that has ended before would be lengthened.
    """

    def decide() -> Amendments:
        require_controller(command)
        guard = ledger.guard(_all_of(rule))
        known = {entry.id: entry for entry in ledger.entries(EntryKind.RULE)}
        if rule.id in known:
            raise ConflictError("entry_exists", f"{RULE}/id", id=rule.id)
        _check_names(rule, ledger)
        changed: list[Entry[Any]] = []
        if replaces:
            former = known.get(replaces)
            if former is None or not rule.contradicts(former.thing) or former.thing.first >= rule.first:
                raise InvalidError("replaces_nothing", "/replaces", id=replaces)
            changed.append(former.next(replace(former.thing, last=rule.first - timedelta(days=1))))
            known[replaces] = changed[0]
        _check_alone(rule, known.values())
        return amendments(command, new_entry(EntryKind.RULE, rule.id, rule), *changed, guard=guard)

    return amend(ledger, command, decide)


def change_rule(command: Amend, rule: Rule[Any], ledger: Ledger) -> Amended:
    """The rule's next version: another last day, a better clause, a link. Its kind stays what it is."""

    def decide() -> Amendments:
        require_controller(command)
        guard = ledger.guard(_all_of(rule))
        former = known_entry(ledger, EntryKind.RULE, rule.id, command.expected_version)
        if former.thing.kind != rule.kind:
            raise InvalidError("kind_stays", f"{RULE}/kind", kind=former.thing.kind)
        _check_stands(former.thing)
        _check_names(rule, ledger)
        _check_alone(rule, ledger.entries(EntryKind.RULE))
        return amendments(command, former.next(rule), guard=guard)

    return amend(ledger, command, decide)


def annul_rule(command: Amend, rule_id: str, ledger: Ledger) -> Amended:
    """A rule that was entered by mistake: it stays to be read, and never applies."""

    def decide() -> Amendments:
        require_controller(command)
        former = known_entry(ledger, EntryKind.RULE, rule_id, command.expected_version)
        _check_stands(former.thing)
        guard = ledger.guard(_all_of(former.thing))
        return amendments(command, former.next(replace(former.thing, annulled=True)), guard=guard)

    return amend(ledger, command, decide)


def _all_of(rule: Rule[Any]) -> str:
    return f"rules#{rule.kind}"


def _check_stands(rule: Rule[Any]) -> None:
    if rule.annulled:
        raise ConflictError("rule_annulled", rule=rule.cited)


def _check_names(rule: Rule[Any], ledger: Ledger) -> None:
    units, carriers = ({entry.id for entry in ledger.entries(kind)} for kind in (EntryKind.UNIT, EntryKind.CARRIER))
    if faults := faults_of_names(rule, units, carriers, RULE):
        raise InvalidError.of(faults)


def _check_alone(rule: Rule[Any], entries: Iterable[Entry[Any]]) -> None:
    other = RuleBook(tuple(entry.thing for entry in entries)).contradicted(rule)
    if other is not None:
        last = f"{other.last:%d/%m/%Y}" if other.last else "…"
        raise RefusedError(
            "rule_contradicts",
            f"{RULE}/scope",
            rule=other.cited,
            other=other.id,
            first=f"{other.first:%d/%m/%Y}",
            last=last,
        )
