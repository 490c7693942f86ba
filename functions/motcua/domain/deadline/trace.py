"""The trace of a deadline: each step of the count, so that whoever waits for the result can follow it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.domain.deadline.suspension import Suspension
from motcua.domain.record import dataclass


class StepKind(StrEnum):
    """What was done in one step. Each kind also has its words in Vietnamese and English."""

    STARTS_AT_RECEIPT = "starts_at_receipt"
    STARTS_AT_OPENING = "starts_at_opening"
    STARTS_IN_RECEPTION_HOURS = "starts_in_reception_hours"
    DAY = "day"
    MAKEUP_DAY = "makeup_day"
    CALENDAR_DAY = "calendar_day"
    HOURS = "hours"
    WEEKEND = "weekend"
    DAY_OFF = "day_off"
    CLOSURE = "closure"
    SAME_DAY = "same_day"
    AFTER_CUTOFF = "after_cutoff"
    HALF_DAY = "half_day"
    DUE_SO_FAR = "due_so_far"
    RESTARTED = "restarted"
    LENGTHENED = "lengthened"
    WAITING = "waiting"
    MOVED_FORWARD = "moved_forward"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `number` counts days from 1; `time` is what was counted or added.

    `name_vi` is the name of an announced day. `cited` is the rule on which the step rests. With `calendar_time`, `time`
    is not working time but time as it passes.
    """

    kind: StepKind
    day: date
    at: datetime | None = None
    number: int = 0
    time: timedelta = timedelta()
    name_vi: str = ""
    cited: str = ""
    wait: Suspension | None = None
    calendar_time: bool = False
