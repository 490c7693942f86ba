"""Who made an entry of the registry what it is: every version, with its author, its time and its reason."""

from collections.abc import Sequence

from motcua.domain.entry import Amendment, EntryKind
from motcua.domain.errors import ForbiddenError, NotFoundError
from motcua.domain.principal import Principal
from motcua.ports.ledger import Ledger


def read_history(kind: EntryKind, entry_id: str, by: Principal, ledger: Ledger) -> tuple[int, Sequence[Amendment]]:
    """The entry's version and all its changes, oldest first: for every member of staff.

    What came with the shipped tables has no change yet. NotFoundError when there is no such entry.
    """
    if not by.rights:
        raise ForbiddenError("staff_only")
    entry = ledger.entry(kind, entry_id)
    if entry is None:
        raise NotFoundError("entry_not_found", kind=kind.value, id=entry_id)
    return entry.version, ledger.history(kind, entry_id)
