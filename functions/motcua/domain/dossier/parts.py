"""The parts of a dossier: legs of linked agencies, opinions asked for, its paper, its former receipt, its reissues."""

from datetime import date, datetime
from enum import StrEnum

from motcua.domain.local_time import is_late
from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class LinkedLeg:
    """One agency's part of a linked dossier (hồ sơ liên thông). Legs of one `step` run in parallel, steps in sequence.

    `due_at` is planned at receipt and set anew when the leg starts. A leg finished after it was late: by local dates,
    or with `by_hours` by the moment.
    """

    step: int
    agency_id: str
    due_at: datetime | None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    officer: str = ""
    by_hours: bool = False

    def late_at(self, at: datetime) -> bool:
        """Whether the leg was finished late, or runs late at `at`; a leg that has not begun is never late."""
        if self.due_at is None or self.started_at is None:
            return False
        return is_late(self.due_at, self.finished_at or at, by_hours=self.by_hours)

    @property
    def running(self) -> bool:
        return self.started_at is not None and self.finished_at is None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion asked of another agency, and when it is due.

    With `by_hours` it is late by the moment, else by the local date.
    """

    agency_id: str
    asked_at: datetime
    due_at: datetime
    given_at: datetime | None = None
    by_hours: bool = False


@dataclass(frozen=True, slots=True)
class PaperLeg:
    """The paper's way to the processing agency, signed by both sides.

    It is due on the same working day; when received after 15:00, on the next.
    """

    due_at: datetime
    handed_over_at: datetime | None = None
    handed_over_by: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""

    def late_at(self, now: datetime) -> bool:
        """Whether the paper was handed over after its due time, or still lies at the one-stop unit after it."""
        return (self.handed_over_at or now) > self.due_at


@dataclass(frozen=True, slots=True)
class Transitional:
    """A receipt by an agency itself during an isolation period (R3): the agency's own number and date, and the rule."""

    original_number: str
    received_on: date
    rule: str
    agency_id: str = ""


class AtFault(StrEnum):
    """Who is at fault when a result must be corrected or made again (Decree 61, art. 21)."""

    AGENCY = "agency"
    ONE_STOP = "one_stop"
    POST = "post"
    APPLICANT = "applicant"


class ReissueKind(StrEnum):
    CORRECTION = "correction"
    LOSS = "loss"
    LOSS_BY_POST = "loss_by_post"


@dataclass(frozen=True, slots=True)
class Reissue:
    """A result corrected or made again: why, by whose fault, at whose cost.

    `of` is the version of the dossier that made the old result: its return, or its resolution when it was not returned
    yet.
    """

    kind: ReissueKind
    at_fault: AtFault
    paid_by: AtFault
    at: datetime
    of: int
