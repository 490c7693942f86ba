"""How a list names its next page: RFC 8288, `Link: <…>; rel="next"`."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from motcua import bootstrap
from motcua.edge.request import Request

Entry = TypeVar("Entry")


def following(path: str, cursor: str, **query: object) -> dict[str, str]:
    """The header that opens the page after `cursor`; none after the last page."""
    return {"Link": f'<{path}?{urlencode({**query, "cursor": cursor})}>; rel="next"'} if cursor else {}


def asked_after(request: Request, of: str) -> str:
    """The place after which the page begins that `request` asks for; empty for the first page. `of` is the list and what it was
    asked for by."""
    sent = request.query.get("cursor", "")
    return bootstrap.cursors().opened(sent, of)[0] if sent else ""


def cursor_after(place: str, of: str) -> str:
    """The cursor of the page that begins after `place`; none where there is no such place."""
    return bootstrap.cursors().cursor(of, place) if place else ""


def page_of(
    entries: Sequence[Entry], name: Callable[[Entry], str], of: str, request: Request
) -> tuple[list[Entry], str]:
    """The page that `request` asks for of a whole list, sorted by `name`, and the cursor of what follows.

    `of` is the list and what it was asked for by: the cursor opens no other one.
    """
    after, limit = asked_after(request, of), request.limit()
    rest = [each for each in entries if name(each) > after]
    page = rest[:limit]
    return page, cursor_after(name(page[-1]), of) if len(rest) > limit else ""
