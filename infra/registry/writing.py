"""Write entries with their history in whole transactions, so that running again completes what a crash interrupted."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from infra.engine.errors import LocalRunError
from motcua.adapters.dynamodb.records import plain
from motcua.domain.event import Stamp
from motcua.domain.registry.entry import Entry
from motcua.ports.ledger import Amendments, Guard, Ledger
from motcua.ports.refusals import StoreBusyError, VersionMovedError

PER_TRANSACTION = 49
"""A transaction takes 100 items. Each entry with its history is two items, a guard is one."""

BYTES_PER_TRANSACTION = 1_500_000
"""A transaction takes 4 MB. Each entry is written twice, and an attribute is a little longer than its JSON."""

ATTEMPTS = 6


class Guards(NamedTuple):
    """The guards that were read before the entries, and which of them each entry is written under; "" for none."""

    of: Callable[[Any], str]
    held: Mapping[str, Guard]


UNGUARDED = Guards(lambda _: "", {})


def write(
    entries: Iterable[Entry[Any]],
    ledger: Ledger,
    stamp: Stamp,
    why: str,
    *,
    guards: Guards = UNGUARDED,
    done: Callable[[int], object] = lambda _: None,
) -> int:
    """Write the entries, each at the version that was read.

    `done` is called with the number of entries of each transaction. Raises LocalRunError when somebody changed one of
    them meanwhile. What is written stays; running again does the rest.
    """
    written, held = 0, dict(guards.held)
    for what, batch in _batches(entries, guards.of):
        amendments = Amendments(tuple(batch), stamp, why, guard=held.get(what))
        try:
            _patiently(ledger, amendments)
        except VersionMovedError:
            raise LocalRunError(
                f"Có người vừa thay đổi danh mục. Đã ghi {written} mục; hãy chạy lại lệnh này.",
                f"Somebody changed the registry meanwhile. {written} entries are written; run this again.",
            ) from None
        if what in held:
            held[what] = Guard(what, held[what].version + 1)
        written += len(batch)
        done(len(batch))
    return written


def _patiently(ledger: Ledger, amendments: Amendments) -> None:
    """Write, and retry while the store is busy with other writers."""
    for attempt in range(ATTEMPTS):
        try:
            return ledger.amend(amendments)
        except StoreBusyError:
            time.sleep(0.05 * 2**attempt)
    raise LocalRunError("Kho dữ liệu đang bận; hãy chạy lại lệnh này.", "The store is busy; run this again.")


def _batches(entries: Iterable[Entry[Any]], guard_of: Callable[[Any], str]) -> Iterator[tuple[str, list[Entry[Any]]]]:
    """Yield the entries by guard, as many at a time as one transaction takes."""
    batch: list[Entry[Any]] = []
    guard, size = "", 0
    for entry in sorted(entries, key=lambda entry: guard_of(entry.thing)):
        what, length = guard_of(entry.thing), len(json.dumps(plain(entry.thing), ensure_ascii=False).encode())
        full = len(batch) == PER_TRANSACTION or size + length > BYTES_PER_TRANSACTION
        if batch and (full or what != guard):
            yield guard, batch
            batch, size = [], 0
        batch.append(entry)
        guard, size = what, size + length
    if batch:
        yield guard, batch
