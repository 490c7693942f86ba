"""Opaque cursors of lists: each is signed for its query, so that it cannot be forged or used for another list.

A cursor reveals no more than its reader has seen: it names the last entry shown, or a place that no entry has.
"""

import base64
import hmac
import json
from typing import Any

from motcua.domain.errors import InvalidError

SHORTEST_SECRET = 32
"""Characters. Under a key that can be guessed, anybody could begin a list where they like."""

LONGEST = 2000
"""Characters of a cursor; ours have a few hundred."""

SIGNED_BYTES = 16
"""Of the HMAC's 32: to guess 128 bits takes for ever, and a cursor stands in an address."""


class Cursors:
    """Makes cursors and opens them. The secret is read once per process, when the first cursor is needed.

    Changing the secret only makes those who are reading a list start again.
    """

    def __init__(self, client: Any, arn: str) -> None:
        self._client, self._arn = client, arn
        self._secret = b""

    def cursor(self, of: str, *at: str) -> str:
        """Return the cursor of the query `of` for the page after the place `at`."""
        content = _text(json.dumps(at).encode())
        return f"{content}.{self._signature(of, content)}"

    def opened(self, sent: str, of: str) -> list[str]:
        """Return the place that a cursor of the query `of` holds. Raises InvalidError for any other text."""
        content, dot, signature = sent.partition(".")
        good = dot and sent.isascii() and len(sent) <= LONGEST
        if not good or not hmac.compare_digest(self._signature(of, content), signature):
            raise InvalidError("malformed_cursor", "/cursor")
        at: list[str] = json.loads(base64.urlsafe_b64decode(content + "=" * (-len(content) % 4)))
        return at

    def _signature(self, of: str, content: str) -> str:
        """Return the signature. A query in JSON has no line break, so that no other query and place sign the same text."""
        return _text(hmac.digest(self._key(), f"{json.dumps(of)}\n{content}".encode(), "sha256")[:SIGNED_BYTES])

    def _key(self) -> bytes:
        if not self._secret:
            secret = str(json.loads(self._client.get_secret_value(SecretId=self._arn)["SecretString"])["key"])
            if len(secret) < SHORTEST_SECRET:
                raise ValueError("the secret of the cursors is too short")
            self._secret = secret.encode()
        return self._secret


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
