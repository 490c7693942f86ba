"""What a problem is: its HTTP status and its words, Vietnamese first."""

from collections.abc import Mapping
from typing import NamedTuple


class Problem(NamedTuple):
    """The HTTP status and the texts of a problem.

    `terms` holds the words, Vietnamese and English, for codes that its parameters may carry.
    """

    status: int
    vi: str
    en: str
    terms: Mapping[str, tuple[str, str]] = {}
