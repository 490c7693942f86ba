"""The registry's ledger: entries as they stand now, their history, and the one way to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from motcua.domain.record import dataclass

if TYPE_CHECKING:  # a port says what it is about in annotations only: it loads nothing of the domain
    from collections.abc import Sequence

    from motcua.domain.event import Stamp
    from motcua.domain.jobs.job import Job
    from motcua.domain.registry.entry import Amendment, Entry, EntryKind
    from motcua.ports.changes import IdempotencyKey
    from motcua.ports.refusals import AlreadyDoneError


LAST_VERSION = 999_999
"""The highest version that an entry can have."""

ALL_UNITS = "units"
"""The guard of every change of a unit: units name each other and must be consistent."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What must not change between reading and writing, though no entry of the change holds it.

    An example is all rules of a kind, when a new rule must contradict none of them. `version` is the one that was read;
    0 means never written.
    """

    what: str
    version: int


@dataclass(frozen=True, slots=True)
class Amendments:
    """One transaction: entries in their next versions, each with its history, and the job that the change starts.

    The first entry is the one that the command is about; the idempotency record points to it.
    """

    entries: tuple[Entry[Any], ...]
    stamp: Stamp
    why: str
    idempotency: IdempotencyKey | None = None
    guard: Guard | None = None
    job: Job | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some versions of an entry, newest first. `more` tells that older ones follow."""

    amendments: tuple[Amendment, ...]
    more: bool = False


class Ledger(Protocol):
    """Entries as they stand now, never read from a cache."""

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None: ...
    def entries(self, kind: EntryKind, prefix: str = "") -> Sequence[Entry[Any]]:
        """Return all entries of a kind whose id begins with `prefix`, by id."""

    def history(self, kind: EntryKind, entry_id: str, up_to: int = LAST_VERSION, limit: int = 100) -> HistoryPage:
        """Return versions of an entry from `up_to` down, newest first: `limit` of them, or fewer when they are long."""

    def guard(self, what: str) -> Guard: ...
    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None: ...
    def amend(self, amendments: Amendments) -> None:
        """Write the amendments.

        Raises VersionMovedError when an entry or the guard has changed since it was read, and AlreadyDoneError when the
        request is retried after it was done. Raises InvalidError (`entry_too_large`) when the store cannot hold an
        entry.
        """
