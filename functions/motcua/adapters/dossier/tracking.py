"""Numbers that are asked for without a sign-in, and how often somebody has failed with each: beside the number's own item."""

from datetime import UTC, datetime
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields
from motcua.domain.reading.tracking import MOST_FAILURES, WITHIN, Failures
from motcua.ports.tracking import Tracked

ONE_MORE = {
    "UpdateExpression": "SET expires_at = if_not_exists(expires_at, :until), kind = :kind ADD failures :one",
    "ConditionExpression": "attribute_not_exists(PK) OR (expires_at > :now AND failures < :most)",
}
BEGIN_AGAIN = {
    "UpdateExpression": "SET expires_at = :until, kind = :kind, failures = :one",
    "ConditionExpression": "attribute_not_exists(PK) OR expires_at <= :now",
}


class DynamoTracking:
    """The port `Tracking`."""

    def __init__(self, client: Any, dossier_table: str) -> None:
        self._client, self._table = client, dossier_table

    def tracked(self, number: str) -> Tracked:
        partition = keys.number(number)["PK"]
        page = self._client.query(
            TableName=self._table,
            KeyConditionExpression="PK = :number",
            ExpressionAttributeValues={":number": partition},
            ConsistentRead=True,
        )
        found = {stored["SK"]: stored for stored in map(fields, page["Items"])}
        given, failed = found.get("NUMBER"), found.get("FAILURES")
        until = datetime.fromtimestamp(failed["expires_at"], UTC) if failed else None
        failures = Failures(failed["failures"], until) if failed and until else None
        return Tracked(str(given["dossier_id"]) if given else "", failures)

    def failed(self, number: str, known: Failures | None, now: datetime) -> None:
        """Count a failure, in one call; a second is made only when two begin again at once, so that both count."""
        over = known is not None and not known.count(now)
        for way in (BEGIN_AGAIN, ONE_MORE) if over else (ONE_MORE,):
            values = {":one": 1, ":now": int(now.timestamp()), ":until": int((now + WITHIN).timestamp())}
            if way is ONE_MORE:
                values[":most"] = MOST_FAILURES
            try:
                self._client.update_item(
                    TableName=self._table,
                    Key=keys.failures(number),
                    **way,
                    ExpressionAttributeValues={
                        **{name: {"N": str(value)} for name, value in values.items()},
                        ":kind": {"S": "failures"},
                    },
                )
            except self._client.exceptions.ConditionalCheckFailedException:
                continue
            return
