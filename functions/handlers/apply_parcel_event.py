"""Queue ParcelEvents: what the postal partner reported moves the parcel, and a delivery returns the dossier."""

from typing import Any

from pydantic import ValidationError

from motcua import bootstrap
from motcua.adapters.outbox.items import outbox_id
from motcua.contracts.messages import CallbackMessage
from motcua.contracts.post.keep_callback import ParcelCallback
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import InvalidError
from motcua.domain.event import EventType, Queue
from motcua.domain.post.parcel import Parcel, ParcelState, order_number
from motcua.edge.sqs import Message, consume
from motcua.settings import setting
from motcua.telemetry import count, note, one_line, real_now
from motcua.usecases.post.apply_parcel_event import apply_parcel_event


@one_line("apply_parcel_event")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("PARCEL_EVENTS_QUEUE_URL"), _apply)


def _apply(message: Message) -> str:
    kept = CallbackMessage.model_validate_json(message.body)
    settles, callbacks = outbox_id(kept.id, Queue.PARCEL_EVENTS), bootstrap.callbacks()
    raw, found = callbacks.load(kept.partner, kept.webhookid, kept.ordernumber or "")
    try:
        report = ParcelCallback.model_validate_json(raw).to_domain()
        applied = apply_parcel_event(
            report, found, settles, real_now(), kept.correlationid, bootstrap.dossiers(), bootstrap.registry()
        )
    except (ValidationError, InvalidError) as error:
        why = error.code if isinstance(error, InvalidError) else "unreadable_callback"
        callbacks.quarantine(kept.partner, kept.webhookid, why, settles)
        count("quarantined")
        note(quarantined=why, partner=kept.partner, webhook_id=kept.webhookid, order_number=kept.ordernumber)
        return "quarantined"
    if applied.type is EventType.PARCEL_NOTED and found and found[1].state is ParcelState.CANCELLED:
        count("quarantined")  # the carrier has what we believe it refused: somebody must look
        note(contradicts_cancellation=kept.ordernumber)
    if applied.type is EventType.PARCEL_DELIVERED:
        count("delivered")
        if found and not _expected(*found):
            note(delivered_after_reissue=applied.subject)  # given up for lost, it turned up: two results are about
    return applied.type.value


def _expected(dossier: Dossier, parcel: Parcel) -> bool:
    return dossier.parcel_open and parcel.order_number == order_number(dossier.id, dossier.parcels)
