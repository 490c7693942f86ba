"""Next checks of deadlines in DynamoDB: a sparse index, so that a sweep reads only what may need a reminder."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.adapters.dossier.items import dossier_of
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.stamps import utc
from motcua.domain.dossier.dossier import Dossier


class DynamoNextChecks:
    """The port `NextChecks`."""

    def __init__(self, client: Any, dossier_table: str) -> None:
        self._client, self._table = client, dossier_table

    def before(self, what: str, moment: datetime) -> Iterator[Dossier | Exception]:
        """Yield the dossiers whose next check is before `moment`, earliest first within a shard.

        Each shard takes one Query per megabyte. The shards take turns page by page, so that a sweep which runs out of
        time leaves none of them out.
        """
        shards = deque(self._pages(f"{what}#{shard}", moment) for shard in range(keys.WATCH_SHARDS))
        while shards:
            pages = shards.popleft()
            if page := next(pages, None):
                yield from map(_read, page)
                shards.append(pages)

    def _pages(self, partition: str, moment: datetime) -> Iterator[Sequence[Mapping[str, Any]]]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": "WatchIndex",
            "KeyConditionExpression": "watch_pk = :partition AND watch_sk < :moment",
            "ExpressionAttributeValues": {":partition": {"S": partition}, ":moment": {"S": utc(moment)}},
        }
        while True:
            page = self._client.query(**query)
            if page["Items"]:
                yield page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _read(content: Mapping[str, Any]) -> Dossier | Exception:
    try:
        return dossier_of(content)
    except (ValueError, KeyError, TypeError) as error:
        return error
