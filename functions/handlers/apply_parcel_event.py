"""Queue ParcelEvents: what the postal partner reported moves the parcel, and a delivery returns the dossier."""

from typing import Any

from motcua import bootstrap
from motcua.adapters.outbox.items import outbox_id
from motcua.contracts.messages import CallbackMessage
from motcua.contracts.post.keep_callback import report_of
from motcua.domain.event import EventType, Queue
from motcua.edge.sqs import Message, consume
from motcua.settings import setting
from motcua.telemetry import count, note, one_line, real_now
from motcua.usecases.post.apply_parcel_event import KeptCallback, apply_parcel_event


@one_line("apply_parcel_event")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("PARCEL_EVENTS_QUEUE_URL"), _apply)


def _apply(message: Message) -> str:
    sent = CallbackMessage.model_validate_json(message.body)
    settles = outbox_id(sent.id, Queue.PARCEL_EVENTS)
    kept = KeptCallback(sent.partner, sent.webhookid, sent.ordernumber or "", sent.correlationid, settles)
    applied = apply_parcel_event(
        kept, real_now(), report_of, bootstrap.callbacks(), bootstrap.dossiers(), bootstrap.registry()
    )
    if applied.event is None:
        count("quarantined")
        note(
            quarantined=applied.quarantined,
            partner=sent.partner,
            webhook_id=sent.webhookid,
            order_number=sent.ordernumber,
        )
        return "quarantined"
    if applied.contradicts_cancellation:
        count("quarantined")  # a person must look: the carrier has a parcel whose order it is believed to have refused
        note(contradicts_cancellation=sent.ordernumber)
    if applied.event.type is EventType.PARCEL_DELIVERED:
        count("delivered")
    if applied.after_reissue:
        note(delivered_after_reissue=applied.event.subject)  # given up as lost, the parcel turned up: two results exist
    return applied.event.type.value
