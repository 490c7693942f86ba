"""Rules R1 and R2 of letter 1313/UBND-VP, replayed from the shipped data: who may receive, by which channel, on which day."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.domain.dossier.dossier import ChannelIn
from motcua.domain.errors import RefusedError
from motcua.domain.registry.unit import UnitKind
from motcua.domain.registry.unit_change import changed
from motcua.domain.rules.rule import Scope
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import Closure, ProcessingClosure
from tests.kit.rule_samples import sample, shipped
from tests.kit.shipped import RULES, UNITS

ONE_STOPS = ("mc-tinh", "mc-h288", "mc-x10507")
AGENCIES = ("tinh", "skhdt", "vpdkdd", "h288", "x10507")
EVERY_CHANNEL = {"counter", "post", "online"}


def refusal(unit: str, channel: str, day: str, book: RuleBook = RULES) -> RefusedError | None:
    try:
        book.check_reception(UNITS[unit], channel, date.fromisoformat(day))
    except RefusedError as refused:
        return refused
    return None


def open_channels(unit: str, day: str, book: RuleBook = RULES) -> set[str]:
    return {channel.value for channel in ChannelIn if refusal(unit, channel, day, book) is None}


def test_a_rule_of_a_kind_speaks_of_who_was_of_that_kind_on_its_day() -> None:
    """An agency that becomes vertical in 2021 has a department's target in 2020 and none later."""
    agency = changed(UNITS["stp"], replace(UNITS["stp"], kind=UnitKind.VERTICAL), date(2021, 1, 1))
    assert RULES.target(agency, date(2020, 12, 31)) == RULES.target(UNITS["stp"], date(2020, 12, 31)) is not None
    assert RULES.target(agency, date(2021, 1, 1)) is None


@pytest.mark.parametrize("unit", ONE_STOPS)
@pytest.mark.parametrize(
    ("day", "channels"),
    [
        ("2020-03-31", EVERY_CHANNEL),
        ("2020-04-01", {"post", "online"}),
        ("2020-04-22", {"post", "online"}),
        ("2020-04-23", EVERY_CHANNEL),
        ("2020-12-31", EVERY_CHANNEL),
    ],
)
def test_counters_are_closed_from_1_to_22_april_while_post_and_online_go_on(
    unit: str, day: str, channels: set[str]
) -> None:
    assert open_channels(unit, day) == channels


@pytest.mark.parametrize("day", ["2020-04-01", "2020-04-22"])
def test_a_closed_counter_names_the_letter_the_unit_and_the_days(day: str) -> None:
    refused = refusal("mc-h288", "counter", day)
    assert refused is not None
    assert (refused.code, refused.faults[0].pointer) == ("reception_closed", "/channel_in")
    assert refused.rule == "closure-counter-2020-04 · 1313/UBND-VP (2020-04-22)"
    assert refused.faults[0].params["unit"] == "Bộ phận Một cửa UBND thành phố Hải Dương"
    assert (refused.faults[0].params["first"], refused.faults[0].params["last"]) == ("01/04/2020", "22/04/2020")


@pytest.mark.parametrize("channel", list(ChannelIn))
@pytest.mark.parametrize("unit", AGENCIES)
def test_since_23_april_no_agency_receives_and_the_refusal_names_letter_1313(unit: str, channel: ChannelIn) -> None:
    refused = refusal(unit, channel, "2020-04-23")
    assert refused is not None
    assert (refused.code, refused.faults[0].pointer) == ("agency_may_not_receive", "/one_stop_id")
    assert refused.rule == "reception-agencies-never · 1313/UBND-VP (2020-04-22)"
    assert refused.faults[0].params["unit"] == UNITS[unit].name_vi


@pytest.mark.parametrize("unit", AGENCIES)
def test_before_that_day_agencies_are_told_by_which_rule_the_one_stop_units_receive(unit: str) -> None:
    refused = refusal(unit, "counter", "2020-04-10")
    assert refused is not None
    assert refused.code == "agency_may_not_receive"
    assert refused.rule == "reception-one-stop-open · 61/2018/NĐ-CP (2018-04-23)"


def test_what_no_rule_allows_is_refused_too() -> None:
    tax_office = replace(UNITS["skhdt"], kind=UnitKind.VERTICAL, name_vi="Chi cục Thuế")
    with pytest.raises(RefusedError) as refused:
        RULES.check_reception(tax_office, "counter", date(2020, 4, 23))
    assert refused.value.code == "agency_may_not_receive"
    assert refused.value.rule


