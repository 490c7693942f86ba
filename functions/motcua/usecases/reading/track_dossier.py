"""Tracking: anybody who knows a dossier's number and its owner sees its progress; guessing is soon cut off."""

from datetime import datetime

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import NotFoundError
from motcua.domain.reading.tracking import MOST_FAILURES, is_closed
from motcua.ports.dossiers import Dossiers
from motcua.ports.tracking import Tracking

NOBODYS = "NOBODYS"
"""No dossier has this id: it is read where a number leads to none, so that each question costs the same."""


def track(number: str, identity_number: str, now: datetime, tracking: Tracking, dossiers: Dossiers) -> Dossier:
    """Return the dossier with `number` to a caller who knows the identity number of its owner or submitter.

    The answer and the calls made are the same whether the number is wrong, the identity number is wrong, or the number
    is closed after too many failures. `now` is real time.
    """
    known = tracking.tracked(number)
    found = dossiers.load_with_persons(known.dossier_id or NOBODYS)
    closed = is_closed(known.failures, now)
    if found and found[1].owned_by(identity_number) and not closed:
        return found[0]
    tracking.failed(number, known.failures, now)
    raise NotFoundError("nothing_to_track", most=MOST_FAILURES)
