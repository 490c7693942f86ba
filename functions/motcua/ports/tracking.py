"""What tracking needs from outside: where a number leads, and how often somebody has failed with it."""

from datetime import datetime
from typing import Protocol

from motcua.domain.reading.tracking import Failures
from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class Tracked:
    """A number: the dossier that has it, empty when none has, and the failures that are on record."""

    dossier_id: str
    failures: Failures | None


class Tracking(Protocol):
    """Numbers that are asked for without a sign-in."""

    def tracked(self, number: str) -> Tracked:
        """One read, whether there is such a number or not."""

    def failed(self, number: str, known: Failures | None, now: datetime) -> None:
        """Count one more failure, never beyond the most; `known` is what was on record when it was read."""
