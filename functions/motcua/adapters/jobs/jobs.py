"""Jobs in DynamoDB: each stretch of a walk and each dossier's result is written with the message that asked for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.adapters.dynamodb import idempotency as records_of_commands
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.dynamodb.stamps import utc
from motcua.adapters.dynamodb.transaction import NEW, Transaction
from motcua.adapters.jobs.items import dossier_owed, given_owed, job_item, job_of, result_item, result_of, walk_owed
from motcua.domain.event import Stamp
from motcua.domain.jobs.bulk import Given
from motcua.domain.jobs.job import Job, JobOutcome, JobResult, Progress, Traversal
from motcua.ports.changes import IdempotencyKey
from motcua.ports.refusals import AlreadySettledError, VersionMovedError


class DynamoJobs:
    """The port `Jobs`."""

    def __init__(self, client: Any, dossier_table: str) -> None:
        self._client, self._table = client, dossier_table

    def job(self, job_id: str) -> Job | None:
        found = self._client.get_item(TableName=self._table, Key=keys.job(job_id), ConsistentRead=True).get("Item")
        return job_of(found) if found else None

    def result(self, job_id: str, dossier_id: str) -> JobResult | None:
        key = keys.job_result(job_id, dossier_id)
        found = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        return result_of(found) if found else None

    def results(
        self, job_id: str, after: str, limit: int, outcome: JobOutcome | None
    ) -> tuple[Sequence[JobResult], str]:
        query = self._results(job_id, outcome) | {"Limit": limit}
        if after:
            query["ExclusiveStartKey"] = keys.job_result(job_id, after)
        found: list[JobResult] = []
        while True:
            page = self._client.query(**query)
            found += [result_of(each) for each in page["Items"]]
            last = page.get("LastEvaluatedKey")
            if not last or len(found) >= limit:
                break
            query["ExclusiveStartKey"] = last
        more = bool(last) or len(found) > limit
        return found[:limit], found[limit - 1].dossier_id if more and found[:limit] else ""

    def progress(self, job: Job) -> Progress:
        counts: dict[JobOutcome, int] = {}
        query = self._results(job.id, None) | {
            "ProjectionExpression": "outcome",
        }
        while True:
            page = self._client.query(**query)
            for each in page["Items"]:
                outcome = JobOutcome(each["outcome"]["S"])
                counts[outcome] = counts.get(outcome, 0) + 1
            if "LastEvaluatedKey" not in page:
                return Progress.of(job, counts)
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def unknown(self, job_id: str, dossier_ids: Sequence[str]) -> Sequence[str]:
        """Those of these dossiers that no stretch of the job's walk has found yet; at most 100 at once."""
        if not dossier_ids:
            return []
        wanted = [keys.job_result(job_id, dossier_id) for dossier_id in dossier_ids]
        request = {self._table: {"Keys": wanted, "ConsistentRead": True, "ProjectionExpression": "SK"}}
        known: set[str] = set()
        while request:
            answer = self._client.batch_get_item(RequestItems=request)
            known |= {row["SK"]["S"].partition("#")[2] for row in answer["Responses"][self._table]}
            request = answer.get("UnprocessedKeys") or {}
        return [dossier_id for dossier_id in dossier_ids if dossier_id not in known]

    def traversed(
        self, job: Job, found: Sequence[str], following: Traversal | None, settles: str, now: datetime
    ) -> None:
        """One stretch is done: its dossiers are found, and the next stretch is owed, or the job is listed."""
        transaction = self._settling(settles)
        self._add_found(transaction, job, [Given(dossier_id) for dossier_id in found], now)
        if following:
            transaction.put(self._table, *walk_owed(job, following, now))
        else:
            unless_abandoned = {
                "ConditionExpression": "abandoned = :no",
                "ExpressionAttributeValues": {":no": {"BOOL": False}},
            }
            transaction.put(
                self._table, keys.job(job.id), job_item(job), unless_abandoned, lambda _: VersionMovedError()
            )
        transaction.write(self._client)

    def begin(self, job: Job, stretches: Sequence[Sequence[Given]], idempotency: IdempotencyKey) -> None:
        """A job on a selection. A stretch is a message, so that no item grows with the selection but those that carry it."""
        transaction, now = Transaction(), job.started.recorded_at
        records_of_commands.add_record(transaction, self._table, idempotency, job.id, 1, now)
        transaction.put(self._table, keys.job(job.id), job_item(job), NEW)
        for place, given in enumerate(stretches):
            transaction.put(self._table, *given_owed(job, place, given, now))
        transaction.write(self._client)

    def list_given(self, job: Job, given: Sequence[Given], settles: str, now: datetime) -> None:
        """One stretch of a selection: each of its dossiers has a result, pending, and a message."""
        transaction = self._settling(settles)
        self._add_found(transaction, job, given, now)
        transaction.write(self._client)

    def gave_up(self, result: JobResult, settles: str) -> None:
        """One dossier failed for good: its result says so, and nothing is owed for it any more."""
        transaction = self._settling(settles)
        transaction.put(self._table, keys.job_result(result.job_id, result.dossier_id), result_item(result))
        transaction.write(self._client)

    def settle(self, settles: str) -> None:
        """A message of a job that was abandoned is paid off without effect."""
        self._settling(settles).write(self._client)

    def abandon(self, job: Job, stamp: Stamp, why: str) -> None:
        """Nothing more is done by it. Written over a job that is listed meanwhile: being abandoned says more."""
        told = item({"abandoned_by": stamp.actor, "abandoned_at": utc(stamp.recorded_at), "abandoned_because": why})
        self._client.put_item(
            TableName=self._table, Item=keys.job(job.id) | job_item(replace(job, abandoned=True)) | told
        )

    def _settling(self, settles: str) -> Transaction:
        """A transaction that pays off what is owed: first of all that must still be there."""
        transaction = Transaction()
        transaction.delete(self._table, keys.outbox(settles), lambda _: AlreadySettledError())
        return transaction

    def _add_found(self, transaction: Transaction, job: Job, found: Sequence[Given], now: datetime) -> None:
        for each in found:
            pending, key = result_item(JobResult(job.id, each.dossier_id)), keys.job_result(job.id, each.dossier_id)
            transaction.put(self._table, key, pending, NEW, lambda _: VersionMovedError())
            transaction.put(self._table, *dossier_owed(job, each.dossier_id, now, each.version))

    def _results(self, job_id: str, outcome: JobOutcome | None) -> dict[str, Any]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "PK = :pk AND begins_with(SK, :results)",
            "ExpressionAttributeValues": {":pk": keys.job(job_id)["PK"], ":results": {"S": "RESULT#"}},
            "ConsistentRead": True,
        }
        if outcome:
            query["FilterExpression"] = "outcome = :outcome"
            query["ExpressionAttributeValues"][":outcome"] = {"S": outcome.value}
        return query
