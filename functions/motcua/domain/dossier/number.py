"""The number of a dossier: `{agency identifier}-{yyMMdd}-{NNNN}`, gap-free per prefix and day, born once at acceptance."""

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
    """A number as a dossier gets it; `is_sample` when its agency identifier is not the official one."""

    number: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One run of numbers: an agency identifier (a sample, where the official one is not known) and a local day."""

    prefix: str
    day: date
    is_sample: bool = False

    @property
    def key(self) -> str:
        return f"{self.prefix}-{self.day:%y%m%d}"

    def given(self, counter: int) -> GivenNumber:
        return GivenNumber(self.number(counter), self.is_sample)

    def number(self, counter: int) -> str:
        """The number with this counter, from 1; more than 9999 grows a digit."""
        return f"{self.key}-{counter:04d}"


def check_number(text: str, pointer: str = "/number") -> str:
    """`text` when it has the shape of a dossier's number; else InvalidError."""
    if not _LOOKS_RIGHT.fullmatch(text):
        raise InvalidError("malformed_number", pointer)
    return text
