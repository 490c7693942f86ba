"""A unit's desk as its staff see it: a page of it, by what they want of it, and how much lies there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from motcua.domain.access.principal import Principal
from motcua.domain.reading.inbox import CAN_BE_LATE, InboxFilter
from motcua.domain.record import dataclass
from motcua.domain.status import ON_DESKS, Status
from motcua.ports.dossiers import Counted, Dossiers, Page
from motcua.usecases.access.may_see import check_may_list, may_see


def read_inbox(
    unit_id: str, status: Status, wanted: InboxFilter, after: str, limit: int, by: Principal, dossiers: Dossiers
) -> Page:
    """One page of a unit's desk, earliest due first: only what this person may see one by one."""
    check_may_list(by, unit_id)
    return dossiers.inbox(unit_id, status, after, limit, replace(wanted, seen=lambda dossier: may_see(by, dossier)))


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many dossiers lie on a desk in each status, and how many of them are late; a status that cannot be late has no
    number there."""

    all: Mapping[Status, Counted]
    late: Mapping[Status, Counted]


def count_inbox(unit_id: str, now: datetime, by: Principal, dossiers: Dossiers) -> DeskCounts:
    """The desk in numbers, for whoever works at the unit, also where they may not see each dossier.

    Fourteen Queries, one for each status and two more where it can be late; each reads all that it counts, 128 read units for
    about a thousand dossiers, and counts 20,000 at most: beyond that it says at least so many.
    """
    check_may_list(by, unit_id)
    late = InboxFilter(late_at=now)
    return DeskCounts(
        {status: dossiers.count_inbox(unit_id, status) for status in ON_DESKS},
        {status: dossiers.count_inbox(unit_id, status, late) for status in CAN_BE_LATE},
    )
