"""The search of a unit's dossiers by person, and the record of who searched."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from motcua.adapters.dossier.items import dossier_of, persons_of
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.stamps import utc
from motcua.adapters.dynamodb.transaction import NEW
from motcua.adapters.secrets.search_keys import SearchKeys
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.local_time import local_day
from motcua.domain.search.person_keys import PersonKey, SearchBy
from motcua.ports.search import Row, SearchRecord


class DynamoFinder:
    """The port `Finder`."""

    def __init__(
        self, client: Any, dossier_table: str, person_table: str, search_keys: Callable[[], SearchKeys]
    ) -> None:
        self._client, self._dossiers, self._persons, self._keys = client, dossier_table, person_table, search_keys

    def rows(self, unit_id: str, key: PersonKey, after: str, limit: int) -> Sequence[Row]:
        partition = self._keys().partition(unit_id, key)
        query: dict[str, Any] = {
            "TableName": self._persons,
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": partition}},
            "ScanIndexForward": False,
            "ConsistentRead": True,
            "Limit": limit,
        }
        if after:
            query["ExclusiveStartKey"] = keys.key(partition, after)
        places = [found["SK"]["S"] for found in self._client.query(**query)["Items"]]
        return [Row(place, place.rpartition("#")[2]) for place in places]

    def behind(self, rows: Sequence[Row]) -> Mapping[str, tuple[Dossier, Persons]]:
        """Return the dossiers behind the rows.

        State and persons are not read as of one moment: the next search sees a change that comes between them.
        """
        wanted = list(dict.fromkeys(row.dossier_id for row in rows))
        request: dict[str, Any] = {}
        if wanted:
            request = {
                self._dossiers: {"Keys": [keys.dossier(each) for each in wanted], "ConsistentRead": True},
                self._persons: {"Keys": [keys.persons(each) for each in wanted], "ConsistentRead": True},
            }
        states: dict[str, Dossier] = {}
        persons: dict[str, Persons] = {}
        while request:
            answer = self._client.batch_get_item(RequestItems=request)
            for each in answer["Responses"].get(self._dossiers, []):
                states[_id(each)] = dossier_of(each)
            for each in answer["Responses"].get(self._persons, []):
                persons[_id(each)] = persons_of(each)
            request = answer.get("UnprocessedKeys") or {}
        return {each: (states[each], persons[each]) for each in wanted if each in states and each in persons}

    def record(self, record: SearchRecord) -> None:
        content = {
            "kind": "search_record",
            "by": record.by,
            "search_by": record.search_by.value,
            "hits": record.hits,
        }
        key = keys.search_record(record.unit_id, local_day(record.at), f"{utc(record.at)}#{record.id}")
        self._client.put_item(TableName=self._persons, Item=key | item(content), **NEW)  # a record is written once

    def records(self, unit_id: str, day: date, after: str, limit: int) -> tuple[Sequence[SearchRecord], str]:
        query: dict[str, Any] = {
            "TableName": self._persons,
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": keys.search_record(unit_id, day, "")["PK"]},
            "Limit": limit,
        }
        if after:
            query["ExclusiveStartKey"] = keys.search_record(unit_id, day, after)
        page = self._client.query(**query)
        last = page.get("LastEvaluatedKey")
        return [_record(unit_id, each) for each in page["Items"]], last["SK"]["S"] if last else ""


def _record(unit_id: str, content: Mapping[str, Any]) -> SearchRecord:
    stored = fields(content)
    at, _, record_id = stored["SK"].rpartition("#")
    search_by = SearchBy(stored["search_by"])
    return SearchRecord(record_id, unit_id, datetime.fromisoformat(at), stored["by"], search_by, stored["hits"])


def _id(content: Mapping[str, Any]) -> str:
    return str(content["PK"]["S"]).partition("#")[2]
