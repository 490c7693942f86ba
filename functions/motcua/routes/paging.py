"""How a list names its next page: RFC 8288, `Link: <…>; rel="next"`."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from motcua.adapters.dynamodb.cursor import cursor, opened
from motcua.edge.request import Request

Entry = TypeVar("Entry")


def following(path: str, cursor: str, **query: object) -> dict[str, str]:
    """The header that opens the page after `cursor`; none after the last page."""
    return {"Link": f'<{path}?{urlencode({**query, "cursor": cursor})}>; rel="next"'} if cursor else {}


def page_of(
    entries: Sequence[Entry], name: Callable[[Entry], str], of: str, request: Request
) -> tuple[list[Entry], str]:
    """The page that `request` asks for of a whole list, sorted by `name`, and the cursor of what follows.

    `of` is the list and what it was asked for by: the cursor opens no other one.
    """
    sent, limit = request.query.get("cursor", ""), request.limit()
    after = opened(sent, of, 1)[0] if sent else ""
    rest = [each for each in entries if name(each) > after]
    page = rest[:limit]
    return page, cursor(of, name(page[-1])) if len(rest) > limit else ""
