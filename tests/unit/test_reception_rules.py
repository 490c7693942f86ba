"""Rules R1 and R2 of letter 1313/UBND-VP, replayed from the shipped data: who may receive, by which channel, on which day."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.domain.dossier import ChannelIn
from motcua.domain.errors import RefusedError
from motcua.domain.unit import UnitKind
from tests.unit.shipped import RULES, UNITS

ONE_STOPS = ("mc-tinh", "mc-h288", "mc-x10507")
AGENCIES = ("tinh", "skhdt", "vpdkdd", "h288", "x10507")


def refusal(unit: str, channel: str, day: str) -> RefusedError | None:
    try:
        RULES.check_reception(UNITS[unit], channel, date.fromisoformat(day))
    except RefusedError as refused:
        return refused
    return None


@pytest.mark.parametrize("unit", ONE_STOPS)
@pytest.mark.parametrize(
    ("day", "open_channels"),
    [
        ("2020-03-31", {"counter", "post", "online"}),
        ("2020-04-01", {"post", "online"}),
        ("2020-04-22", {"post", "online"}),
        ("2020-04-23", {"counter", "post", "online"}),
        ("2020-12-31", {"counter", "post", "online"}),
    ],
)
def test_counters_are_closed_from_1_to_22_april_while_post_and_online_go_on(
    unit: str, day: str, open_channels: set[str]
) -> None:
    assert {channel.value for channel in ChannelIn if refusal(unit, channel, day) is None} == open_channels


def test_a_closed_counter_names_the_letter_the_unit_and_the_days() -> None:
    refused = refusal("mc-h288", "counter", "2020-04-22")
    assert refused is not None
    assert (refused.code, refused.faults[0].pointer) == ("reception_closed", "/channel_in")
    assert "1313/UBND-VP" in refused.rule
    assert "reception-counter-closed-2020-04" in refused.rule
    assert refused.faults[0].params["unit"] == "Bộ phận Một cửa UBND thành phố Hải Dương"
    assert (refused.faults[0].params["first"], refused.faults[0].params["last"]) == ("01/04/2020", "22/04/2020")


@pytest.mark.parametrize("channel", list(ChannelIn))
@pytest.mark.parametrize("unit", AGENCIES)
def test_since_23_april_no_agency_receives_and_the_refusal_names_letter_1313(unit: str, channel: ChannelIn) -> None:
    refused = refusal(unit, channel, "2020-04-23")
    assert refused is not None
    assert (refused.code, refused.faults[0].pointer) == ("agency_may_not_receive", "/one_stop_id")
    assert "1313/UBND-VP" in refused.rule
    assert refused.faults[0].params["unit"] == UNITS[unit].name_vi


def test_what_no_rule_allows_is_refused_too() -> None:
    tax_office = replace(UNITS["skhdt"], kind=UnitKind.VERTICAL, name_vi="Chi cục Thuế")
    with pytest.raises(RefusedError) as refused:
        RULES.check_reception(tax_office, "counter", date(2020, 4, 23))
    assert refused.value.code == "agency_may_not_receive"
    assert refused.value.rule


def test_both_ends_of_a_rule_are_included() -> None:
    closed = next(rule for rule in RULES.reception if rule.id == "reception-counter-closed-2020-04")
    days = ("2020-03-31", "2020-04-01", "2020-04-22", "2020-04-23")
    assert [closed.valid_on(date.fromisoformat(day)) for day in days] == [False, True, True, False]
