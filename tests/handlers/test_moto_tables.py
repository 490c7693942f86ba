"""Sharing items between copies of a table changes only the time: undoing still undoes everything."""

from typing import Any

import pytest

from tests.kit.moto_cloud import Cloud

KEY = {"PK": {"S": "DOSSIER#mau"}, "SK": {"S": "STATE"}}


def _write(cloud: Cloud, *actions: dict[str, Any]) -> None:
    cloud.dynamodb.transact_write_items(TransactItems=list(actions))


def _put(value: str) -> dict[str, Any]:
    return {"Put": {"TableName": "Dossier", "Item": KEY | {"said": {"M": {"word": {"S": value}}}}}}


def _change(value: str) -> dict[str, Any]:
    return {
        "Update": {
            "TableName": "Dossier",
            "Key": KEY,
            "UpdateExpression": "SET said.word = :new",
            "ExpressionAttributeValues": {":new": {"S": value}},
        }
    }


def _word(cloud: Cloud) -> str:
    said = cloud.dynamodb.get_item(TableName="Dossier", Key=KEY)["Item"]["said"]
    return str(said["M"]["word"]["S"])


REFUSED = {
    "ConditionCheck": {
        "TableName": "Dossier",
        "Key": KEY | {"SK": {"S": "NOTHING"}},
        "ConditionExpression": "attribute_exists(PK)",
    }
}


def test_a_refused_transaction_leaves_what_it_had_updated_as_it_was(cloud: Cloud) -> None:
    _write(cloud, _put("before"))
    with pytest.raises(cloud.dynamodb.exceptions.TransactionCanceledException):
        _write(cloud, _change("after"), REFUSED)
    assert _word(cloud) == "before"
    _write(cloud, _change("after"))
    assert _word(cloud) == "after"


def test_the_next_test_finds_nothing_of_it(cloud: Cloud) -> None:
    assert "Item" not in cloud.dynamodb.get_item(TableName="Dossier", Key=KEY)


def test_an_answer_about_the_registry_is_new_when_something_was_written_there(cloud: Cloud) -> None:
    key = {"PK": {"S": "REGISTRY#mau"}, "SK": {"S": "1"}}
    asked = {"TableName": "Registry", "Key": key}
    assert "Item" not in cloud.dynamodb.get_item(**asked)
    cloud.dynamodb.put_item(TableName="Registry", Item=key)
    assert cloud.dynamodb.get_item(**asked)["Item"] == key
    refused = {"ConditionCheck": REFUSED["ConditionCheck"]}
    with pytest.raises(cloud.dynamodb.exceptions.TransactionCanceledException):
        _write(cloud, {"Delete": {"TableName": "Registry", "Key": key}}, refused)
    assert cloud.dynamodb.get_item(**asked)["Item"] == key
    cloud.dynamodb.delete_item(**asked)
    assert "Item" not in cloud.dynamodb.get_item(**asked)
    cloud.dynamodb.put_item(TableName="Registry", Item=key)


def test_the_next_test_is_told_nothing_of_that_either(cloud: Cloud) -> None:
    key = {"PK": {"S": "REGISTRY#mau"}, "SK": {"S": "1"}}
    assert "Item" not in cloud.dynamodb.get_item(TableName="Registry", Key=key)
