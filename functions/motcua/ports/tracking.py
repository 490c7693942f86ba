"""What tracking needs from outside: where a number leads, and how often somebody has failed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from motcua.domain.record import dataclass

if TYPE_CHECKING:  # a port says what it is about in annotations only: it loads nothing of the domain
    from datetime import datetime

    from motcua.domain.reading.tracking import Failures


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
