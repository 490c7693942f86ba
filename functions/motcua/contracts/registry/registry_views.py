"""The registry as it is read: the rules of a day, and the announced days of a year."""

from collections.abc import Sequence
from datetime import date

from motcua.contracts.model import Outward
from motcua.contracts.registry.calendars import CalendarDayModel
from motcua.contracts.rules.rules import RuleView
from motcua.domain.deadline.working_calendar import CalendarYear
from motcua.domain.registry.entry import Entry
from motcua.domain.rules.rule_book import AnyRule


class RulesView(Outward):
    """The rules in force on a day; with a unit, those that apply to it."""

    on: date
    unit: str | None
    rules: list[RuleView]

    @classmethod
    def of(cls, day: date, unit_id: str, rules: Sequence[AnyRule]) -> "RulesView":
        return cls.model_construct(on=day, unit=unit_id or None, rules=[RuleView.of(rule) for rule in rules])


class CalendarView(Outward):
    """The announced days of a year; on all others Monday to Friday are worked. `version` counts the list's changes."""

    year: int
    version: int
    days: list[CalendarDayModel]

    @classmethod
    def of(cls, entry: Entry[CalendarYear]) -> "CalendarView":
        days = [CalendarDayModel.from_domain(day) for day in entry.thing.days]
        return cls.model_construct(year=entry.thing.year, version=entry.version, days=days)
