"""Queue Jobs: one chunk of a job's inboxes or of its selection, or one dossier that a job deals with."""

from functools import lru_cache
from typing import Any

from motcua import bootstrap
from motcua.adapters.outbox.items import outbox_id
from motcua.contracts.jobs.messages import JobMessage
from motcua.domain.event import Queue
from motcua.domain.jobs.job import Job, JobOutcome
from motcua.edge.sqs import PASSING, Message, consume
from motcua.settings import setting
from motcua.telemetry import count, note, note_failure, one_line, real_now
from motcua.usecases.jobs.migrations import Migration, migration_of
from motcua.usecases.jobs.run_bulk import do_one
from motcua.usecases.jobs.run_job import JobStep, deal_with, give_up, running_job, traverse

LAST_TRY = 5  # the queue gives a message up after five receives (`maxReceiveCount`)


@one_line("run_job")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("JOBS_QUEUE_URL"), _step)


@lru_cache(maxsize=8)
def _migration(job: Job) -> Migration:
    """Return the migration that a job carries out. It does not change meanwhile: read once for its thousands of messages."""
    return migration_of(job, bootstrap.ledger(), bootstrap.registry())


def _step(message: Message) -> str:
    step = JobMessage.model_validate_json(message.body)
    settles, now, jobs = outbox_id(step.id, Queue.JOBS), real_now(), bootstrap.jobs()
    note(job=step.job)
    if not (job := running_job(step.job, settles, jobs)):
        return "abandoned"
    if step.selected:
        jobs.list_given(job, step.selected, settles, now)
        return "listed"
    taken = JobStep(job, settles, now)
    if not step.dossier:
        traverse(taken, step.traversal, _migration(job), jobs, bootstrap.dossiers())
        return "walked"
    try:
        outcome = (
            do_one(taken, step.one, bootstrap.dossier_context())
            if job.bulk
            else deal_with(taken, step.dossier, _migration(job), bootstrap.dossiers())
        )
    except PASSING:
        raise
    except Exception as error:
        if message.receives < LAST_TRY:
            raise
        note_failure(error)
        outcome = give_up(taken, step.dossier, type(error).__name__, jobs)
    if outcome in (JobOutcome.TASK, JobOutcome.FAILED):
        count("tasks")  # a person must decide where this dossier goes, or look at what stands in its way
    return outcome.value
