"""N of D in exact fractions: reached or not, how many are missing, the forecast, and the rounding for display."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.domain.reports.target import Share, percent
from tests.kit.examples import examples

HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)
SHARES = st.integers(0, 5000).flatmap(lambda d: st.builds(Share, st.integers(0, d), st.just(d)))
TARGETS = st.builds(Fraction, st.integers(0, 99), st.just(100))


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        (Fraction(4994, 10_000), "49,9 %"),
        (Fraction(4996, 10_000), "49,96 %"),
        (Fraction(49_996, 100_000), "49,99 %"),
        (Fraction(49_501, 100_000), "49,5 %"),
        (Fraction(1, 2), "50,0 %"),
        (Fraction(50_04, 10_000), "50,0 %"),
    ],
)
def test_a_share_below_its_target_never_reads_as_reached(ratio: Fraction, shown: str) -> None:
    assert percent(ratio, HALF) == shown


@examples(300)
@given(ratio=st.fractions(0, 1, max_denominator=100_000), target=st.fractions(0, 1, max_denominator=1000))
def test_whatever_the_target_what_is_below_it_is_shown_below_it(ratio: Fraction, target: Fraction) -> None:
    assume(ratio < target)
    shown = Fraction(percent(ratio, target).removesuffix(" %").replace(",", ".")) / 100
    assert ratio - Fraction(1, 1000) < shown < target


def test_49_96_percent_has_not_reached_50_which_only_rounding_would_hide() -> None:
    share = Share(1249, 2500)
    assert share.reaches(HALF) is False
    assert percent(share.ratio) == "50,0 %"
    assert share.missing(HALF) == 2


@pytest.mark.parametrize(
    ("delivered", "returned", "target", "reached"),
    [(1, 2, HALF, True), (1, 5, FIFTH, True), (19999, 100000, FIFTH, False), (1, 3, HALF, False), (3, 3, HALF, True)],
)
def test_the_target_is_reached_at_exactly_its_share(
    delivered: int, returned: int, target: Fraction, reached: bool
) -> None:
    assert Share(delivered, returned).reaches(target) is reached


def test_no_results_due_is_neither_0_nor_100_percent() -> None:
    nothing = Share(0, 0)
    assert (nothing.ratio, nothing.reaches(HALF), nothing.missing(HALF), percent(nothing.ratio)) == (None, None, 0, "—")


def test_the_designs_example_is_four_missing() -> None:
    assert Share(3, 10).missing(HALF) == 4


def _with_more_by_post(share: Share, more: int) -> Share:
    return Share(share.delivered_by_post + more, share.returned + more)


@examples(300)
@given(share=SHARES, target=TARGETS)
def test_as_many_as_are_missing_reach_the_target_and_one_fewer_does_not(share: Share, target: Fraction) -> None:
    assume(share.returned)
    missing = share.missing(target)
    assert missing is not None
    assert missing >= 0
    assert _with_more_by_post(share, missing).reaches(target) is True
    if missing:
        assert not _with_more_by_post(share, missing - 1).reaches(target)


def test_of_a_target_of_everything_one_other_result_takes_away_the_last_hope() -> None:
    assert Share(4, 4).missing(Fraction(1)) == 0
    assert Share(3, 4).missing(Fraction(1)) is None


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        (Fraction(0), "0,0 %"),
        (Fraction(1), "100,0 %"),
        (Fraction(1, 3), "33,3 %"),
        (Fraction(2, 3), "66,7 %"),
        (Fraction(1, 2000), "0,1 %"),
        (Fraction(4994, 10000), "49,9 %"),
        (Fraction(4995, 10000), "50,0 %"),
        (Fraction(99949, 100000), "99,9 %"),
    ],
)
def test_percent_has_one_decimal_rounded_half_up(ratio: Fraction, shown: str) -> None:
    assert percent(ratio) == shown


def test_shares_of_several_agencies_add_up() -> None:
    assert Share(2, 5) + Share(1, 7) == Share(3, 12)
