"""Jobs as items: the job, a result for each dossier that it found, and the messages that carry it on."""

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
    """The job and the first stretch of its walk. One that carries a change starts when everybody sees the change."""
    transaction.put(dossier_table, keys.job(job.id), job_item(job), NEW)
    delay = 0 if job.kind is JobKind.CALENDAR_PREVIEW else change_is_seen
    transaction.put(dossier_table, *walk_owed(job, Traversal(), job.started.recorded_at, delay))


def job_item(job: Job) -> dict[str, Any]:
    told = {
        "id": job.id,
        "job_kind": job.kind.value,
        "about": job.about,
        "listed": job.listed,
        "abandoned": job.abandoned,
        "bulk": plain(job.bulk) if job.bulk else None,
    }
    return item({"kind": "job", **told, **stamped(job.started)})


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


def walk_owed(job: Job, walk: Traversal, now: datetime, delay: int = 0) -> tuple[keys.Key, dict[str, Any]]:
    """What is owed for the next stretch of a walk. Its id names where that begins: each stretch is walked once."""
    place = sha256("/".join((walk.desk, walk.after)).encode()).hexdigest()[:16]
    owed = _message(job, "vn.motcua.job.walked.v1", f"walk:{walk.round}:{place}", **plain(walk))
    return owed_item(outbox_id(owed.id, Queue.JOBS), Queue.JOBS, _body(owed), now, delay)


def given_owed(job: Job, place: int, given: Sequence[Given], now: datetime) -> tuple[keys.Key, dict[str, Any]]:
    """What is owed for the stretch of a selection that stands at `place` in it."""
    told = [GivenDossier.model_construct(dossier=each.dossier_id, version=each.version) for each in given]
    owed = _message(job, "vn.motcua.job.given.v1", f"given:{place}", given=told)
    return owed_item(outbox_id(owed.id, Queue.JOBS), Queue.JOBS, _body(owed), now)


def dossier_owed(
    job: Job, dossier_id: str, now: datetime, version: int | None = None
) -> tuple[keys.Key, dict[str, Any]]:
    """What is owed for one dossier that a walk has found, or that was given, perhaps with the version it must be at."""
    owed = _message(job, "vn.motcua.job.found.v1", dossier_id, dossier=dossier_id, version=version)
    return owed_item(outbox_id(owed.id, Queue.JOBS), Queue.JOBS, _body(owed), now)


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
