"""Targets, closing days and number prefixes are dated rows, and a new row is enough to change them."""

from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.dossier.number import Series
from motcua.domain.errors import RefusedError
from motcua.domain.registry.unit import Unit, UnitKind
from motcua.domain.rules import values
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.rule import Rule, Scope
from motcua.domain.rules.rule_book import RuleBook, first_contradiction
from motcua.domain.rules.values import TakenAs, Whose
from motcua.usecases.intake.give_number import series_of
from tests.kit.examples import examples
from tests.kit.rule_samples import DAYS, matters, rules, sample, shipped, speaks
from tests.kit.shipped import RULES, UNITS

DAY = date(2020, 5, 31)
DEPARTMENT, DISTRICT = UNITS["skhdt"], UNITS["h288"]


@pytest.mark.parametrize(("agency", "share"), [(DEPARTMENT, Fraction(1, 2)), (DISTRICT, Fraction(1, 5))])
def test_the_letter_sets_targets_for_departments_and_district_committees(agency: Unit, share: Fraction) -> None:
    target = RULES.target(agency, DAY)
    assert target is not None
    assert target.value.share == share
    assert "1313/UBND-VP (2020-04-22)" in target.cited


@pytest.mark.parametrize("kind", [UnitKind.COMMUNE, UnitKind.PROVINCE, UnitKind.VERTICAL, UnitKind.DEPARTMENT_UNIT])
def test_no_target_is_invented_for_anybody_else(kind: UnitKind) -> None:
    assert RULES.target(replace(DEPARTMENT, kind=kind), DAY) is None


@pytest.mark.parametrize("before", [True, False])
def test_a_newer_rule_wins_from_its_first_day_wherever_its_row_stands(before: bool) -> None:
    """The shipped rules and one more row, entered by a controller: 60 % for departments from 2021."""
    old = shipped("target-departments")
    ended = replace(old, last=date(2020, 12, 31))
    newer = replace(old, id="a-target-2021", first=date(2021, 1, 1), value=values.Target(Fraction(3, 5)))
    others = tuple(rule for rule in RULES.rules if rule != old)
    book = RuleBook((newer, *others, ended) if before else (ended, *others, newer))
    assert first_contradiction(book.rules) is None
    shares = [book.target(DEPARTMENT, day) for day in (date(2020, 12, 31), date(2021, 1, 1))]
    assert [target and target.value.share for target in shares] == [Fraction(1, 2), Fraction(3, 5)]
    assert newer.contradicts(old), "without an end of the old one both would apply"


def test_a_unit_by_name_comes_before_its_kind_and_that_before_everybody() -> None:
    def target(rule_id: str, percent: int, **scope: Any) -> Rule[Any]:
        return sample("target", values.Target(Fraction(percent, 100)), rule_id, scope=Scope(**scope))

    book = RuleBook(
        (
            target("everybody", 10),
            target("kind", 20, unit_kinds=frozenset({UnitKind.DEPARTMENT})),
            target("named", 30, units=frozenset({"skhdt"})),
        )
    )
    assert first_contradiction(book.rules) is None
    units = ("skhdt", "stp", "h288")
    applied = [book.target(UNITS[unit_id], DAY) for unit_id in units]
    assert [target and target.id for target in applied] == ["named", "kind", "everybody"]
    assert book.known(values.Target, DAY).id == "everybody", "who has no unit is everybody"


def test_a_closing_or_number_rule_that_the_data_lack_is_named() -> None:
    for value, kind in ((values.Closing, "closing"), (values.NumberPrefix, "number_prefix")):
        with pytest.raises(RefusedError) as refused:
            RULES.known(value, date(2019, 12, 31))
        told = {"kind_vi": KINDS[kind].vi, "kind_en": KINDS[kind].en, "day": "31/12/2019", "rule": ""}
        assert (refused.value.code, refused.value.faults[0].params) == ("rule_missing", told)


def test_a_month_closes_on_the_third_working_day_at_18() -> None:
    assert RULES.known(values.Closing, DAY).value == values.Closing(3, time(18))


def test_orders_of_review_stand_beside_each_other_and_other_kinds_do_not() -> None:
    """Each order has its own tracker, but a count cannot begin on two days."""
    first = shipped("review-order-1313")
    second = replace(first, id="review-order-2", first=date(2020, 7, 1), value=values.ReviewOrder(date(2020, 9, 30)))
    assert first_contradiction((first, second)) is None
    assert RuleBook((first, second)).contradicted(replace(second, id="review-order-3")) is None
    for rule_id in ("isolation-period-2020-04", "go-live-2020-04-23"):
        once = shipped(rule_id)
        assert once.contradicts(replace(once, id="again"))


@pytest.mark.parametrize(("year", "first"), [(2020, date(2020, 4, 23)), (2021, date(2021, 1, 1))])
def test_figures_begin_at_go_live_in_its_year_and_on_1_january_later(year: int, first: date) -> None:
    assert RULES.figures_from(date(year, 1, 1)) == first


