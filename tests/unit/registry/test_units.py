"""Units on any day: former states are kept, and an end or a change leaves no gap."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contracts.registry.find_units import UnitView
from motcua.domain.registry.consistency import NamedBy, consistency_faults, faults_of_unit
from motcua.domain.registry.directory import Directory
from motcua.domain.registry.unit import FormerUnit, Level, Unit, UnitKind
from motcua.domain.registry.unit_change import changed, faults_of_day
from tests.kit.shipped import UNITS, VERSIONS

FIRST = date(2020, 1, 1)
DEPARTMENT = UNITS["stp"]
STEPS = st.lists(st.integers(1, 400), max_size=6)


def renamed(unit: Unit, name: str, day: date | None) -> Unit:
    return changed(unit, replace(unit, former=(), name_vi=name), day)


def test_a_unit_that_never_changed_is_itself_on_every_day() -> None:
    assert DEPARTMENT.on(date(2026, 11, 24)) is DEPARTMENT
    assert DEPARTMENT.span(date(2020, 4, 23)) == (FIRST, None)


@given(STEPS, st.integers(-30, 2500))
def test_what_it_was_on_a_day_agrees_with_a_naive_list(steps: list[int], asked: int) -> None:
    unit, day, names = DEPARTMENT, FIRST, {FIRST: DEPARTMENT.name_vi}
    for number, step in enumerate(steps):
        day += timedelta(days=step)
        unit, names[day] = renamed(unit, f"Sở Mẫu {number}", day), f"Sở Mẫu {number}"
    on = FIRST + timedelta(days=asked)
    began = max((each for each in names if each <= on), default=FIRST)
    ends = min((each for each in names if each > max(on, FIRST)), default=None)
    stood = unit.on(on)
    assert (stood.name_vi, stood.former, len(unit.former)) == (names[began], (), len(steps))
    assert unit.span(on) == (began, ends - timedelta(days=1) if ends else None)
    assert faults_of_unit(unit, UNITS) == []


def test_from_its_first_day_on_a_state_is_corrected_and_nothing_is_kept_of_it() -> None:
    once = renamed(DEPARTMENT, "Sở Mẫu", date(2021, 3, 1))
    again = renamed(once, "Sở Mẫu (sửa)", date(2021, 3, 1))
    assert [each.last for each in again.former] == [date(2021, 2, 28)]
    assert again.on(date(2021, 3, 1)).name_vi == "Sở Mẫu (sửa)"
    assert renamed(DEPARTMENT, "Sở Mẫu", FIRST).former == ()


@pytest.mark.parametrize(
    ("day", "valid_to", "told"),
    [
        (None, None, ["changes_from_needed"]),
        (date(2019, 12, 31), None, ["changes_from_outside"]),
        (FIRST, None, []),
        (date(2022, 1, 1), date(2021, 12, 31), ["changes_from_outside"]),
        (date(2021, 12, 31), date(2021, 12, 31), []),
    ],
)
def test_what_is_dated_changes_from_a_day_within_the_last_state(
    day: date | None, valid_to: date | None, told: list[str]
) -> None:
    wanted = replace(DEPARTMENT, name_vi="Sở Mẫu", valid_to=valid_to)
    assert [fault.code for fault in faults_of_day(DEPARTMENT, wanted, day)] == told


def test_what_is_not_dated_needs_no_day() -> None:
    wanted = replace(DEPARTMENT, evidence="mẫu", gso_code="30")
    assert list(faults_of_day(DEPARTMENT, wanted, None)) == []
    assert changed(DEPARTMENT, wanted, None) == wanted


def test_a_unit_that_ends_never_becomes_what_was_planned_for_later() -> None:
    unit = renamed(renamed(DEPARTMENT, "Sở Mẫu", date(2021, 3, 1)), "Sở Sau Này", date(2026, 1, 1))
    ended = unit.ended(date(2025, 7, 1), ("snv",))
    assert (ended.name_vi, ended.valid_to) == ("Sở Mẫu", date(2025, 6, 30))
    assert [each.last for each in ended.former] == [date(2021, 2, 28)]
    assert faults_of_unit(ended, UNITS) == []


def _former(last: date) -> FormerUnit:
    return renamed(DEPARTMENT, "Sở Mẫu", last + timedelta(days=1)).former[0]


@pytest.mark.parametrize(
    ("lasts", "valid_to"),
    [
        ((date(2021, 1, 1), date(2020, 6, 1)), None),
        ((date(2021, 1, 1), date(2021, 1, 1)), None),
        ((date(2019, 12, 31),), None),
        ((date(2021, 1, 1),), date(2021, 1, 1)),
    ],
)
def test_a_past_that_cannot_have_been_is_refused(lasts: tuple[date, ...], valid_to: date | None) -> None:
    former = tuple(replace(_former(date(2020, 6, 1)), last=last) for last in lasts)
    unit = replace(DEPARTMENT, former=former, valid_to=valid_to)
    assert [fault.code for fault in faults_of_unit(unit, UNITS, "/unit")] == ["past_out_of_order"]


def test_it_fits_the_others_on_every_day_and_not_only_on_the_last() -> None:
    """A parent that was a vertical agency for a while was no department then."""
    inside = replace(UNITS["stn-mt"], kind=UnitKind.VERTICAL)
    parent = changed(UNITS["stn-mt"], inside, date(2021, 1, 1))
    parent = changed(parent, replace(UNITS["stn-mt"], former=()), date(2022, 1, 1))
    units = UNITS | {"stn-mt": parent}
    child = UNITS["vpdkdd"]
    assert [(each.code, each.pointer) for each in faults_of_unit(child, units)] == [
        ("parent_not_department", "/parent_id")
    ]
    elsewhere = changed(child, replace(child, parent_id="stp"), date(2020, 6, 1))
    assert faults_of_unit(elsewhere, units) == []
    back = changed(elsewhere, replace(elsewhere, former=(), parent_id="stn-mt"), date(2021, 12, 31))
    assert [(each.code, each.pointer) for each in faults_of_unit(back, units, "/unit")] == [
        ("parent_not_department", "/unit/parent_id")
    ]
    assert faults_of_unit(replace(child, valid_to=date(2020, 12, 31)), units) == [], "it had ended by then"


def test_a_wrong_state_of_the_past_is_told_where_it_stands() -> None:
    child = changed(UNITS["vpdkdd"], replace(UNITS["vpdkdd"], parent_id="stp"), date(2021, 1, 1))
    units = UNITS | {"stn-mt": replace(UNITS["stn-mt"], kind=UnitKind.VERTICAL)}
    assert [each.pointer for each in faults_of_unit(child, units, "/unit")] == ["/unit/former/0/parent_id"]


@pytest.mark.parametrize(
    ("unit_id", "changes", "told"),
    [
        ("stn-mt", {"kind": UnitKind.VERTICAL}, [("vpdkdd", "parent-not-department")]),
        ("h288", {"level": Level.COMMUNE}, [("mc-h288", "level-differs")]),
        ("h288", {"name_vi": "UBND Mẫu"}, []),
        ("stp", {"kind": UnitKind.VERTICAL}, []),
    ],
)
def test_who_relies_on_a_unit_as_it_was_is_named(
    unit_id: str, changes: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    after = UNITS | {unit_id: replace(UNITS[unit_id], **changes)}
    found = consistency_faults(unit_id, UNITS, after, NamedBy.among(after.values(), VERSIONS.values()))
    assert [(each.params["by"], each.params["fault"]) for each in found] == told
    assert {each.code for each in found} <= {"needed_otherwise"}


def test_procedures_rely_on_a_department_that_issues() -> None:
    after = UNITS | {"stp": replace(UNITS["stp"], kind=UnitKind.PROVINCE)}
    found = consistency_faults("stp", UNITS, after, NamedBy.among(after.values(), VERSIONS.values()))
    assert {each.params["fault"] for each in found} == {"issues-nothing"}
    issued = {code for code, known in VERSIONS.items() if known.latest.agency_id == "stp"}
    assert {each.params["by"] for each in found} == issued


def test_it_is_shown_as_it_stood_with_the_days_of_that_state() -> None:
    counter = UNITS["mc-tinh"]
    fewer = changed(counter, replace(counter, name_vi="Trung tâm Mẫu", serves=("skhdt",)), date(2021, 3, 1))
    units = [*(UNITS | {"mc-tinh": fewer}).values()]
    before, after = (UnitView.of(fewer, Directory.of(units, day)) for day in (date(2020, 4, 23), date(2021, 3, 1)))
    assert (before.name_vi, before.since, before.until) == (counter.name_vi, FIRST, date(2021, 2, 28))
    assert len(before.serves) == 19
    assert (after.name_vi, after.since, after.until) == ("Trung tâm Mẫu", date(2021, 3, 1), None)
    assert [each.id for each in after.serves] == ["skhdt"]
    justice = [UnitView.of(UNITS["stp"], Directory.of(units, day)).served_by for day in (FIRST, date(2021, 3, 1))]
    assert [[each.name_vi for each in served_by] for served_by in justice] == [[counter.name_vi], []]
