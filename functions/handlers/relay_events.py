"""From the Dossier table's stream to the queues: send each pending message of the transactional outbox to its queue.

Raises when anything of a batch was not sent, so that the whole batch is retried: a partial failure that is *reported* on
a stream loses the event on the embedded engine (measured), and a second copy does no harm anywhere.
"""

from typing import Any

from motcua import bootstrap
from motcua.adapters.dynamodb.item import fields
from motcua.domain.event import Queue
from motcua.edge.sqs import correlation_ids
from motcua.telemetry import note, one_line

PARKING = "parking"


@one_line("relay_events")
def handler(event: dict[str, Any], context: Any) -> None:
    messages = [_message(record) for record in event["Records"]]
    bootstrap.queues().send(messages)
    read = [message for queue, message, _ in messages if queue != PARKING]
    note(sent=len(read), parked=len(messages) - len(read), correlation_ids=correlation_ids(read))


def _message(record: dict[str, Any]) -> tuple[str, str, int]:
    """Return queue, message and delay of one stream record. An unreadable record is parked, so that the stream goes on."""
    try:
        pending = fields(record["dynamodb"]["NewImage"])
        return Queue(pending["queue"]).value, str(pending["message"]), int(pending.get("delay", 0))
    except (KeyError, ValueError, TypeError, AttributeError):
        return PARKING, str(record.get("eventID", "no event id")), 0
