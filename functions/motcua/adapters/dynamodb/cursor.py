"""Where a list goes on: an opaque cursor that is bound to its query, so that none opens another one's list."""

import base64
import hashlib
import json

from motcua.domain.errors import InvalidError

LONGEST = 200
"""Characters of one part of a key."""


def cursor(of: str, *at: str) -> str:
    """The cursor of the query `of`, after the item with the key parts `at`."""
    bound = {"of": _binding(of), "at": at}
    return base64.urlsafe_b64encode(json.dumps(bound).encode()).decode().rstrip("=")


def opened(text: str, of: str, parts: int) -> list[str]:
    """The key parts that a cursor of the query `of` holds; InvalidError for any other text."""
    try:
        bound = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        at: list[str] = list(bound["at"])
        if bound["of"] != _binding(of) or len(at) != parts or not all(0 < len(part) < LONGEST for part in at):
            raise ValueError("another query's cursor")
        "".join(at).encode()  # text, and not half of a surrogate pair
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InvalidError("malformed_cursor", "/cursor") from None
    return at


def _binding(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()[:12]
