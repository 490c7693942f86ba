"""The target of letter 1313/UBND-VP: results delivered to the address by the public postal service, of all results returned.

No document found defines the ratio. Ours, stored with each published figure: D = dossiers of the processing agency whose
result was returned in the period by any channel; N = those of D delivered to an address by the public postal service.
"""

from fractions import Fraction
from math import ceil

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """N of D, compared unrounded: 49.96 % has not reached 50 %."""

    delivered_by_post: int
    returned: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.delivered_by_post + other.delivered_by_post, self.returned + other.returned)

    @property
    def ratio(self) -> Fraction | None:
        """None when no results were due (không phát sinh): neither 0 % nor 100 %."""
        return Fraction(self.delivered_by_post, self.returned) if self.returned else None

    def reaches(self, target: Fraction) -> bool | None:
        """Whether the unrounded ratio is at least `target`; None when no results were due."""
        return None if self.ratio is None else self.ratio >= target

    def missing(self, target: Fraction) -> int | None:
        """How many further results, all of them by post, reach `target`: max(0, ceil((t·D − N) / (1 − t))).

        None when no number of them does: of a target of 100 % one result that went otherwise takes away the last hope.
        """
        if target == 1:
            return 0 if self.delivered_by_post == self.returned else None
        return max(0, ceil((target * self.returned - self.delivered_by_post) / (1 - target)))


def percent(ratio: Fraction | None) -> str:
    """One decimal, rounded half up; "—" when no results were due. For the eye only: nothing is compared by it."""
    if ratio is None:
        return "—"
    tenths = (ratio * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10},{tenths % 10} %"
