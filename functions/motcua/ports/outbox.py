"""The transactional outbox: the messages that a queue must still carry, as the use cases need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from motcua.domain.record import dataclass

if TYPE_CHECKING:  # a port says what it is about in annotations only: it loads nothing of the domain
    from collections.abc import Sequence
    from datetime import datetime

    from motcua.domain.event import Queue


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
