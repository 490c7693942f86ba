"""Find what was promised and has not happened, and send it again: the stream forgets after 24 hours, the outbox does not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from motcua.ports import Outbox, Owed

PATIENCE = timedelta(minutes=10)
"""A message owed for longer than this is sent again; by real time, since a queue knows no other."""


def sweep_stalled(real_now: datetime, outbox: Outbox) -> Sequence[Owed]:
    """The messages sent again. Sending twice is harmless: the effect pays the message off, once."""
    stalled = outbox.older_than(real_now - PATIENCE)
    outbox.send(stalled)
    return stalled
