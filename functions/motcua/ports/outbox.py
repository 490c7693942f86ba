"""The transactional outbox: the messages that a queue must still carry, as the use cases need them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from motcua.domain.event import Queue
from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """One outbox item: a pending message, whose effect a queue has not brought about yet.

    `time` is when the event of the message happened; for a partner's callback, when it came. `queue` is None for an
    item that this version cannot read: it stays pending, and an operator must look at it.
    """

    id: str
    queue: Queue | None
    message: str
    since: datetime
    time: datetime
    sent_again: int = 0


class Outbox(Protocol):
    """The pending messages."""

    def older_than(self, moment: datetime) -> Sequence[PendingMessage]: ...
    def send_again(self, owed: Sequence[PendingMessage], now: datetime) -> None:
        """Send the messages to their queues, and note on each item that it was sent again at `now`."""
