"""The index of next checks is read to its end, page by page, as its dossiers are processed."""

from typing import Any

from motcua.adapters.dossier.items import dossier_item, other_inbox_item
from motcua.adapters.dossier.next_checks import DynamoNextChecks
from motcua.adapters.dynamodb import keys
from motcua.domain.dossier.dossier import Dossier
from tests.unit.reading.test_reminders import DUE, dossier


class Paging:
    """A client whose first shard has two pages."""

    def __init__(self) -> None:
        self.queries: list[dict[str, Any]] = []

    def query(self, **query: Any) -> dict[str, Any]:
        self.queries.append(dict(query))
        partition = query["ExpressionAttributeValues"][":partition"]["S"]
        if partition != "dates#0":
            return {"Items": []}
        if "ExclusiveStartKey" in query:
            return {"Items": [dossier_item(dossier(id="B" * 16))]}
        return {"Items": [dossier_item(dossier(id="A" * 16))], "LastEvaluatedKey": {"PK": {"S": "A"}}}


def _id(found: Dossier | Exception) -> str:
    assert isinstance(found, Dossier)
    return found.id


def test_a_shard_is_read_to_its_end_and_no_page_before_it_is_needed() -> None:
    client = Paging()
    found = iter(DynamoNextChecks(client, "Dossier").before("dates", DUE))
    assert _id(next(found)) == "A" * 16
    assert len(client.queries) == 1
    assert [_id(each) for each in found] == ["B" * 16]
    assert len(client.queries) == 1 + keys.WATCH_SHARDS
    assert {query["IndexName"] for query in client.queries} == {"WatchIndex"}


def test_a_dossier_has_one_next_check_however_many_inboxes_it_is_in() -> None:
    assert "watch_pk" in dossier_item(dossier())
    assert "watch_pk" not in other_inbox_item(dossier(), "stc")


def test_one_that_this_version_cannot_read_hides_none_behind_it() -> None:
    """A later release wrote a status that this release, after a rollback, does not know."""

    class Later(Paging):
        def query(self, **query: Any) -> dict[str, Any]:
            page = super().query(**query)
            strange = dossier_item(dossier()) | {"status": {"N": "99"}}
            return page | {"Items": [strange, *page["Items"]]} if "LastEvaluatedKey" in page else page

    strange, *others = DynamoNextChecks(Later(), "Dossier").before("dates", DUE)
    assert isinstance(strange, ValueError)
    assert [_id(each) for each in others] == ["A" * 16, "B" * 16]


class TwoFullShards:
    """A client whose shards 0 and 1 have two pages each."""

    def query(self, **query: Any) -> dict[str, Any]:
        shard = query["ExpressionAttributeValues"][":partition"]["S"].rpartition("#")[2]
        if shard not in "01":
            return {"Items": []}
        second = "ExclusiveStartKey" in query
        page: dict[str, Any] = {"Items": [dossier_item(dossier(id=("AB"[second] + shard) * 8))]}
        return page if second else page | {"LastEvaluatedKey": {"PK": {"S": shard}}}


def test_shards_take_turns_so_that_a_sweep_cut_short_leaves_none_out() -> None:
    found = DynamoNextChecks(TwoFullShards(), "Dossier").before("dates", DUE)
    assert [_id(each)[:2] for each in found] == ["A0", "A1", "B0", "B1"]
