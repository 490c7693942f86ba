"""How units and procedures must fit together on every day, and the faults, field by field, of those that do not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from motcua.domain.errors import Fault
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import Leg, Procedure, ProcedureVersions, has_last_leg
from motcua.domain.registry.unit import FormerUnit, Level, Unit, UnitKind

LEVEL_OF: Mapping[UnitKind, Level] = {
    UnitKind.PROVINCE: Level.PROVINCE,
    UnitKind.DEPARTMENT: Level.PROVINCE,
    UnitKind.DEPARTMENT_UNIT: Level.PROVINCE,
    UnitKind.DISTRICT: Level.DISTRICT,
    UnitKind.COMMUNE: Level.COMMUNE,
}
"""The level of each kind of unit. A one-stop unit has the level of the first agency that it serves; police, tax and
insurance sit at every level."""

ISSUING = (UnitKind.DEPARTMENT, UnitKind.VERTICAL)
"""The kinds of units that own procedures by name; committees own theirs by level."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """The units as they stand on a day."""

    units: Mapping[str, Unit]
    day: date

    def get(self, unit_id: str) -> Unit | None:
        unit = self.units.get(unit_id)
        return unit.on(self.day) if unit else None


def faults_of_unit(unit: Unit, units: Mapping[str, Unit], at: str = "") -> list[Fault]:
    """Return what is wrong with `unit` among the `units`, in its present state and in its former ones.

    Each state is checked on the days on which something changes; pointers begin with `at`.
    """
    faults = [*_faults_of_past(unit, at), *_faults_of_end(unit, units, at)]
    for day in _days_to_check(unit, units):
        then = next((index for index, each in enumerate(unit.former) if day <= each.last), None)
        where = at if then is None else f"{at}/former/{then}"
        state, standing = unit.on(day), _Standing(units, day)
        faults += [*_faults_of_place(state, standing, where), *_faults_of_counter(state, standing, where)]
    return [fault for index, fault in enumerate(faults) if fault not in faults[:index]]


def _days_to_check(unit: Unit, units: Mapping[str, Unit]) -> list[date]:
    """Return the days to check.

    Between two of them neither the unit changes nor what it may name; the last comes first.
    """
    last = unit.valid_to or date.max
    changes = {each.last for other in _looked_at(unit, units) for each in other.former}
    return [last, *sorted(day for day in changes if unit.valid_from <= day < last)]


def _looked_at(unit: Unit, units: Mapping[str, Unit]) -> Iterator[Unit]:
    """Yield the units by which `unit` is checked: itself, whom it ever served, and whoever stood above one of them."""
    yield unit
    served = {*unit.serves, *(name for state in unit.former for name in state.serves)}
    yield from (units[name] for name in served if name in units)
    above, to_climb = {unit.id}, [unit]
    while to_climb:
        here = to_climb.pop()
        for name in {here.parent_id, *(state.parent_id for state in here.former)} - above:
            above.add(name)
            if parent := units.get(name):
                to_climb.append(parent)
                yield parent


@dataclass(frozen=True, slots=True)
class NamedBy:
    """By which units and procedures each unit is named; worked out once for any number of changes."""

    units: Mapping[str, Sequence[Unit]]
    procedures: Mapping[str, Sequence[ProcedureVersions]]

    @classmethod
    def among(cls, units: Iterable[Unit], procedures: Iterable[ProcedureVersions] = ()) -> "NamedBy":
        """Return who names each unit; a procedure by its present version and its draft."""
        by_units: dict[str, list[Unit]] = {}
        by_procedures: dict[str, list[ProcedureVersions]] = {}
        for other in units:
            states: tuple[Unit | FormerUnit, ...] = (other, *other.former)
            for name in dict.fromkeys(name for each in states for name in (each.parent_id, *each.serves)):
                by_units.setdefault(name, []).append(other)
        for known in procedures:
            named = (
                name for each in _said_now(known) for name in (each.agency_id, *(leg.agency_id for leg in each.legs))
            )
            for name in dict.fromkeys(named):
                by_procedures.setdefault(name, []).append(known)
        return cls(by_units, by_procedures)


def consistency_faults(
    unit_id: str, before: Mapping[str, Unit], after: Mapping[str, Unit], named_by: NamedBy, at: str = ""
) -> list[Fault]:
    """Return a fault for each unit or procedure that names `unit_id` and no longer fits once it has changed.

    The fault is one of the changed unit, which the other needs as it was. Procedures are checked in their present
    version and their draft; what was received before stays as it is.
    """
    if unit_id in before and unit_id in after and _relied_on(before[unit_id]) == _relied_on(after[unit_id]):
        return []
    found: list[tuple[str, list[Fault]]] = []
    for other in named_by.units.get(unit_id, ()):
        if other.id != unit_id:
            old = faults_of_unit(other, before)
            found.append((other.id, [each for each in faults_of_unit(other, after) if each not in old]))
    for known in named_by.procedures.get(unit_id, ()):
        for version in _said_now(known):
            if unit_id in {version.agency_id, *(leg.agency_id for leg in version.legs)}:
                old = faults_of_procedure(version, before)
                found.append((known.code, [each for each in faults_of_procedure(version, after) if each not in old]))
    return [
        Fault("needed_otherwise", at, {"unit": unit_id, "by": by, "fault": faults[0].code.replace("_", "-")})
        for by, faults in found
        if faults
    ]


def _relied_on(unit: Unit) -> list[tuple[object, ...]]:
    """Return what others check of a unit that they name: neither its names nor whom it serves."""
    former = [(each.last, each.kind, each.level, each.parent_id) for each in unit.former]
    return [*former, (unit.kind, unit.level, unit.parent_id)]


def _said_now(known: ProcedureVersions) -> Iterable[Procedure]:
    """Return a procedure's present version and its draft."""
    return {each.version: each for each in (known.in_force(date.max), known.draft) if each}.values()


