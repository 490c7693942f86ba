"""Links to a list's next page: RFC 8288, `Link: <…>; rel="next"`."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from motcua import bootstrap
from motcua.edge.request import Request

Entry = TypeVar("Entry")


def following(path: str, cursor: str, **query: object) -> dict[str, str]:
    """Return the header that opens the page after `cursor`; no header after the last page."""
    return {"Link": f'<{path}?{urlencode({**query, "cursor": cursor})}>; rel="next"'} if cursor else {}


def asked_after(request: Request, of: str) -> str:
    """Return the place after which the requested page begins; empty for the first page. `of` names the list and its
    filters."""
    sent = request.query.get("cursor", "")
    return bootstrap.cursors().opened(sent, of)[0] if sent else ""


def cursor_after(place: str, of: str) -> str:
    """Return the cursor of the page that begins after `place`; none where there is no such place."""
    return bootstrap.cursors().cursor(of, place) if place else ""


def page_of(
    entries: Sequence[Entry], name: Callable[[Entry], str], of: str, request: Request
) -> tuple[list[Entry], str]:
    """Return the requested page of a whole list, sorted by `name`, and the cursor of the next page.

    `of` names the list and its filters: the cursor opens no other list.
    """
    after, limit = asked_after(request, of), request.limit()
    rest = [each for each in entries if name(each) > after]
    page = rest[:limit]
    return page, cursor_after(name(page[-1]), of) if len(rest) > limit else ""
