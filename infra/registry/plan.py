"""The plan of an import: each entry is new, changed or unchanged. There is no plan unless the whole file is right."""

from dataclasses import dataclass
from typing import Any

from infra.registry.files import Sheet
from infra.registry.findings import Findings
from infra.registry.table import Known, Reading, Table
from motcua.domain.registry.entry import Entry, new_entry


@dataclass(frozen=True, slots=True)
class Plan:
    """The entries to write, in their next versions, and how many stay as they are."""

    table: Table
    new: tuple[Entry[Any], ...]
    changed: tuple[Entry[Any], ...]
    unchanged: int

    @property
    def entries(self) -> tuple[Entry[Any], ...]:
        return self.new + self.changed


def planned(table: Table, sheet: Sheet, known: Known) -> Plan:
    """Return the plan of a file. Raises BadFileError, with every bad row, unless the whole file may be written."""
    reading = Reading(sheet.rows, known, Findings())
    made = table.gather(table.read(sheet, reading.findings), reading)
    table.check(made, reading)
    reading.findings.stop()
    stored = known.of(table.kind)
    new = [new_entry(table.kind, name, each.thing) for name, each in made.items() if name not in stored]
    changed = [
        stored[name].next(each.thing)
        for name, each in made.items()
        if name in stored and stored[name].thing != each.thing
    ]
    return Plan(table, tuple(new), tuple(changed), len(made) - len(new) - len(changed))
