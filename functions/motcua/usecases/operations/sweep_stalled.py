"""Send pending messages again that had no effect yet: the stream forgets after 24 hours, the outbox does not."""

from datetime import datetime, timedelta

from motcua.domain.record import dataclass
from motcua.ports.outbox import Outbox

PATIENCE = timedelta(minutes=10)
"""A message that is pending for longer is sent again. This is real time, since a queue knows no other."""

TIMES = 5
"""How often one message is sent again.

Then it is dead, or the relay is not the reason: it stays pending for an operator.
"""

MESSAGES_PER_SWEEP = 500
"""Messages of one sweep at most: a long backlog must not be doubled at once."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many messages were sent again, and how many wait for an operator."""

    sent_again: int
    stuck: int


def sweep_stalled(real_now: datetime, outbox: Outbox) -> Swept:
    """Send again what is overdue. Sending twice is harmless: the effect settles the message, once."""
    overdue = outbox.older_than(real_now - PATIENCE)
    again = [message for message in overdue if message.queue and message.sent_again < TIMES]
    outbox.send_again(again[:MESSAGES_PER_SWEEP], real_now)
    return Swept(min(len(again), MESSAGES_PER_SWEEP), len(overdue) - len(again))
