"""Jobs: changes of the registry that are carried to open dossiers one by one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from motcua.domain.job import Job, JobResult, Outcome, Progress, Walk


class Jobs(Protocol):
    """Jobs and what they did to each dossier."""

    def job(self, job_id: str) -> Job | None: ...
    def result(self, job_id: str, dossier_id: str) -> JobResult | None: ...
    def results(self, job_id: str, cursor: str, limit: int, outcome: Outcome | None) -> tuple[Sequence[JobResult], str]:
        """A page of results by dossier id, and the cursor of the next page."""

    def progress(self, job: Job) -> Progress: ...
    def unknown(self, job_id: str, dossier_ids: Sequence[str]) -> Sequence[str]: ...
    def walked(self, job: Job, found: Sequence[str], following: Walk | None, settles: str, now: datetime) -> None: ...
