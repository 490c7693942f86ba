"""The registry as it is read: the rules of a day, the announced days of a year, and who changed what, when and why."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pydantic import Field

from motcua.contracts.calendars import CalendarDayModel
from motcua.contracts.persons import Outward
from motcua.contracts.rules import RuleView
from motcua.contracts.views import local
from motcua.domain.calendar import CalendarYear
from motcua.domain.entry import Amendment, Entry
from motcua.domain.rule_book import AnyRule


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


class AmendmentView(Outward):
    """One version of an entry: what it then was, who made it so, when and why."""

    version: int
    by: str = Field(description="The sign-in's opaque id, or the job that did it")
    occurred_at: datetime
    recorded_at: datetime
    why: str
    content: dict[str, Any]


class HistoryView(Outward):
    """Every version of an entry, oldest first. What was loaded with the shipped tables begins without an author."""

    kind: str
    id: str
    versions: list[AmendmentView]

    @classmethod
    def of(cls, kind: str, entry_id: str, history: Sequence[Amendment]) -> "HistoryView":
        versions = [
            AmendmentView.model_construct(
                version=each.entry.version,
                by=each.stamp.actor,
                occurred_at=local(each.stamp.occurred_at),
                recorded_at=local(each.stamp.recorded_at),
                why=each.why,
                content=_told(each.entry.thing),
            )
            for each in history
        ]
        return cls.model_construct(kind=kind, id=entry_id, versions=versions)


def _told(value: Any) -> Any:
    """A record of the domain, field by field; sets are sorted, so that two versions can be compared."""
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(_told(each) for each in value)
    if isinstance(value, tuple | list):
        return [_told(each) for each in value]
    return str(value) if isinstance(value, Fraction) else value
