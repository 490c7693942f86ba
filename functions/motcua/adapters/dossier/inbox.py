"""A unit's inbox in DynamoDB: the sparse index of where dossiers lie, read page by page and counted."""

from datetime import datetime
from typing import Any

from motcua.adapters.dossier.items import dossier_of
from motcua.adapters.dynamodb import cursor as cursors
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.stamps import utc
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.reading.inbox import InboxFilter
from motcua.domain.status import Status
from motcua.ports.dossiers import Counted, Page

READ_AT_ONCE = 100
"""Items of one Query that looks for a few among many."""

READS = 10
"""Queries of one page at most: 1,000 dossiers, about 100 ms. Such a page may hold fewer than its limit."""

COUNTED_PAGES = 20
"""Queries of one count at most: 20 MB, about 20,000 dossiers. Of more, the answer is "at least"."""


def read(client: Any, table: str, desk: tuple[str, Status], cursor: str, limit: int, wanted: InboxFilter) -> Page:
    """Up to `limit` of those that are wanted, earliest due first. Nothing is passed over: the cursor stands behind the last
    one that was looked at."""
    of = f"{_partition(desk)}{f' {wanted.name}' if wanted.name else ''}"
    query = _query(table, desk, wanted.until)
    if cursor:
        place, partition, sort = cursors.opened(cursor, of, 3)
        query["ExclusiveStartKey"] = _index_key(desk, place, partition, sort)
    found: list[Dossier] = []
    behind = ""
    for _ in range(READS):
        page = client.query(**query, Limit=READ_AT_ONCE if wanted.of_few else limit - len(found))
        last = page.get("LastEvaluatedKey")
        for each in page["Items"]:
            dossier = dossier_of(each)
            if not wanted.admits(dossier, desk[0]):
                continue
            if len(found) == limit:  # one more than fits: what follows the last that fits is still to come
                return Page(tuple(found), behind)
            found.append(dossier)
            behind = cursors.cursor(of, *(each[name]["S"] for name in ("inbox_sk", "PK", "SK")))
        if not last or len(found) == limit:
            break
        query["ExclusiveStartKey"] = last
    return Page(
        tuple(found), cursors.cursor(of, *(last[name]["S"] for name in ("inbox_sk", "PK", "SK"))) if last else ""
    )


def count(client: Any, table: str, desk: tuple[str, Status], wanted: InboxFilter) -> Counted:
    """Count how many lie there, with a Query of 1 MB for each thousand or so: it reads all that it counts.

    What is late and was due before today is counted by its key. What was due today is read, because only limits in
    hours are late so soon.
    """
    all_late = wanted.all_late_before
    until = min((moment for moment in (all_late, wanted.until) if moment), default=None)
    query = _query(table, desk, until) | {"Select": "COUNT"}
    number = 0
    for _ in range(COUNTED_PAGES):
        page = client.query(**query)
        number += page["Count"]
        if "LastEvaluatedKey" not in page:
            return Counted(number + (_late_today(client, table, desk, wanted) if all_late else 0))
        query["ExclusiveStartKey"] = page["LastEvaluatedKey"]
    return Counted(number, at_least=True)


def _late_today(client: Any, table: str, desk: tuple[str, Status], wanted: InboxFilter) -> int:
    """Count what was due today and is late, with one Query or a few."""
    query, number = _query(table, desk, wanted.until, wanted.all_late_before), 0
    while True:
        page = client.query(**query)
        number += sum(wanted.admits(dossier_of(each), desk[0]) for each in page["Items"])
        if "LastEvaluatedKey" not in page:
            return number
        query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _query(
    table: str, desk: tuple[str, Status], until: datetime | None, since: datetime | None = None
) -> dict[str, Any]:
    """Earliest due first; from and until when are conditions on the key, so that nothing else is read."""
    condition, values = "inbox_pk = :desk", {":desk": {"S": _partition(desk)}}
    if since and until:  # a moment's key goes on with an id: BETWEEN leaves out what is due at `until`
        condition += " AND inbox_sk BETWEEN :since AND :until"
        values |= {":since": {"S": utc(since)}, ":until": {"S": utc(until)}}
    elif until:
        condition, values = f"{condition} AND inbox_sk < :until", values | {":until": {"S": utc(until)}}
    return {
        "TableName": table,
        "IndexName": "InboxIndex",
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": values,
    }


def _partition(desk: tuple[str, Status]) -> str:
    return f"{desk[0]}#{desk[1].value}"


def _index_key(desk: tuple[str, Status], place: str, partition: str, sort: str) -> dict[str, Any]:
    return keys.key(partition, sort) | {"inbox_pk": {"S": _partition(desk)}, "inbox_sk": {"S": place}}
