"""How a list names its next page: RFC 8288, `Link: <…>; rel="next"`."""

from urllib.parse import urlencode


def following(path: str, cursor: str, **query: object) -> dict[str, str]:
    """The header that opens the page after `cursor`; none after the last page."""
    return {"Link": f'<{path}?{urlencode({**query, "cursor": cursor})}>; rel="next"'} if cursor else {}
