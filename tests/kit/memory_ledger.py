"""The registry's ledger in memory. It keeps the contract of `motcua.ports.ledger` and collects the jobs it starts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from motcua.domain.jobs.job import Job
from motcua.domain.registry.entry import Amendment, Entry, EntryKind
from motcua.ports.changes import IdempotencyKey
from motcua.ports.ledger import LAST_VERSION, Amendments, Guard, HistoryPage
from motcua.ports.refusals import AlreadyDoneError, VersionMovedError

MOST_ACTIONS = 100
"""DynamoDB's own limit of one transaction: what passes here must pass there."""


@dataclass
class MemoryLedger:
    """The port `Ledger`: a change is written whole or not at all, and its conditions fail in the adapter's order."""

    now: dict[str, Entry[Any]] = field(default_factory=dict)
    log: list[Amendment] = field(default_factory=list)
    guards: dict[str, int] = field(default_factory=dict)
    done: dict[str, AlreadyDoneError] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)

    @classmethod
    def of(cls, entries: Iterable[Entry[Any]]) -> Self:
        """Return a ledger that holds these entries without their history, as the seed writes them."""
        return cls({entry.subject: entry for entry in entries})

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        return self.now.get(f"{kind}#{entry_id}")

    def entries(self, kind: EntryKind, prefix: str = "") -> Sequence[Entry[Any]]:
        found = [entry for entry in self.now.values() if entry.kind is kind and entry.id.startswith(prefix)]
        return sorted(found, key=lambda entry: entry.id)

    def history(self, kind: EntryKind, entry_id: str, up_to: int = LAST_VERSION, limit: int = 100) -> HistoryPage:
        told = [each for each in self.log if (each.entry.kind, each.entry.id) == (kind, entry_id)]
        told = sorted((each for each in told if each.entry.version <= up_to), key=lambda each: -each.entry.version)
        return HistoryPage(tuple(told[:limit]), len(told) > limit)

    def guard(self, what: str) -> Guard:
        return Guard(what, self.guards.get(what, 0))

    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None:
        return self.done.get(key.scope)

    def amend(self, amendments: Amendments) -> None:
        self._check(amendments)
        if key := amendments.idempotency:
            first = amendments.entries[0]
            self.done[key.scope] = AlreadyDoneError(first.subject, first.version, key.body_digest)
        for entry in amendments.entries:
            self.now[entry.subject] = entry
            self.log.append(Amendment(entry, amendments.stamp, amendments.why))
        if guard := amendments.guard:
            self.guards[guard.what] = guard.version + 1
        if amendments.job:
            self.jobs.append(amendments.job)

    def _check(self, amendments: Amendments) -> None:
        subjects = [entry.subject for entry in amendments.entries]
        assert len(subjects) == len(set(subjects)), "an entry stands once in a transaction"
        actions = 2 * len(subjects) + bool(amendments.idempotency) + bool(amendments.guard) + 2 * bool(amendments.job)
        assert actions <= MOST_ACTIONS, f"{actions} actions are too many for one transaction"
        if amendments.idempotency and (before := self.done.get(amendments.idempotency.scope)):
            raise before
        for entry in amendments.entries:
            known = self.now.get(entry.subject)
            if entry.version - 1 != (known.version if known else 0):
                raise VersionMovedError
        if amendments.guard and amendments.guard != self.guard(amendments.guard.what):
            raise VersionMovedError
