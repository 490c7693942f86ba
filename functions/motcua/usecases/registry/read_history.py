"""Read the history of an entry of the registry: every version, with its author, its time and its reason.

Who may not read an entry may not read its history.
"""

from dataclasses import replace
from typing import cast

from motcua.domain.access.principal import PROVINCE, Principal, Role
from motcua.domain.errors import ForbiddenError, NotFoundError
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import Amendment, EntryKind
from motcua.domain.registry.procedure import ProcedureVersions
from motcua.ports.ledger import Ledger

OF_THE_CONTROLLER = (EntryKind.CALENDAR_CHANGE, EntryKind.REORGANISATION)
"""Kinds whose entries only the provincial controller reads. All other kinds are for all staff, or for everybody."""


@dataclass(frozen=True, slots=True)
class History:
    """The entry's present version, and one page of all its versions, newest first.

    `following` is the version with which the next page begins, 0 when there is none.
    """

    version: int
    amendments: tuple[Amendment, ...]
    following: int


def read_history(kind: EntryKind, entry_id: str, up_to: int, limit: int, by: Principal, ledger: Ledger) -> History:
    """Return the versions of an entry from `up_to` down. Raises NotFoundError when there is no such entry.

    Drafts of a procedure are shown only to the controller and to a department whose procedure it is or was.
    """
    if not by.rights:
        raise ForbiddenError("staff_only")
    if kind in OF_THE_CONTROLLER:
        by.require(Role.CONTROLLER, PROVINCE)
    entry = ledger.entry(kind, entry_id)
    if entry is None:
        raise NotFoundError("entry_not_found", kind=kind.value, id=entry_id)
    page = ledger.history(kind, entry_id, up_to, limit)
    shown = page.amendments if kind is not EntryKind.PROCEDURE else tuple(_for(by, each) for each in page.amendments)
    return History(entry.version, shown, page.amendments[-1].entry.version - 1 if page.more else 0)


def _for(by: Principal, amendment: Amendment) -> Amendment:
    """Return the amendment as this person may see it."""
    known = cast("ProcedureVersions", amendment.entry.thing)
    if by.is_controller or by.units() & {each.agency_id for each in known.versions if each.agency_id}:
        return amendment
    public = replace(known, versions=tuple(each for each in known.versions if each.published))
    return replace(amendment, entry=replace(amendment.entry, thing=public))
