"""Read a unit's inbox: a page of it, by a filter, and how many dossiers lie there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from motcua.domain.access.principal import Principal
from motcua.domain.reading.inbox import CAN_BE_LATE, InboxFilter
from motcua.domain.record import dataclass
from motcua.domain.status import IN_AN_INBOX, Status
from motcua.ports.dossiers import Counted, Dossiers, Page
from motcua.usecases.access.may_see import check_may_list, may_see


def read_inbox(
    inbox: tuple[str, Status], wanted: InboxFilter, after: str, limit: int, by: Principal, dossiers: Dossiers
) -> Page:
    """Return one page of a unit's inbox in a status, earliest due first: only dossiers that this person may see."""
    unit_id, status = inbox
    check_may_list(by, unit_id)
    return dossiers.inbox(unit_id, status, after, limit, replace(wanted, seen=lambda dossier: may_see(by, dossier)))


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many dossiers lie in an inbox in each status, and how many of them are late.

    A status that cannot be late has no late number.
    """

    all: Mapping[Status, Counted]
    late: Mapping[Status, Counted]


def count_inbox(unit_id: str, now: datetime, by: Principal, dossiers: Dossiers) -> InboxCounts:
    """Count the inbox for whoever works at the unit, also where they may not see each dossier.

    This takes fourteen Queries: one for each status, and two more where it can be late. Each reads all that it counts,
    128 read units for about a thousand dossiers. It counts 20,000 at most: beyond that the answer is "at least".
    """
    check_may_list(by, unit_id)
    late = InboxFilter(late_at=now)
    return InboxCounts(
        {status: dossiers.count_inbox(unit_id, status) for status in IN_AN_INBOX},
        {status: dossiers.count_inbox(unit_id, status, late) for status in CAN_BE_LATE},
    )
