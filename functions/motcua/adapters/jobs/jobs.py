"""Jobs in DynamoDB: each chunk and each dossier's result is written in the transaction that settles its message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.adapters.dynamodb import idempotency as records_of_commands
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.dynamodb.stamps import utc
from motcua.adapters.dynamodb.transaction import NEW, Transaction
from motcua.adapters.jobs.items import (
    dossier_owed,
    given_owed,
    job_item,
    job_of,
    result_item,
    result_of,
    traversal_owed,
)
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
        """Return those of these dossiers that no chunk of the job has found yet; at most 100 at once."""
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
        """Write one chunk: the dossiers that it found, and the message of the next chunk, or the job as listed."""
        transaction = self._settling(settles)
        self._add_found(transaction, job, [Given(dossier_id) for dossier_id in found], now)
        if following:
            transaction.put(self._table, *traversal_owed(job, following, now))
        else:
            unless_abandoned = {
                "ConditionExpression": "abandoned = :no",
                "ExpressionAttributeValues": {":no": {"BOOL": False}},
            }
            transaction.put(
                self._table, keys.job(job.id), job_item(job), unless_abandoned, lambda _: VersionMovedError()
            )
        transaction.write(self._client)

    def begin(self, job: Job, chunks: Sequence[Sequence[Given]], idempotency: IdempotencyKey) -> None:
        """Write a job on a selection.

        Each chunk has a message of its own, so that no other item grows with the selection.
        """
        transaction, now = Transaction(), job.started.recorded_at
        records_of_commands.add_record(transaction, self._table, idempotency, job.id, 1, now)
        transaction.put(self._table, keys.job(job.id), job_item(job), NEW)
        for place, given in enumerate(chunks):
            transaction.put(self._table, *given_owed(job, place, given, now))
        transaction.write(self._client)

    def list_given(self, job: Job, given: Sequence[Given], settles: str, now: datetime) -> None:
        """Write one chunk of a selection: each of its dossiers gets a pending result and a message."""
        transaction = self._settling(settles)
        self._add_found(transaction, job, given, now)
        transaction.write(self._client)

    def gave_up(self, result: JobResult, settles: str) -> None:
        """Note in its result that a dossier failed for good, and settle its message."""
        transaction = self._settling(settles)
        transaction.put(self._table, keys.job_result(result.job_id, result.dossier_id), result_item(result))
        transaction.write(self._client)

    def settle(self, settles: str) -> None:
        """Settle a message of an abandoned job without effect."""
        self._settling(settles).write(self._client)

    def abandon(self, job: Job, stamp: Stamp, why: str) -> None:
        """Mark the job as abandoned, so that it does nothing more, also when it was listed meanwhile."""
        abandoned = item(
            {"abandoned_by": stamp.actor, "abandoned_at": utc(stamp.recorded_at), "abandoned_because": why}
        )
        self._client.put_item(
            TableName=self._table, Item=keys.job(job.id) | job_item(replace(job, abandoned=True)) | abandoned
        )

    def _settling(self, settles: str) -> Transaction:
        """Return a transaction that settles a pending message, which must still be there: its first condition."""
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
