"""Sign callbacks by Standard Webhooks 1.0, apart from the product's verification, so that each checks the other."""

import base64
import binascii
import hashlib
import hmac

PREFIX = "whsec_"


class SecretError(ValueError):
    """The webhook secret is not `whsec_` followed by base64."""


def key_of(secret: str) -> bytes:
    """Return the HMAC key inside a `whsec_…` secret."""
    if not secret.startswith(PREFIX):
        raise SecretError("the secret must start with whsec_")
    try:
        return base64.b64decode(secret[len(PREFIX) :], validate=True)
    except binascii.Error as error:
        raise SecretError("the part after whsec_ must be base64") from error


def headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers of one attempt.

    `timestamp` is real time in Unix seconds; the signature covers the raw body.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key_of(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }
