"""Dossiers in DynamoDB: one Query reads a whole dossier, one transaction writes a whole change."""

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from motcua.adapters import cursor as cursors
from motcua.adapters import idempotency, keys
from motcua.adapters.dossier_items import (
    dossier_item,
    dossier_of,
    event_item,
    event_of,
    parcel_item,
    parcel_of,
    persons_item,
    persons_of,
)
from motcua.adapters.item import fields, item
from motcua.adapters.job_items import result_item
from motcua.adapters.outbox_items import owed_by
from motcua.adapters.transaction import NEW, Transaction, at_version, read_together
from motcua.domain.dossier import Dossier
from motcua.domain.event import Event
from motcua.domain.number import Series
from motcua.domain.parcel import Parcel, dossier_id_of
from motcua.domain.person import Persons
from motcua.domain.status import Status
from motcua.ports import (
    AlreadyDoneError,
    AlreadySettledError,
    Change,
    CounterMovedError,
    IdempotencyKey,
    Page,
    VersionMovedError,
)

Found = TypeVar("Found")


class DynamoDossiers:
    """The port `Dossiers`. `dossier_table` and `person_table` are table names, `clock` is real time in seconds."""

    def __init__(
        self, client: Any, dossier_table: str, person_table: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._client, self._dossiers, self._persons, self._clock = client, dossier_table, person_table, clock

    def load(self, dossier_id: str) -> Dossier | None:
        return self._get(self._dossiers, keys.dossier(dossier_id), dossier_of)

    def load_with_persons(self, dossier_id: str) -> tuple[Dossier, Persons] | None:
        state, persons = read_together(
            self._client,
            (self._dossiers, keys.dossier(dossier_id)),
            (self._persons, keys.persons(dossier_id)),
        )
        return (dossier_of(state), persons_of(persons)) if state and persons else None

    def load_with_parcel(self, order_number: str) -> tuple[Dossier, Parcel, Persons] | None:
        dossier_id = dossier_id_of(order_number)
        state, parcel, persons = read_together(
            self._client,
            (self._dossiers, keys.dossier(dossier_id)),
            (self._dossiers, keys.parcel(order_number)),
            (self._persons, keys.persons(dossier_id)),
        )
        return (dossier_of(state), parcel_of(parcel), persons_of(persons)) if state and parcel and persons else None

    def find_by_number(self, number: str) -> str | None:
        return self._get(self._dossiers, keys.number(number), lambda found: str(fields(found)["dossier_id"]))

    def events(self, dossier_id: str) -> Sequence[Event]:
        """All events of a dossier and its parcels, as they were recorded; of one transaction the dossier's come first."""
        found: list[Event] = []
        query: dict[str, Any] = {
            "TableName": self._dossiers,
            "KeyConditionExpression": "PK = :pk",
            "FilterExpression": "#kind = :event",
            "ExpressionAttributeNames": {"#kind": "kind"},
            "ExpressionAttributeValues": {":pk": {"S": f"DOSSIER#{dossier_id}"}, ":event": {"S": "event"}},
            "ConsistentRead": True,
        }
        while True:
            page = self._client.query(**query)
            found += [event_of(each) for each in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return sorted(found, key=lambda event: (event.stamp.recorded_at, event.subject, event.version))
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None:
        return idempotency.done_before(self._client, self._dossiers, key, self._clock())

    def inbox(self, unit_id: str, status: Status, cursor: str, limit: int) -> Page:
        desk = f"{unit_id}#{status.value}"
        query: dict[str, Any] = {
            "TableName": self._dossiers,
            "IndexName": "InboxIndex",
            "KeyConditionExpression": "inbox_pk = :desk",
            "ExpressionAttributeValues": {":desk": {"S": desk}},
            "Limit": limit,
        }
        if cursor:
            sort, partition = cursors.opened(cursor, desk, 2)
            key = keys.key(partition, "STATE")
            query["ExclusiveStartKey"] = key | {"inbox_pk": {"S": desk}, "inbox_sk": {"S": sort}}
        page = self._client.query(**query)
        last = page.get("LastEvaluatedKey")
        following = cursors.cursor(desk, last["inbox_sk"]["S"], last["PK"]["S"]) if last else ""
        return Page(tuple(dossier_of(each) for each in page["Items"]), following)

    def commit(self, change: Change) -> None:
        transaction = Transaction()
        if change.idempotency and (done := change.dossier):
            recorded_at = change.events[0].stamp.recorded_at
            idempotency.add_record(transaction, self._dossiers, change.idempotency, done.id, done.version, recorded_at)
        if change.settles:
            transaction.delete(self._dossiers, keys.outbox(change.settles), lambda _: AlreadySettledError())
        if change.counter:
            self._add_counter(transaction, change)
        if dossier := change.dossier:
            condition = at_version(dossier.version - 1)
            transaction.put(
                self._dossiers,
                keys.dossier(dossier.id),
                dossier_item(dossier),
                condition,
                lambda _: VersionMovedError(),
            )
        if parcel := change.parcel:
            condition = at_version(parcel.version - 1)
            transaction.put(
                self._dossiers,
                keys.parcel(parcel.order_number),
                parcel_item(parcel),
                condition,
                lambda _: VersionMovedError(),
            )
        if change.persons and change.dossier:
            transaction.put(self._persons, keys.persons(change.dossier.id), persons_item(change.persons))
        if result := change.result:
            key = keys.job_result(result.job_id, result.dossier_id)
            transaction.put(self._dossiers, key, result_item(result))
        for event in change.events:
            of_parcel = event.type.value.startswith("parcel.")
            event_key = (keys.parcel_event if of_parcel else keys.event)(event.subject, event.version)
            transaction.put(self._dossiers, event_key, event_item(event))
            for owed_key, owed in owed_by(event):
                transaction.put(self._dossiers, owed_key, owed)
        transaction.write(self._client)

    def _add_counter(self, transaction: Transaction, change: Change) -> None:
        assert change.counter is not None
        assert change.dossier is not None
        series, count = change.counter
        unmoved = (
            NEW
            if count == 1
            else {
                "ConditionExpression": "#last = :before",
                "ExpressionAttributeNames": {"#last": "last"},
                "ExpressionAttributeValues": {":before": {"N": str(count - 1)}},
            }
        )
        counted = item({"kind": "counter", "last": count})
        pointer = item({"kind": "number", "dossier_id": change.dossier.id})
        transaction.put(self._dossiers, keys.counter(series.key), counted, unmoved, _counter_moved)
        transaction.put(
            self._dossiers, keys.number(series.number(count)), pointer, NEW, lambda _: CounterMovedError(count)
        )

    def _get(self, table: str, key: keys.Key, read: Callable[[dict[str, Any]], Found]) -> Found | None:
        found = self._client.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item")
        return read(found) if found else None


class DynamoCounters:
    """The port `Counters`: what this process saw last, so that a number usually costs no read of its own."""

    def __init__(self, client: Any, dossier_table: str) -> None:
        self._client, self._table = client, dossier_table
        self._last: dict[str, int] = {}

    def remembered(self, series: Series) -> int:
        return self._last.get(series.key, 0)

    def saw(self, series: Series, last: int) -> None:
        self._last[series.key] = max(last, self._last.get(series.key, 0))

    def read(self, series: Series) -> int:
        key = keys.counter(series.key)
        found = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        return int(found["last"]["N"]) if found else 0


def _counter_moved(old: dict[str, Any]) -> CounterMovedError:
    return CounterMovedError(int(old["last"]["N"]) if old else 0)
