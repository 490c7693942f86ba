"""Two sides measured in alternation, so that a busy machine slows both; told as a ratio, never as bare milliseconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Bound:
    """How many times as long as the bare side the product may take, and what is worked towards."""

    limit: float
    aim: float


COLD, WHOLE, WARM = Bound(1.3, 1.15), Bound(1.35, 1.2), Bound(1.15, 1.05)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question: `product` and `bare` hold seconds, round by round. One without a bound is told and not judged."""

    vi: str
    en: str
    product: Sequence[float]
    bare: Sequence[float]
    bound: Bound | None = None

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

    @property
    def too_slow(self) -> bool:
        return self.bound is not None and self.ratio > self.bound.limit

    def lines(self) -> list[str]:
        """The ratio with its range, both sides' medians, and what that means."""
        ratios = self.ratios
        range_ = f"{min(ratios):.2f}–{max(ratios):.2f}, {len(ratios)} vòng · rounds"
        sides = f"motcua {median(self.product) * 1000:.1f} ms · bare {median(self.bare) * 1000:.1f} ms"
        told = [f"{self.vi} · {self.en}", f"    {self.ratio:.2f}×  ({range_})   {sides}"]
        return [*told, f"    {self.verdict()}"] if self.bound else told

    def verdict(self) -> str:
        """What the ratio means for the limit and the aim."""
        assert self.bound is not None
        limit, aim = self.bound.limit, self.bound.aim
        if self.too_slow:
            return f"✗ vượt giới hạn {limit}× · ABOVE the limit of {limit}×"
        if self.ratio > aim:
            return f"✓ trong giới hạn {limit}×, chưa đạt đích {aim}× · within the limit of {limit}×, above the aim of {aim}×"
        return f"✓ đạt đích {aim}× · meets the aim of {aim}×"
