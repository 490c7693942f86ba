"""What a queue must still carry, as the use cases need it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from motcua.domain.event import Queue
from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class PendingMessage:
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

    def older_than(self, moment: datetime) -> Sequence[PendingMessage]: ...
    def send_again(self, owed: Sequence[PendingMessage], now: datetime) -> None:
        """Send to the queues, and note on each item that it was sent once more, at `now`."""
