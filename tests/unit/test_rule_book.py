"""What orders may change: targets, closing days and number prefixes are dated rows, and a new row is all that it takes."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from motcua.domain.number import Series
from motcua.domain.rule_book import RuleBook
from motcua.domain.unit import UnitKind
from motcua.usecases.numbering import series_of
from tests.unit.shipped import RULES, UNITS

DAY = date(2020, 5, 31)


@pytest.mark.parametrize(
    ("kind", "share"), [(UnitKind.DEPARTMENT, Fraction(1, 2)), (UnitKind.DISTRICT, Fraction(1, 5))]
)
def test_the_letter_sets_targets_for_departments_and_district_committees(kind: UnitKind, share: Fraction) -> None:
    target = RULES.target(kind, DAY)
    assert target is not None
    assert target.share == share
    assert "1313/UBND-VP (2020-04-22)" in target.cited


@pytest.mark.parametrize("kind", [UnitKind.COMMUNE, UnitKind.PROVINCE, UnitKind.VERTICAL, UnitKind.DEPARTMENT_UNIT])
def test_no_target_is_invented_for_anybody_else(kind: UnitKind) -> None:
    assert RULES.target(kind, DAY) is None


def with_newer_target(*, before: bool) -> RuleBook:
    """The shipped rules and one more row, entered by a controller: 60 % for departments from 2021."""
    old = next(rule for rule in RULES.targets if rule.unit_kind is UnitKind.DEPARTMENT)
    newer = replace(old, id="a-target-2021", first=date(2021, 1, 1), share=Fraction(3, 5))
    return replace(RULES, targets=(newer, *RULES.targets) if before else (*RULES.targets, newer))


@pytest.mark.parametrize("before", [True, False])
def test_a_newer_rule_wins_from_its_first_day_wherever_its_row_stands(before: bool) -> None:
    book = with_newer_target(before=before)
    last_of_old, first_of_new = (
        book.target(UnitKind.DEPARTMENT, day) for day in (date(2020, 12, 31), date(2021, 1, 1))
    )
    assert last_of_old is not None
    assert last_of_old.share == Fraction(1, 2)
    assert first_of_new is not None
    assert first_of_new.share == Fraction(3, 5)


def test_a_closing_or_number_rule_that_the_data_lack_is_named() -> None:
    with pytest.raises(LookupError, match=r"closing .*2019-12-31"):
        RULES.closing(date(2019, 12, 31))
    with pytest.raises(LookupError, match=r"number_prefix .*2019-12-31"):
        RULES.number(date(2019, 12, 31))


@pytest.mark.parametrize(("year", "first"), [(2020, date(2020, 4, 23)), (2021, date(2021, 1, 1))])
def test_figures_begin_at_go_live_in_its_year_and_on_1_january_later(year: int, first: date) -> None:
    assert RULES.figures_from(date(year, 1, 1)) == first


@pytest.mark.parametrize(
    ("one_stop", "agency", "expected"),
    [
        ("mc-tinh", "skhdt", "000.00.04.H23"),
        ("mc-tinh", "snv", "000.00.02.H23"),
        ("mc-h288", "h288", "000.00.30.H23"),
        ("mc-x10507", "x10507", "000.01.30.H23"),
    ],
)
def test_the_provincial_centre_numbers_by_agency_and_a_committees_unit_by_committee(
    one_stop: str, agency: str, expected: str
) -> None:
    series = series_of(RULES.number(DAY), UNITS[one_stop], UNITS[agency], DAY)
    assert series == Series(expected, DAY, is_sample=True), "no identifier of the province is the official one yet"


def test_the_number_rule_may_name_the_one_stop_unit_at_the_centre() -> None:
    rule = replace(RULES.number(DAY), at_provincial_centre="one_stop")
    assert series_of(rule, UNITS["mc-tinh"], UNITS["skhdt"], DAY).prefix == "000.01.01.H23"
