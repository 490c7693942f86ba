"""Units and procedures fit together. Inconsistencies are reported field by field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motcua.contracts.registry.change_unit import UnitModel
from motcua.contracts.registry.find_units import UnitView
from motcua.contracts.registry.procedure import VersionModel
from motcua.domain.registry.consistency import faults_of_procedure, faults_of_unit
from motcua.domain.registry.directory import Directory
from motcua.domain.registry.procedure import Leg, LimitUnit, TimeLimit
from motcua.domain.registry.unit import Level, UnitKind
from tests.kit.shipped import PROCEDURES, UNITS

BUSINESS = PROCEDURES["2.001610"]


def _days(count: str) -> TimeLimit:
    return TimeLimit(Decimal(count), LimitUnit.WORKING_DAY)


def test_all_that_ships_fits() -> None:
    assert [fault for unit in UNITS.values() for fault in faults_of_unit(unit, UNITS)] == []
    assert [fault for each in PROCEDURES.values() for fault in faults_of_procedure(each, UNITS)] == []


@pytest.mark.parametrize(
    ("unit_id", "changes", "told"),
    [
        ("stp", {"parent_id": "nowhere"}, [("unknown_unit", "/parent_id")]),
        ("stp", {"parent_id": "stp"}, [("unit_above_itself", "/parent_id")]),
        ("tinh", {"parent_id": "stp"}, [("unit_above_itself", "/parent_id")]),
        ("vpdkdd", {"parent_id": "h288"}, [("parent_not_department", "/parent_id")]),
        ("vpdkdd", {"parent_id": ""}, [("parent_not_department", "/parent_id")]),
        ("h288", {"level": Level.COMMUNE}, [("level_differs", "/level")]),
        ("mc-h288", {"level": Level.PROVINCE}, [("level_differs", "/level")]),
        ("mc-h288", {"serves": ()}, [("serves_nobody", "/serves")]),
        ("mc-h288", {"serves": ("h288", "nowhere")}, [("unknown_unit", "/serves/1")]),
        ("mc-h288", {"serves": ("h288", "mc-tinh")}, [("serves_a_counter", "/serves/1")]),
        ("stp", {"serves": ("snv",)}, [("only_one_stop_serves", "/serves")]),
        ("stp", {"successor_ids": ("snv",)}, [("not_ended", "/successor_ids")]),
        ("h288", {"successor_ids": ("stp", "h288")}, [("unknown_unit", "/successor_ids/1")]),
        ("h288", {"successor_ids": ("nowhere",)}, [("unknown_unit", "/successor_ids/0")]),
    ],
)
def test_a_unit_that_does_not_fit_is_told_where(
    unit_id: str, changes: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    faults = faults_of_unit(replace(UNITS[unit_id], **changes), UNITS, "/unit")
    assert [(fault.code, fault.pointer) for fault in faults] == [(code, f"/unit{at}") for code, at in told]


LINKED = replace(BUSINESS, limit=_days("10"), legs=(Leg(1, "stp", _days("4")), Leg(2, "skhdt", _days("6"))))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"agency_id": "nowhere", "legs": ()}, [("unknown_unit", "/agency_id")]),
        ({"agency_id": "h288", "legs": ()}, [("issues_nothing", "/agency_id")]),
        ({"agency_id": ""}, [("agency_needed", "/agency_id")]),
        ({"agency_id": "", "legs": (), "levels": frozenset({Level.COMMUNE})}, []),
        ({"agency_id": "snv"}, [("lead_not_among_legs", "/legs")]),
        ({"legs": (*LINKED.legs, Leg(2, "nowhere", _days("1")))}, [("unknown_unit", "/legs/2/agency_id")]),
        ({"legs": (Leg(1, "skhdt", _days("4")), Leg(3, "stp", _days("1")))}, [("steps_with_gaps", "/legs")]),
        ({"legs": (Leg(1, "skhdt", _days("9")), Leg(1, "stp", _days("10")))}, []),
        ({"legs": (*LINKED.legs, Leg(3, "skhdt", _days("0.5")))}, [("legs_exceed_limit", "/legs")]),
        ({"legs": (Leg(1, "skhdt", _days("4")), Leg(2, "stp", _days("1")))}, [("lead_not_last", "/legs")]),
        ({"legs": (*LINKED.legs, Leg(2, "skhdt", _days("1")))}, [("leg_twice", "/legs/2/agency_id")]),
        ({"levels": frozenset({Level.PROVINCE, Level.DISTRICT})}, [("legs_of_committees", "/levels")]),
        (
            {"limit": None, "legs": (LINKED.legs[1], Leg(1, "stp", TimeLimit(Decimal(4), LimitUnit.HOUR)))},
            [("whole_limit_needed", "/limit")],
        ),
        ({"limit": None}, []),
    ],
)
def test_a_procedure_that_does_not_fit_is_told_where(changes: dict[str, Any], told: list[tuple[str, str]]) -> None:
    faults = faults_of_procedure(replace(LINKED, **changes), UNITS)
    assert [(fault.code, fault.pointer) for fault in faults] == told


def test_what_ships_crosses_the_wire_and_comes_back_the_same() -> None:
    for unit in UNITS.values():
        assert UnitModel.model_validate_json(UnitModel.from_domain(unit).model_dump_json()).to_domain() == unit
    for each in (*PROCEDURES.values(), LINKED):
        assert VersionModel.model_validate_json(VersionModel.from_domain(each).model_dump_json()).to_version() == each


def test_a_unit_that_has_ended_says_who_came_after_it() -> None:
    after = replace(UNITS["x10507"], id="px", name_vi="UBND phường Mẫu (ví dụ)", valid_from=date(2025, 7, 1))
    ended = UNITS["h288"].ended(date(2025, 7, 1), (after.id, "stp"))
    before, since = (Directory.of([*UNITS.values(), after], date(2025, *day)) for day in ((6, 30), (7, 1)))
    view = UnitView.of(ended, since)
    assert view.state == "ended"
    assert [each.name_vi for each in view.successors] == ["UBND phường Mẫu (ví dụ)", "Sở Tư pháp"]
    assert view.says_vi == (
        "Kết thúc hoạt động ngày 30/06/2025; việc được chuyển cho: UBND phường Mẫu (ví dụ); Sở Tư pháp."
    )
    assert UnitView.of(ended, before).says_vi is None
    assert UnitView.of(after, before).says_vi == "Hoạt động từ ngày 01/07/2025."


def test_an_agency_is_served_by_the_counters_of_that_day() -> None:
    directory = Directory.of(UNITS.values(), date(2020, 4, 23))
    assert [unit.id for unit in directory.serving("h288")] == ["mc-h288"]
    assert [unit.id for unit in directory.serving("stp")] == ["mc-tinh"]
    assert not Directory.of(UNITS.values(), date(2025, 7, 1)).serving("h288")
    assert {unit.kind for unit in UNITS.values() if unit.serves} == {UnitKind.ONE_STOP}
