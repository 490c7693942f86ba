"""rules.json: the dated rules with their legal basis. JSON only, because the value of a rule depends on its kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from infra.registry.table import Made, Reading, Table, units_of
from motcua.contracts.rules.rule import ReplacedModel, RuleModel, RuleView
from motcua.domain.errors import Fault
from motcua.domain.registry.entry import EntryKind
from motcua.domain.rules.gaps import day_or_open, first_gap
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.names import faults_of_names
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.rule_book import RuleBook


class RuleRow(RuleModel):
    """A rule as entered, whether it was annulled since, and which rule it replaced."""

    annulled: bool = False
    replaced: ReplacedModel | None = None

    def to_domain(self, at: str = "") -> Rule[Any]:
        replaced = self.replaced.to_domain() if self.replaced else None
        return replace(super().to_domain(at), annulled=self.annulled, replaced=replaced)


class Rules(Table):
    """The table of rules. None may contradict another of file or registry, or leave days without a required rule."""

    name, file, kind = "rules", "rules.json", EntryKind.RULE
    vi, en = "quy định", "rules"
    model = RuleRow

    def body(self, record: Rule[Any]) -> dict[str, Any]:
        """Return the rule as a person would write it: a scope names only what it limits."""
        body = RuleView.of(record).model_dump(mode="json", by_alias=True)
        body["scope"] = {name: values for name, values in body["scope"].items() if values}
        left_out = {"kind_vi", "kind_en", "applied"} | {each for each in ("annulled", "replaced") if not body[each]}
        return {name: value for name, value in body.items() if name not in left_out}

    def check(self, made: Mapping[str, Made], reading: Reading) -> None:
        stored = {rule_id: entry.thing for rule_id, entry in reading.known.of(self.kind).items()}
        book = RuleBook(tuple((stored | {rule_id: each.thing for rule_id, each in made.items()}).values()))
        units, carriers = units_of(reading.known), reading.known.of(EntryKind.CARRIER)
        for rule_id, each in made.items():
            faults = faults_of_names(each.thing, units, carriers), _faults(each.thing, stored.get(rule_id), book)
            self.tell(reading.findings, each.row, *chain(*faults))
        changed = [each for rule_id, each in made.items() if rule_id in stored and stored[rule_id] != each.thing]
        before, kinds = RuleBook(tuple(stored.values())), {each.thing.kind for each in changed}
        gaps = {kind: gap for kind in kinds if (gap := first_gap(before, book, kind, units.values()))}
        for each in changed:
            if gap := gaps.get(each.thing.kind):
                self.tell(reading.findings, each.row, *gap.refusal("/to").faults)

    def guard(self, thing: Rule[Any]) -> str:
        """Return the guard that also protects entering a rule over HTTP: of two at once, one must read again."""
        return f"rules#{thing.kind}"

    def guards(self) -> Iterable[str]:
        return [f"rules#{kind}" for kind in KINDS]


def _faults(rule: Rule[Any], before: Rule[Any] | None, book: RuleBook) -> Iterator[Fault]:
    if before is not None and before.kind != rule.kind:
        yield Fault("kind_stays", "/kind", {"kind": before.kind})
    if before is not None and before.annulled and rule != before:
        yield Fault("rule_annulled", "/annulled", {"rule": before.cited})
    if (other := book.contradicted(rule)) is not None:
        days = {"first": f"{other.first:%d/%m/%Y}", "last": day_or_open(other.last)}
        yield Fault("rule_contradicts", "/scope", {"other": other.id, **days})
