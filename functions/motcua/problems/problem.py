"""What a problem is: its HTTP status and its words, Vietnamese first."""

from typing import NamedTuple


class Problem(NamedTuple):
    status: int
    vi: str
    en: str
