"""`make replay`: every dossier's events give its state, and a manipulated one is named."""

from typing import Any

from infra.operate.replay import replay
from infra.stack.deployed import Place
from motcua.adapters.dynamodb import keys
from tests.kit.api_lives import act, receive, resolved, submit
from tests.kit.moto_cloud import CLERK, Cloud


def _place(cloud: Cloud) -> Place:
    return Place(lambda _: cloud.dynamodb, {"DossierTableName": cloud.names["DossierTable"]})


def test_every_dossier_is_what_its_events_say(cloud: Cloud, owner: dict[str, Any]) -> None:
    act(cloud, resolved(cloud, owner), "return", 4, CLERK, {"channel": "counter"})
    submit(cloud, owner)
    receive(cloud, owner)
    result = replay(_place(cloud))
    assert (result.dossiers, result.differing) == (3, [])


def test_a_state_that_no_event_gave_is_named(cloud: Cloud, owner: dict[str, Any]) -> None:
    receive(cloud, owner)
    wrong: str = receive(cloud, owner).body["id"]
    cloud.dynamodb.update_item(
        TableName=cloud.names["DossierTable"],
        Key=keys.dossier(wrong),
        UpdateExpression="SET agency_id = :other",
        ExpressionAttributeValues={":other": {"S": "stp"}},
    )
    assert replay(_place(cloud)).differing == [wrong]


def test_an_event_that_is_missing_is_found(cloud: Cloud, owner: dict[str, Any]) -> None:
    wrong = resolved(cloud, owner)
    cloud.dynamodb.delete_item(TableName=cloud.names["DossierTable"], Key=keys.event(wrong, 3))
    assert replay(_place(cloud)).differing == [wrong]
