"""The reminders due for a dossier at a moment, each sent once and drawn from the very state that the screen shows.

A date is past as on the screen and in the figures: on a later local date. Limits in hours, the answer to a submission
and the hand-over of the paper are past from the moment after them. While the applicant must come or the agency has
paused, the clock stands still and nothing of the dossier is late.
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
"""The next check is for one of the dossier's own dates."""


@dataclass(frozen=True, slots=True)
class DeadlineReminder:
    """One reminder to staff and the date that it is about; a date that moved makes a new reminder.

    `what` is `approaching`, `late`, `paper_late`, `leg_late:<agency>`, `opinion_late:<agency>`, `supplement_expired` or
    `unanswered`. With `by_hours`, the date is past at the moment after it, else on a later local date.
    """

    what: str
    due: datetime
    by_hours: bool = True

    def true_at(self, at: datetime) -> bool:
        """Whether the date is past at `at`."""
        return is_late(self.due, at, by_hours=self.by_hours)

    @property
    def name(self) -> str:
        """The reminder as `Dossier.warned` holds it: `late@2020-05-07T01:00:00+00:00`."""
        return f"{self.what}@{self.due.astimezone(UTC).isoformat()}"


@dataclass(frozen=True, slots=True)
class NextCheck:
    """What to check a dossier for next (`dates`, or `reminded<reminders sent>`), and the moment that it depends on."""

    what: str
    since: datetime


def to_warn_of(dossier: Dossier) -> datetime | None:
    """Return the due date that may be near: that of a dossier worked on, unless staff were warned of it before."""
    due = dossier.due_at if dossier.status in WORKED_ON else None
    return None if due is None or DeadlineReminder("approaching", due).name in dossier.warned else due


def due_warnings(dossier: Dossier, at: datetime, near_from: datetime | None) -> list[DeadlineReminder]:
    """Return the reminders that are true at `at` and were not sent before.

    The due date is near from `near_from` until it is past.
    """
    reminders = [each for each in _to_come(dossier) if each.true_at(at)]
    due = to_warn_of(dossier)
    if due and near_from and near_from <= at and not is_late(due, at, by_hours=dossier.due_by_hours):
        reminders.append(DeadlineReminder("approaching", due))
    return reminders


def next_check(dossier: Dossier) -> NextCheck | None:
    """Return what to check a dossier for next, and the moment it depends on; None when nothing is to come as it stands.

    The moment is the earliest date that still needs a reminder, or that at which an uncollected result became ready. A
    date that is past only on the next day is checked again until its own day has ended.
    """
    if dossier.status is Status.RESULT_READY:
        lies_there = dossier.ready_at is not None and not dossier.parcel_open
        return NextCheck(f"reminded{dossier.reminders}", dossier.ready_at) if lies_there and dossier.ready_at else None
    dates = [each.due for each in _to_come(dossier)]
    return NextCheck(DATES, min(dates)) if dates else None


def reminder(dossier: Dossier, at: datetime, after_days: Sequence[int]) -> int:
    """Return which reminder of an uncollected result, counted from 1, is due on the local day of `at`; 0 when none is.

    Reminders of days without a sweep are not sent later: the applicant is reminded once, not three times on one day.
    """
    if dossier.status is not Status.RESULT_READY or dossier.parcel_open or dossier.ready_at is None:
        return 0
    lain = (local_day(at) - local_day(dossier.ready_at)).days
    ordinal = sum(days <= lain for days in after_days)
    return ordinal if ordinal > dossier.reminders else 0


def reminder_sent(dossier: Dossier, said: DeadlineReminder, stamp: Stamp) -> Event:
    """Return the event that records the reminder, so that it is sent only once."""
    check_move("warn", dossier.status)
    data: dict[str, object] = {"warning": said.name, "due": said.due.isoformat()}
    return next_event(dossier, EventType.DOSSIER_WARNED, stamp, data)


def reminded(dossier: Dossier, ordinal: int, stamp: Stamp) -> Event:
    """Return the event by which the applicant is reminded, for the `ordinal`th time, that the result is ready."""
    check_move("remind", dossier.status)
    return next_event(dossier, EventType.DOSSIER_REMINDED, stamp, {"ordinal": ordinal})


def _to_come(dossier: Dossier) -> list[DeadlineReminder]:
    """Return the reminders that become true by themselves if nobody acts, and were not sent before."""
    return [each for each in _dates(dossier) if each.name not in dossier.warned]


def _dates(dossier: Dossier) -> Iterator[DeadlineReminder]:
    """Yield a reminder for each date that runs as the dossier stands."""
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
