"""Viet Nam's local day, and when something due is late."""

from datetime import date, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Viet Nam's time since 1975: +07:00 all year. A fixed offset spares the functions a zone database."""


def local_day(moment: datetime) -> date:
    """Return the day on which `moment` falls for people in Viet Nam."""
    return moment.astimezone(LOCAL).date()


def is_late(due: datetime, at: datetime, *, by_hours: bool) -> bool:
    """Whether something due at `due` is late at `at`.

    It is late on a later local date; with a limit in hours, from the moment after `due` [ours].
    """
    return at > due if by_hours else local_day(at) > local_day(due)
