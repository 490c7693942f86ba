"""The rules in data/rules.json: each is dated, cites its document, and agrees with the letter."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.kit.shipped import CARRIERS

DOCUMENT = json.loads((Path(__file__).parents[3] / "data" / "rules.json").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = DOCUMENT["rules"]


def test_vietnam_post_is_a_public_postal_service_and_the_simulator_is_a_sample() -> None:
    evidence = {carrier.id: carrier.evidence for carrier in CARRIERS.values()}
    of_carrier = {
        carrier: rule
        for rule in RULES
        if rule["kind"] == "public_postal_service"
        for carrier in rule["scope"]["carriers"]
    }
    assert of_carrier.keys() == evidence.keys() == {"vnpost", "simulator"}
    assert of_carrier["vnpost"]["legal_basis"]["number"] == "41/2011/QĐ-TTg"
    assert evidence["simulator"] == "sample"
    assert of_carrier["simulator"]["legal_basis"]["certainty"] == "ours"


def test_every_rule_is_dated_and_cites_its_basis() -> None:
    assert len({rule["id"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        first = date.fromisoformat(rule["from"])
        assert rule["to"] is None or first <= date.fromisoformat(rule["to"])
        assert rule["says_vi"]
        assert rule["says_en"]
        for basis in (rule["legal_basis"], *rule["also_see"]):
            assert basis.keys() == {"number", "date", "clause", "title_vi", "url", "certainty"}
            assert basis["number"]
            assert basis["title_vi"]
            assert basis["certainty"] in DOCUMENT["certainty"]


def test_the_order_gives_targets_to_departments_and_districts_and_to_nobody_else() -> None:
    targets = {
        tuple(rule["scope"]["unit_kinds"]): Fraction(rule["value"]["share"])
        for rule in RULES
        if rule["kind"] == "target"
    }
    assert targets == {("department",): Fraction(1, 2), ("district",): Fraction(1, 5)}


@pytest.mark.parametrize(
    ("day", "channel", "open_"),
    [
        ("2020-03-31", "counter", True),
        ("2020-04-01", "counter", False),
        ("2020-04-22", "counter", False),
        ("2020-04-22", "post", True),
        ("2020-04-22", "online", True),
        ("2020-04-23", "counter", True),
    ],
)
def test_counters_are_closed_from_1_to_22_april_2020_only(day: str, channel: str, open_: bool) -> None:
    in_force = [
        rule
        for rule in RULES
        if "one_stop" in rule["scope"].get("unit_kinds", ())
        and channel in rule["scope"].get("channels", ())
        and rule["from"] <= day <= (rule["to"] or "9999")
    ]
    assert [rule["value"]["allowed"] for rule in in_force if rule["kind"] == "reception"] == [True]
    closures = [
        rule for rule in in_force if rule["kind"] == "closure" and {"reception", "return"} <= {*rule["scope"]["acts"]}
    ]
    assert (closures == []) is open_
    assert all(rule["legal_basis"]["number"] == "1313/UBND-VP" for rule in closures)
