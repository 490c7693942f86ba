"""Pending messages: the sparse index of outbox items, and the SQS queues that they are sent to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.stamps import utc
from motcua.adapters.outbox.items import owed_of
from motcua.domain.event import Queue
from motcua.ports.outbox import PendingMessage

BATCH = 10
"""SQS takes at most ten messages at once."""


class NotSentError(Exception):
    """SQS refused some messages of a batch: the whole batch must come again."""


class DynamoOutbox:
    """The port `Outbox`. `queues` is called when something is sent: who only reads pending messages has no queues."""

    def __init__(self, client: Any, dossier_table: str, queues: Callable[[], "Queues"]) -> None:
        self._client, self._table, self._queues = client, dossier_table, queues

    def older_than(self, moment: datetime) -> Sequence[PendingMessage]:
        """Return every message that has been pending since before `moment`, oldest first within a shard."""
        return [message for shard in range(keys.OWED_SHARDS) for message in self._shard(shard, moment)]

    def send_again(self, owed: Sequence[PendingMessage], now: datetime) -> None:
        """Send the messages again, then note it. A process that dies in between sends once more, which does no harm."""
        self._queues().send([(each.queue, each.message, 0) for each in owed if each.queue])
        for each in owed:
            self._note(each, now)

    def _note(self, message: PendingMessage, now: datetime) -> None:
        try:
            self._client.update_item(
                TableName=self._table,
                Key=keys.outbox(message.id),
                UpdateExpression="SET owed_since = :now, sent_again = :times",
                ConditionExpression="attribute_exists(PK)",
                ExpressionAttributeValues={":now": {"S": utc(now)}, ":times": {"N": str(message.sent_again + 1)}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return  # settled meanwhile: it must not come back

    def _shard(self, shard: int, moment: datetime) -> Iterator[PendingMessage]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": "OwedIndex",
            "KeyConditionExpression": "owed_shard = :shard AND owed_since < :moment",
            "ExpressionAttributeValues": {":shard": {"S": str(shard)}, ":moment": {"S": utc(moment)}},
        }
        while True:
            page = self._client.query(**query)
            yield from (owed_of(each) for each in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


class Queues:
    """SQS queues by the domain's names. `urls` says where each of them is."""

    def __init__(self, client: Any, urls: Mapping[str, str]) -> None:
        self._client, self._urls = client, urls

    def send(self, messages: Sequence[tuple[str | Queue, str, int]]) -> None:
        """Send every message to its queue, which keeps it back for the given number of seconds.

        Raises NotSentError when SQS took only a part: all must then be sent again.
        """
        by_queue: dict[str, list[dict[str, Any]]] = {}
        for queue, message, delay in messages:
            delayed = {"DelaySeconds": delay} if delay else {}
            by_queue.setdefault(str(queue), []).append({"MessageBody": message, **delayed})
        for queue_name, bodies in by_queue.items():
            for start in range(0, len(bodies), BATCH):
                entries = [{"Id": str(index), **body} for index, body in enumerate(bodies[start : start + BATCH])]
                answer = self._client.send_message_batch(QueueUrl=self._urls[queue_name], Entries=entries)
                if failed := answer.get("Failed"):
                    raise NotSentError(f"{len(failed)} of {len(entries)} to {queue_name}")
