"""The values that a rule of each kind states, in the words of the order."""

from datetime import date, time
from enum import StrEnum
from fractions import Fraction

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class LinkValidity:
    """For how many days of real time a link is valid."""

    days: int


Span = tuple[time, time]
"""Hours [open, close): a closing moment such as 11:30:00 belongs to what comes next."""


class Whose(StrEnum):
    """The unit whose identifier opens a dossier's number."""

    PROCESSING_AGENCY = "processing_agency"
    ONE_STOP = "one_stop"


class TakenAs(StrEnum):
    """The place that a delivery counts by when its carrier names none."""

    ADDRESS = "address"
    POST_OFFICE = "post_office"
    NOT_COUNTED = "not_counted"


class YearBasis(StrEnum):
    """The year over which a target is measured.

    So far the report counts only the calendar year: 1 January – 31 December.
    """

    CALENDAR = "calendar"


class WhileClosed(StrEnum):
    """Whether processing time keeps counting during a closure."""

    COUNT = "COUNT"
    PAUSE = "PAUSE"


class CompletedBy(StrEnum):
    """The step that completes a review by the order."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Reception:
    """Whether units of the scope may receive by its channels (R1), or at all (R2)."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """The acts of the scope (reception, return) stop by its channels.

    `lifted` says the contrary for units that are named more closely: what an order closes for all stays open for one.
    """

    lifted: bool = False


@dataclass(frozen=True, slots=True)
class ProcessingClosure:
    """Agencies of the scope process nothing on these days.

    `while_closed` tells whether processing time keeps counting.
    """

    while_closed: WhileClosed


@dataclass(frozen=True, slots=True)
class IsolationPeriod:
    """What an agency of the scope received itself on these days is a transitional dossier (R3)."""


@dataclass(frozen=True, slots=True)
class Target:
    """The share of results that agencies of the scope must deliver by the public postal service (R6)."""

    share: Fraction
    year: YearBasis = YearBasis.CALENDAR


@dataclass(frozen=True, slots=True)
class ReviewOrder:
    """Agencies of the scope finish their review *before* this day. `completed_by` is our reading of "finished" (R4)."""

    before: date
    completed_by: CompletedBy = CompletedBy.PUBLISHED


@dataclass(frozen=True, slots=True)
class GoLive:
    """The system has its own figures from the rule's first day; earlier figures are opening figures."""


@dataclass(frozen=True, slots=True)
class Closing:
    """When a month is closed: at `at`, local time, on the nth working day of the next month."""

    working_day: int
    at: time


@dataclass(frozen=True, slots=True)
class NumberPrefix:
    """Whose identifier opens a dossier's number, at the provincial centre and at a committee's one-stop unit."""

    at_provincial_centre: Whose
    elsewhere: Whose


@dataclass(frozen=True, slots=True)
class ResultCarrier:
    """The carrier that brings results to applicants."""

    carrier: str


@dataclass(frozen=True, slots=True)
class PublicPostalService:
    """The carriers of the scope are the public postal service: only their deliveries count towards the target."""


@dataclass(frozen=True, slots=True)
class MissingPlace:
    """What a delivery counts as when its carrier does not say where it was made. Vietnam Post's tracking never says."""

    taken_as: TakenAs


@dataclass(frozen=True, slots=True)
class PostAttempts:
    """How often the post tries to deliver, and for how many days it keeps what it could not deliver."""

    attempts: int
    days_kept: int


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The working hours of a day at units of the scope."""

    intervals: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ReceptionHours:
    """When units of the scope receive outside their working hours; such a receipt uses up no working day."""

    weekdays: tuple[int, ...]  # 1 = Monday … 7 = Sunday
    intervals: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SameDayCutoff:
    """The time after which a dossier due on the day of its receipt is due on the next working day."""

    at: time


@dataclass(frozen=True, slots=True)
class IntakeHours:
    """Within how many working hours an online submission is accepted or refused."""

    working_hours: int


@dataclass(frozen=True, slots=True)
class SupplementLimit:
    """How many supplement requests a dossier may have, unless an approver allows more with a reason."""

    at_intake: int
    during_appraisal: int


@dataclass(frozen=True, slots=True)
class SupplementWait:
    """How many calendar days the applicant has to bring what was asked for. After that the agency may refuse."""

    days: int


@dataclass(frozen=True, slots=True)
class Apology:
    """How often an apology may set a new date, and when it must be made.

    It must be made at least `latest_working_days_before` working days before the due date. Staff are warned of the due
    date from `warn_from` working days before it.
    """

    times: int
    latest_working_days_before: int
    warn_from: int


@dataclass(frozen=True, slots=True)
class UncollectedReminders:
    """After how many calendar days from its being ready the applicant is reminded of an uncollected result."""

    after_days: tuple[int, ...]
