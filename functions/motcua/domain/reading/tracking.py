"""Tracking without a sign-in: how often a wrong identity number may be tried for one dossier number."""

from datetime import datetime, timedelta

from motcua.domain.record import dataclass

MOST_FAILURES = 10
"""For one dossier number, wrong or not given to any dossier [ours]. So few an hour make 88,000 a year: of an identity number's 12
digits whoever guesses may know all but six, which makes a million."""

WITHIN = timedelta(hours=1)
"""From the first of them [ours]. It is also the longest that a number stays closed to its true owner."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How often somebody has failed with a number, and until when that counts."""

    number: int
    until: datetime

    def count(self, now: datetime) -> bool:
        """Whether they still count: past its end a count is none, also where it has not been removed yet."""
        return now < self.until


def is_closed(failures: Failures | None, now: datetime) -> bool:
    """Whether nothing is answered about a number any more, for a while, whatever is sent with it."""
    return failures is not None and failures.count(now) and failures.number >= MOST_FAILURES
