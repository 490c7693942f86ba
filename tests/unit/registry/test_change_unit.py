"""Changing a unit: who may, from which day, forbidden changes, and two at once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.domain.access.principal import PROVINCE, Principal, Role
from motcua.domain.errors import ConflictError, InvalidError
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.unit import Unit, UnitKind
from motcua.ports.changes import IdempotencyKey
from motcua.ports.refusals import VersionMovedError
from motcua.usecases.registry.change_unit import change_unit, enter_unit
from motcua.usecases.registry_command import RegistryCommand
from tests.kit.fakes import stamp
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.shipped import ENTRIES, UNITS

ADMIN = Principal("admin", frozenset({(Role.ADMIN, PROVINCE)}))
JUSTICE = UNITS["stp"]
LATER = date(2021, 3, 1)


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger.of(ENTRIES)


def asked(version: int | None = 1, key: str = "key") -> RegistryCommand:
    return RegistryCommand(ADMIN, stamp(), "Thử sửa đơn vị", IdempotencyKey(key, "digest"), version)


def change(ledger: MemoryLedger, unit: Unit, day: date | None = None, version: int = 1, **more: Any) -> Unit:
    done = change_unit(asked(version, f"key-{unit.id}-{version}"), unit, ledger, changes_from=day, **more)
    thing: Unit = done.entry.thing
    return thing


def refused(ledger: MemoryLedger, unit: Unit, day: date | None = None, **more: Any) -> list[tuple[str, str]]:
    """Return pointer and code of each fault. Nothing may have been written."""
    with pytest.raises(InvalidError) as error:
        change(ledger, unit, day, **more)
    assert ledger.log == []
    return [(fault.pointer, fault.code) for fault in error.value.faults]


def test_what_it_was_stays_on_record(ledger: MemoryLedger) -> None:
    once = change(ledger, replace(JUSTICE, name_vi="Sở Mẫu"), LATER)
    assert (once.on(date(2021, 2, 28)).name_vi, once.on(LATER).name_vi) == (JUSTICE.name_vi, "Sở Mẫu")
    again = change(ledger, replace(JUSTICE, name_vi="Sở Mẫu", evidence="mẫu"), None, 2)
    assert again.former == once.former, "what a later change does not speak of stays"


@pytest.mark.parametrize("changes", [
    {"name_vi": "Sở Mẫu"}, {"short_name_vi": "SM"}, {"identifier": "000.00.99.H23"}, {"parent_id": "snv"},
    {"identifier_is_sample": False}, {"kind": UnitKind.VERTICAL},
])  # fmt: skip
def test_nothing_dated_changes_without_a_day(ledger: MemoryLedger, changes: dict[str, Any]) -> None:
    assert refused(ledger, replace(JUSTICE, **changes)) == [("/changes_from", "changes_from_needed")]


def test_a_counter_stays_a_counter_and_an_agency_an_agency(ledger: MemoryLedger) -> None:
    told = refused(ledger, replace(UNITS["stn-mt"], kind=UnitKind.ONE_STOP, serves=("stp",)), LATER)
    assert told == [("/unit/kind", "counter_stays")]


def test_who_relies_on_it_must_change_first(ledger: MemoryLedger) -> None:
    land = replace(UNITS["stn-mt"], kind=UnitKind.VERTICAL)
    assert refused(ledger, land, LATER) == [("/unit", "needed_otherwise")]
    change(ledger, replace(UNITS["vpdkdd"], parent_id="stp"), LATER)
    ledger.log.clear()
    assert refused(ledger, land, date(2021, 2, 28)) == [("/unit", "needed_otherwise")], "a day too early"
    assert change(ledger, land, LATER).kind is UnitKind.VERTICAL


def test_a_department_whose_procedures_it_issues_stays_one_that_issues(ledger: MemoryLedger) -> None:
    told = refused(ledger, replace(JUSTICE, kind=UnitKind.PROVINCE), LATER)
    assert set(told) == {("/unit", "needed_otherwise")}


def test_a_unit_with_an_inbox_ends_by_a_reorganisation(ledger: MemoryLedger) -> None:
    ended = replace(JUSTICE, valid_to=date(2021, 12, 31), successor_ids=("snv",))
    assert refused(ledger, ended) == [("/unit/valid_to", "ended_by_reorganisation")]
    assert refused(ledger, replace(JUSTICE, valid_from=date(2025, 1, 1))) == [
        ("/unit/valid_to", "ended_by_reorganisation")
    ]
    district = UNITS["h288"]
    assert refused(ledger, replace(district, valid_to=date(2024, 6, 30), successor_ids=("stp",))) == [
        ("/unit/valid_to", "ended_by_reorganisation")
    ]


def test_what_has_no_inbox_has_not_begun_or_has_ended_is_mended(ledger: MemoryLedger) -> None:
    office = replace(UNITS["vpdkdd"], valid_to=date(2021, 12, 31))
    assert refused(ledger, office) == [("/unit/successor_ids", "successor_needed")]
    assert change(ledger, office, no_successor=True).valid_to == date(2021, 12, 31)
    coming = replace(JUSTICE, id="sm-mau", valid_from=date(2030, 1, 1))
    enter_unit(asked(None, "enter"), coming, ledger)
    put_off = replace(coming, valid_from=date(2031, 1, 1), valid_to=date(2031, 12, 31), successor_ids=("snv",))
    assert change(ledger, put_off) == put_off
    gone = replace(JUSTICE, id="sc-mau", valid_from=date(2001, 1, 1), valid_to=date(2010, 1, 1), successor_ids=("stp",))
    enter_unit(asked(None, "gone"), gone, ledger)
    assert change(ledger, replace(gone, valid_to=date(2009, 12, 31))).valid_to == date(2009, 12, 31)
    assert change(ledger, replace(UNITS["h288"], valid_to=None)).valid_to is None, "to go on leaves nobody behind"


class Crowd(MemoryLedger):
    """A ledger in which another change is written first, so that the guard is out of date."""

    rival: Any = None

    def amend(self, amendments: Any) -> None:
        rival, self.rival = self.rival, None
        if rival:
            rival()
        super().amend(amendments)


def test_two_at_once_make_no_circle() -> None:
    ledger = Crowd.of(ENTRIES)
    assert isinstance(ledger, Crowd)
    ledger.rival = lambda: change(ledger, replace(UNITS["skhdt"], parent_id="stp"), LATER)
    with pytest.raises(ConflictError) as error:
        change(ledger, replace(JUSTICE, parent_id="skhdt"), LATER)
    assert error.value.code == "entry_changed_meanwhile"
    assert isinstance(error.value.__cause__, VersionMovedError)
    ledger.log.clear()
    assert refused(ledger, replace(JUSTICE, parent_id="skhdt"), LATER) == [("/unit/parent_id", "unit_above_itself")]
    assert {entry.id for entry in ledger.entries(EntryKind.UNIT) if entry.version > 1} == {"skhdt"}
