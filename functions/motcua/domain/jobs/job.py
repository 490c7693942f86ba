"""A job: one change of the registry carried to every open dossier that it touches, each by itself, with a result each; or one
act of a person on the dossiers that they selected.

A job walks over desks (a unit's dossiers of one status), page by page, and over again until a whole walk finds nobody
new: dossiers move while it walks. Then it is done when no result is pending. A selection needs no walk: it is given.
"""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from motcua.domain.event import Stamp
from motcua.domain.jobs.bulk import Bulk
from motcua.domain.record import dataclass
from motcua.domain.status import Status


class JobKind(StrEnum):
    CALENDAR_PREVIEW = "calendar_preview"
    CALENDAR_CHANGE = "calendar_change"
    REORGANISATION = "reorganisation"
    BULK = "bulk"


class JobOutcome(StrEnum):
    """What became of one dossier. A `task` is for a person: no rule covers it, and nothing is guessed; `failed` is one
    that could not be dealt with however often it was tried, and holds up nobody else. Of a selection each is done, refused by
    the rules, or not found: not there, or not for this person to see."""

    PENDING = "pending"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    TASK = "task"
    FAILED = "failed"
    DONE = "done"
    REFUSED = "refused"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Job:
    """`about` is the id of the calendar change or reorganisation, or the act on a selection, which `bulk` describes. `started`
    is who, when and in which correlation."""

    id: str
    kind: JobKind
    about: str
    started: Stamp
    listed: bool = False
    abandoned: bool = False
    bulk: Bulk | None = None


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class InboxKey:
    """The dossiers of one status that lie at one unit. Statuses come first: a dossier mostly moves on to a later one,
    and a walk in this order meets it there."""

    status: Status
    unit_id: str

    @property
    def name(self) -> str:
        return f"{self.status.value:02d}#{self.unit_id}"


@dataclass(frozen=True, slots=True)
class Traversal:
    """Where a job's walk stands: which round, at which desk, and whether this round has found anybody.

    `after` is the place where that desk goes on; empty when it was seen to its end.
    """

    round: int = 1
    desk: str = ""
    after: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class JobResult:
    """What the job did to one dossier: from what to what (due dates, agencies, statuses), by which rule, or why it is a task.

    Refused, `because` is the problem's code, and `params` are what its text needs.
    """

    job_id: str
    dossier_id: str
    outcome: JobOutcome = JobOutcome.PENDING
    number: str = ""
    unit_id: str = ""
    before: str = ""
    after: str = ""
    because: str = ""
    at: datetime | None = None
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` when every dossier was found and none is pending, or when it was abandoned."""

    listed: bool
    counts: dict[JobOutcome, int]
    abandoned: bool = False

    @classmethod
    def of(cls, job: Job, counts: Mapping[JobOutcome, int]) -> "Progress":
        """A selection is listed when there is a result for each of its dossiers."""
        listed = sum(counts.values()) == job.bulk.size if job.bulk else job.listed
        return cls(listed, dict(counts), job.abandoned)

    @property
    def done(self) -> bool:
        return self.abandoned or (self.listed and not self.counts.get(JobOutcome.PENDING))
