"""units.csv: units, the units they serve, their successors, and their former states."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import Field

from infra.registry.cells import DAY, NAMES, OBJECTS, YES_OR_NO, column
from infra.registry.table import Made, Reading, Said, Table, units_of
from motcua.contracts.days import Day
from motcua.contracts.fields import Line, Name, Text
from motcua.contracts.model import Inward
from motcua.contracts.registry.change_unit import Identifier, NameOrNone, UnitModel
from motcua.domain.local_time import local_day
from motcua.domain.registry.consistency import NamedBy, consistency_faults, faults_of_unit
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.unit import FormerUnit, Level, Unit, UnitKind
from motcua.domain.registry.unit_change import faults_of_change
from motcua.ports.ledger import ALL_UNITS

ORDER = tuple(UnitKind)


class FormerModel(Inward):
    """The state of a unit until the day `last`."""

    last: Day
    kind: UnitKind
    level: Level
    name_vi: Text
    short_name_vi: Line = ""
    parent_id: NameOrNone = ""
    identifier: Identifier = ""
    identifier_is_sample: bool = False
    serves: list[Name] = Field(default=[], max_length=200)

    def to_domain(self) -> FormerUnit:
        named: dict[str, Any] = {name: getattr(self, name) for name in FormerModel.model_fields}
        return FormerUnit(**named | {"serves": tuple(self.serves)})

    @classmethod
    def from_domain(cls, former: FormerUnit) -> "FormerModel":
        named: dict[str, Any] = {name: getattr(former, name) for name in cls.model_fields}
        return cls.model_construct(**named | {"serves": list(former.serves)})


class UnitRow(UnitModel):
    """A unit as in a table, with its former states."""

    former: list[FormerModel] = Field(default=[], max_length=100)

    def to_domain(self) -> Unit:
        return replace(super().to_domain(), former=tuple(each.to_domain() for each in self.former))

    @classmethod
    def from_domain(cls, unit: Unit) -> "UnitRow":
        former = [FormerModel.from_domain(each) for each in unit.former]
        present = {name: getattr(UnitModel.from_domain(unit), name) for name in UnitModel.model_fields}
        return cls.model_construct(**present, former=former)


class Units(Table):
    """The table of units. Parents come before their children: province, departments, committees, one-stop units.

    A file states what units are and were, and so corrects the record. Without `former`, the known past stays. The rules
    for changing a unit hold for a file too.
    """

    name, file, kind = "units", "units.csv", EntryKind.UNIT
    vi, en = "đơn vị", "units"
    model = UnitRow
    columns = (
        column("id"),
        column("kind"),
        column("level"),
        column("name_vi"),
        column("short_name_vi"),
        column("gso_code"),
        column("parent_id"),
        column("identifier"),
        column("identifier_is_sample", YES_OR_NO),
        column("serves", NAMES),
        column("valid_from", DAY),
        column("valid_to", DAY),
        column("successor_ids", NAMES),
        column("evidence"),
        column("former", OBJECTS, optional=True),
    )

    def place(self, record: Unit) -> Any:
        return ORDER.index(record.kind), record.id

    def gather(self, said: Sequence[Said], reading: Reading) -> dict[str, Made]:
        known, made = units_of(reading.known), {}
        for each in said:
            unit: Unit = each.record
            if unit.id in known and each.row.values.get("former") in (None, ""):
                unit = replace(unit, former=known[unit.id].former)
            made[unit.id] = Made(each.row, unit)
        return made

    def check(self, made: Mapping[str, Made], reading: Reading) -> None:
        known = units_of(reading.known)
        units = known | {unit_id: each.thing for unit_id, each in made.items()}
        unread = {str(row.values.get("id")) for row in reading.rows} - set(units)
        today = local_day(datetime.now(UTC))
        kinds_change = {
            name for name, each in made.items() if name in known and known[name].kind is not each.thing.kind
        }
        procedures = [one.thing for one in reading.known.of(EntryKind.PROCEDURE).values()] if kinds_change else []
        by_units = NamedBy.among(units.values())
        by_all = NamedBy(by_units.units, NamedBy.among((), procedures).procedures)
        for each in made.values():
            unit: Unit = each.thing
            if not unread.intersection((unit.parent_id, *unit.serves, *unit.successor_ids)):
                self.tell(reading.findings, each.row, *faults_of_unit(unit, units))
            before = known.get(unit.id)
            if before is not None and before != unit:
                named_by = by_all if unit.id in kinds_change else by_units  # of procedures only its kind matters
                self.tell(
                    reading.findings,
                    each.row,
                    *faults_of_change(before, unit, today),
                    *consistency_faults(unit.id, known, units, named_by),
                )

    def guard(self, thing: Unit) -> str:  # noqa: ARG002 - every unit has the same
        """Return the guard that also protects changing a unit over HTTP: of two at once, one must read again."""
        return ALL_UNITS

    def guards(self) -> Iterable[str]:
        return (ALL_UNITS,)