def test_a_go_live_that_was_entered_by_mistake_begins_nothing() -> None:
    rows = (replace(rule, annulled=True) if rule.kind == "go_live" else rule for rule in RULES.rules)
    assert RuleBook(tuple(rows)).figures_from(date(2020, 1, 1)) == date(2020, 1, 1)


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
    series = series_of(RULES, UNITS[one_stop], UNITS[agency], DAY)
    assert series == Series(expected, DAY, is_sample=True), "no identifier of the province is the official one yet"


def test_the_number_rule_may_name_the_one_stop_unit_at_the_centre() -> None:
    book = RuleBook((sample("number_prefix", values.NumberPrefix(Whose.ONE_STOP, Whose.ONE_STOP)),))
    assert series_of(book, UNITS["mc-tinh"], UNITS["skhdt"], DAY).prefix == "000.01.01.H23"


def test_the_public_postal_service_is_said_by_rule_and_day() -> None:
    assert RULES.is_public_postal_service("vnpost", DAY)
    assert not RULES.is_public_postal_service("vnpost", date(2019, 12, 31))
    assert not RULES.is_public_postal_service("somebody-else", DAY)


def test_a_delivery_without_a_place_is_taken_for_one_to_the_address_of_vietnam_post_only() -> None:
    assert RULES.missing_place("vnpost", DAY) is TakenAs.ADDRESS
    assert RULES.missing_place("vnpost", date(2019, 12, 31)) is TakenAs.NOT_COUNTED
    assert RULES.missing_place("somebody-else", DAY) is TakenAs.NOT_COUNTED


def test_no_two_rules_that_ship_contradict_each_other() -> None:
    assert first_contradiction(RULES.rules) is None
    assert {rule.kind for rule in RULES.rules} <= set(KINDS)
    assert all(rule.basis.number and rule.says_vi and rule.says_en for rule in RULES.rules)


# For any rules.

SOME_KINDS = ("reception", "closure", "target", "post_attempts", "closing")
LISTS = st.lists(rules(SOME_KINDS, annulled=False), max_size=12, unique_by=lambda rule: rule.id)


def entered(wanted: list[Rule[Any]]) -> RuleBook:
    """Return the book after each rule was entered, or refused because it contradicts another."""
    book = RuleBook(())
    for rule in wanted:
        if book.contradicted(rule) is None:
            book = RuleBook((*book.rules, rule))
    return book


@examples(60)
@given(wanted=LISTS)
def test_no_two_rules_of_one_kind_and_rank_apply_to_one_matter_on_one_day(wanted: list[Rule[Any]]) -> None:
    book = entered(wanted)
    for day in DAYS:
        for matter in matters():
            applied = [(rule.kind, rule.scope.rank) for rule in book.rules if speaks(rule, matter, day)]
            assert len(applied) == len(set(applied))


@examples(60)
@given(wanted=LISTS, kind=st.sampled_from(SOME_KINDS))
def test_what_applies_agrees_with_a_naive_list(wanted: list[Rule[Any]], kind: str) -> None:
    book = entered(wanted)
    for day in DAYS:
        for matter in matters():
            naive = [rule for rule in book.rules if rule.kind == kind and speaks(rule, matter, day)]
            closest = max(naive, key=lambda rule: rule.scope.rank, default=None)
            unit, channel, act, carrier = matter
            assert book.applying(KINDS[kind].value, day, unit, channel=channel, act=act, carrier=carrier) == closest


@examples(150)
@given(one=rules(SOME_KINDS), other=rules(SOME_KINDS))
def test_two_rules_contradict_each_other_exactly_when_some_matter_falls_under_both(
    one: Rule[Any], other: Rule[Any]
) -> None:
    days = [*DAYS, DAYS[-1] + timedelta(days=1)]
    both = one.kind == other.kind and one.scope.rank == other.scope.rank and one.id != other.id
    meet = both and any(speaks(one, matter, day) and speaks(other, matter, day) for day in days for matter in matters())
    assert one.contradicts(other) == other.contradicts(one) == meet


@examples(60)
@given(wanted=LISTS)
def test_rules_at_rest_are_checked_as_those_that_are_entered(wanted: list[Rule[Any]]) -> None:
    assert first_contradiction(entered(wanted).rules) is None
    assert (first_contradiction(wanted) is None) == (entered(wanted).rules == tuple(wanted))


def test_only_what_the_letter_itself_says_is_called_an_order() -> None:
    """Not the closure's first day, the isolation's dates or the go-live of a system."""
    called = {rule.id for rule in RULES.rules if rule.basis.certainty == "order"}
    assert called == {
        "reception-agencies-never",
        "target-departments",
        "target-district-committees",
        "review-order-1313",
    }
