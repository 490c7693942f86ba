"""A link by which an applicant chooses how the result comes (R5) without a sign-in: who holds it may choose, until it expires."""

from datetime import datetime

from motcua.domain.errors import ForbiddenError
from motcua.domain.local_time import LOCAL
from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Which dossier it opens, and until when; nothing of a person is in it. `expires_at` is real time, whole seconds."""

    dossier_id: str
    expires_at: datetime


def check_good(link: Link | None, real_now: datetime) -> Link:
    """The link. ForbiddenError for one that we never made (None), whatever is wrong with it, and for one that has expired."""
    if link is None:
        raise ForbiddenError("link_not_genuine", "/token")
    if real_now >= link.expires_at:
        raise ForbiddenError("link_expired", "/token", at=f"{link.expires_at.astimezone(LOCAL):%H:%M %d/%m/%Y}")
    return link
