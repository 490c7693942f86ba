"""A job: one change of the registry carried to every open dossier that it touches, each by itself, with a result each.

A job walks over desks (a unit's dossiers of one status), page by page, and over again until a whole walk finds nobody
new: dossiers move while it walks. Then it is done when no result is pending.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.domain.event import Stamp


class JobKind(StrEnum):
    CALENDAR_PREVIEW = "calendar_preview"
    CALENDAR_CHANGE = "calendar_change"
    REORGANISATION = "reorganisation"


class Outcome(StrEnum):
    """What became of one dossier. A `task` is for a person: no rule covers it, and nothing is guessed."""

    PENDING = "pending"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Job:
    """`about` is the id of the calendar change or reorganisation. `started` is who, when and in which correlation."""

    id: str
    kind: JobKind
    about: str
    started: Stamp
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a job's walk stands: which round, the last desk and dossier seen, and whether this round found anybody."""

    round: int = 1
    desk: str = ""
    after: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class JobResult:
    """What the job did to one dossier: from what to what (due dates, agencies), by which rule, or why it is a task."""

    job_id: str
    dossier_id: str
    outcome: Outcome = Outcome.PENDING
    number: str = ""
    before: str = ""
    after: str = ""
    because: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` when every dossier was found and none is pending."""

    listed: bool
    counts: dict[Outcome, int]

    @property
    def done(self) -> bool:
        return self.listed and not self.counts.get(Outcome.PENDING)
