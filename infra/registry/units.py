"""units.csv: units, with whom they serve and who came after them."""

from collections.abc import Mapping
from typing import Any

from infra.registry.cells import DAY, NAMES, YES_OR_NO, column
from infra.registry.table import Made, Reading, Table, units_of
from motcua.contracts.units import UnitModel
from motcua.domain.catalogue import faults_of_unit
from motcua.domain.entry import EntryKind
from motcua.domain.unit import Unit, UnitKind

ORDER = tuple(UnitKind)


class Units(Table):
    """In a file parents come before those under them: province, departments, committees, one-stop units."""

    name, file, kind = "units", "units.csv", EntryKind.UNIT
    vi, en = "đơn vị", "units"
    model = UnitModel
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
    )

    def place(self, record: Unit) -> Any:
        return ORDER.index(record.kind), record.id

    def check(self, made: Mapping[str, Made], reading: Reading) -> None:
        units = units_of(reading.known) | {unit_id: each.thing for unit_id, each in made.items()}
        unread = {str(row.values.get("id")) for row in reading.rows} - set(units)
        for each in made.values():
            unit: Unit = each.thing
            if not unread.intersection((unit.parent_id, *unit.serves, *unit.successor_ids)):
                self.tell(reading.findings, each.row, *faults_of_unit(unit, units))
