"""The registry in DynamoDB, remembered for 60 seconds per process: a warm function asks it nothing."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from motcua.adapters import keys
from motcua.adapters.item import fields
from motcua.adapters.registry_rows import calendar_of, carrier_of, procedure_of, rule_book_of, unit_of
from motcua.domain.calendar import WorkingCalendar
from motcua.domain.registry import Carrier, Procedure, Unit
from motcua.domain.rules import RuleBook

REMEMBERED_SECONDS = 60


class DynamoRegistry:
    """The port `Registry`. A row that does not exist is remembered as such, too."""

    def __init__(self, client: Any, table: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client, self._table, self._monotonic = client, table, monotonic
        self._remembered: dict[str, tuple[float, Any]] = {}

    def unit(self, unit_id: str) -> Unit | None:
        found: Unit | None = self._one(f"unit#{unit_id}", keys.unit(unit_id), unit_of)
        return found

    def procedure(self, code: str) -> Procedure | None:
        found: Procedure | None = self._one(f"procedure#{code}", keys.procedure(code), procedure_of)
        return found

    def units(self) -> Sequence[Unit]:
        found: list[Unit] = self._recall("units", lambda: [unit_of(row) for row in self._partition("UNIT")])
        return found

    def rules(self) -> RuleBook:
        book: RuleBook = self._recall("rules", lambda: rule_book_of(self._rule_rows()))
        return book

    def calendar(self) -> WorkingCalendar:
        drawn: WorkingCalendar = self._recall("calendar", lambda: calendar_of(self._rule_rows()))
        return drawn

    def carrier(self, carrier_id: str, day: date) -> Carrier | None:
        rows = [row for row in self._rule_rows() if row["SK"] == f"carrier#{carrier_id}"]
        return next((found for row in rows if (found := carrier_of(row)).valid_from <= day), None)

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        wanted = f"carrier_status#{carrier_system}"
        codes: list[dict[str, str]] = next((row["codes"] for row in self._rule_rows() if row["SK"] == wanted), [])
        state = next((each["state"] for each in codes if each["code"] == code), None)
        return "" if state == "-" else state

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        """Unit and procedure in one BatchGetItem, the rules in one Query: a cold receive reads the registry twice."""
        self._rule_rows()
        wanted = {f"unit#{unit_id}": keys.unit(unit_id), f"procedure#{procedure_code}": keys.procedure(procedure_code)}
        missing = {name: key for name, key in wanted.items() if self._fresh(name) is None}
        if len(missing) < 2:
            return
        request = {self._table: {"Keys": list(missing.values())}}
        rows = [fields(row) for row in self._client.batch_get_item(RequestItems=request)["Responses"][self._table]]
        found = {(row["PK"], row["SK"]): row for row in rows}
        for name, key in missing.items():
            row = found.get((key["PK"]["S"], key["SK"]["S"]))
            read = unit_of if name.startswith("unit#") else procedure_of
            self._remember(name, read(row) if row else None)

    def _one(self, name: str, key: keys.Key, read: Callable[[dict[str, Any]], Any]) -> Any:
        def load() -> Any:
            row = self._client.get_item(TableName=self._table, Key=key).get("Item")
            return read(fields(row)) if row else None

        return self._recall(name, load)

    def _rule_rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._recall("rule rows", lambda: self._partition("RULE"))
        return rows

    def _partition(self, partition: str) -> list[dict[str, Any]]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": partition}},
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
