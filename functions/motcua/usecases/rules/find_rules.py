"""Find the rules of a day, for anybody: all that are in force, or those that apply to one unit."""

from collections.abc import Iterator
from datetime import date

from motcua.domain.errors import NotFoundError
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.kinds import ACTS, CHANNELS, KINDS
from motcua.domain.rules.rule import Scope
from motcua.domain.rules.rule_book import AnyRule, RuleBook


@dataclass(frozen=True, slots=True)
class Matter:
    """What the rules are asked about. An empty field stands for anything."""

    kind: str = ""
    unit: Unit | None = None
    channel: str = ""
    act: str = ""


def find_rules(book: RuleBook, day: date, matter: Matter) -> list[AnyRule]:
    """Return the rules of the matter that are in force on `day`, by id.

    For a unit, these are only the rules that apply to it, without those that a closer one displaces.
    """
    kinds = [matter.kind] if matter.kind else list(KINDS)
    found = (rule for kind in kinds for rule in _of_kind(book, day, kind, matter))
    return sorted({rule.id: rule for rule in found}.values(), key=lambda rule: rule.id)


def known_rule(book: RuleBook, rule_id: str) -> AnyRule:
    """Return the rule, whether in force or not. Raises NotFoundError when there is none."""
    found = next((rule for rule in book.rules if rule.id == rule_id), None)
    if found is None:
        raise NotFoundError("entry_not_found", kind="rule", id=rule_id)
    return found


def _of_kind(book: RuleBook, day: date, kind: str, matter: Matter) -> Iterator[AnyRule]:
    if matter.unit is None:
        yield from (rule for rule in book.of_kind(kind, day) if _speaks_of(rule.scope, matter))
        return
    if KINDS[kind].several:
        yield from (rule for rule in book.of_kind(kind, day) if rule.scope.covers(matter.unit))
        return
    carriers = sorted({carrier for rule in book.of_kind(kind, day) for carrier in rule.scope.carriers})
    for channel in [matter.channel] if matter.channel else CHANNELS:
        for act in [matter.act] if matter.act else ACTS:
            for carrier in carriers or [""]:
                rule: AnyRule | None = book.applying(
                    KINDS[kind].value, day, matter.unit, channel=channel, act=act, carrier=carrier
                )
                if rule is not None:
                    yield rule


def _speaks_of(scope: Scope, matter: Matter) -> bool:
    asked = ((scope.channels, matter.channel), (scope.acts, matter.act))
    return all(not known or not one or one in known for known, one in asked)
