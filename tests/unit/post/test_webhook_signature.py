"""The partner's signature:

Standard Webhooks as published, two valid secrets, five minutes either way, and no leniency.
"""

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.errors import ForbiddenError, InvalidError
from motcua.usecases.post.keep_callback import SignedCall, verify
from tests.kit.examples import examples

PUBLISHED_SECRET = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
PUBLISHED = SignedCall(
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "1614265330",
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    b'{"test": 2432232314}',
)
THEN = datetime.fromtimestamp(1614265330, UTC)
NEW, OLD, DEAD = b"new secret, 24 bytes or so", b"old secret, 24 bytes or so", b"dead secret, not used any more"


def signed(secret: bytes, call: SignedCall = PUBLISHED) -> SignedCall:
    """Return the call with a signature made by the test itself."""
    content = f"{call.webhook_id}.{call.timestamp}.".encode() + call.body
    mac = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    return replace(call, signature=f"v1,{mac}")


def test_the_published_example_of_standard_webhooks_verifies() -> None:
    verify(PUBLISHED, [PUBLISHED_SECRET], THEN)


@pytest.mark.parametrize("secret", [NEW, OLD])
def test_both_live_secrets_are_good_while_one_replaces_the_other(secret: bytes) -> None:
    verify(signed(secret), [NEW, OLD], THEN)


def test_one_good_signature_among_several_is_enough() -> None:
    several = f"v1a,ignored {signed(DEAD).signature} {signed(OLD).signature}"
    verify(replace(PUBLISHED, signature=several), [NEW, OLD], THEN)


@pytest.mark.parametrize("secrets", [[NEW, OLD], []])
def test_a_secret_that_does_not_live_opens_nothing(secrets: list[bytes]) -> None:
    with pytest.raises(ForbiddenError, match="webhook_signature"):
        verify(signed(DEAD), secrets, THEN)


@pytest.mark.parametrize("seconds", [-300, -1, 0, 1, 300])
def test_the_timestamp_may_be_five_minutes_off_either_way(seconds: int) -> None:
    verify(PUBLISHED, [PUBLISHED_SECRET], THEN + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 10**7])
def test_beyond_five_minutes_it_is_stale_however_well_signed(seconds: int) -> None:
    with pytest.raises(InvalidError) as stale:
        verify(PUBLISHED, [PUBLISHED_SECRET], THEN + timedelta(seconds=seconds))
    assert (stale.value.code, stale.value.faults[0].params) == ("webhook_stale", {"minutes": "5"})


@pytest.mark.parametrize(
    ("change", "header"),
    [
        ({"webhook_id": ""}, "webhook-id"),
        ({"webhook_id": "a b"}, "webhook-id"),
        ({"webhook_id": "x" * 101}, "webhook-id"),
        ({"webhook_id": "a\n"}, "webhook-id"),
        ({"webhook_id": "a#b"}, "webhook-id"),
        ({"timestamp": ""}, "webhook-timestamp"),
        ({"timestamp": "-1614265330"}, "webhook-timestamp"),
        ({"timestamp": "1614265330.5"}, "webhook-timestamp"),
        ({"timestamp": "2021-02-25"}, "webhook-timestamp"),
        ({"timestamp": "9" * 13}, "webhook-timestamp"),
        ({"signature": ""}, "webhook-signature"),
        ({"signature": "v1"}, "webhook-signature"),
        ({"signature": "v2,g0hM9SsE"}, "webhook-signature"),
        ({"signature": "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}, "webhook-signature"),
    ],
)
def test_a_missing_or_malformed_header_is_named(change: dict[str, Any], header: str) -> None:
    with pytest.raises(InvalidError) as refused:
        verify(replace(PUBLISHED, **change), [PUBLISHED_SECRET], THEN)
    assert (refused.value.code, refused.value.faults[0].params) == ("webhook_header", {"header": header})


@pytest.mark.parametrize(
    "change",
    [
        {"webhook_id": "msg_other"},
        {"timestamp": "1614265331"},
        {"body": b'{"test": 2432232315}'},
        {"body": b'{"test":2432232314}'},
        {"body": b""},
        {"signature": "v1,"},
        {"signature": "v1,không"},
        {"signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE"},
    ],
)
def test_what_was_not_signed_as_it_stands_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ForbiddenError, match="webhook_signature"):
        verify(replace(PUBLISHED, **change), [PUBLISHED_SECRET], THEN)


@examples(100)
@given(body=st.binary(min_size=1, max_size=200), data=st.data())
def test_one_flipped_bit_of_the_body_breaks_the_signature(body: bytes, data: st.DataObject) -> None:
    call = signed(NEW, replace(PUBLISHED, body=body))
    verify(call, [NEW], THEN)
    at, bit = data.draw(st.integers(0, len(body) - 1)), data.draw(st.integers(0, 7))
    spoilt = body[:at] + bytes([body[at] ^ (1 << bit)]) + body[at + 1 :]
    with pytest.raises(ForbiddenError):
        verify(replace(call, body=spoilt), [NEW], THEN)
