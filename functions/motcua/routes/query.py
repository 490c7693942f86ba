"""Query parameters, read strictly: a misspelt name or value is reported, and never silently ignored."""

import re
from collections.abc import Iterable
from datetime import date

from motcua.domain.errors import InvalidError
from motcua.domain.local_time import local_day
from motcua.edge.request import Request

LONGEST_WORD = 60
"""Characters of an id or a name of a list."""


def check_names(request: Request, known: Iterable[str]) -> None:
    """Raise for a parameter that the route does not know: a misspelt filter would show everything."""
    for name in request.query:
        if name not in known:
            raise InvalidError("unknown_field", f"/{name[:LONGEST_WORD]}")


def check_filters(request: Request, known: Iterable[str]) -> None:
    """Check names as `check_names` does, for a list with so many filters that the answer names them."""
    names = list(known)
    for name in request.query:
        if name not in names:
            raise InvalidError("unknown_filter", f"/{name[:LONGEST_WORD]}", expected=", ".join(names))


def asked_text(request: Request, name: str, most: int = LONGEST_WORD) -> str:
    sent = request.query.get(name, "").strip()
    if len(sent) > most:
        raise InvalidError("too_long", f"/{name}", max_length=most)
    if any(ord(letter) < 32 or 0xD800 <= ord(letter) <= 0xDFFF for letter in sent):
        raise InvalidError("unreadable_text", f"/{name}")
    return sent


def asked_choice(request: Request, name: str, known: Iterable[str]) -> str:
    """Return the value asked for, one of `known`, or empty when nothing is asked for."""
    sent, allowed = request.query.get(name, ""), list(known)
    if sent and sent not in allowed:
        raise InvalidError("not_allowed", f"/{name}", expected=", ".join(allowed))
    return sent


def asked_number(request: Request, name: str) -> int | None:
    sent = request.query.get(name, "")
    if sent and not re.fullmatch("[1-9][0-9]{0,3}", sent):
        raise InvalidError("wrong_type", f"/{name}", expected="1–9999")
    return int(sent) if sent else None


def asked_day(request: Request, name: str = "on") -> date:
    """Return the day that is named, else today in Viet Nam."""
    sent = request.query.get(name, "")
    if not sent:
        return local_day(request.stamp("").occurred_at)
    try:
        return date.fromisoformat(sent) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", sent) else _refuse(name)
    except ValueError:
        return _refuse(name)


def _refuse(name: str) -> date:
    raise InvalidError("wrong_type", f"/{name}", expected="YYYY-MM-DD")
