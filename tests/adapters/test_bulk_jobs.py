"""Bulk work on the engine's DynamoDB: five hundred fit one transaction, copies of a request start one job."""

from typing import Any

import pytest

from motcua.adapters.jobs.jobs import DynamoJobs
from motcua.adapters.outbox.items import outbox_id
from motcua.contracts.jobs.messages import JobMessage
from motcua.domain.access.principal import Principal, Role
from motcua.domain.event import Queue
from motcua.domain.jobs.bulk import MOST_AT_ONCE, BulkAct, Given
from motcua.domain.jobs.job import JobOutcome
from motcua.ports.changes import IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import AlreadySettledError, StoreBusyError, VersionMovedError
from motcua.usecases.jobs.run_bulk import StartBulk, Started, do_one, start_bulk
from motcua.usecases.jobs.run_job import JobStep
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import at_once, errors
from tests.kit.fakes import REAL_NOW, key, stamp
from tests.kit.shipped import UNITS

pytestmark = pytest.mark.engine
OFFICER = Principal("staff-1", frozenset((Role.OFFICER, unit) for unit in sorted(UNITS)[:60]))
"""A person with more rights than anybody really has."""


@pytest.fixture
def jobs(cloud: Cloud) -> DynamoJobs:
    return DynamoJobs(cloud.client, cloud.dossier)


def start(jobs: DynamoJobs, *selected: str, once: IdempotencyKey | None = None, job_id: str = "J1") -> Started:
    command = StartBulk(BulkAct.TAKE_OVER, tuple(Given(each, 3) for each in selected))
    return start_bulk(command, OFFICER, stamp(), once or key(), jobs, lambda: job_id)


def owed(cloud: Cloud) -> list[JobMessage]:
    items: list[dict[str, Any]] = cloud.items(cloud.dossier, kind="outbox")
    return [JobMessage.model_validate_json(each["message"]["S"]) for each in items]


def test_five_hundred_are_started_and_listed_chunk_by_chunk(cloud: Cloud, jobs: DynamoJobs) -> None:
    selection = [f"{number:016d}" for number in range(MOST_AT_ONCE)]
    job = start(jobs, *selection).job
    assert jobs.job(job.id) == job, "with all rights of its starter"
    for step in owed(cloud):
        jobs.list_given(job, step.selected, outbox_id(step.id, Queue.JOBS), REAL_NOW)
        with pytest.raises(AlreadySettledError):
            jobs.list_given(job, step.selected, outbox_id(step.id, Queue.JOBS), REAL_NOW)
    steps = owed(cloud)
    assert sorted(step.one.dossier_id for step in steps) == selection
    assert {step.one.version for step in steps} == {3}
    progress = jobs.progress(job)
    assert (progress.counts, progress.listed, progress.done) == ({JobOutcome.PENDING: MOST_AT_ONCE}, True, False)


def test_of_copies_of_a_request_at_once_one_starts_the_job(cloud: Cloud, jobs: DynamoJobs) -> None:
    once = key("bulk-of-copies")
    got = at_once(8, lambda place: start(jobs, "0000000000000001", once=once, job_id=f"J{place}"))
    assert set(errors(got)) <= {"StoreBusyError"}, "who could not be decided tries again"
    started = [each for each in got if isinstance(each, Started)]
    assert len([each for each in started if not each.replayed]) == 1
    assert len({each.job.id for each in started}) == 1
    assert len(owed(cloud)) == 1


def test_one_message_at_two_consumers_has_one_effect(cloud: Cloud, jobs: DynamoJobs) -> None:
    nobody = "0000000000000001"
    job = start(jobs, nobody).job
    (chunk,) = owed(cloud)
    jobs.list_given(job, chunk.selected, outbox_id(chunk.id, Queue.JOBS), REAL_NOW)
    (step,) = owed(cloud)
    desk: DossierContext = cloud.office()
    settles = outbox_id(step.id, Queue.JOBS)
    got = at_once(6, lambda _: do_one(JobStep(job, settles, REAL_NOW), step.one, desk))
    assert [each for each in got if not isinstance(each, Exception)] == [JobOutcome.NOT_FOUND]
    others = (AlreadySettledError, StoreBusyError, VersionMovedError)
    assert all(isinstance(each, others) for each in got if isinstance(each, Exception))
    assert owed(cloud) == []
    assert jobs.progress(job).done
