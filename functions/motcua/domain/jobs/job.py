"""A job: one change of the registry carried to every open dossier affected, or one person's act on a selection.

Each dossier is dealt with by itself and has a result of its own. A job pages through inboxes (a unit's dossiers of one
status) and starts another pass until a whole pass finds nothing new, because dossiers move meanwhile. It is done when
no result is pending. A selection needs no pass: its dossiers are given.
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
    """What became of one dossier.

    A `task` is for a person: no rule covers the dossier, and nothing is guessed. `failed` means that every attempt
    failed; the other dossiers go on. A dossier of a selection is done, refused by the rules, or not found: it does not
    exist, or this person may not see it.
    """

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
    """One job. `about` is the id of the calendar change or reorganisation, or the act on a selection.

    `bulk` describes such a selection. `started` tells who started the job, when, and under which correlation id.
    """

    id: str
    kind: JobKind
    about: str
    started: Stamp
    listed: bool = False
    abandoned: bool = False
    bulk: Bulk | None = None


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class InboxKey:
    """The key of one unit's dossiers of one status. Statuses sort first: a dossier mostly moves on to a later status,
    and a pass in this order meets it there."""

    status: Status
    unit_id: str

    @property
    def name(self) -> str:
        return f"{self.status.value:02d}#{self.unit_id}"


@dataclass(frozen=True, slots=True)
class Traversal:
    """How far a job has paged through its inboxes: which pass, which inbox, and whether this pass has found anything.

    `after` is the place at which the inbox goes on; empty when the inbox has been read to its end.
    """

    round: int = 1
    desk: str = ""
    after: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class JobResult:
    """What the job did to one dossier: from what to what (due dates, agencies, statuses), by which rule, or why it is a task.

    When the act is refused, `because` is the problem's code, and `params` are the parameters of its text.
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
    """How far a job has come.

    It is `done` when every dossier was found and none is pending, or when it was abandoned.
    """

    listed: bool
    counts: dict[JobOutcome, int]
    abandoned: bool = False

    @classmethod
    def of(cls, job: Job, counts: Mapping[JobOutcome, int]) -> "Progress":
        """Return the progress of `job`. A selection is listed when each of its dossiers has a result."""
        listed = sum(counts.values()) == job.bulk.size if job.bulk else job.listed
        return cls(listed, dict(counts), job.abandoned)

    @property
    def done(self) -> bool:
        return self.abandoned or (self.listed and not self.counts.get(JobOutcome.PENDING))
