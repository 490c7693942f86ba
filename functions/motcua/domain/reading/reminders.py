"""What is to be said of a dossier at a moment, each thing once: drawn from the very state that the screen shows.

A date is past as on the screen and in the figures: on a later local date; limits in hours, the answer to a submission and the
hand-over of the paper from the moment after them. While the applicant must come or the agency has paused, the clock stands
still and nothing of it is late.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from motcua.domain.dossier.dossier import Dossier, next_event
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.local_time import is_late, local_day
from motcua.domain.record import dataclass
from motcua.domain.status import WORKED_ON, Status

DATES = "dates"
"""Watched for a date of its own."""


@dataclass(frozen=True, slots=True)
class DeadlineReminder:
    """One thing that is said, and the date that it is about: a date that moved makes a new one. `what` is `approaching`,
    `late`, `paper_late`, `leg_late:<agency>`, `opinion_late:<agency>`, `supplement_expired` or `unanswered`. `by_hours`: the
    date is past at the moment after it, else on a later local date."""

    what: str
    due: datetime
    by_hours: bool = True

    def true_at(self, at: datetime) -> bool:
        """Whether the date is past at `at`."""
        return is_late(self.due, at, by_hours=self.by_hours)

    @property
    def name(self) -> str:
        """As `Dossier.warned` holds it: `late@2020-05-07T01:00:00+00:00`."""
        return f"{self.what}@{self.due.astimezone(UTC).isoformat()}"


@dataclass(frozen=True, slots=True)
class NextCheck:
    """For what a dossier is looked at (`dates`, `reminded<so many times>`), and the moment that it is looked at for."""

    what: str
    since: datetime


def to_warn_of(dossier: Dossier) -> datetime | None:
    """The due date that may be near: of a dossier that is worked on, unless that was said."""
    due = dossier.due_at if dossier.status in WORKED_ON else None
    return None if due is None or DeadlineReminder("approaching", due).name in dossier.warned else due


def due_warnings(dossier: Dossier, at: datetime, near_from: datetime | None) -> list[DeadlineReminder]:
    """What is true of the dossier at `at` and was not said before; its due date is near from `near_from` until it is past."""
    said = [each for each in _to_come(dossier) if each.true_at(at)]
    due = to_warn_of(dossier)
    if due and near_from and near_from <= at and not is_late(due, at, by_hours=dossier.due_by_hours):
        said.append(DeadlineReminder("approaching", due))
    return said


def next_check(dossier: Dossier) -> NextCheck | None:
    """When to look at a dossier next: at the earliest date of which something is still to be said (and on, to the end of that
    day, where it is past on the next one), or at the day on which its result became ready while it lies there uncollected.
    None when nothing is to come as it stands."""
    if dossier.status is Status.RESULT_READY:
        lies_there = dossier.ready_at is not None and not dossier.parcel_open
        return NextCheck(f"reminded{dossier.reminders}", dossier.ready_at) if lies_there and dossier.ready_at else None
    dates = [each.due for each in _to_come(dossier)]
    return NextCheck(DATES, min(dates)) if dates else None


def reminder(dossier: Dossier, at: datetime, after_days: Sequence[int]) -> int:
    """Which reminder of an uncollected result, counted from 1, is due on the local day of `at`; 0 when none is.

    Days that nobody swept are not made up for: the applicant hears once, not three times on one day.
    """
    if dossier.status is not Status.RESULT_READY or dossier.parcel_open or dossier.ready_at is None:
        return 0
    lain = (local_day(at) - local_day(dossier.ready_at)).days
    ordinal = sum(days <= lain for days in after_days)
    return ordinal if ordinal > dossier.reminders else 0


def reminder_sent(dossier: Dossier, said: DeadlineReminder, stamp: Stamp) -> Event:
    """The event that says it, once and for ever."""
    check_move("warn", dossier.status)
    data: dict[str, object] = {"warning": said.name, "due": said.due.isoformat()}
    return next_event(dossier, EventType.DOSSIER_WARNED, stamp, data)


def reminded(dossier: Dossier, ordinal: int, stamp: Stamp) -> Event:
    """The applicant is reminded that the result waits, for the `ordinal`th time."""
    check_move("remind", dossier.status)
    return next_event(dossier, EventType.DOSSIER_REMINDED, stamp, {"ordinal": ordinal})


def _to_come(dossier: Dossier) -> list[DeadlineReminder]:
    """What becomes true by itself if nobody acts, and was not said before."""
    return [each for each in _dates(dossier) if each.name not in dossier.warned]


def _dates(dossier: Dossier) -> Iterator[DeadlineReminder]:
    """The dates that run as the dossier stands."""
    wait = dossier.waiting
    if dossier.status is Status.SUBMITTED and dossier.answer_by:
        yield DeadlineReminder("unanswered", dossier.answer_by)
    if dossier.status is Status.SUPPLEMENT_REQUESTED and wait and wait.expires_at:
        yield DeadlineReminder("supplement_expired", wait.expires_at, by_hours=False)
    if dossier.status not in WORKED_ON:
        return
    if dossier.due_at:
        yield DeadlineReminder("late", dossier.due_at, dossier.due_by_hours)
    if dossier.paper and dossier.paper.handed_over_at is None:
        yield DeadlineReminder("paper_late", dossier.paper.due_at)
    for leg in dossier.legs:
        if leg.running and leg.due_at:
            yield DeadlineReminder(f"leg_late:{leg.agency_id}", leg.due_at, leg.by_hours)
    for opinion in dossier.opinions:
        if opinion.given_at is None:
            yield DeadlineReminder(f"opinion_late:{opinion.agency_id}", opinion.due_at, opinion.by_hours)
