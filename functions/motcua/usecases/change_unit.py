"""Units are entered and changed by the controller or the administrator of the province; none is ever deleted: it ends."""

from motcua.domain.catalogue import faults_of_unit
from motcua.domain.entry import EntryKind, new_entry
from motcua.domain.errors import ConflictError, Fault, InvalidError
from motcua.domain.principal import PROVINCE, Role
from motcua.domain.unit import Unit
from motcua.ports.ledger import Amendments, Ledger
from motcua.usecases.amending import Amend, Amended, amend, amendments, known_entry, require_one_of

UNIT = "/unit"
"""Where the unit stands in the command's body."""


def enter_unit(command: Amend, unit: Unit, ledger: Ledger) -> Amended:
    """A new unit. ConflictError when its id is taken; InvalidError, field by field, when it does not fit the others."""

    def decide() -> Amendments:
        require_one_of(command, (Role.ADMIN, PROVINCE))
        if ledger.entry(EntryKind.UNIT, unit.id) is not None:
            raise ConflictError("entry_exists", f"{UNIT}/id", id=unit.id)
        _check(unit, ledger, [])
        return amendments(command, new_entry(EntryKind.UNIT, unit.id, unit))

    return amend(ledger, command, decide)


def change_unit(command: Amend, unit: Unit, ledger: Ledger, *, no_successor: bool = False) -> Amended:
    """The unit as it shall be. One that ends names who comes after it, unless the command says that nobody does."""

    def decide() -> Amendments:
        require_one_of(command, (Role.ADMIN, PROVINCE))
        former = known_entry(ledger, EntryKind.UNIT, unit.id, command.expected_version)
        ends = unit.valid_to is not None and unit.valid_to != former.thing.valid_to
        unsaid = ends and not unit.successor_ids and not no_successor
        _check(unit, ledger, [Fault("successor_needed", f"{UNIT}/successor_ids")] if unsaid else [])
        return amendments(command, former.next(unit))

    return amend(ledger, command, decide)


def _check(unit: Unit, ledger: Ledger, more: list[Fault]) -> None:
    known = {entry.id: entry.thing for entry in ledger.entries(EntryKind.UNIT)}
    if faults := faults_of_unit(unit, known, UNIT) + more:
        raise InvalidError.of(faults)
