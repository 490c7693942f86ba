"""Enter and change units, as the controller or the administrator of the province. A unit ends, and is never deleted."""

from collections.abc import Mapping
from datetime import date

from motcua.domain.access.principal import PROVINCE, Role
from motcua.domain.errors import ConflictError, Fault, InvalidError
from motcua.domain.local_time import local_day
from motcua.domain.registry.consistency import NamedBy, consistency_faults, faults_of_unit
from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.unit import Unit
from motcua.domain.registry.unit_change import changed, faults_of_change, faults_of_day
from motcua.ports.ledger import ALL_UNITS, Amendments, Ledger
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    known_entry,
    require_one_of,
    run_registry_command,
)

UNIT = "/unit"
"""Where the unit stands in the command's body."""


def enter_unit(command: RegistryCommand, unit: Unit, ledger: Ledger) -> RegistryResult:
    """Enter a new unit.

    Raises ConflictError when its id is taken, and InvalidError, field by field, when it does not fit the others.
    """

    def decide() -> Amendments:
        require_one_of(command, (Role.ADMIN, PROVINCE))
        guard, known = ledger.guard(ALL_UNITS), _units(ledger)
        if unit.id in known:
            raise ConflictError("entry_exists", f"{UNIT}/id", id=unit.id)
        if faults := faults_of_unit(unit, known, UNIT):
            raise InvalidError.of(faults)
        return amendments(command, new_entry(EntryKind.UNIT, unit.id, unit), guard=guard)

    return run_registry_command(ledger, command, decide)


def change_unit(
    command: RegistryCommand,
    wanted: Unit,
    ledger: Ledger,
    *,
    changes_from: date | None = None,
    no_successor: bool = False,
) -> RegistryResult:
    """Change the unit from the day `changes_from` on; without a day, correct what is not dated.

    Raises InvalidError unless it fits together with all that name it. Raises it, too, when the unit would end with
    dossiers in its inbox, or without a word on its successor. Of two changes at once, the guard lets one pass, and the
    other reads again.
    """

    def decide() -> Amendments:
        require_one_of(command, (Role.ADMIN, PROVINCE))
        guard = ledger.guard(ALL_UNITS)
        entry = known_entry(ledger, EntryKind.UNIT, wanted.id, command.expected_version)
        before: Unit = entry.thing
        after, known = changed(before, wanted, changes_from), _units(ledger)
        today = local_day(command.stamp.occurred_at)
        faults = [
            *faults_of_day(before, wanted, changes_from),
            *faults_of_unit(after, known, UNIT),
            *faults_of_change(before, after, today, no_successor=no_successor, at=UNIT),
        ]
        if faults := faults or _misfits(before, after, known, ledger):
            raise InvalidError.of(faults)
        return amendments(command, entry.next(after), guard=guard)

    return run_registry_command(ledger, command, decide)


def _units(ledger: Ledger) -> dict[str, Unit]:
    return {entry.id: entry.thing for entry in ledger.entries(EntryKind.UNIT)}


def _misfits(before: Unit, after: Unit, known: Mapping[str, Unit], ledger: Ledger) -> list[Fault]:
    """Return the faults of whatever relies on the unit as it was. To procedures only its kind matters."""
    kind_stays = before.kind is after.kind
    procedures = [] if kind_stays else [entry.thing for entry in ledger.entries(EntryKind.PROCEDURE)]
    units = {**known, after.id: after}
    return consistency_faults(after.id, known, units, NamedBy.among(units.values(), procedures), UNIT)
