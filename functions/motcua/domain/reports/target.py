"""The target of letter 1313/UBND-VP: the share of results delivered by the public postal service.

The share is that of results delivered to the address, of all results returned. No document that we found defines it.
Our definition is stored with each published figure: D = dossiers of the processing agency whose result was returned in
the period by any channel; N = those of D delivered to an address by the public postal service.
"""

from fractions import Fraction
from math import ceil, floor

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """N out of D, compared unrounded: 49.96 % does not reach 50 %."""

    delivered_by_post: int
    returned: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.delivered_by_post + other.delivered_by_post, self.returned + other.returned)

    @property
    def ratio(self) -> Fraction | None:
        """N / D; None when no results were due (không phát sinh), which is neither 0 % nor 100 %."""
        return Fraction(self.delivered_by_post, self.returned) if self.returned else None

    def reaches(self, target: Fraction) -> bool | None:
        """Whether the unrounded ratio is at least `target`; None when no results were due."""
        return None if self.ratio is None else self.ratio >= target

    def missing(self, target: Fraction) -> int | None:
        """Return how many further results, all by post, would reach `target`: max(0, ceil((t·D − N) / (1 − t))).

        Returns None when no number would: a target of 100 % cannot be reached after one result returned otherwise.
        """
        if target == 1:
            return 0 if self.delivered_by_post == self.returned else None
        return max(0, ceil((target * self.returned - self.delivered_by_post) / (1 - target)))


def percent(ratio: Fraction | None, target: Fraction | None = None) -> str:
    """Return the ratio in per cent with one decimal, rounded half up; "—" when no results were due.

    What is below `target` never reads as if it had reached it: where one decimal would, two are shown, rounded down
    (49.996 % is 49,99 %). This is for display only: nothing is compared by it.
    """
    if ratio is None:
        return "—"
    tenths = floor(ratio * 1000 + Fraction(1, 2))
    if target is not None and ratio < target <= Fraction(tenths, 1000):
        hundredths = floor(ratio * 10_000)
        return f"{hundredths // 100},{hundredths % 100:02} %"
    return f"{tenths // 10},{tenths % 10} %"