def faults_of_procedure(procedure: Procedure, units: Mapping[str, Unit], at: str = "") -> list[Fault]:
    """Return what is wrong with a version of a procedure among the `units`; pointers begin with `at`."""
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


def _faults_of_place(unit: Unit, units: _Standing, at: str) -> Iterator[Fault]:
    parent = units.get(unit.parent_id)
    if unit.parent_id and parent is None and unit.parent_id != unit.id:
        yield Fault("unknown_unit", f"{at}/parent_id", {"unit": unit.parent_id})
    if unit.id in _above(unit, units):
        yield Fault("unit_above_itself", f"{at}/parent_id", {"unit": unit.id})
    if unit.kind is UnitKind.DEPARTMENT_UNIT and (parent is None or parent.kind is not UnitKind.DEPARTMENT):
        yield Fault("parent_not_department", f"{at}/parent_id")
    level = LEVEL_OF.get(unit.kind)
    served = units.get(unit.serves[0]) if unit.serves else None
    if unit.kind is UnitKind.ONE_STOP and served is not None:
        level = served.level
    if level is not None and unit.level is not level:
        yield Fault("level_differs", f"{at}/level", {"level": level.value})


def _above(unit: Unit, units: _Standing) -> set[str]:
    """Return the ids of all units that would stand above `unit` if it were entered as it is."""
    above: set[str] = set()
    here: Unit | None = unit
    while here is not None and here.parent_id and here.parent_id not in above:
        above.add(here.parent_id)
        here = units.get(here.parent_id)
    return above


def _faults_of_counter(unit: Unit, units: _Standing, at: str) -> Iterator[Fault]:
    if unit.kind is UnitKind.ONE_STOP and not unit.serves:
        yield Fault("serves_nobody", f"{at}/serves")
    if unit.kind is not UnitKind.ONE_STOP and unit.serves:
        yield Fault("only_one_stop_serves", f"{at}/serves")
    for index, agency_id in enumerate(unit.serves):
        served = units.get(agency_id)
        if served is None:
            yield Fault("unknown_unit", f"{at}/serves/{index}", {"unit": agency_id})
        elif served.kind is UnitKind.ONE_STOP:
            yield Fault("serves_a_counter", f"{at}/serves/{index}", {"unit": agency_id})


def _faults_of_past(unit: Unit, at: str) -> Iterator[Fault]:
    """Check that the former states lie in order within the unit's days and leave days for its present state."""
    lasts = [each.last for each in unit.former]
    if lasts and (
        sorted(set(lasts)) != lasts or lasts[0] < unit.valid_from or (unit.valid_to and unit.valid_to <= lasts[-1])
    ):
        yield Fault("past_out_of_order", f"{at}/former")


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
    yield from _faults_of_lead(procedure, at)
    for index, leg in enumerate(procedure.legs):
        if any(each.agency_id == leg.agency_id for each in procedure.legs[:index] if each.step == leg.step):
            yield Fault("leg_twice", f"{at}/legs/{index}/agency_id", {"unit": leg.agency_id, "step": str(leg.step)})
    yield from _faults_of_whole_limit(procedure, at)


def _faults_of_lead(procedure: Procedure, at: str) -> Iterator[Fault]:
    """Check that the agency that leads has a leg, the last one, and that the steps lead to it without gaps."""
    among = procedure.agency_id in {leg.agency_id for leg in procedure.legs}
    if procedure.agency_id and not among:
        yield Fault("lead_not_among_legs", f"{at}/legs", {"unit": procedure.agency_id})
    if procedure.levels != {Level.PROVINCE} and not procedure.counts_in_department:
        yield Fault("legs_of_committees", f"{at}/levels")
    steps = {leg.step for leg in procedure.legs}
    if steps != set(range(1, len(steps) + 1)):
        yield Fault("steps_with_gaps", f"{at}/legs")
    elif among and not has_last_leg(procedure, procedure.agency_id):
        yield Fault("lead_not_last", f"{at}/legs", {"unit": procedure.agency_id})


def _faults_of_whole_limit(procedure: Procedure, at: str) -> Iterator[Fault]:
    """Check that the whole has a limit, and that the legs' limits, step after step, keep within it."""
    if procedure.whole_limit is None:
        yield Fault("whole_limit_needed", f"{at}/limit")
    limit = procedure.limit
    if limit and all(leg.limit.unit is limit.unit for leg in procedure.legs):
        steps = {leg.step for leg in procedure.legs}
        together = sum(max(leg.limit.count for leg in _of_step(procedure, step)) for step in steps)
        if together > limit.count:
            yield Fault("legs_exceed_limit", f"{at}/legs", {"together": str(together), "limit": str(limit.count)})


def _of_step(procedure: Procedure, step: int) -> Iterator[Leg]:
    return (leg for leg in procedure.legs if leg.step == step)
