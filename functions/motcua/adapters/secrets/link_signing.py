"""Signed links to choose the return channel by: an HMAC-SHA256 under a secret of their own.

The token says which dossier, which key, and until when.
"""

import base64
import binascii
import hmac
import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from motcua.domain.post.channel_link import Link

REMEMBERED_SECONDS = 300

SOONEST_SECONDS = 10
"""An unknown key may have been added just now, so the secret is read again, but at most this often.

Otherwise every made-up token would read it.
"""

SHORTEST_SECRET = 32
"""Characters. Under a key that can be guessed, anybody could choose where a result goes."""

LONGEST_TOKEN = 200
"""Characters; ours have fewer than a hundred."""

PURPOSE = b"return-channel-choice\n"
"""Signed with every token: should the key ever sign something else, neither passes for the other."""

_PAYLOAD = re.compile(r"([1-9][0-9]{0,5})\.([0-9A-HJKMNP-TV-Z]{16})\.([0-9]{10})")


class LinkSigner:
    """The port `Links`. The secret holds keys by version: the newest one signs, and each of them verifies.

    The secret is read when first needed and again every five minutes, so that a rotation needs no deployment. Add a new
    version, and remove the old one when its last link has expired. Removed at once, all of its links die at once.
    """

    def __init__(self, client: Any, arn: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client, self._arn, self._monotonic = client, arn, monotonic
        self._read_at = float("-inf")
        self._keys: dict[int, bytes] = {}

    def sign(self, link: Link) -> str:
        keys = self._known(REMEMBERED_SECONDS)
        if not keys:
            raise ValueError("no key of the links is long enough")
        version = max(keys)
        payload = _text(f"{version}.{link.dossier_id}.{int(link.expires_at.timestamp()):010d}".encode())
        return f"{payload}.{_signature(keys[version], payload)}"

    def opened(self, token: str) -> Link | None:
        payload, _, signature = token.partition(".")
        parts = _PAYLOAD.fullmatch(_read(payload)) if token.isascii() and len(token) <= LONGEST_TOKEN else None
        if parts is None:
            return None
        key = self._key(int(parts[1]))
        if key is None or not hmac.compare_digest(_signature(key, payload), signature):
            return None
        return Link(parts[2], datetime.fromtimestamp(int(parts[3]), UTC))

    def _key(self, version: int) -> bytes | None:
        return self._known(REMEMBERED_SECONDS).get(version) or self._known(SOONEST_SECONDS).get(version)

    def _known(self, seconds: float) -> dict[int, bytes]:
        """Return the keys as they were at most `seconds` ago."""
        if self._monotonic() - self._read_at >= seconds:
            stored = json.loads(self._client.get_secret_value(SecretId=self._arn)["SecretString"])
            self._keys = {int(name): key.encode() for name, key in stored.items() if len(key) >= SHORTEST_SECRET}
            self._read_at = self._monotonic()
        return self._keys


def _signature(key: bytes, payload: str) -> str:
    return _text(hmac.digest(key, PURPOSE + payload.encode(), "sha256"))


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _read(payload: str) -> str:
    """Return what a token says, before its signature is checked; empty when it cannot be decoded."""
    try:
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return ""
