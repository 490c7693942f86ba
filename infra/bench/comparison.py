"""Two sides measured in alternation, so that a busy machine slows both; told as a ratio, never as bare milliseconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LIMIT, AIM = 1.5, 1.2
"""The product may take one and a half times as long as the bare side; 1.2 times is what we work towards."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question: `product` and `bare` hold seconds, round by round."""

    vi: str
    en: str
    product: Sequence[float]
    bare: Sequence[float]

    def __post_init__(self) -> None:
        if len(self.product) != len(self.bare) or not self.bare:
            raise ValueError("both sides need the same number of rounds, and at least one")

    @property
    def ratios(self) -> list[float]:
        """Each round's own ratio: its two sides ran one after the other."""
        return [ours / theirs for ours, theirs in zip(self.product, self.bare, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    def lines(self) -> list[str]:
        """The ratio with its range, and both sides' medians."""
        ratios = self.ratios
        range_ = f"{min(ratios):.2f}–{max(ratios):.2f}, {len(ratios)} vòng · rounds"
        sides = f"motcua {median(self.product) * 1000:.1f} ms · bare {median(self.bare) * 1000:.1f} ms"
        return [f"{self.vi} · {self.en}", f"    {self.ratio:.2f}×  ({range_})   {sides}"]

    def verdict(self) -> str:
        """What the ratio means for the limit and the aim."""
        if self.ratio > LIMIT:
            return f"✗ vượt giới hạn {LIMIT}× · ABOVE the limit of {LIMIT}×"
        if self.ratio > AIM:
            return f"✓ trong giới hạn {LIMIT}×, chưa đạt đích {AIM}× · within the limit, above the aim of {AIM}×"
        return f"✓ đạt đích {AIM}× · meets the aim of {AIM}×"
