"""Entries of the registry as rows, and rows as the domain's records."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from motcua.adapters.dynamodb.records import plain, record
from motcua.domain.deadline.working_calendar import CalendarYear
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import ProcedureVersions
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.rule import Rule

Row = Mapping[str, Any]

OFTEN: dict[EntryKind, type] = {
    EntryKind.UNIT: Unit,
    EntryKind.PROCEDURE: ProcedureVersions,
    EntryKind.RULE: Rule,
    EntryKind.CALENDAR: CalendarYear,
}
"""What an entry holds of each kind that almost every function reads."""


@cache
def thing_type(kind: EntryKind) -> type:
    """Return the type of what an entry of `kind` holds. What few functions read is loaded with the first such entry."""
    match kind:
        case EntryKind.CARRIER | EntryKind.CARRIER_CODE | EntryKind.POST_PROVINCE:
            from motcua.domain.registry import carrier

            return {
                EntryKind.CARRIER: carrier.Carrier,
                EntryKind.CARRIER_CODE: carrier.CarrierCode,
                EntryKind.POST_PROVINCE: carrier.PostProvince,
            }[kind]
        case EntryKind.OPENING_FIGURE:
            from motcua.domain.reports.opening_figure import OpeningFigure

            return OpeningFigure
        case EntryKind.REVIEW:
            from motcua.domain.review.review_item import ReviewItem

            return ReviewItem
        case EntryKind.CALENDAR_CHANGE:
            from motcua.domain.deadline.calendar_change import CalendarChange

            return CalendarChange
        case EntryKind.REORGANISATION:
            from motcua.domain.registry.reorganisation import Reorganisation

            return Reorganisation
        case _:
            return OFTEN[kind]


def row_of(entry: Entry[object]) -> dict[str, Any]:
    """Return the attributes of an entry beside its key."""
    return {"entry": entry.kind.value, "entry_id": entry.id, "version": entry.version, "thing": plain(entry.thing)}


def entry_of(row: Row) -> Entry[Any]:
    kind = EntryKind(row["entry"])
    return Entry(kind, row["entry_id"], row["version"], thing_of(kind, row["thing"]))


def thing_of(kind: EntryKind, content: Row) -> Any:
    thing = record(thing_type(kind), content)
    if isinstance(thing, Rule):
        return replace(thing, value=record(KINDS[thing.kind].value, content.get("value", {})))
    return thing
