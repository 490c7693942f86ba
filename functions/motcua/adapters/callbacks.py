"""Raw partner callbacks, kept in the Person table because they may hold personal data, together with what they owe."""

from typing import Any

from motcua.adapters import keys
from motcua.adapters.dossier_items import utc
from motcua.adapters.item import fields, item
from motcua.adapters.outbox_items import outbox_id, owed_item
from motcua.adapters.transaction import NEW, Transaction
from motcua.contracts.messages import CallbackMessage
from motcua.domain.event import Queue
from motcua.ports import AlreadySettledError, Callback, CallbackRepeatedError


def callback_id(partner: str, webhook_id: str) -> str:
    """The id under which a callback's message is owed."""
    return f"callback:{partner}:{webhook_id}"


class DynamoCallbacks:
    """The port `Callbacks`."""

    def __init__(self, client: Any, person_table: str, dossier_table: str) -> None:
        self._client, self._persons, self._dossiers = client, person_table, dossier_table

    def keep(self, callback: Callback) -> None:
        """Keep the callback and owe its work, in one transaction; CallbackRepeatedError when it came before."""
        message = CallbackMessage.model_construct(
            id=callback_id(callback.partner, callback.webhook_id),
            time=callback.received_at,
            partner=callback.partner,
            webhookid=callback.webhook_id,
            correlationid=callback.correlation_id,
        )
        owed_id = outbox_id(message.id, Queue.PARCEL_EVENTS)
        owed_key, owed = owed_item(owed_id, Queue.PARCEL_EVENTS, message.model_dump_json(), callback.received_at)
        content = {
            "kind": "callback",
            "body": callback.body,
            "body_digest": callback.body_digest,
            "received_at": utc(callback.received_at),
        }
        transaction = Transaction()
        transaction.put(
            self._persons,
            keys.callback(callback.partner, callback.webhook_id),
            item(content),
            NEW,
            lambda old: CallbackRepeatedError(fields(old).get("body_digest") == callback.body_digest),
        )
        transaction.put(self._dossiers, owed_key, owed)
        transaction.write(self._client)

    def load(self, partner: str, webhook_id: str) -> str:
        """The raw body of a kept callback; LookupError when there is none."""
        key = keys.callback(partner, webhook_id)
        found = self._client.get_item(TableName=self._persons, Key=key, ConsistentRead=True).get("Item")
        if not found:
            raise LookupError(webhook_id)
        return str(found["body"]["S"])

    def quarantine(self, partner: str, webhook_id: str, why: str, settles: str) -> None:
        """Note on the callback why it could not be applied, and end what it owes: a person must look at it."""
        transaction = Transaction()
        transaction.delete(self._dossiers, keys.outbox(settles), lambda _: AlreadySettledError())
        transaction.update(
            self._persons,
            keys.callback(partner, webhook_id),
            {
                "UpdateExpression": "SET quarantined = :why",
                "ExpressionAttributeValues": {":why": {"S": why}},
            },
        )
        transaction.write(self._client)
