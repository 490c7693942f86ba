"""The benchmark's figures: ratios of neighbouring runs, medians, and an honest verdict."""

import pytest

from infra.bench.comparison import COLD, WARM, WHOLE, Bound, Comparison

BOUND = Bound(1.5, 1.2)


def compared(product: list[float], bare: list[float], bound: Bound | None = None) -> Comparison:
    return Comparison("Lạnh", "Cold", product, bare, bound)


def test_the_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    # In the second round the machine was busy, for both sides alike.
    assert compared([0.3, 3.0, 0.4], [0.2, 2.0, 0.4]).ratio == pytest.approx(1.5)


def test_the_lines_give_the_ratio_its_range_and_both_medians() -> None:
    title, numbers = compared([0.3, 0.2, 0.4], [0.2, 0.2, 0.2]).lines()
    assert title == "Lạnh · Cold"
    assert "1.50×  (1.00–2.00, 3 vòng · rounds)" in numbers
    assert "motcua 300.0 ms · bare 200.0 ms" in numbers


@pytest.mark.parametrize(
    ("product", "said"),
    [(1.2, "✓ đạt đích"), (1.21, "✓ trong giới hạn"), (1.5, "✓ trong giới hạn"), (1.51, "✗ vượt giới hạn")],
)
def test_only_more_than_the_limit_is_marked_as_a_failure(product: float, said: str) -> None:
    judged = compared([product], [1.0], BOUND)
    assert judged.verdict().startswith(said)
    assert judged.too_slow is said.startswith("✗")
    assert judged.lines()[-1].strip() == judged.verdict()


def test_one_without_a_bound_is_told_and_not_judged() -> None:
    aside = compared([9.0], [1.0])
    assert not aside.too_slow
    assert len(aside.lines()) == 2


def test_the_limits_are_those_that_were_promised() -> None:
    assert (COLD.limit, WHOLE.limit, WARM.limit) == (1.3, 1.35, 1.15)
    assert COLD.aim == 1.15


@pytest.mark.parametrize(("product", "bare"), [([], []), ([1.0], []), ([1.0], [1.0, 2.0])])
def test_sides_with_different_rounds_cannot_be_compared(product: list[float], bare: list[float]) -> None:
    with pytest.raises(ValueError, match="rounds"):
        compared(product, bare)
