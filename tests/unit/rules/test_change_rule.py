"""Whatever controllers enter, replace, end and annul: a required rule always exists, and exactly one applies."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.errors import MotcuaError
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.unit import UnitKind
from motcua.domain.rules.kinds import CHANNELS, KINDS
from motcua.domain.rules.rule import Rule, Scope
from motcua.domain.rules.rule_book import first_contradiction
from motcua.domain.rules.values import Reception
from motcua.usecases.registry_command import RegistryCommand
from motcua.usecases.rules.enter_rule import annul_rule, change_rule, enter_rule
from tests.kit.examples import examples
from tests.kit.fakes import CONTROLLER, key, stamp
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.rule_samples import DAYS, SOME_UNITS, rules, sample, scopes, shipped, speaks
from tests.kit.shipped import ENTRIES, UNITS

NEEDED = sorted(kind for kind, known in KINDS.items() if known.needed)
EVERY_DAY = [date(2020, 1, 1), date(2020, 3, 31), *DAYS, date(2020, 4, 23), date(2021, 1, 1)]
FEW = [
    entry
    for entry in ENTRIES
    if entry.kind in (EntryKind.RULE, EntryKind.CARRIER) or (entry.kind is EntryKind.UNIT and entry.id in SOME_UNITS)
]
"""The shipped registry with few units, because the rules distinguish no others."""

Applied = dict[tuple[date, str, str], list[Rule[Any]]]


def command(version: int | None = None) -> RegistryCommand:
    return RegistryCommand(CONTROLLER, stamp(), "Nhập theo văn bản mẫu", key(), version)


def of_kind(ledger: MemoryLedger, kind: str) -> list[Rule[Any]]:
    return [entry.thing for entry in ledger.entries(EntryKind.RULE) if entry.thing.kind == kind]


def applied(ledger: MemoryLedger, kind: str) -> Applied:
    """Return day, unit and channel → the rules of the closest rank that apply."""
    found: Applied = {}
    rules_of_kind = of_kind(ledger, kind)
    for day, unit_id, channel in product(EVERY_DAY, SOME_UNITS, CHANNELS):
        spoken = [rule for rule in rules_of_kind if speaks(rule, (UNITS[unit_id], channel, "", ""), day)]
        closest = max((rule.scope.rank for rule in spoken), default=0)
        found[day, unit_id, channel] = [rule for rule in spoken if rule.scope.rank == closest]
    return found


def act(ledger: MemoryLedger, kind: str, data: st.DataObject, name: str) -> bool:
    """Do one thing that a controller might do with rules of this kind, and return whether it was accepted."""
    known = data.draw(st.sampled_from(of_kind(ledger, kind)))
    version = ledger.now[f"rule#{known.id}"].version
    try:
        match data.draw(st.sampled_from(["enter", "replace", "end", "annul"])):
            case "enter":
                enter_rule(command(), data.draw(rules((kind,), annulled=False, id=name)), "", ledger)
            case "replace":
                new = data.draw(rules((kind,), annulled=False, id=name, scope=known.scope) | rules((kind,), id=name))
                enter_rule(command(), new, known.id, ledger)
            case "end":
                last = data.draw(st.none() | st.sampled_from([day for day in EVERY_DAY if day >= known.first]))
                change_rule(command(version), replace(known, last=last), ledger)
            case _:
                annul_rule(command(version), known.id, ledger, without_former=data.draw(st.booleans()))
    except MotcuaError:
        return False
    return True


@pytest.mark.parametrize("kind", NEEDED)
@examples(60)
@given(data=st.data())
def test_what_was_known_of_a_unit_on_a_day_stays_known_by_exactly_one_rule(kind: str, data: st.DataObject) -> None:
    ledger = MemoryLedger.of(FEW)
    for name in ("rule-a", "rule-b", "rule-c", "rule-d", "rule-e"):
        before = applied(ledger, kind)
        if not act(ledger, kind, data, name):
            continue
        after = applied(ledger, kind)
        assert first_contradiction(of_kind(ledger, kind)) is None
        for matter, (rule, *others) in ((matter, found) for matter, found in before.items() if found):
            assert not others
            if not isinstance(rule.value, Reception) or rule.value.allowed:
                assert len(after[matter]) == 1, matter


@examples(60)
@given(data=st.data())
def test_replacements_that_are_all_annulled_leave_everything_as_it_was(data: st.DataObject) -> None:
    """This holds for any number of replacements, in any order of annulment."""
    ledger, former = MemoryLedger.of(FEW), shipped("target-departments")
    days = data.draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(sorted))
    names = [f"target-{number}" for number in range(len(days))]
    for name, first in zip(names, days, strict=True):
        wider = data.draw(st.frozensets(st.sampled_from([UnitKind.COMMUNE, UnitKind.VERTICAL])))
        new = replace(former, id=name, first=first, scope=Scope(unit_kinds=former.scope.unit_kinds | wider), last=None)
        enter_rule(command(), new, former.id, ledger)
        former = new
    for name in data.draw(st.permutations(names)):
        annul_rule(command(ledger.now[f"rule#{name}"].version), name, ledger)
        assert first_contradiction(of_kind(ledger, "target")) is None
        departments = [found for (_, unit_id, _), found in applied(ledger, "target").items() if unit_id == "stp"]
        assert {len(found) for found in departments} == {1}
    assert [rule for rule in of_kind(ledger, "target") if not rule.annulled] == [
        shipped("target-departments"),
        shipped("target-district-committees"),
    ]


@examples(200)
@given(one=scopes("reception"), other=scopes("reception"))
def test_what_a_scope_leaves_out_of_another_is_told_exactly_when_some_matter_is_lost(one: Scope, other: Scope) -> None:
    if one.rank != other.rank:
        return
    lost = [
        (unit_id, channel)
        for unit_id, channel in product(SOME_UNITS, CHANNELS)
        if one.covers(UNITS[unit_id], channel=channel) and not other.covers(UNITS[unit_id], channel=channel)
    ]
    assert bool(lost) == bool(one.beyond(other))


def test_a_carrier_that_is_left_out_is_told_as_all_but_those_that_are_named() -> None:
    everybody, one = Scope(), Scope(carriers=frozenset({"vnpost"}))
    assert everybody.beyond(one) == {"carriers": ["≠ vnpost"]}
    assert one.beyond(everybody) == {}


def test_hours_of_every_kind_of_unit_are_not_the_hours_of_who_has_no_unit() -> None:
    """The hours for closing a month belong to no unit."""
    ledger, hours = MemoryLedger.of(FEW), shipped("working-hours")
    for kind in UnitKind:
        own = sample("working_hours", hours.value, f"hours-{kind}", scope=Scope(unit_kinds=frozenset({kind})))
        enter_rule(command(), own, "", ledger)
    with pytest.raises(MotcuaError) as error:
        annul_rule(command(1), "working-hours", ledger)
    assert (error.value.code, error.value.faults[0].params["who"]) == ("rule_needed", "tất cả · all")
