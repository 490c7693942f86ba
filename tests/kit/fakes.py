"""Stores in memory that keep the contracts of `motcua.ports`, and the people, moments and stamps that tests share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.number import Series
from motcua.domain.dossier.persons import Person, PersonKind, Persons
from motcua.domain.event import CARRIED_BY, Event, Queue, Stamp
from motcua.domain.jobs.job import JobResult
from motcua.domain.local_time import LOCAL
from motcua.domain.post.parcel import Parcel, dossier_id_of
from motcua.domain.reading.inbox import NO_FILTER, InboxFilter
from motcua.domain.status import Status
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import Counted, DossierContext, Page
from motcua.ports.outbox import PendingMessage
from motcua.ports.post import Order, OrderRefusedError, OrderUnknownError
from motcua.ports.refusals import (
    AlreadyDoneError,
    AlreadyRegisteredError,
    AlreadySettledError,
    CounterMovedError,
    VersionMovedError,
)
from tests.kit.shipped import ShippedRegistry

REAL_NOW = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
MORNING = datetime(2020, 4, 23, 8, 0, tzinfo=LOCAL)
"""Thursday 23 April 2020: the counters are open again."""

OWNER = Person(PersonKind.CITIZEN, "Nguyễn Văn Mẫu", "030099000001", "0912345678", "Số 1, phố Mẫu")
PERSONS = Persons(OWNER)
CLERK = Principal("staff-1", frozenset({(Role.CLERK, "mc-tinh")}))
OFFICER = Principal("staff-2", frozenset({(Role.OFFICER, "skhdt")}))
CONTROLLER = Principal("staff-3", frozenset({(Role.CONTROLLER, "tinh")}))

PROCEDURE = "2.001610"
"""A procedure of the Department of Planning and Investment, received at the provincial centre, returned by post."""

_keys = count(1)


def stamp(at: datetime = MORNING, actor: str = "staff-1") -> Stamp:
    return Stamp(at, REAL_NOW, actor, "correlation-1")


def key(scope: str = "", body: str = "body") -> IdempotencyKey:
    """Return an unused key, unless `scope` names one."""
    return IdempotencyKey(scope or f"key-{next(_keys)}", f"digest of {body}")


@dataclass
class MemoryDossiers:
    """The port `Dossiers`: a change is written whole or not at all, and its conditions fail in the adapter's order.

    `interruptions` are raised by the next commits, one each (None lets one pass); nothing is written then.
    """

    states: dict[str, Dossier] = field(default_factory=dict)
    parcels: dict[str, Parcel] = field(default_factory=dict)
    persons: dict[str, Persons] = field(default_factory=dict)
    log: list[Event] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    done: dict[str, AlreadyDoneError] = field(default_factory=dict)
    owed: dict[str, tuple[Queue, Event | None]] = field(default_factory=dict)
    interruptions: list[Exception | None] = field(default_factory=list)
    commits: int = 0
    results: dict[tuple[str, str], JobResult] = field(default_factory=dict)
    registered: set[tuple[str, str]] = field(default_factory=set)

    def load(self, dossier_id: str) -> Dossier | None:
        return self.states.get(dossier_id)

    def load_with_persons(self, dossier_id: str) -> tuple[Dossier, Persons] | None:
        return (self.states[dossier_id], self.persons[dossier_id]) if dossier_id in self.states else None

    def load_with_parcel(self, order_number: str) -> tuple[Dossier, Parcel, Persons] | None:
        dossier_id = dossier_id_of(order_number)
        if order_number not in self.parcels:
            return None
        return self.states[dossier_id], self.parcels[order_number], self.persons[dossier_id]

    def find_by_number(self, number: str) -> str | None:
        return self.numbers.get(number)

    def events(self, dossier_id: str) -> Sequence[Event]:
        return [event for event in self.log if event.subject.partition("-")[0] == dossier_id]

    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None:
        return self.done.get(key.scope)

    def inbox(self, unit_id: str, status: Status, cursor: str, limit: int, wanted: InboxFilter = NO_FILTER) -> Page:
        desk = [each for each in self._desk(unit_id, status) if wanted.admits(each, unit_id)]
        page = sorted((each for each in desk if each.id > cursor), key=lambda dossier: dossier.id)
        return Page(tuple(page[:limit]), page[limit - 1].id if len(page) > limit else "")

    def count_inbox(self, unit_id: str, status: Status, wanted: InboxFilter = NO_FILTER) -> Counted:
        return Counted(sum(wanted.admits(each, unit_id) for each in self._desk(unit_id, status)))

    def _desk(self, unit_id: str, status: Status) -> list[Dossier]:
        in_inbox = [each for each in self.states.values() if unit_id in (each.inbox_unit_id, *each.other_inboxes)]
        return [each for each in in_inbox if each.status is status]

    def commit(self, change: Change) -> None:
        self.commits += 1
        if self.interruptions and (interruption := self.interruptions.pop(0)):
            raise interruption
        self._check(change)
        if change.idempotency and change.dossier:
            key, after = change.idempotency, change.dossier
            self.done[key.scope] = AlreadyDoneError(after.id, after.version, key.body_digest)
        if change.settles:
            del self.owed[change.settles]
        if change.result:
            self.results[change.result.job_id, change.result.dossier_id] = change.result
        if change.dossier and (former := change.dossier.transitional) and change.dossier.status is Status.WITHDRAWN:
            self.registered.discard((former.agency_id, former.original_number.upper()))
        if change.registers:
            self.registered.add((change.registers.agency_id, change.registers.number.upper()))
        if change.counter and change.dossier:
            series, last = change.counter
            self.counters[series.key] = last
            assert change.dossier.number not in self.numbers, "a number is born once"
            self.numbers[change.dossier.number] = change.dossier.id
        if change.dossier:
            self.states[change.dossier.id] = change.dossier
            if change.persons:
                self.persons[change.dossier.id] = change.persons
        if change.parcel:
            self.parcels[change.parcel.order_number] = change.parcel
        for event in change.events:
            assert event.id not in {each.id for each in self.log}, "an event is written once"
            self.log.append(event)
            self.owed |= {f"{event.id}#{queue.value}": (queue, event) for queue in CARRIED_BY.get(event.type, ())}

    def _check(self, change: Change) -> None:
        if change.idempotency and (before := self.done.get(change.idempotency.scope)):
            raise before
        if change.settles and change.settles not in self.owed:
            raise AlreadySettledError
        if change.counter:
            series, last = change.counter
            if self.counters.get(series.key, 0) != last - 1:
                raise CounterMovedError(self.counters.get(series.key, 0))
        if (once := change.registers) and (once.agency_id, once.number.upper()) in self.registered:
            raise AlreadyRegisteredError
        for subject, known in (
            (
                change.dossier.id if change.dossier else "",
                self.states.get(change.dossier.id) if change.dossier else None,
            ),
            (change.parcel.order_number if change.parcel else "", self._parcel(change)),
        ):
            first = min((event.version for event in change.events if event.subject == subject), default=0)
            if subject and first - 1 != (known.version if known else 0):
                raise VersionMovedError

    def _parcel(self, change: Change) -> Parcel | None:
        return self.parcels.get(change.parcel.order_number) if change.parcel else None


@dataclass
class MemoryCounters:
    """The port `Counters` of one process, which remembers what it saw and reads the store."""

    store: MemoryDossiers
    last: dict[str, int] = field(default_factory=dict)
    reads: int = 0

    def remembered(self, series: Series) -> int:
        return self.last.get(series.key, 0)

    def read(self, series: Series) -> int:
        self.reads += 1
        return self.store.counters.get(series.key, 0)

    def saw(self, series: Series, last: int) -> None:
        self.last[series.key] = max(last, self.last.get(series.key, 0))


@dataclass
class MemoryOutbox:
    """The port `Outbox`, with the pending messages that a test sets."""

    owed: list[PendingMessage] = field(default_factory=list)
    sent: list[PendingMessage] = field(default_factory=list)
    sent_at: datetime | None = None

    def older_than(self, moment: datetime) -> Sequence[PendingMessage]:
        return [each for each in self.owed if each.since < moment]

    def send_again(self, owed: Sequence[PendingMessage], now: datetime) -> None:
        self.sent += owed
        self.sent_at = now


class Partner:
    """The port `PostalPartner`: `taken`, `refused`, or `silent`, which takes the order but loses its answer."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def place(self, order: Order) -> None:  # noqa: ARG002
        if self.answer != "taken":
            raise OrderRefusedError("422") if self.answer == "refused" else OrderUnknownError

    def has(self, order_number: str) -> bool:  # noqa: ARG002
        return self.answer == "silent"


def dossier_context(store: MemoryDossiers, pauses: list[int] | None = None) -> DossierContext:
    """Return the ports of one process on `store`, with counters of its own. `pauses` collects its waiting times."""
    waited = [] if pauses is None else pauses
    return DossierContext(store, MemoryCounters(store), SHIPPED, _new_id, waited.append)


SHIPPED = ShippedRegistry()
"""A shared registry that no test changes."""


_ids = count(1)


def _new_id() -> str:
    return f"{next(_ids):016d}"