def test_a_one_stop_unit_that_no_rule_opens_is_not_told_of_a_closure() -> None:
    refused = refusal("mc-tinh", "counter", "2019-12-31")
    assert refused is not None
    assert (refused.code, refused.rule) == ("no_rule_allows", "")
    assert refused.faults[0].params["day"] == "31/12/2019"


def test_without_any_rule_nobody_receives_and_no_annulled_one_is_named() -> None:
    annulled = RuleBook((replace(shipped("reception-one-stop-open"), annulled=True),))
    for unit in ("mc-tinh", "skhdt"):
        refused = refusal(unit, "counter", "2020-04-23", annulled)
        assert refused is not None
        assert (refused.code, refused.rule) == ("no_rule_allows", "")


def test_both_ends_of_a_rule_are_included() -> None:
    closed = shipped("closure-counter-2020-04")
    days = ("2020-03-31", "2020-04-01", "2020-04-22", "2020-04-23")
    assert [closed.valid_on(date.fromisoformat(day)) for day in days] == [False, True, True, False]


def test_another_closure_is_one_new_rule() -> None:
    """An invented order closes the counters of one city for three days in August and nobody else's."""
    august = sample(
        "closure",
        Closure(),
        "closure-sample-2020-08",
        scope=Scope(units=frozenset({"mc-h288"}), channels=frozenset({"counter"}), acts=frozenset({"reception"})),
        first=date(2020, 8, 3),
        last=date(2020, 8, 5),
    )
    assert RULES.contradicted(august) is None
    book = RuleBook((*RULES.rules, august))
    for day, channels in (
        ("2020-08-02", EVERY_CHANNEL),
        ("2020-08-03", {"post", "online"}),
        ("2020-08-05", {"post", "online"}),
        ("2020-08-06", EVERY_CHANNEL),
        ("2020-04-10", {"post", "online"}),
    ):
        assert open_channels("mc-h288", day, book) == channels
    assert open_channels("mc-tinh", "2020-08-04", book) == EVERY_CHANNEL
    refused = refusal("mc-h288", "counter", "2020-08-04", book)
    assert refused is not None
    assert "closure-sample-2020-08 · 77/UBND-VP (mẫu)" in refused.rule


def test_a_closure_of_all_is_lifted_for_one_unit_by_naming_it() -> None:
    """In April the invented counter of one commune opens again on the 15th, by an order of its own."""
    lifted = sample(
        "closure",
        Closure(lifted=True),
        scope=Scope(units=frozenset({"mc-x10507"}), channels=frozenset({"counter"}), acts=frozenset({"reception"})),
        first=date(2020, 4, 15),
        last=date(2020, 4, 22),
    )
    assert RULES.contradicted(lifted) is None
    book = RuleBook((*RULES.rules, lifted))
    for unit, day, channels in (
        ("mc-x10507", "2020-04-14", {"post", "online"}),
        ("mc-x10507", "2020-04-15", EVERY_CHANNEL),
        ("mc-h288", "2020-04-15", {"post", "online"}),
    ):
        assert open_channels(unit, day, book) == channels
    assert book.closure("return", UNITS["mc-x10507"], "counter", date(2020, 4, 15)), "only what it says is lifted"


@pytest.mark.parametrize("unit", ONE_STOPS)
@pytest.mark.parametrize(("day", "closed"), [("2020-03-31", set()), ("2020-04-10", {"counter"}), ("2020-04-23", set())])
def test_the_same_closure_stops_the_return_of_results_at_the_counter(unit: str, day: str, closed: set[str]) -> None:
    on = date.fromisoformat(day)
    stopped = {channel for channel in EVERY_CHANNEL if RULES.closure("return", UNITS[unit], channel, on)}
    assert stopped == closed


def test_processing_stood_still_for_everybody_in_those_days() -> None:
    for unit_id in (*ONE_STOPS, *AGENCIES):
        stood = RULES.applying(ProcessingClosure, date(2020, 4, 10), UNITS[unit_id])
        assert stood is not None
        assert (stood.id, stood.value.while_closed) == ("closure-processing-2020-04", "PAUSE")
