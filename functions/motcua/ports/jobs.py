"""Jobs: changes of the registry carried to open dossiers one by one, and acts on a selection of dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from motcua.domain.event import Stamp
    from motcua.domain.jobs.bulk import Given
    from motcua.domain.jobs.job import Job, JobOutcome, JobResult, Progress, Traversal
    from motcua.ports.changes import IdempotencyKey


class Jobs(Protocol):
    """Jobs and what they did to each dossier."""

    def job(self, job_id: str) -> Job | None: ...
    def result(self, job_id: str, dossier_id: str) -> JobResult | None: ...
    def results(
        self, job_id: str, after: str, limit: int, outcome: JobOutcome | None
    ) -> tuple[Sequence[JobResult], str]:
        """Return a page of results by dossier id, and where the next page begins."""

    def progress(self, job: Job) -> Progress: ...
    def unknown(self, job_id: str, dossier_ids: Sequence[str]) -> Sequence[str]: ...
    def gave_up(self, result: JobResult, settles: str) -> None: ...
    def settle(self, settles: str) -> None: ...
    def abandon(self, job: Job, stamp: Stamp, why: str) -> None: ...
    def traversed(
        self, job: Job, found: Sequence[str], following: Traversal | None, settles: str, now: datetime
    ) -> None: ...
    def begin(self, job: Job, chunks: Sequence[Sequence[Given]], idempotency: IdempotencyKey) -> None:
        """Write a job on a selection and a pending message for each chunk of it, in one transaction.

        Raises AlreadyDoneError when the request is retried after it was done.
        """

    def list_given(self, job: Job, given: Sequence[Given], settles: str, now: datetime) -> None:
        """Write a pending result for each dossier of a chunk, and a pending message for its own step."""
