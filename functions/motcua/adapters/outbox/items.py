"""The transactional outbox: an event's messages, written in its own transaction and deleted in that of their effect.

An item that exists is pending; one that is gone is settled. The stream carries a new item to its queue, and the stalled
sweep finds what is left. A message that comes twice finds nothing to delete. Nothing expires, so that nothing is
counted twice after a month.
"""

import json
import zlib
from datetime import datetime
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.stamps import utc
from motcua.contracts.messages import EventMessage
from motcua.contracts.model import as_json
from motcua.domain.event import CARRIED_BY, Event, Queue
from motcua.domain.local_time import LOCAL
from motcua.ports.outbox import PendingMessage

Item = dict[str, Any]


def outbox_id(event_id: str, queue: Queue) -> str:
    return f"{event_id}#{queue.value}"


def owed_by(event: Event) -> list[tuple[keys.Key, Item]]:
    """Return the outbox items of `event`, one for each queue that must carry it on."""
    queues = CARRIED_BY.get(event.type, ())
    if not queues:
        return []
    message = as_json(EventMessage.from_domain(event))
    return [owed_item(outbox_id(event.id, queue), queue, message, event.stamp.recorded_at) for queue in queues]


def owed_item(owed_id: str, queue: Queue, message: str, since: datetime, delay: int = 0) -> tuple[keys.Key, Item]:
    """Return one outbox item. `delay` is how many seconds its queue keeps the message back at first."""
    content = {
        "kind": "outbox",
        "id": owed_id,
        "queue": queue.value,
        "message": message,
        "owed_shard": str(zlib.crc32(owed_id.encode()) % keys.OWED_SHARDS),
        "owed_since": utc(since),
        "delay": delay or None,
    }
    return keys.outbox(owed_id), item(content)


def owed_of(content: Item) -> PendingMessage:
    """Return a pending message.

    One that this version cannot read (a later release's, after a rollback) is pending, too.
    """
    stored = fields(content)
    since = datetime.fromisoformat(stored["owed_since"])
    try:
        queue = Queue(stored["queue"])
        time = _time(json.loads(stored["message"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return PendingMessage(str(stored.get("id", "")), None, "", since, since)
    return PendingMessage(stored["id"], queue, stored["message"], since, time, stored.get("sent_again", 0))


def _time(message: dict[str, Any]) -> datetime:
    """Return when the event of a message happened; for a reversal, the day from which it takes a fact."""
    if day := message.get("data", {}).get("of_day"):
        return datetime.fromisoformat(day).replace(tzinfo=LOCAL)
    return datetime.fromisoformat(message["time"])
