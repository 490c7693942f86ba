"""Raw partner callbacks with their pending messages, in the Person table because they may hold personal data."""

from typing import TYPE_CHECKING, Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.stamps import utc
from motcua.adapters.dynamodb.transaction import NEW, Transaction, read_together
from motcua.adapters.outbox.items import outbox_id, owed_item
from motcua.contracts.messages import CallbackMessage
from motcua.domain.event import Queue
from motcua.domain.post.parcel import dossier_id_of
from motcua.ports.post import Callback, CallbackRepeatedError
from motcua.ports.refusals import AlreadySettledError

if TYPE_CHECKING:
    from motcua.domain.dossier.dossier import Dossier
    from motcua.domain.post.parcel import Parcel


def callback_id(partner: str, webhook_id: str) -> str:
    """Return the id of a callback's message."""
    return f"callback:{partner}:{webhook_id}"


class DynamoCallbacks:
    """The port `Callbacks`."""

    def __init__(self, client: Any, person_table: str, dossier_table: str) -> None:
        self._client, self._persons, self._dossiers = client, person_table, dossier_table

    def keep(self, callback: Callback) -> None:
        """Keep the callback and its pending message in one transaction.

        Raises CallbackRepeatedError when it came before.
        """
        message = CallbackMessage.model_construct(
            id=callback_id(callback.partner, callback.webhook_id),
            time=callback.received_at,
            partner=callback.partner,
            webhookid=callback.webhook_id,
            ordernumber=callback.order_number or None,
            correlationid=callback.correlation_id,
        )
        owed_id = outbox_id(message.id, Queue.PARCEL_EVENTS)
        owed_key, owed = owed_item(
            owed_id, Queue.PARCEL_EVENTS, message.model_dump_json(exclude_none=True), callback.received_at
        )
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

    def load(self, partner: str, webhook_id: str, order_number: str) -> "tuple[str, tuple[Dossier, Parcel] | None]":
        """Return the raw body of a kept callback, and the dossier and parcel that it names, if they exist, in one call.

        Raises LookupError when the callback was never kept.
        """
        from motcua.adapters.dossier.items import dossier_of, parcel_of  # noqa: PLC0415 - who only keeps one needs neither

        places = [(self._persons, keys.callback(partner, webhook_id))]
        if order_number:
            places.append((self._dossiers, keys.dossier(dossier_id_of(order_number))))
            places.append((self._dossiers, keys.parcel(order_number)))
        callback, *found = read_together(self._client, *places)
        if not callback:
            raise LookupError(webhook_id)
        parcel = (dossier_of(found[0]), parcel_of(found[1])) if found and all(found) else None
        return str(fields(callback).get("body", "")), parcel

    def quarantine(self, partner: str, webhook_id: str, why: str, settles: str) -> None:
        """Note on the callback why it could not be applied, and settle its message: a person must look at it."""
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
