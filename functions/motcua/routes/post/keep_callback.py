"""Keep the postal partner's callbacks."""

from motcua import bootstrap
from motcua.contracts.post.keep_callback import CallbackKept, ParcelCallback, order_number_of
from motcua.domain.errors import NotFoundError
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.settings import setting
from motcua.telemetry import count, note, real_now
from motcua.usecases.post.keep_callback import Sender, SignedCall, keep_callback


def receive_callback(request: Request, partner: str) -> Answer:
    if partner != setting("PARTNER_ID"):
        raise NotFoundError("unknown_partner")
    header = request.headers.get
    call = SignedCall(
        header("webhook-id", ""), header("webhook-timestamp", ""), header("webhook-signature", ""), request.raw_body
    )
    sender = Sender(partner, bootstrap.partner_secrets().get().webhook_secrets)
    outcome = keep_callback(call, sender, real_now(), request.correlation_id, bootstrap.callbacks(), order_number_of)
    note(callback=outcome, webhook_id=call.webhook_id)
    if outcome == "contradicted":
        count("quarantined")
    return Answer(CallbackKept(outcome="kept"), status=202)


OPERATIONS = (
    Operation(
        "POST",
        "/partners/{partner}/callbacks",
        receive_callback,
        CallbackKept,
        "partner",
        "Đối tác bưu chính báo trạng thái bưu gửi",
        "The postal partner reports what happened to a parcel",
        status=202,
        documents=ParcelCallback,
        refusals=("webhook_header", "webhook_stale", "webhook_signature"),
    ),
)
