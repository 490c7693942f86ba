"""A unit's inbox in DynamoDB: the sparse index of where dossiers lie, read page by page and counted."""

import base64
import json
from datetime import datetime
from typing import Any

from motcua.adapters.dossier.items import dossier_of
from motcua.adapters.dynamodb.stamps import utc
from motcua.domain.dossier.dossier import Dossier, nameless
from motcua.domain.reading.inbox import InboxFilter
from motcua.domain.status import Status
from motcua.ports.dossiers import Counted, Page

READ_AT_ONCE = 100
"""Items of one Query that looks for a few among many."""

READS = 10
"""Queries of one page at most: 1,000 dossiers, about 100 ms. Such a page may hold fewer than its limit."""

COUNTED_PAGES = 20
"""Queries of one count at most: 20 MB, about 20,000 dossiers. Of more, the answer is "at least"."""


def read(client: Any, table: str, inbox: tuple[str, Status], after: str, limit: int, wanted: InboxFilter) -> Page:
    """Return up to `limit` of the wanted dossiers, earliest due first, after the place `after`. Nothing is passed over.

    The next page begins after the last one that is on this page; where too many were left out after it, shortly before
    the last one of them.
    """
    place, until = _place(after), wanted.until
    if until and place >= utc(until):  # nothing that is wanted is due so late, and no range ends before it begins
        return Page(())
    query = _query(table, inbox, until, after=place)
    found: list[Dossier] = []
    left_out = wanted.of_few
    for _ in range(READS):
        page = client.query(**query, Limit=READ_AT_ONCE if left_out else limit - len(found))
        for each in page["Items"]:
            dossier = dossier_of(each)
            if not wanted.admits(dossier, inbox[0]):
                left_out = True
                continue
            if len(found) == limit:  # one more than fits
                return Page(tuple(found), place)
            found.append(dossier)
            place = each["inbox_sk"]["S"]
        last = page.get("LastEvaluatedKey")
        if not last:
            return Page(tuple(found))
        if len(found) == limit:
            return Page(tuple(found), place)
        query["ExclusiveStartKey"] = last
    return Page(tuple(found), max(place, nameless(last["inbox_sk"]["S"])))


def _place(after: str) -> str:
    """Return the place that `after` holds.

    Jobs begun before places were stored plainly hold a cursor's text: remove this once none of them is running.
    """
    if "#" in after or not after:
        return after
    told = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    return str(told["at"][0])


def count(client: Any, table: str, inbox: tuple[str, Status], wanted: InboxFilter) -> Counted:
    """Count how many lie there, with a Query of 1 MB for each thousand or so: it reads all that it counts.

    What is late and was due before today is counted by its key. What was due today is read, because only limits in
    hours are late so soon.
    """
    all_late = wanted.all_late_before
    until = min((moment for moment in (all_late, wanted.until) if moment), default=None)
    query = _query(table, inbox, until) | {"Select": "COUNT"}
    number = 0
    for _ in range(COUNTED_PAGES):
        page = client.query(**query)
        number += page["Count"]
        if "LastEvaluatedKey" not in page:
            return Counted(number + (_late_today(client, table, inbox, wanted) if all_late else 0))
        query["ExclusiveStartKey"] = page["LastEvaluatedKey"]
    return Counted(number, at_least=True)


def _late_today(client: Any, table: str, inbox: tuple[str, Status], wanted: InboxFilter) -> int:
    """Count what was due today and is late, with one Query or a few."""
    query, number = _query(table, inbox, wanted.until, since=wanted.all_late_before), 0
    while True:
        page = client.query(**query)
        number += sum(wanted.admits(dossier_of(each), inbox[0]) for each in page["Items"])
        if "LastEvaluatedKey" not in page:
            return number
        query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _query(
    table: str,
    inbox: tuple[str, Status],
    until: datetime | None,
    *,
    since: datetime | None = None,
    after: str = "",
) -> dict[str, Any]:
    """Return the Query of an inbox, earliest due first. `since` and `until` are key conditions, so nothing else is read.

    None of them can be a key that the store refuses to begin at.
    """
    condition, values = "inbox_pk = :inbox", {":inbox": {"S": _partition(inbox)}}
    first = (
        f"{after}!" if after else utc(since) if since else ""
    )  # "!" comes right after a key, and before all that follow it
    if first and until:  # a moment's key goes on with an id: BETWEEN leaves out what is due at `until`
        condition += " AND inbox_sk BETWEEN :first AND :until"
        values |= {":first": {"S": first}, ":until": {"S": utc(until)}}
    elif first:
        condition, values = f"{condition} AND inbox_sk > :first", values | {":first": {"S": first}}
    elif until:
        condition, values = f"{condition} AND inbox_sk < :until", values | {":until": {"S": utc(until)}}
    return {
        "TableName": table,
        "IndexName": "InboxIndex",
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": values,
    }


def _partition(inbox: tuple[str, Status]) -> str:
    return f"{inbox[0]}#{inbox[1].value}"
