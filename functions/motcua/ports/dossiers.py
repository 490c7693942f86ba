"""What the use cases need from outside, and the ways in which a write can find that somebody else was first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.number import Series
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Event, Queue
from motcua.domain.jobs.job import JobResult
from motcua.domain.post.parcel import Parcel
from motcua.domain.reading.inbox import ALL, Wanted
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import ProcedureVersions
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.figure import Fact, FactKind
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.status import Status


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A caller's key, scoped to caller and route, and the digest of the body that it came with."""

    scope: str
    body_digest: str


@dataclass(frozen=True, slots=True)
class Original:
    """The receipt that an agency itself gave in an isolation period: the agency, and its own number."""

    agency_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction: events, the states they lead to, and all that must be true or false together with them.

    Every event that a queue must carry on also writes one outbox item per queue; `settles` is the outbox item that this
    change pays off: it must still exist, and is deleted with the effect. `result` is what the change means to its job.
    `registers` is the original receipt that must not have been registered before.
    `only_reasons`: of `persons` nothing is new but why something was done, so that they are found as they were.
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


class CounterMovedError(Exception):
    """The number was taken; `last` is the counter's present value."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


class VersionMovedError(Exception):
    """The dossier or parcel was changed since it was read."""


class AlreadySettledError(Exception):
    """The outbox item is gone: this message had its effect before."""


class FactNotCountedError(Exception):
    """What a reversal takes back is not counted: its own message has not come yet, so try again."""


class AlreadyRegisteredError(Exception):
    """What an agency received itself was registered before: it is counted once."""


class StoreBusyError(Exception):
    """The store could not decide under contention (`TransactionConflict`, throttling). Nothing was written; try again."""


class AlreadyDoneError(Exception):
    """A command with this idempotency key was done: it made `version` of `subject` (a dossier's id) out of this body."""

    def __init__(self, subject: str, version: int, body_digest: str) -> None:
        super().__init__(subject)
        self.subject, self.version, self.body_digest = subject, version, body_digest


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an inbox, oldest due first; `cursor` opens the next one. It may hold fewer than was asked for, or none."""

    dossiers: tuple[Dossier, ...]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are; `at_least` when there are more than were counted."""

    number: int
    at_least: bool = False


class Dossiers(Protocol):
    """Dossiers, their events and parcels."""

    def load(self, dossier_id: str) -> Dossier | None: ...
    def load_with_persons(self, dossier_id: str) -> tuple[Dossier, Persons] | None: ...
    def load_with_parcel(self, order_number: str) -> tuple[Dossier, Parcel, Persons] | None: ...
    def find_by_number(self, number: str) -> str | None: ...
    def events(self, dossier_id: str) -> Sequence[Event]: ...
    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None:
        """What was done under this key, for the answer to a twin that comes after the state has moved on."""

    def inbox(self, unit_id: str, status: Status, cursor: str, limit: int, wanted: Wanted = ALL) -> Page: ...
    def count_inbox(self, unit_id: str, status: Status, wanted: Wanted = ALL) -> Counted:
        """How many lie there; `wanted` may only say by when they are due."""

    def commit(self, change: Change) -> None: ...


class Counters(Protocol):
    """The last number of each series, as far as this environment remembers."""

    def remembered(self, series: Series) -> int: ...
    def read(self, series: Series) -> int: ...
    def saw(self, series: Series, last: int) -> None: ...


class Registry(Protocol):
    """Units, procedures and rules, as of any day; a read may be 60 seconds old."""

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        """The entry with its version: for those who will change what they read, and for what has no name of its own here."""

    def former(self, kind: EntryKind, entry_id: str, version: int) -> Entry[Any] | None:
        """A version of an entry, as its history keeps it; None when there was no such version."""

    def unit(self, unit_id: str) -> Unit | None:
        """The unit with all of its past; what it is on a day says `Unit.on`."""

    def procedure(self, code: str) -> ProcedureVersions | None: ...
    def units(self) -> Sequence[Unit]: ...
    def procedures(self) -> Sequence[ProcedureVersions]: ...
    def opening_figures(self, year: int) -> Sequence[OpeningFigure]: ...
    def rules(self) -> RuleBook: ...
    def calendar(self, day: date, unit: Unit | None = None) -> WorkingCalendar:
        """The calendar with the hours that `unit` keeps on `day`; without a unit, those that all keep."""

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        """Our state for a carrier's code: "" when the code changes nothing, None when it is unknown."""

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        """Bring what a command needs into the cache with as few reads as possible."""

    def forget(self) -> None:
        """Read anew what is asked for next: it has changed."""


@dataclass(frozen=True, slots=True)
class Office:
    """What a command on a dossier works with. `new_id` makes a dossier's id; `pause(n)` waits before try n + 1."""

    dossiers: Dossiers
    counters: Counters
    registry: Registry
    new_id: Callable[[], str]
    pause: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Owed:
    """One outbox item: a message that a queue still owes its effect. `time` is when that happened which it tells of; of a
    partner's callback, when it came.

    `queue` is None for an item that this version cannot read: it stays owed, and a person must look.
    """

    id: str
    queue: Queue | None
    message: str
    since: datetime
    time: datetime
    sent_again: int = 0


class Outbox(Protocol):
    """What is still owed."""

    def older_than(self, moment: datetime) -> Sequence[Owed]: ...
    def send_again(self, owed: Sequence[Owed], now: datetime) -> None:
        """Send to the queues, and note on each item that it was sent once more, at `now`."""


class Figures(Protocol):
    """Facts, counters and reports."""

    def record(self, facts: Sequence[Fact], settles: str) -> None: ...
    def by_day(self, agency_id: str, kind: FactKind, first: date, last: date) -> Mapping[date, int]: ...
    def facts(
        self, agency_id: str, kind: FactKind, span: tuple[date, date], cursor: str, limit: int
    ) -> tuple[Sequence[Fact], str]: ...


@dataclass(frozen=True, slots=True)
class Report:
    """One version of a period's target report; `content` is its published JSON, `digest` that content's SHA-256,
    `reason` why a closed month was restated."""

    period: str
    version: int
    status: str
    digest: str
    made_at: datetime
    content: str
    reason: str = ""


class Reports(Protocol):
    """Published reports, by period and version."""

    def latest(self, period: str) -> Report | None: ...
    def version(self, period: str, version: int) -> Report | None: ...
    def publish(self, report: Report) -> None: ...
