"""A link by which an applicant chooses, without signing in, how the result is returned (R5).

Whoever holds the link may choose until it expires.
"""

from datetime import datetime

from motcua.domain.errors import ForbiddenError
from motcua.domain.local_time import LOCAL
from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """The dossier that a link opens, and until when.

    It holds no personal data. `expires_at` is real time, in whole seconds.
    """

    dossier_id: str
    expires_at: datetime


def check_good(link: Link | None, real_now: datetime) -> Link:
    """Return the link when it may still be used.

    Raises ForbiddenError when we never made it (None, whatever is wrong with it) or when it has expired.
    """
    if link is None:
        raise ForbiddenError("link_not_genuine", "/token")
    if real_now >= link.expires_at:
        raise ForbiddenError("link_expired", "/token", at=f"{link.expires_at.astimezone(LOCAL):%H:%M %d/%m/%Y}")
    return link
