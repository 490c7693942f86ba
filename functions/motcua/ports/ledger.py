"""The registry's ledger: entries as they stand now, their history, and the one way to change them."""

from collections.abc import Sequence
from typing import Any, Protocol

from motcua.domain.event import Stamp
from motcua.domain.jobs.job import Job
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import Amendment, Entry, EntryKind
from motcua.ports.changes import IdempotencyKey
from motcua.ports.refusals import AlreadyDoneError

LAST_VERSION = 999_999
"""No entry has more."""

ALL_UNITS = "units"
"""The guard of whatever changes a unit: they name each other, and must fit together."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What must not change between reading and writing though no entry of the change holds it: all rules of a kind,
    when a new one must contradict none of them. `version` is the one that was read; 0 = never written."""

    what: str
    version: int


@dataclass(frozen=True, slots=True)
class Amendments:
    """One transaction: entries in their next versions, each with its history, and the job that the change starts.

    The first entry is the one that the command is about; an idempotency record points at it.
    """

    entries: tuple[Entry[Any], ...]
    stamp: Stamp
    why: str
    idempotency: IdempotencyKey | None = None
    guard: Guard | None = None
    job: Job | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some versions of an entry, newest first; `more` = older ones follow."""

    amendments: tuple[Amendment, ...]
    more: bool = False


class Ledger(Protocol):
    """Entries, read as they stand now and never from memory."""

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None: ...
    def entries(self, kind: EntryKind, prefix: str = "") -> Sequence[Entry[Any]]:
        """All entries of a kind whose id begins with `prefix`, by id."""

    def history(self, kind: EntryKind, entry_id: str, up_to: int = LAST_VERSION, limit: int = 100) -> HistoryPage:
        """What an entry was, newest first, from version `up_to` down: `limit` versions, or fewer that are long."""

    def guard(self, what: str) -> Guard: ...
    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None: ...
    def amend(self, amendments: Amendments) -> None:
        """VersionMovedError when an entry or the guard is not what it was read as; AlreadyDoneError for a twin;
        InvalidError (`entry_too_large`) for an entry that the store cannot hold."""
