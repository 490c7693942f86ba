"""The registry in DynamoDB, remembered for 45 seconds per process: a warm function asks it nothing."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from threading import Thread
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields
from motcua.adapters.registry.rows import entry_of
from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.registry.carrier import CarrierCode
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import ProcedureVersions
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.rules.rule_book import RuleBook

Rows = list[dict[str, Any]]
"""As DynamoDB sends them. Of the rules' rows most requests need a third, so that each kind is decoded when it is asked for."""

REMEMBERED_SECONDS = 45
"""As deployed. A change is seen within a minute, by whoever began a request just before this ran out, too."""

AHEAD_SECONDS = 0.5
"""How long a request waits for what is read ahead of it. If the store is slow, it reads by itself, with its own retries."""

_RULE_ROWS = "rule rows"


class DynamoRegistry:
    """The port `Registry`. A row that does not exist is remembered as such, too."""

    def __init__(
        self,
        client: Any,
        table: str,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        remembered_seconds: float = REMEMBERED_SECONDS,
    ) -> None:
        self._client, self._table, self._monotonic = client, table, monotonic
        self._remembered_seconds = remembered_seconds
        self._remembered: dict[str, tuple[float, Any]] = {}
        self._ahead: tuple[Thread, list[tuple[float, Rows]]] | None = None

    def read_ahead(self) -> None:
        """Begin to read the rules, which almost every command needs, while the code that will ask for them is still loading."""

        found: list[tuple[float, Rows]] = []

        def read() -> None:
            asked = self._monotonic()
            with suppress(Exception):  # the request reads them again then, and tells what is wrong
                found.append((asked, self._partition(EntryKind.RULE)))

        thread = Thread(target=read, daemon=True)
        thread.start()
        self._ahead = thread, found

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        """Return the entry, from the list of its kind where that is remembered: it then costs no call."""
        if kind in keys.TOGETHER:
            rows = [row for row in self._rule_rows() if row["entry_id"]["S"] == entry_id]
            return next(_entries(rows, kind), None)
        if known := self._known(kind, entry_id):
            return known[0]
        found: Entry[Any] | None = self._recall(_name(kind, entry_id), lambda: self._read(kind, entry_id))
        return found

    def former(self, kind: EntryKind, entry_id: str, version: int) -> Entry[Any] | None:
        """Return a former version.

        It is read each time: few ask for one, and what anybody may ask for is not remembered.
        """
        key = keys.amendment(kind, entry_id, version)
        row = self._client.get_item(TableName=self._table, Key=key).get("Item")
        return entry_of(fields(row)) if row else None

    def unit(self, unit_id: str) -> Unit | None:
        found = self.entry(EntryKind.UNIT, unit_id)
        return found.thing if found else None

    def procedure(self, code: str) -> ProcedureVersions | None:
        found = self.entry(EntryKind.PROCEDURE, code)
        return found.thing if found else None

    def units(self) -> Sequence[Unit]:
        return [entry.thing for entry in self._all(EntryKind.UNIT).values()]

    def procedures(self) -> Sequence[ProcedureVersions]:
        return [entry.thing for entry in self._all(EntryKind.PROCEDURE).values()]

    def opening_figures(self, year: int) -> Sequence[OpeningFigure]:
        figures: list[OpeningFigure] = [entry.thing for entry in self._all(EntryKind.OPENING_FIGURE).values()]
        return [figure for figure in figures if figure.year == year]

    def rules(self) -> RuleBook:
        def draw(rows: Rows) -> RuleBook:
            return RuleBook(tuple(entry.thing for entry in _entries(rows, EntryKind.RULE)))

        book: RuleBook = self._drawn("rules", draw)
        return book

    def calendar(self, day: date, unit: Unit | None = None) -> WorkingCalendar:
        def draw(rows: Rows) -> WorkingCalendar:
            return WorkingCalendar.of((entry.thing, entry.version) for entry in _entries(rows, EntryKind.CALENDAR))

        drawn: WorkingCalendar = self._drawn("calendar", draw)
        return drawn.with_hours(*self.rules().hours(day, unit))

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        def draw(rows: Rows) -> dict[tuple[str, str], str]:
            codes: list[CarrierCode] = [entry.thing for entry in _entries(rows, EntryKind.CARRIER_CODE)]
            return {(each.carrier_system, each.code): each.our_state for each in codes}

        states: dict[tuple[str, str], str] = self._drawn("carrier codes", draw)
        return states.get((carrier_system, code))

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        """Read unit and procedure in one BatchGetItem, and the rules in one Query: two calls in all."""
        self._rule_rows()
        wanted = [(EntryKind.UNIT, unit_id), (EntryKind.PROCEDURE, procedure_code)]
        missing = {_name(*each): keys.entry(*each) for each in wanted if not self._known(*each)}
        if len(missing) < 2:
            return
        asked = self._monotonic()
        answer = self._client.batch_get_item(RequestItems={self._table: {"Keys": list(missing.values())}})
        left = answer.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", [])  # not absent: read later
        found = {(row["PK"], row["SK"]): row for row in map(fields, answer["Responses"][self._table])}
        for name, key in missing.items():
            row = found.get((key["PK"]["S"], key["SK"]["S"]))
            if key not in left:
                self._remember(name, entry_of(row) if row else None, asked)

    def forget(self) -> None:
        """Forget everything, because a known change may be younger than what is remembered."""
        self._remembered.clear()
        self._ahead = None

    def _known(self, kind: EntryKind, entry_id: str) -> "tuple[Entry[Any] | None] | None":
        """Return what is remembered of an entry, in a tuple, because that may be None: no such entry."""
        if one := self._fresh(_name(kind, entry_id)):
            return (one[1],)
        every = self._fresh(f"every {kind}")
        return (every[1].get(entry_id),) if every else None

    def _read(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        row = self._client.get_item(TableName=self._table, Key=keys.entry(kind, entry_id)).get("Item")
        return entry_of(fields(row)) if row else None

    def _all(self, kind: EntryKind) -> dict[str, Entry[Any]]:
        def load() -> dict[str, Entry[Any]]:
            return {entry.id: entry for entry in _entries(self._partition(kind), kind)}

        every: dict[str, Entry[Any]] = self._recall(f"every {kind}", load)
        return every

    def _rule_rows(self) -> Rows:
        if self._ahead:
            (thread, found), self._ahead = self._ahead, None
            thread.join(AHEAD_SECONDS)
            for asked, read in found:
                self._remember(_RULE_ROWS, read, asked)
        rows: Rows = self._recall(_RULE_ROWS, lambda: self._partition(EntryKind.RULE))
        return rows

    def _drawn(self, name: str, draw: Callable[[Rows], Any]) -> Any:
        """Return what is drawn from the rule rows. It is as old as they are, and forgotten when they are."""
        rows = self._rule_rows()
        fresh = self._fresh(name)
        if fresh is None:
            fresh = self._remembered[name] = self._remembered[_RULE_ROWS][0], draw(rows)
        return fresh[1]

    def _partition(self, kind: EntryKind) -> Rows:
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.entries(kind)}},
        }
        rows: Rows = []
        while True:
            page = self._client.query(**query)
            rows += page["Items"]
            if "LastEvaluatedKey" not in page:
                return rows
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _recall(self, name: str, load: Callable[[], Any]) -> Any:
        if fresh := self._fresh(name):
            return fresh[1]
        asked = self._monotonic()
        return self._remember(name, load(), asked)

    def _fresh(self, name: str) -> tuple[float, Any] | None:
        known = self._remembered.get(name)
        return known if known and known[0] > self._monotonic() else None

    def _remember(self, name: str, value: Any, asked: float) -> Any:
        """Remember `value`. `asked` is when the table was read: the value may be as old as that."""
        self._remembered[name] = (asked + self._remembered_seconds, value)
        return value


def _entries(rows: Rows, kind: EntryKind) -> Iterator[Entry[Any]]:
    return (entry_of(fields(row)) for row in rows if row["entry"]["S"] == kind)


def _name(kind: EntryKind, entry_id: str) -> str:
    return f"{kind}#{entry_id}"
