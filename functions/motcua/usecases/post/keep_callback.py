"""Keep a postal partner's webhook as it came, once its sender is proved. The work is done from the queue.

Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, secrets in pairs so that one can be replaced, ±5 minutes.
"""

import base64
import dataclasses
import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from motcua.domain.errors import ForbiddenError, InvalidError
from motcua.domain.record import dataclass
from motcua.ports.post import Callback, CallbackRepeatedError, Callbacks

TOLERANCE = timedelta(minutes=5)

_ID = re.compile(r"[A-Za-z0-9_.\-]{1,100}")


@dataclass(frozen=True, slots=True)
class SignedCall:
    """The three headers and the raw body of a call, byte for byte."""

    webhook_id: str
    timestamp: str
    signature: str
    body: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Sender:
    """The partner that a call says it comes from, and the secrets that prove it."""

    partner: str
    secrets: Sequence[bytes] = dataclasses.field(repr=False)


def verify(call: SignedCall, secrets: Sequence[bytes], real_now: datetime) -> None:
    """Raise InvalidError for missing or stale headers, ForbiddenError when no live secret made a signature."""
    if not _ID.fullmatch(call.webhook_id):
        raise InvalidError("webhook_header", "", header="webhook-id")
    if not call.timestamp.isdecimal() or len(call.timestamp) > 12:
        raise InvalidError("webhook_header", "", header="webhook-timestamp")
    if abs(real_now.timestamp() - int(call.timestamp)) > TOLERANCE.total_seconds():
        raise InvalidError("webhook_stale", "", minutes=int(TOLERANCE.total_seconds() // 60))
    signed = f"{call.webhook_id}.{call.timestamp}.".encode() + call.body
    offered = [each[3:].encode() for each in call.signature.split() if each.startswith("v1,")]
    if not offered:
        raise InvalidError("webhook_header", "", header="webhook-signature")
    ours = [base64.b64encode(hmac.digest(secret, signed, "sha256")) for secret in secrets]
    matches = [hmac.compare_digest(mine, theirs) for mine in ours for theirs in offered]
    if not any(matches):
        raise ForbiddenError("webhook_signature")


def keep_callback(
    call: SignedCall,
    sender: Sender,
    real_now: datetime,
    correlation_id: str,
    callbacks: Callbacks,
    order_number_of: Callable[[bytes], str],
) -> str:
    """Keep the call, and return what became of it: `kept`, `repeated` or `contradicted`.

    Repeated means the same call again. Contradicted means another body under the same id: the first one stays, and a
    person must look. `order_number_of` reads which parcel a body names, empty when none.
    """
    verify(call, sender.secrets, real_now)
    digest = hashlib.sha256(call.body).hexdigest()
    body = call.body.decode("utf-8", errors="backslashreplace")
    order_number = order_number_of(call.body)
    callback = Callback(sender.partner, call.webhook_id, body, digest, real_now, correlation_id, order_number)
    try:
        callbacks.keep(callback)
    except CallbackRepeatedError as repeated:
        return "repeated" if repeated.same_body else "contradicted"
    return "kept"
