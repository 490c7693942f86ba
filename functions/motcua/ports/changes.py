"""One transaction: what a command writes, and under which idempotency key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.domain.record import dataclass

if TYPE_CHECKING:  # a port says what it is about in annotations only: it loads nothing of the domain
    from motcua.domain.dossier.dossier import Dossier
    from motcua.domain.dossier.number import Series
    from motcua.domain.dossier.persons import Persons
    from motcua.domain.event import Event
    from motcua.domain.jobs.job import JobResult
    from motcua.domain.post.parcel import Parcel


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A caller's key, scoped to caller and route, and the digest of the request's body."""

    scope: str
    body_digest: str


@dataclass(frozen=True, slots=True)
class Original:
    """The receipt that an agency itself issued in an isolation period: the agency, and its own number."""

    agency_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction: events, the states they lead to, and all that must be written together with them or not at all.

    An event that queues must carry on also writes one pending message per queue to the outbox. `settles` is the outbox
    item that this change settles (acknowledges): it must still exist, and is deleted with the effect. `result` is the
    change's result for its job. `registers` is the original receipt, which must not have been registered before.
    `only_reasons`: in `persons` only a reason is new, so their search keys stay as they were.
    """

    events: tuple[Event, ...]
    dossier: Dossier | None = None
    parcel: Parcel | None = None
    persons: Persons | None = None
    counter: tuple[Series, int] | None = None
    idempotency: IdempotencyKey | None = None
    settles: str = ""
    result: JobResult | None = None
    only_reasons: bool = False
    registers: Original | None = None
