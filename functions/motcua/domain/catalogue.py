"""How units and procedures must fit together, and what is wrong with one that does not: told field by field."""

from collections.abc import Iterator, Mapping

from motcua.domain.errors import Fault
from motcua.domain.procedure import Leg, Procedure
from motcua.domain.unit import Level, Unit, UnitKind

LEVEL_OF: Mapping[UnitKind, Level] = {
    UnitKind.PROVINCE: Level.PROVINCE,
    UnitKind.DEPARTMENT: Level.PROVINCE,
    UnitKind.DEPARTMENT_UNIT: Level.PROVINCE,
    UnitKind.DISTRICT: Level.DISTRICT,
    UnitKind.COMMUNE: Level.COMMUNE,
}
"""A one-stop unit has the level of whom it serves first; police, tax and insurance sit at every level."""

ISSUING = (UnitKind.DEPARTMENT, UnitKind.VERTICAL)
"""Kinds of units that own procedures by name; committees own theirs by level."""


def faults_of_unit(unit: Unit, units: Mapping[str, Unit], at: str = "") -> list[Fault]:
    """What is wrong with `unit` among the `units`; pointers begin with `at`."""
    return [*_faults_of_place(unit, units, at), *_faults_of_counter(unit, units, at), *_faults_of_end(unit, units, at)]


def faults_of_procedure(procedure: Procedure, units: Mapping[str, Unit], at: str = "") -> list[Fault]:
    """What is wrong with a version among the `units`; pointers begin with `at`."""
    faults: list[Fault] = []
    agency = units.get(procedure.agency_id)
    if procedure.agency_id and agency is None:
        faults.append(Fault("unknown_unit", f"{at}/agency_id", {"unit": procedure.agency_id}))
    elif agency and agency.kind not in ISSUING:
        faults.append(Fault("issues_nothing", f"{at}/agency_id", {"unit": agency.id}))
    needs_agency = procedure.counts_in_department or procedure.legs or Level.PROVINCE in procedure.levels
    if not procedure.agency_id and needs_agency:
        faults.append(Fault("agency_needed", f"{at}/agency_id"))
    return [*faults, *_faults_of_legs(procedure, units, at)]


def _faults_of_place(unit: Unit, units: Mapping[str, Unit], at: str) -> Iterator[Fault]:
    parent = units.get(unit.parent_id)
    if unit.parent_id and parent is None and unit.parent_id != unit.id:
        yield Fault("unknown_unit", f"{at}/parent_id", {"unit": unit.parent_id})
    if unit.id in _above(unit, units):
        yield Fault("unit_above_itself", f"{at}/parent_id", {"unit": unit.id})
    if unit.kind is UnitKind.DEPARTMENT_UNIT and (parent is None or parent.kind is not UnitKind.DEPARTMENT):
        yield Fault("parent_not_department", f"{at}/parent_id")
    level = LEVEL_OF.get(unit.kind)
    if unit.kind is UnitKind.ONE_STOP and unit.serves and unit.serves[0] in units:
        level = units[unit.serves[0]].level
    if level is not None and unit.level is not level:
        yield Fault("level_differs", f"{at}/level", {"level": level.value})


def _above(unit: Unit, units: Mapping[str, Unit]) -> set[str]:
    """The ids of all units that stand above `unit`, were it entered as it is."""
    above: set[str] = set()
    here: Unit | None = unit
    while here is not None and here.parent_id and here.parent_id not in above:
        above.add(here.parent_id)
        here = units.get(here.parent_id)
    return above


def _faults_of_counter(unit: Unit, units: Mapping[str, Unit], at: str) -> Iterator[Fault]:
    if unit.kind is UnitKind.ONE_STOP and not unit.serves:
        yield Fault("serves_nobody", f"{at}/serves")
    if unit.kind is not UnitKind.ONE_STOP and unit.serves:
        yield Fault("only_one_stop_serves", f"{at}/serves")
    for index, agency_id in enumerate(unit.serves):
        if agency_id not in units:
            yield Fault("unknown_unit", f"{at}/serves/{index}", {"unit": agency_id})
        elif units[agency_id].kind is UnitKind.ONE_STOP:
            yield Fault("serves_a_counter", f"{at}/serves/{index}", {"unit": agency_id})


def _faults_of_end(unit: Unit, units: Mapping[str, Unit], at: str) -> Iterator[Fault]:
    if unit.successor_ids and unit.valid_to is None:
        yield Fault("not_ended", f"{at}/successor_ids")
    for index, successor_id in enumerate(unit.successor_ids):
        if successor_id == unit.id or successor_id not in units:
            yield Fault("unknown_unit", f"{at}/successor_ids/{index}", {"unit": successor_id})


def _faults_of_legs(procedure: Procedure, units: Mapping[str, Unit], at: str) -> Iterator[Fault]:
    for index, leg in enumerate(procedure.legs):
        if leg.agency_id not in units:
            yield Fault("unknown_unit", f"{at}/legs/{index}/agency_id", {"unit": leg.agency_id})
    if not procedure.legs:
        return
    if procedure.agency_id and procedure.agency_id not in {leg.agency_id for leg in procedure.legs}:
        yield Fault("lead_not_among_legs", f"{at}/legs", {"unit": procedure.agency_id})
    steps = {leg.step for leg in procedure.legs}
    if steps != set(range(1, len(steps) + 1)):
        yield Fault("steps_with_gaps", f"{at}/legs")
    limit = procedure.limit
    if limit and all(leg.limit.unit is limit.unit for leg in procedure.legs):
        together = sum(max(leg.limit.count for leg in _of_step(procedure, step)) for step in steps)
        if together > limit.count:
            yield Fault("legs_exceed_limit", f"{at}/legs", {"together": str(together), "limit": str(limit.count)})


def _of_step(procedure: Procedure, step: int) -> Iterator[Leg]:
    return (leg for leg in procedure.legs if leg.step == step)
