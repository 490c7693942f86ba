"""Queue Jobs: one stretch of a job's walk over the desks, or one dossier that a job deals with."""

from typing import Any

from motcua import bootstrap
from motcua.adapters.outbox_items import outbox_id
from motcua.contracts.messages import JobMessage
from motcua.domain.event import Queue
from motcua.domain.job import Outcome, Walk
from motcua.queue import Message, consume
from motcua.settings import setting
from motcua.telemetry import count, note, one_line, real_now
from motcua.usecases.errands import errand_of
from motcua.usecases.run_job import NothingToDoError, deal_with, walk


@one_line("run_job")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("JOBS_QUEUE_URL"), _step)


def _step(message: Message) -> str:
    step = JobMessage.model_validate_json(message.body)
    settles, now = outbox_id(step.id, Queue.JOBS), real_now()
    note(job=step.job)
    jobs, dossiers = bootstrap.jobs(), bootstrap.dossiers()
    job = jobs.job(step.job)
    if job is None:
        raise NothingToDoError(step.job)
    errand = errand_of(job, bootstrap.ledger(), bootstrap.registry())
    if step.dossier:
        outcome = deal_with(job, step.dossier, errand, settles, now, dossiers)
        if outcome is Outcome.TASK:
            count("tasks")  # a person must decide where this dossier goes
        return outcome.value
    walk(job, Walk(step.round, step.desk, step.after, step.found), errand, settles, now, jobs, dossiers)
    return "walked"
