"""Dossiers in DynamoDB: one Query reads a whole dossier, one transaction writes a whole change."""

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from motcua.adapters.dossier import inbox
from motcua.adapters.dossier.items import (
    dossier_item,
    dossier_of,
    event_item,
    event_of,
    other_inbox_item,
    parcel_item,
    parcel_of,
    persons_item,
    persons_of,
)
from motcua.adapters.dossier.search_rows import add_rows
from motcua.adapters.dynamodb import idempotency, keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.transaction import NEW, Transaction, at_version, read_together
from motcua.adapters.outbox.items import owed_by
from motcua.adapters.secrets.search_keys import SearchKeys
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.number import Series
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Event
from motcua.domain.post.parcel import Parcel, dossier_id_of
from motcua.domain.reading.inbox import NO_FILTER, InboxFilter
from motcua.domain.status import Status
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import Counted, Page
from motcua.ports.refusals import (
    AlreadyDoneError,
    AlreadyRegisteredError,
    AlreadySettledError,
    CounterMovedError,
    VersionMovedError,
)

Found = TypeVar("Found")


FREE = {
    "ConditionExpression": "attribute_not_exists(PK) OR withdrawn = :yes",
    "ExpressionAttributeValues": {":yes": {"BOOL": True}},
}
"""The condition that nobody has registered this original receipt, or that its registration was withdrawn."""


class DynamoDossiers:
    """The port `Dossiers`. `dossier_table` and `person_table` are table names, `clock` is real time in seconds.

    `search_keys` is called when a change writes persons. Without it nobody can be searched for.
    """

    def __init__(
        self,
        client: Any,
        dossier_table: str,
        person_table: str,
        clock: Callable[[], float] = time.time,
        search_keys: Callable[[], SearchKeys] | None = None,
    ) -> None:
        self._client, self._dossiers, self._persons, self._clock = client, dossier_table, person_table, clock
        self._search_keys = search_keys

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
        """Return all events of a dossier and its parcels in recorded order.

        In a transaction, the dossier's come first.
        """
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

    def inbox(self, unit_id: str, status: Status, after: str, limit: int, wanted: InboxFilter = NO_FILTER) -> Page:
        return inbox.read(self._client, self._dossiers, (unit_id, status), after, limit, wanted)

    def count_inbox(self, unit_id: str, status: Status, wanted: InboxFilter = NO_FILTER) -> Counted:
        return inbox.count(self._client, self._dossiers, (unit_id, status), wanted)

    def commit(self, change: Change) -> None:
        transaction = Transaction()
        if change.idempotency and (done := change.dossier):
            recorded_at = change.events[0].stamp.recorded_at
            idempotency.add_record(transaction, self._dossiers, change.idempotency, done.id, done.version, recorded_at)
        if change.settles:
            transaction.delete(self._dossiers, keys.outbox(change.settles), lambda _: AlreadySettledError())
        if change.counter:
            self._add_counter(transaction, change)
        self._add_original(transaction, change)
        if dossier := change.dossier:
            of_dossier = [event.version for event in change.events if event.subject == dossier.id]
            before = min(of_dossier, default=dossier.version) - 1
            transaction.put(
                self._dossiers,
                keys.dossier(dossier.id),
                dossier_item(dossier),
                at_version(before),
                lambda _: VersionMovedError(),
            )
            self._add_other_inboxes(transaction, dossier, change.events)
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
            if self._search_keys and not change.only_reasons:
                add_rows(transaction, self._persons, self._search_keys(), change.dossier, change.persons)
        if result := change.result:
            from motcua.adapters.jobs.items import result_item  # noqa: PLC0415 - jobs alone change dossiers with a result

            key = keys.job_result(result.job_id, result.dossier_id)
            transaction.put(self._dossiers, key, result_item(result))
        self._add_events(transaction, change.events)
        transaction.write(self._client)

    def _add_events(self, transaction: Transaction, events: Sequence[Event]) -> None:
        """Add each event, and a pending message for each queue that must carry it on."""
        for event in events:
            of_parcel = event.type.value.startswith("parcel.")
            event_key = (keys.parcel_event if of_parcel else keys.event)(event.subject, event.version)
            transaction.put(self._dossiers, event_key, event_item(event))
            for pending_key, pending in owed_by(event):
                transaction.put(self._dossiers, pending_key, pending)

    def _add_other_inboxes(self, transaction: Transaction, dossier: Dossier, events: Sequence[Event]) -> None:
        """Put the dossier into the inbox of each agency that has a part to do now.

        The item of an agency that had a part, or whose part another has taken over, stays, in no inbox. Nothing but an
        outbox item is ever deleted, and no function has the right to.
        """
        left = [str(event.data["agency_before"]) for event in events if "agency_before" in event.data and dossier.legs]
        for unit_id in dict.fromkeys((*dossier.agencies_with_a_part, *left)):
            inbox = unit_id if unit_id in dossier.other_inboxes else ""
            transaction.put(self._dossiers, keys.other_inbox(dossier.id, unit_id), other_inbox_item(dossier, inbox))

    def _add_original(self, transaction: Transaction, change: Change) -> None:
        """Register once what an agency received itself.

        Once withdrawn, as after a mistake, it may be registered again.
        """
        if change.dossier is None:
            return
        registered: dict[str, Any] = {"kind": "original", "dossier_id": change.dossier.id}
        if once := change.registers:
            key = keys.original(once.agency_id, once.number)
            transaction.put(self._dossiers, key, item(registered), FREE, lambda _: AlreadyRegisteredError())
        elif (former := change.dossier.transitional) and change.dossier.status is Status.WITHDRAWN:
            key = keys.original(former.agency_id, former.original_number)
            transaction.put(self._dossiers, key, item(registered | {"withdrawn": True}))

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
    """The port `Counters`. It remembers what this process saw last, so that a number usually costs no read."""

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
