"""The number of a dossier: `{agency identifier}-{yyMMdd}-{NNNN}`.

It is given once, at acceptance, without gaps by prefix and day.
"""

import re
from datetime import date

from motcua.domain.errors import InvalidError
from motcua.domain.record import dataclass

_LOOKS_RIGHT = re.compile(
    r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}-[0-9]{6}-[0-9]{4,}"  # this system's
    r"|[A-Z][0-9]{2}\.[0-9]{2}-[0-9]{8}-[0-9]{7}"  # the newer shape, accepted on look-up
)


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A number as a dossier gets it. `is_sample` tells that its agency identifier is not the official one."""

    number: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One series of numbers: an agency identifier (a sample where the official one is not known) and a local day."""

    prefix: str
    day: date
    is_sample: bool = False

    @property
    def key(self) -> str:
        return f"{self.prefix}-{self.day:%y%m%d}"

    def given(self, counter: int) -> GivenNumber:
        return GivenNumber(self.number(counter), self.is_sample)

    def number(self, counter: int) -> str:
        """Return the number with this counter, which starts at 1; beyond 9999 it takes a fifth digit."""
        return f"{self.key}-{counter:04d}"


def check_number(text: str, pointer: str = "/number") -> str:
    """Return `text` when it has the shape of a dossier's number. Raises InvalidError when it does not."""
    if not _LOOKS_RIGHT.fullmatch(text):
        raise InvalidError("malformed_number", pointer)
    return text
