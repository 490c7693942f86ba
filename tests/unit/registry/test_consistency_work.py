"""The work of checking a file of units is linear. Work is counted, because time depends on the machine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from infra.registry import units as importing
from infra.registry.files import Row
from infra.registry.findings import Findings
from infra.registry.kinds import TABLES
from infra.registry.table import Known, Made, Reading
from motcua.domain.registry import consistency as catalogue
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.registry.unit import FormerUnit, Unit, UnitKind
from tests.kit.shipped import UNITS, VERSIONS

PROVINCE, DEPARTMENT, OFFICE = UNITS["tinh"], UNITS["stp"], UNITS["vpdkdd"]
FORMER = FormerUnit(date(2020, 6, 30), OFFICE.kind, OFFICE.level, "Đơn vị cũ", "", "stp", "", False)


class Counting(dict[str, Any]):
    """Units by id. `seen` counts the units read, in all mappings together."""

    seen = 0

    def get(self, name: str, default: Any = None) -> Any:
        Counting.seen += 1
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        Counting.seen += 1
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:
        for name in super().__iter__():
            Counting.seen += 1
            yield name

    def values(self) -> Any:
        return [self[name] for name in self]

    def items(self) -> Any:
        return [(name, self[name]) for name in self]

    def __or__(self, other: Any) -> "Counting":  # type: ignore[override]  # its result counts, too
        return Counting(super().__or__(other))


def _units(number: int) -> dict[str, Unit]:
    """Return a province, a department for each fifty units, and its offices, some with a former state."""
    units = {PROVINCE.id: PROVINCE, "stp": DEPARTMENT}
    for place in range(number):
        if place % 50 == 0:
            department = replace(DEPARTMENT, id=f"so-{place}", name_vi=f"Sở Mẫu {place}")
            units[department.id] = department
        former = (FORMER,) if place % 10 == 0 else ()
        units[f"p-{place}"] = replace(OFFICE, id=f"p-{place}", parent_id=department.id, former=former)
    return units


def _work(monkeypatch: pytest.MonkeyPatch, known: dict[str, Unit], made: dict[str, Unit]) -> tuple[int, int]:
    """Count the units read, and the units and procedures checked, when a file turns `known` into `made`."""
    checked = [0]

    def counted(name: str) -> None:
        check = getattr(catalogue, name)

        def checks(*asked: Any, **more: Any) -> Any:
            checked[0] += 1
            return check(*asked, **more)

        for module in (catalogue, importing):
            if hasattr(module, name):
                patched.setattr(module, name, checks)

    entries: list[Entry[Any]] = [new_entry(EntryKind.UNIT, name, unit) for name, unit in known.items()]
    entries += [new_entry(EntryKind.PROCEDURE, name, each) for name, each in VERSIONS.items()]
    rows = {name: Row(line, {"id": name}) for line, name in enumerate(made, 2)}
    reading = Reading([*rows.values()], Known(lambda kind: [e for e in entries if e.kind is kind]), Findings())
    with monkeypatch.context() as patched:
        counted("faults_of_unit")
        counted("faults_of_procedure")
        patched.setattr(importing, "units_of", lambda _: Counting(known))
        Counting.seen = 0
        TABLES["units"].check({name: Made(rows[name], unit) for name, unit in made.items()}, reading)
    assert reading.findings.rows == []
    return Counting.seen, checked[0]


def _renamed(units: dict[str, Unit]) -> dict[str, Unit]:
    return {name: replace(unit, name_vi=f"{unit.name_vi} (đổi tên)") for name, unit in units.items()}


def _other_kind(units: dict[str, Unit]) -> dict[str, Unit]:
    """Make every office a vertical agency, a kind on which checks of other units depend."""
    return {n: replace(u, kind=UnitKind.VERTICAL) if u.kind is OFFICE.kind else u for n, u in units.items()}


@pytest.mark.parametrize("file", ["new", "as known", "all renamed", "all of another kind"])
def test_twice_the_units_are_twice_the_work(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    work = []
    for number in (200, 400):
        units = _units(number)
        known = {} if file == "new" else units
        made = {"all renamed": _renamed, "all of another kind": _other_kind}.get(file, dict)(units)
        work.append(_work(monkeypatch, known, made))
    seen, checked = ([each[index] for each in work] for index in (0, 1))
    assert seen[0] >= 200, "the work is seen at all"
    assert seen[1] < 2.2 * seen[0]
    assert checked[0] >= 200
    assert checked[1] < 2.2 * checked[0]
