"""A unit's inbox: when its part of each dossier is due, whether that is late, and the filter that a reader sets."""

import dataclasses
from collections.abc import Callable
from datetime import datetime, time

from motcua.domain.dossier.dossier import ChannelIn, Dossier
from motcua.domain.local_time import LOCAL, is_late, local_day
from motcua.domain.status import WORKED_ON, Status

CAN_BE_LATE = (Status.SUBMITTED, *sorted(WORKED_ON))
"""The statuses in which something can be late: a submission awaits its answer, or the clock runs. During a suspension
nothing becomes late."""


def due_there(dossier: Dossier, unit_id: str) -> datetime | None:
    """Return when the unit's part is due: an answer to a submission, its own leg or opinion, else the whole dossier."""
    return min((due for due, _ in _owed_there(dossier, unit_id)), default=None)


def late_there(dossier: Dossier, unit_id: str, now: datetime) -> bool:
    """Whether the unit's part is late at `now`.

    It is late on a local date after its due date; with a limit in hours, from the moment after it. The original due
    date counts, whatever date an apology has promised since.
    """
    owed = _owed_there(dossier, unit_id)
    return dossier.status in CAN_BE_LATE and any(is_late(due, now, by_hours=by_hours) for due, by_hours in owed)


def _owed_there(dossier: Dossier, unit_id: str) -> list[tuple[datetime, bool]]:
    """Return when each of the unit's parts is due, and whether its limit is in hours."""
    if dossier.status is Status.SUBMITTED:
        return [(dossier.answer_by, True)] if dossier.answer_by else []
    if unit_id != dossier.inbox_unit_id:
        owed = [
            (leg.due_at, leg.by_hours)
            for leg in dossier.legs
            if leg.agency_id == unit_id and leg.running and leg.due_at
        ]
        owed += [
            (each.due_at, each.by_hours) for each in dossier.opinions if each.agency_id == unit_id and not each.given_at
        ]
        if owed:
            return owed
    return [(dossier.due_at, dossier.due_by_hours)] if dossier.due_at else []


@dataclasses.dataclass(frozen=True, slots=True)
class InboxFilter:
    """What a reader wants to see of an inbox; a field that is left out admits everything.

    `due_before` excludes the moment itself. `late_at` is the moment at which a dossier must be late: the reader's now.
    `seen` says whether the reader may see a dossier: others are left out before pages are made, so that no cursor
    tells of them.
    """

    officer: str = ""
    procedure_code: str = ""
    channel_in: ChannelIn | None = None
    due_before: datetime | None = None
    late_at: datetime | None = None
    seen: Callable[[Dossier], bool] | None = dataclasses.field(default=None, compare=False)

    @property
    def name(self) -> str:
        """What is asked for, as a text to which a cursor is bound.

        Each page counts `late` from its own reader's now.
        """
        due = self.due_before.isoformat() if self.due_before else ""
        asked = (self.officer, self.procedure_code, self.channel_in or "", due, "late" if self.late_at else "")
        return "|".join(asked) if any(asked) else ""

    @property
    def until(self) -> datetime | None:
        """The moment before which a dossier must be due; `late_at` leaves out more, see `all_late_before`."""
        return min((moment for moment in (self.due_before, self.late_at) if moment), default=None)

    @property
    def all_late_before(self) -> datetime | None:
        """The start of the local day of `late_at`.

        Whatever was due before that day is late; what is due on that day is late only by a limit in hours.
        """
        return datetime.combine(local_day(self.late_at), time(), LOCAL) if self.late_at else None

    @property
    def of_few(self) -> bool:
        """Whether the filter may skip dossiers of an inbox for more than their due date."""
        return bool(self.officer or self.procedure_code or self.channel_in)

    def admits(self, dossier: Dossier, unit_id: str) -> bool:
        """Whether this dossier in the unit's inbox is wanted."""
        due = due_there(dossier, unit_id)
        return (
            (not self.officer or self.officer in _officers(dossier, unit_id))
            and (not self.procedure_code or dossier.procedure_code == self.procedure_code)
            and (self.channel_in is None or dossier.channel_in is self.channel_in)
            and (self.due_before is None or (due is not None and due < self.due_before))
            and (self.late_at is None or late_there(dossier, unit_id, self.late_at))
            and (self.seen is None or self.seen(dossier))
        )


NO_FILTER = InboxFilter()


def _officers(dossier: Dossier, unit_id: str) -> set[str]:
    """Return the officers who work on the dossier at the unit."""
    own = {leg.officer for leg in dossier.legs if leg.agency_id == unit_id}
    return own | ({dossier.officer} if unit_id in (dossier.agency_id, dossier.one_stop_id) else set())
