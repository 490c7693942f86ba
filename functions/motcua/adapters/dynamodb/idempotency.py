"""Idempotency records: each is written in its command's own transaction, and a retried request finds it there."""

from datetime import datetime, timedelta
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.transaction import Transaction
from motcua.ports.changes import IdempotencyKey
from motcua.ports.refusals import AlreadyDoneError

KEPT = timedelta(days=7)


def add_record(
    transaction: Transaction, table: str, key: IdempotencyKey, subject: str, version: int, recorded_at: datetime
) -> None:
    """Add the record that this command made `version` of `subject`. A retried request gets AlreadyDoneError."""
    not_there_or_expired = {
        "ConditionExpression": "attribute_not_exists(PK) OR expires_at < :now",
        "ExpressionAttributeValues": {":now": {"N": str(int(recorded_at.timestamp()))}},
    }
    content = {
        "kind": "idempotency",
        "subject": subject,
        "version": version,
        "body_digest": key.body_digest,
        "expires_at": int((recorded_at + KEPT).timestamp()),
    }
    transaction.put(table, keys.idempotency(key.scope), item(content), not_there_or_expired, _already_done)


def done_before(client: Any, table: str, key: IdempotencyKey, now: float) -> AlreadyDoneError | None:
    """Return what was done under the key.

    An expired record counts as absent, whether or not the table has removed it.
    """
    found = client.get_item(TableName=table, Key=keys.idempotency(key.scope), ConsistentRead=True).get("Item")
    return _already_done(found) if found and int(found["expires_at"]["N"]) >= now else None


def _already_done(old: dict[str, Any]) -> AlreadyDoneError:
    stored = fields(old)
    return AlreadyDoneError(stored["subject"], stored["version"], stored["body_digest"])
