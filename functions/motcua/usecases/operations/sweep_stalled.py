"""Find what was promised and has not happened, and send it again: the stream forgets after 24 hours, the outbox does not."""

from datetime import datetime, timedelta

from motcua.domain.record import dataclass
from motcua.ports.outbox import Outbox

PATIENCE = timedelta(minutes=10)
"""A message owed for longer than this is sent again; by real time, since a queue knows no other."""

TIMES = 5
"""How often one message is sent again. Then it is dead or the reason is not the relay: it stays owed, for a person."""

MESSAGES_PER_SWEEP = 500
"""Messages of one sweep: a long backlog must not be doubled in one go."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many messages were sent again, and how many wait for a person."""

    sent_again: int
    stuck: int


def sweep_stalled(real_now: datetime, outbox: Outbox) -> Swept:
    """Send again what is overdue. Sending twice is harmless: the effect pays the message off, once."""
    overdue = outbox.older_than(real_now - PATIENCE)
    again = [owed for owed in overdue if owed.queue and owed.sent_again < TIMES]
    outbox.send_again(again[:MESSAGES_PER_SWEEP], real_now)
    return Swept(min(len(again), MESSAGES_PER_SWEEP), len(overdue) - len(again))
