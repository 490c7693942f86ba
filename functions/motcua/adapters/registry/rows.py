"""Entries of the registry as rows, and rows as the domain's records."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from motcua.adapters.dynamodb.records import plain, record
from motcua.domain.deadline.working_calendar import CalendarYear
from motcua.domain.registry.carrier import Carrier, CarrierCode, PostProvince
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import ProcedureVersions
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.rule_book import RuleBook

Row = Mapping[str, Any]

THINGS: dict[EntryKind, type] = {
    EntryKind.UNIT: Unit,
    EntryKind.PROCEDURE: ProcedureVersions,
    EntryKind.RULE: Rule,
    EntryKind.CALENDAR: CalendarYear,
    EntryKind.CARRIER: Carrier,
    EntryKind.CARRIER_CODE: CarrierCode,
    EntryKind.POST_PROVINCE: PostProvince,
    EntryKind.OPENING_FIGURE: OpeningFigure,
}
"""What an entry of each kind holds. The ledger adds the kinds that only it reads: no other function loads them."""


def row_of(entry: Entry[object]) -> dict[str, Any]:
    """Return the attributes of an entry beside its key."""
    return {"entry": entry.kind.value, "entry_id": entry.id, "version": entry.version, "thing": plain(entry.thing)}


def entry_of(row: Row) -> Entry[Any]:
    kind = EntryKind(row["entry"])
    return Entry(kind, row["entry_id"], row["version"], thing_of(kind, row["thing"]))


def thing_of(kind: EntryKind, content: Row) -> Any:
    thing = record(THINGS[kind], content)
    if isinstance(thing, Rule):
        return replace(thing, value=record(KINDS[thing.kind].value, content.get("value", {})))
    return thing


def rule_book_of(rows: Iterable[Row]) -> RuleBook:
    return RuleBook(tuple(thing_of(EntryKind.RULE, row["thing"]) for row in rows if row["entry"] == EntryKind.RULE))
