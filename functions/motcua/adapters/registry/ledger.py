"""The registry's ledger in DynamoDB: one transaction writes an entry's next version, its history and its job."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from motcua.adapters.dynamodb import idempotency, keys
from motcua.adapters.dynamodb.item import MOST_BYTES, fields, item, size
from motcua.adapters.dynamodb.stamps import stamp_of, stamped
from motcua.adapters.dynamodb.transaction import Transaction, at_version
from motcua.adapters.jobs.items import CHANGE_IS_SEEN, add_start
from motcua.adapters.registry.rows import entry_of, row_of
from motcua.domain.errors import InvalidError
from motcua.domain.registry.entry import Amendment, Entry, EntryKind
from motcua.ports.changes import IdempotencyKey
from motcua.ports.ledger import LAST_VERSION, Amendments, Guard, HistoryPage
from motcua.ports.refusals import AlreadyDoneError, VersionMovedError


class DynamoLedger:
    """The port `Ledger`. `clock` is real time in seconds; a job starts `change_is_seen` seconds after its change."""

    def __init__(
        self,
        client: Any,
        registry_table: str,
        dossier_table: str,
        clock: Callable[[], float] = time.time,
        *,
        change_is_seen: int = CHANGE_IS_SEEN,
    ) -> None:
        self._client, self._registry, self._dossiers, self._clock = client, registry_table, dossier_table, clock
        self._change_is_seen = change_is_seen

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        row = self._get(keys.entry(kind, entry_id))
        return entry_of(row) if row else None

    def entries(self, kind: EntryKind, prefix: str = "") -> Sequence[Entry[Any]]:
        begins = keys.entry(kind, prefix)["SK"]["S"]
        return [entry_of(row) for row in self._query(keys.entries(kind), begins)]

    def history(self, kind: EntryKind, entry_id: str, up_to: int = LAST_VERSION, limit: int = 100) -> HistoryPage:
        """Return a page of the history, by one Query of at most 1 MB, so that a gateway passes every answer on."""
        names = {":pk": keys.history(kind, entry_id), ":oldest": "V#", ":newest": keys.version_key(up_to)}
        page = self._client.query(
            TableName=self._registry,
            KeyConditionExpression="PK = :pk AND SK BETWEEN :oldest AND :newest",
            ExpressionAttributeValues={name: {"S": value} for name, value in names.items()},
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit + 1,
        )
        found = tuple(_amendment_of(fields(row)) for row in page["Items"])
        return HistoryPage(found[:limit], len(found) > limit or "LastEvaluatedKey" in page)

    def guard(self, what: str) -> Guard:
        row = self._get(keys.guard(what))
        return Guard(what, row["version"] if row else 0)

    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None:
        return idempotency.done_before(self._client, self._registry, key, self._clock())

    def amend(self, amendments: Amendments) -> None:
        transaction = Transaction()
        if key := amendments.idempotency:
            first, recorded_at = amendments.entries[0], amendments.stamp.recorded_at
            idempotency.add_record(transaction, self._registry, key, first.subject, first.version, recorded_at)
        for entry in amendments.entries:
            self._add_entry(transaction, entry, amendments)
        if guard := amendments.guard:
            content = item({"kind": "guard", "version": guard.version + 1})
            transaction.put(self._registry, keys.guard(guard.what), content, at_version(guard.version), _moved)
        if amendments.job:
            add_start(transaction, self._dossiers, amendments.job, self._change_is_seen)
        transaction.write(self._client)

    def _add_entry(self, transaction: Transaction, entry: Entry[Any], amendments: Amendments) -> None:
        row, key = row_of(entry), keys.amendment(entry.kind, entry.id, entry.version)
        amendment = item(row | {**stamped(amendments.stamp), "why": amendments.why})
        if size(key | amendment) > MOST_BYTES:  # it holds more than the entry, so it is the larger item
            raise InvalidError("entry_too_large", "", id=entry.id, limit=MOST_BYTES // 1024)
        known = at_version(entry.version - 1)
        transaction.put(self._registry, keys.entry(entry.kind, entry.id), item(row), known, _moved)
        transaction.put(self._registry, key, amendment)

    def _get(self, key: keys.Key) -> dict[str, Any]:
        found = self._client.get_item(TableName=self._registry, Key=key, ConsistentRead=True).get("Item")
        return fields(found) if found else {}

    def _query(self, partition: str, begins: str) -> Iterator[dict[str, Any]]:
        query: dict[str, Any] = {
            "TableName": self._registry,
            "KeyConditionExpression": "PK = :pk" + (" AND begins_with(SK, :begins)" if begins else ""),
            "ExpressionAttributeValues": {":pk": {"S": partition}} | ({":begins": {"S": begins}} if begins else {}),
            "ConsistentRead": True,
        }
        while True:
            page = self._client.query(**query)
            yield from (fields(row) for row in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _moved(_: object) -> VersionMovedError:
    return VersionMovedError()


def _amendment_of(row: dict[str, Any]) -> Amendment:
    return Amendment(entry_of(row), stamp_of(row), row["why"])
