"""A unit's desk: by when each dossier on it must be dealt with there, whether that is past, and what a reader wants of it."""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime, time

from motcua.domain.dossier.dossier import ChannelIn, Dossier
from motcua.domain.local_time import LOCAL, is_late, local_day
from motcua.domain.record import dataclass
from motcua.domain.status import WORKED_ON, Status

CAN_BE_LATE = (Status.SUBMITTED, *sorted(WORKED_ON))
"""A submission waits for its answer, or the clock runs: while the dossier waits nothing becomes late."""


def due_there(dossier: Dossier, unit_id: str) -> datetime | None:
    """By when the unit must have done its part: an answer to a submission, its own leg or opinion, else the whole dossier."""
    return min((due for due, _ in _owed_there(dossier, unit_id)), default=None)


def late_there(dossier: Dossier, unit_id: str, now: datetime) -> bool:
    """Whether the unit's part of it is late at `now`: on a local date after its due date, by the moment where the limit is in
    hours; by the original date, whatever an apology has promised since."""
    owed = _owed_there(dossier, unit_id)
    return dossier.status in CAN_BE_LATE and any(is_late(due, now, by_hours=by_hours) for due, by_hours in owed)


def _owed_there(dossier: Dossier, unit_id: str) -> list[tuple[datetime, bool]]:
    """What the unit must have done by when, and whether that limit is in hours."""
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


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What a reader wants of a desk; what is left out, all of it. `due_before` does not count the moment itself.

    `late_at` is the moment at which it must be late: the reader's now. `seen` says whether the reader may see a dossier: what
    they may not is left out before pages are made, so that no cursor tells of it.
    """

    officer: str = ""
    procedure_code: str = ""
    channel_in: ChannelIn | None = None
    due_before: datetime | None = None
    late_at: datetime | None = None
    seen: Callable[[Dossier], bool] | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """What is asked for, to bind a cursor to; `late` goes on by the next reader's now."""
        due = self.due_before.isoformat() if self.due_before else ""
        asked = (self.officer, self.procedure_code, self.channel_in or "", due, "late" if self.late_at else "")
        return "|".join(asked) if any(asked) else ""

    @property
    def until(self) -> datetime | None:
        """Nothing that is due at this moment or later is wanted; `late_at` leaves out more, see `all_late_before`."""
        return min((moment for moment in (self.due_before, self.late_at) if moment), default=None)

    @property
    def all_late_before(self) -> datetime | None:
        """What was due before the local day of `late_at` is late whatever its limit; of that day itself only limits in hours."""
        return datetime.combine(local_day(self.late_at), time(), LOCAL) if self.late_at else None

    @property
    def of_few(self) -> bool:
        """Whether some of a desk may be passed over: by more than by when it is due."""
        return bool(self.officer or self.procedure_code or self.channel_in)

    def admits(self, dossier: Dossier, unit_id: str) -> bool:
        """Whether this dossier, on the unit's desk, is wanted."""
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
    """Who works on it at the unit."""
    own = {leg.officer for leg in dossier.legs if leg.agency_id == unit_id}
    return own | ({dossier.officer} if unit_id in (dossier.agency_id, dossier.one_stop_id) else set())
