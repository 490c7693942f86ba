"""The registry in DynamoDB, remembered for 60 seconds per process: a warm function asks it nothing."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from motcua.adapters import keys
from motcua.adapters.item import fields
from motcua.adapters.registry_rows import entry_of, rule_book_of
from motcua.domain.calendar import WorkingCalendar
from motcua.domain.carrier import CarrierCode
from motcua.domain.entry import EntryKind
from motcua.domain.opening import OpeningFigure
from motcua.domain.procedure import ProcedureVersions
from motcua.domain.rule_book import RuleBook
from motcua.domain.unit import Unit

REMEMBERED_SECONDS = 60


class DynamoRegistry:
    """The port `Registry`. A row that does not exist is remembered as such, too."""

    def __init__(self, client: Any, table: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client, self._table, self._monotonic = client, table, monotonic
        self._remembered: dict[str, tuple[float, Any]] = {}

    def unit(self, unit_id: str) -> Unit | None:
        found: Unit | None = self._one(EntryKind.UNIT, unit_id)
        return found

    def procedure(self, code: str) -> ProcedureVersions | None:
        found: ProcedureVersions | None = self._one(EntryKind.PROCEDURE, code)
        return found

    def units(self) -> Sequence[Unit]:
        found: list[Unit] = self._all(EntryKind.UNIT)
        return found

    def procedures(self) -> Sequence[ProcedureVersions]:
        found: list[ProcedureVersions] = self._all(EntryKind.PROCEDURE)
        return found

    def opening_figures(self, year: int) -> Sequence[OpeningFigure]:
        figures: list[OpeningFigure] = self._all(EntryKind.OPENING_FIGURE)
        return [figure for figure in figures if figure.year == year]

    def rules(self) -> RuleBook:
        book: RuleBook = self._recall("rules", lambda: rule_book_of(self._rule_rows()))
        return book

    def calendar(self, day: date, unit: Unit | None = None) -> WorkingCalendar:
        def draw() -> WorkingCalendar:
            rows = (entry_of(row) for row in self._rule_rows() if row["entry"] == EntryKind.CALENDAR)
            return WorkingCalendar.of((entry.thing, entry.version) for entry in rows)

        drawn: WorkingCalendar = self._recall("calendar", draw)
        return drawn.with_hours(*self.rules().hours(day, unit))

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        def read() -> dict[tuple[str, str], str]:
            rows = (entry_of(row).thing for row in self._rule_rows() if row["entry"] == EntryKind.CARRIER_CODE)
            codes: list[CarrierCode] = list(rows)
            return {(each.carrier_system, each.code): each.our_state for each in codes}

        states: dict[tuple[str, str], str] = self._recall("carrier codes", read)
        return states.get((carrier_system, code))

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        """Unit and procedure in one BatchGetItem, the rules in one Query: a cold receive reads the registry twice."""
        self._rule_rows()
        wanted = [(EntryKind.UNIT, unit_id), (EntryKind.PROCEDURE, procedure_code)]
        missing = {_name(*each): keys.entry(*each) for each in wanted if self._fresh(_name(*each)) is None}
        if len(missing) < 2:
            return
        request = {self._table: {"Keys": list(missing.values())}}
        rows = [fields(row) for row in self._client.batch_get_item(RequestItems=request)["Responses"][self._table]]
        found = {(row["PK"], row["SK"]): row for row in rows}
        for name, key in missing.items():
            row = found.get((key["PK"]["S"], key["SK"]["S"]))
            self._remember(name, entry_of(row).thing if row else None)

    def forget(self) -> None:
        """Read everything anew: somebody has told of a change that may be younger than what is remembered."""
        self._remembered.clear()

    def _one(self, kind: EntryKind, entry_id: str) -> Any:
        def load() -> Any:
            row = self._client.get_item(TableName=self._table, Key=keys.entry(kind, entry_id)).get("Item")
            return entry_of(fields(row)).thing if row else None

        return self._recall(_name(kind, entry_id), load)

    def _all(self, kind: EntryKind) -> Any:
        def load() -> list[Any]:
            entries = [entry_of(row) for row in self._partition(kind)]
            for entry in entries:
                self._remember(_name(kind, entry.id), entry.thing)
            return [entry.thing for entry in entries]

        return self._recall(f"every {kind}", load)

    def _rule_rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._recall("rule rows", lambda: self._partition(EntryKind.RULE))
        return rows

    def _partition(self, kind: EntryKind) -> list[dict[str, Any]]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.entries(kind)}},
        }
        rows: list[dict[str, Any]] = []
        while True:
            page = self._client.query(**query)
            rows += [fields(row) for row in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return rows
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _recall(self, name: str, load: Callable[[], Any]) -> Any:
        fresh = self._fresh(name)
        return fresh[1] if fresh else self._remember(name, load())

    def _fresh(self, name: str) -> tuple[float, Any] | None:
        known = self._remembered.get(name)
        return known if known and known[0] > self._monotonic() else None

    def _remember(self, name: str, value: Any) -> Any:
        self._remembered[name] = (self._monotonic() + REMEMBERED_SECONDS, value)
        return value


def _name(kind: EntryKind, entry_id: str) -> str:
    return f"{kind}#{entry_id}"
