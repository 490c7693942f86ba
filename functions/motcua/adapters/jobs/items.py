"""Jobs as items: the job, a result for each dossier that it found, and the pending messages of its next steps."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.records import plain, record
from motcua.adapters.dynamodb.stamps import stamp_of, stamped
from motcua.adapters.dynamodb.transaction import NEW, Transaction
from motcua.adapters.outbox.items import outbox_id, owed_item
from motcua.contracts.jobs.messages import GivenDossier, JobMessage
from motcua.domain.event import Queue
from motcua.domain.jobs.bulk import Bulk, Given
from motcua.domain.jobs.job import Job, JobKind, JobResult, Traversal

CHANGE_IS_SEEN = 60
"""Seconds, as deployed, after which no process acts by the registry as it was: it remembers for 45, and a request takes 10
at most."""


def add_start(transaction: Transaction, dossier_table: str, job: Job, change_is_seen: int) -> None:
    """Add the job and the message of its first chunk.

    A job that carries out a change starts when everybody sees the change.
    """
    transaction.put(dossier_table, keys.job(job.id), job_item(job), NEW)
    delay = 0 if job.kind is JobKind.CALENDAR_PREVIEW else change_is_seen
    transaction.put(dossier_table, *traversal_owed(job, Traversal(), job.started.recorded_at, delay))


def job_item(job: Job) -> dict[str, Any]:
    content = {
        "id": job.id,
        "job_kind": job.kind.value,
        "about": job.about,
        "listed": job.listed,
        "abandoned": job.abandoned,
        "bulk": plain(job.bulk) if job.bulk else None,
    }
    return item({"kind": "job", **content, **stamped(job.started)})


def job_of(content: dict[str, Any]) -> Job:
    row = fields(content)
    bulk = record(Bulk, row["bulk"]) if row.get("bulk") else None
    kind = JobKind(row["job_kind"])
    return Job(row["id"], kind, row["about"], stamp_of(row), row["listed"], row["abandoned"], bulk)


def result_item(result: JobResult) -> dict[str, Any]:
    return item({"kind": "job_result", **plain(result), "outcome": result.outcome.value})


def result_of(content: dict[str, Any]) -> JobResult:
    found: JobResult = record(JobResult, fields(content))
    return found


def traversal_owed(job: Job, walk: Traversal, now: datetime, delay: int = 0) -> tuple[keys.Key, dict[str, Any]]:
    """Return the pending message of the next chunk.

    Its id names where the chunk begins, so that each chunk is read once.
    """
    place = sha256("/".join((walk.desk, walk.after)).encode()).hexdigest()[:16]
    message = _message(job, "vn.motcua.job.walked.v1", f"walk:{walk.round}:{place}", **plain(walk))
    return owed_item(outbox_id(message.id, Queue.JOBS), Queue.JOBS, _body(message), now, delay)


def given_owed(job: Job, place: int, given: Sequence[Given], now: datetime) -> tuple[keys.Key, dict[str, Any]]:
    """Return the pending message of one chunk of a selection; `place` is the chunk's place in it."""
    named = [GivenDossier.model_construct(dossier=each.dossier_id, version=each.version) for each in given]
    message = _message(job, "vn.motcua.job.given.v1", f"given:{place}", given=named)
    return owed_item(outbox_id(message.id, Queue.JOBS), Queue.JOBS, _body(message), now)


def dossier_owed(
    job: Job, dossier_id: str, now: datetime, version: int | None = None
) -> tuple[keys.Key, dict[str, Any]]:
    """Return the pending message of one dossier that was found or given, perhaps with the version that it must have."""
    message = _message(job, "vn.motcua.job.found.v1", dossier_id, dossier=dossier_id, version=version)
    return owed_item(outbox_id(message.id, Queue.JOBS), Queue.JOBS, _body(message), now)


def _message(job: Job, message_type: str, what: str, **more: Any) -> JobMessage:
    stamp = job.started
    return JobMessage.model_construct(
        id=f"job:{job.id}:{what}",
        type=message_type,
        time=stamp.occurred_at,
        job=job.id,
        correlationid=stamp.correlation_id,
        **more,
    )


def _body(message: JobMessage) -> str:
    return message.model_dump_json(exclude_none=True)
