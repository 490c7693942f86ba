"""Rules as a list."""

from collections.abc import Sequence
from datetime import date

from motcua.contracts.model import Outward
from motcua.contracts.rules.rule import RuleView
from motcua.domain.rules.rule_book import AnyRule


class RulesView(Outward):
    """The rules in force on a day; with a unit, those that apply to it."""

    on: date
    unit: str | None
    rules: list[RuleView]

    @classmethod
    def of(cls, day: date, unit_id: str, rules: Sequence[AnyRule]) -> "RulesView":
        return cls.model_construct(on=day, unit=unit_id or None, rules=[RuleView.of(rule) for rule in rules])
