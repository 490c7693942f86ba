"""Moments as tests write them."""

from datetime import datetime

from motcua.domain.local_time import LOCAL


def at(text: str) -> datetime:
    """Return a moment in Viet Nam, written `2020-04-23 18:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)
