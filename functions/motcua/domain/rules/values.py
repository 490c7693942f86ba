"""What a rule of each kind says: its values, in the words of the order."""

from datetime import date, time
from enum import StrEnum
from fractions import Fraction

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class LinkValidity:
    """A rule: how many days of real time a link is good for."""

    days: int


Span = tuple[time, time]
"""Hours [open, close): 11:30:00 belongs to what comes next."""


class Whose(StrEnum):
    """Whose identifier opens a dossier's number."""

    PROCESSING_AGENCY = "processing_agency"
    ONE_STOP = "one_stop"


class YearBasis(StrEnum):
    """The year that a target is measured over: 1 January – 31 December, which the report counts. It counts no other yet."""

    CALENDAR = "calendar"


class WhileClosed(StrEnum):
    """Whether processing time goes on counting during a closure."""

    COUNT = "COUNT"
    PAUSE = "PAUSE"


class CompletedBy(StrEnum):
    """Which step of a review completes it in the eyes of the order."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Reception:
    """Whether units of the scope may receive by its channels (R1), or may receive at all (R2)."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """The acts of the scope (reception, return) stop by its channels. `lifted` says the contrary for units that are named more
    closely: what an order closes for all stays open for one."""

    lifted: bool = False


@dataclass(frozen=True, slots=True)
class ProcessingClosure:
    """Agencies of the scope process nothing in these days; whether their processing time goes on counting."""

    while_closed: WhileClosed


@dataclass(frozen=True, slots=True)
class IsolationPeriod:
    """What an agency of the scope received directly in these days is a transitional dossier (R3)."""


@dataclass(frozen=True, slots=True)
class Target:
    """The share of results that agencies of the scope must deliver by the public postal service (R6)."""

    share: Fraction
    year: YearBasis = YearBasis.CALENDAR


@dataclass(frozen=True, slots=True)
class ReviewOrder:
    """Agencies of the scope finish their review *before* this day; `completed_by` is our reading of finished (R4)."""

    before: date
    completed_by: CompletedBy = CompletedBy.PUBLISHED


@dataclass(frozen=True, slots=True)
class GoLive:
    """The system has figures of its own from the rule's first day; earlier ones are opening figures."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A month is closed at `at`, local time, on the nth working day of the next."""

    working_day: int
    at: time


@dataclass(frozen=True, slots=True)
class NumberPrefix:
    """Whose identifier opens a dossier's number at the provincial centre and at a committee's one-stop unit."""

    at_provincial_centre: Whose
    elsewhere: Whose


@dataclass(frozen=True, slots=True)
class ResultCarrier:
    """Who carries results to applicants."""

    carrier: str


@dataclass(frozen=True, slots=True)
class PublicPostalService:
    """The carriers of the scope are the public postal service: only theirs counts towards the target."""


@dataclass(frozen=True, slots=True)
class PostAttempts:
    """How often the post tries to deliver, and how many days it keeps what it could not."""

    attempts: int
    days_kept: int


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The working time of a day at units of the scope."""

    intervals: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ReceptionHours:
    """When units of the scope receive, where that is not their working time; such receipt consumes no working day."""

    weekdays: tuple[int, ...]  # 1 = Monday … 7 = Sunday
    intervals: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SameDayCutoff:
    """Received later than this, what is due on the same day is due on the next working day."""

    at: time


@dataclass(frozen=True, slots=True)
class IntakeHours:
    """Working hours within which an online submission is accepted or refused."""

    working_hours: int


@dataclass(frozen=True, slots=True)
class SupplementLimit:
    """How many supplement requests a dossier may meet, unless an approver overrides with a reason."""

    at_intake: int
    during_appraisal: int


@dataclass(frozen=True, slots=True)
class SupplementWait:
    """How many calendar days the applicant has to bring what was asked for; after them the agency may refuse."""

    days: int


@dataclass(frozen=True, slots=True)
class Apology:
    """How often an apology sets a new date; how many working days before the due date it goes at the latest, is warned of."""

    times: int
    latest_working_days_before: int
    warn_from: int


@dataclass(frozen=True, slots=True)
class UncollectedReminders:
    """How many calendar days after it became ready the applicant is reminded of a result that lies uncollected."""

    after_days: tuple[int, ...]
