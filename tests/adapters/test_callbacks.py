"""A partner's call is kept once, together with its pending message."""

import json
from typing import Any

import pytest

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields
from motcua.adapters.outbox.items import outbox_id
from motcua.adapters.post.callbacks import DynamoCallbacks, callback_id
from motcua.domain.event import Queue
from motcua.ports.post import Callback, CallbackRepeatedError
from motcua.ports.refusals import AlreadySettledError
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import at_once, errors
from tests.kit.fakes import REAL_NOW

pytestmark = pytest.mark.engine

ORDER = "0123456789ABCDEF-1"
SETTLES = outbox_id(callback_id("simulator", "msg_1"), Queue.PARCEL_EVENTS)


def call(body: str = "{}", order_number: str = ORDER) -> Callback:
    return Callback("simulator", "msg_1", body, f"digest of {body}", REAL_NOW, "correlation-1", order_number)


def callbacks(cloud: Cloud) -> DynamoCallbacks:
    return DynamoCallbacks(cloud.client, cloud.person, cloud.dossier)


def kept(cloud: Cloud) -> dict[str, Any]:
    (item,) = cloud.items(cloud.person, kind="callback")
    return fields(item)


def test_ten_copies_at_once_are_kept_once_with_one_pending_message(cloud: Cloud) -> None:
    outcomes = at_once(10, lambda _: callbacks(cloud).keep(call()))
    assert errors(outcomes) == ["CallbackRepeatedError"] * 9
    assert all(isinstance(each, CallbackRepeatedError) and each.same_body for each in outcomes if each is not None)
    (owed,) = [fields(item) for item in cloud.items(cloud.dossier, kind="outbox")]
    assert (owed["id"], owed["queue"]) == (SETTLES, "parcel_events")
    message = json.loads(owed["message"])
    named = {name: message[name] for name in ("partner", "webhookid", "ordernumber", "correlationid")}
    assert named == {
        "partner": "simulator",
        "webhookid": "msg_1",
        "ordernumber": ORDER,
        "correlationid": "correlation-1",
    }


def test_another_body_under_the_same_id_is_told_apart_and_leaves_the_first(cloud: Cloud) -> None:
    callbacks(cloud).keep(call("first"))
    with pytest.raises(CallbackRepeatedError) as replayed:
        callbacks(cloud).keep(call("second"))
    assert not replayed.value.same_body
    assert kept(cloud)["body"] == "first"


def test_a_kept_call_is_read_with_what_it_names_if_that_exists(cloud: Cloud) -> None:
    callbacks(cloud).keep(call('{"code": "C20"}'))
    assert callbacks(cloud).load("simulator", "msg_1", ORDER) == ('{"code": "C20"}', None)
    assert callbacks(cloud).load("simulator", "msg_1", "") == ('{"code": "C20"}', None)
    with pytest.raises(LookupError):
        callbacks(cloud).load("simulator", "msg_2", ORDER)


def test_quarantine_settles_the_message_and_says_why(cloud: Cloud) -> None:
    callbacks(cloud).keep(call())
    callbacks(cloud).quarantine("simulator", "msg_1", "unknown_parcel", SETTLES)
    assert kept(cloud)["quarantined"] == "unknown_parcel"
    assert not cloud.items(cloud.dossier, kind="outbox")
    with pytest.raises(AlreadySettledError):
        callbacks(cloud).quarantine("simulator", "msg_1", "another reason", SETTLES)
    assert kept(cloud)["quarantined"] == "unknown_parcel"
    assert cloud.client.get_item(TableName=cloud.person, Key=keys.callback("simulator", "msg_2")).get("Item") is None
