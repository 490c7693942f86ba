"""Facts, counters and reports in the Figure table. A counter moves only in the transaction that writes its new fact."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.stamps import utc
from motcua.adapters.dynamodb.transaction import NEW, Transaction
from motcua.domain.reports.figure import Fact, FactKind
from motcua.ports.refusals import AlreadySettledError, FactNotCountedError, VersionMovedError
from motcua.ports.reports import ReportVersion


class DynamoFigures:
    """The port `Figures`."""

    def __init__(self, client: Any, figure_table: str, dossier_table: str) -> None:
        self._client, self._table, self._dossiers = client, figure_table, dossier_table

    def record(self, facts: Sequence[Fact], settles: str) -> None:
        """Write the facts of one event, move their counters, and settle the message: all or nothing, once.

        A reversal and the fact that it takes back both stay on record, and their sum is the count. Raises
        FactNotCountedError when that fact is not there.
        """
        transaction = Transaction()
        transaction.delete(self._dossiers, keys.outbox(settles), lambda _: AlreadySettledError())
        for fact in facts:
            partition, cell = keys.figures(fact.agency_id, fact.kind.value), _cell(fact)
            content = {
                "kind": "fact",
                "dossier_id": fact.dossier_id,
                "event_id": fact.event_id,
                "day": fact.day.isoformat(),
                "procedure": fact.procedure_code,
                "channel_in": fact.channel_in,
                "channel_out": fact.channel_out,
                "why": fact.why,
                "reverses": fact.reverses or None,
            }
            fact_key = keys.key(partition, f"FACT#{cell}#{fact.event_id}")
            transaction.put(self._table, fact_key, item(content), NEW, lambda _: AlreadySettledError())
            transaction.update(
                self._table,
                keys.key(partition, f"COUNT#{cell}"),
                {"UpdateExpression": "ADD counted :n", "ExpressionAttributeValues": {":n": {"N": str(fact.counts)}}},
            )
            if fact.reverses:
                self._take_back(transaction, keys.key(partition, f"FACT#{cell}#{fact.reverses}"), fact.event_id)
        transaction.write(self._client)

    def _take_back(self, transaction: Transaction, key: keys.Key, reversed_by: str) -> None:
        """Note on a fact which event reverses it. The fact must exist, and nothing else may have reversed it."""
        noted: dict[str, Any] = {
            "UpdateExpression": "SET reversed_by = :event",
            "ExpressionAttributeValues": {":event": {"S": reversed_by}},
        }
        unless = {"ConditionExpression": "attribute_exists(PK) AND attribute_not_exists(reversed_by)"}
        transaction.update(self._table, key, noted, unless, lambda _: FactNotCountedError())

    def by_day(self, agency_id: str, kind: FactKind, first: date, last: date) -> Mapping[date, int]:
        """Return how many facts lie on each day from `first` to `last`, both included.

        Days without any are left out.
        """
        days: Counter[date] = Counter()
        for row in self._range(agency_id, kind, "COUNT", first, last):
            days[date.fromisoformat(row["SK"].split("#")[1])] += row["counted"]
        return {day: counted for day, counted in days.items() if counted}

    def facts(
        self, agency_id: str, kind: FactKind, span: tuple[date, date], after: str, limit: int
    ) -> tuple[Sequence[Fact], str]:
        """Return one page of the facts behind a count, by day, and the place after which the next begins."""
        query = self._query(agency_id, kind, "FACT", *span) | {"Limit": limit}
        if after:
            query["ExclusiveStartKey"] = keys.key(keys.figures(agency_id, kind.value), after)
        page = self._client.query(**query)
        last = page.get("LastEvaluatedKey")
        facts = [_fact(kind, agency_id, fields(each)) for each in page["Items"]]
        return facts, last["SK"]["S"] if last else ""

    def _range(self, agency_id: str, kind: FactKind, what: str, first: date, last: date) -> list[dict[str, Any]]:
        query = self._query(agency_id, kind, what, first, last)
        rows: list[dict[str, Any]] = []
        while True:
            page = self._client.query(**query)
            rows += [fields(each) for each in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return rows
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _query(self, agency_id: str, kind: FactKind, what: str, first: date, last: date) -> dict[str, Any]:
        return {
            "TableName": self._table,
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :first AND :last",
            "ExpressionAttributeValues": {
                ":pk": {"S": keys.figures(agency_id, kind.value)},
                ":first": {"S": f"{what}#{first.isoformat()}"},
                ":last": {"S": f"{what}#{(last + timedelta(days=1)).isoformat()}"},
            },
            "ConsistentRead": True,
        }


class DynamoReports:
    """The port `Reports`. Versions are written once and never changed."""

    def __init__(self, client: Any, figure_table: str) -> None:
        self._client, self._table = client, figure_table

    def latest(self, period: str) -> ReportVersion | None:
        page = self._client.query(
            TableName=self._table,
            KeyConditionExpression="PK = :pk",
            ExpressionAttributeValues={":pk": {"S": f"REPORT#{period}"}},
            ScanIndexForward=False,
            Limit=1,
            ConsistentRead=True,
        )
        return _report_of(page["Items"][0]) if page["Items"] else None

    def version(self, period: str, version: int) -> ReportVersion | None:
        found = self._client.get_item(TableName=self._table, Key=keys.report(period, version), ConsistentRead=True)
        return _report_of(found["Item"]) if "Item" in found else None

    def publish(self, report: ReportVersion) -> None:
        """Write the next version. Raises VersionMovedError when another close wrote it first."""
        transaction = Transaction()
        content = {
            "kind": "report",
            "period": report.period,
            "version": report.version,
            "status": report.status,
            "digest": report.digest,
            "made_at": utc(report.made_at),
            "content": report.content,
            "reason": report.reason,
        }
        report_key = keys.report(report.period, report.version)
        transaction.put(self._table, report_key, item(content), NEW, lambda _: VersionMovedError())
        transaction.write(self._client)


def _cell(fact: Fact) -> str:
    return f"{fact.day.isoformat()}#{fact.procedure_code}#{fact.channel_in}#{fact.channel_out}"


def _fact(kind: FactKind, agency_id: str, row: dict[str, Any]) -> Fact:
    return Fact(
        kind=kind,
        agency_id=agency_id,
        day=date.fromisoformat(row["day"]),
        procedure_code=row["procedure"],
        channel_in=row["channel_in"],
        channel_out=row["channel_out"],
        dossier_id=row["dossier_id"],
        event_id=row["event_id"],
        why=row.get("why", ""),
        reverses=row.get("reverses", ""),
        reversed_by=row.get("reversed_by", ""),
    )


def _report_of(content: dict[str, Any]) -> ReportVersion:
    stored = fields(content)
    made_at = datetime.fromisoformat(stored["made_at"])
    known = {name: stored[name] for name in ("period", "version", "status", "digest", "content")}
    return ReportVersion(**known, made_at=made_at, reason=stored.get("reason", ""))
