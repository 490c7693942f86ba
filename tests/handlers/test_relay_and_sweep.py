"""From the outbox to the queues: by the stream at once, by the sweep when the stream has lost something."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from motcua.adapters.clients import client
from motcua.adapters.outbox.outbox import NotSentError
from tests.kit.api_lives import in_process, received, resolved
from tests.kit.moto_cloud import Cloud

Owner = dict[str, str]
QUEUES = {
    "routing": "RoutingQueue",
    "dispatch": "DispatchQueue",
    "parcel_events": "ParcelEventsQueue",
    "figures": "FiguresQueue",
    "jobs": "JobsQueue",
}
CHANGE = {
    "days": [{"date": "2021-05-03", "kind": "day_off", "name_vi": "Nghỉ bù (ví dụ)"}],
    "legal_basis": {"number": "mẫu/UBND", "certainty": "ours"},
    "why": "Đề xuất để xem trước",
}


def _stream(cloud: Cloud) -> list[dict[str, Any]]:
    """Return what the stream's filter lets through: the outbox items, as new."""
    return [
        {"eventID": f"event-{index}", "eventName": "INSERT", "dynamodb": {"NewImage": item}}
        for index, item in enumerate(cloud.tables()["Dossier"])
        if item["kind"]["S"] == "outbox"
    ]


def _drain(cloud: Cloud, queue: str) -> list[str]:
    """Take and return all messages of a queue."""
    url, bodies = cloud.names[queue], []
    while messages := cloud.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            bodies.append(message["Body"])
            cloud.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return bodies


def test_the_relay_sends_each_message_to_its_queue(cloud: Cloud, owner: Owner) -> None:
    resolved(cloud, owner, channel_out="post")
    received(cloud, owner)
    assert cloud.call("registry_api", "POST", "/calendars/2021/changes", CHANGE, groups="controller@tinh").status == 201
    owed = {name: cloud.owed(name) for name in QUEUES}
    cloud.run("relay_events", {"Records": _stream(cloud)})
    for name, queue in QUEUES.items():
        sent = [json.loads(body) for body in _drain(cloud, queue)]
        assert sorted(sent, key=str) == sorted(owed[name], key=str)
    assert [len(owed[name]) for name in QUEUES] == [1, 1, 0, 4, 1]


def test_the_relay_sends_more_than_sqs_takes_at_once(cloud: Cloud, owner: Owner) -> None:
    received(cloud, owner)
    records = [record for record in _stream(cloud) if record["dynamodb"]["NewImage"]["queue"]["S"] == "routing"] * 23
    cloud.run("relay_events", {"Records": records})
    assert len(_drain(cloud, "RoutingQueue")) == 23


def test_the_relay_raises_when_sqs_took_only_a_part(
    cloud: Cloud, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole batch must come again, because a partial failure reported on a stream loses the event."""
    received(cloud, owner)
    answer = {"Successful": [], "Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}]}
    monkeypatch.setattr(client("sqs"), "send_message_batch", lambda **_: answer)
    with pytest.raises(NotSentError):
        cloud.run("relay_events", {"Records": _stream(cloud)})


UNREADABLE: list[dict[str, Any]] = [
    {},
    {"dynamodb": {}},
    {"dynamodb": {"NewImage": None}},
    {"dynamodb": {"NewImage": {}}},
    {"dynamodb": {"NewImage": {"queue": "routing"}}},
    {"dynamodb": {"NewImage": {"queue": {"S": "routing"}}}},
    {"dynamodb": {"NewImage": {"queue": {"S": "routing"}, "message": {"B": "AA=="}}}},
    {"dynamodb": {"NewImage": {"queue": {"S": "nowhere"}, "message": {"S": "{}"}}}},
]


def test_the_relay_parks_what_it_cannot_read_and_goes_on(cloud: Cloud, owner: Owner) -> None:
    received(cloud, owner)
    unreadable = [{"eventID": f"unreadable-{index}"} | record for index, record in enumerate(UNREADABLE)]
    cloud.run("relay_events", {"Records": [*unreadable, *_stream(cloud)]})
    assert sorted(_drain(cloud, "RelayParkingQueue")) == [record["eventID"] for record in unreadable]
    assert len(_drain(cloud, "RoutingQueue")) == len(_drain(cloud, "FiguresQueue")) == 1


def _age(cloud: Cloud, dossier_id: str, age: timedelta) -> None:
    """Make a dossier's messages pending for `age` of real time."""
    for item in cloud.tables()["Dossier"]:
        if item["kind"]["S"] == "outbox" and dossier_id in item["PK"]["S"]:
            item["owed_since"]["S"] = (datetime.now(UTC) - age).isoformat(timespec="microseconds")
            cloud.dynamodb.put_item(TableName="Dossier", Item=item)


def test_the_sweep_sends_messages_that_are_pending_for_more_than_ten_minutes_and_nothing_else(
    cloud: Cloud, owner: Owner
) -> None:
    old, new, done = received(cloud, owner), received(cloud, owner), in_process(cloud, owner)
    cloud.deliver("update_figures", *cloud.owed("figures", done))
    for dossier_id, age in ((old, timedelta(minutes=10, seconds=5)), (new, timedelta(minutes=9, seconds=30))):
        _age(cloud, dossier_id, age)
    before = cloud.tables()
    assert cloud.run("sweep_stalled", {}) == {"sent_again": 2, "stuck": 0}
    for queue in ("RoutingQueue", "FiguresQueue"):
        assert [json.loads(body)["subject"] for body in _drain(cloud, queue)] == [old]
    assert cloud.run("sweep_stalled", {}) == {"sent_again": 0, "stuck": 0}, "what was sent again is given its time"
    assert [len(items) for items in cloud.tables().values()] == [len(items) for items in before.values()]


def test_a_message_is_sent_again_five_times_and_then_waits_for_a_person(cloud: Cloud, owner: Owner) -> None:
    dossier_id = received(cloud, owner)
    cloud.deliver("update_figures", *cloud.owed("figures", dossier_id))
    for _ in range(5):
        _age(cloud, dossier_id, timedelta(minutes=11))
        assert cloud.run("sweep_stalled", {}) == {"sent_again": 1, "stuck": 0}
    _age(cloud, dossier_id, timedelta(minutes=11))
    assert cloud.run("sweep_stalled", {}) == {"sent_again": 0, "stuck": 1}
    assert len(_drain(cloud, "RoutingQueue")) == 5
    cloud.deliver("route_dossier", *cloud.owed("routing", dossier_id))
    assert cloud.run("sweep_stalled", {}) == {"sent_again": 0, "stuck": 0}


def test_an_item_of_a_later_release_stops_no_sweep(cloud: Cloud, owner: Owner) -> None:
    old = received(cloud, owner)
    _age(cloud, old, timedelta(minutes=11))
    item = {"PK": {"S": "OUTBOX#X#messages"}, "SK": {"S": "OUTBOX"}, "kind": {"S": "outbox"}, "id": {"S": "X#messages"}}
    item |= {"queue": {"S": "messages"}, "message": {"S": "{}"}, "owed_shard": {"S": "0"}}
    cloud.dynamodb.put_item(TableName="Dossier", Item=item | {"owed_since": {"S": "2020-04-24T08:00:00.000000+00:00"}})
    assert cloud.run("sweep_stalled", {}) == {"sent_again": 2, "stuck": 1}


def test_domain_time_makes_nothing_old(cloud: Cloud, owner: Owner) -> None:
    """A dossier of April 2020 that was recorded a moment ago is not stalled."""
    received(cloud, owner)
    assert cloud.run("sweep_stalled", {}) == {"sent_again": 0, "stuck": 0}


def test_what_the_stream_lost_the_sweep_heals(cloud: Cloud, owner: Owner) -> None:
    """The relay never saw the event, so the dossier stays at the counter until the sweep runs."""
    dossier_id = received(cloud, owner)
    _age(cloud, dossier_id, timedelta(hours=25))
    cloud.run("sweep_stalled", {})
    cloud.deliver("route_dossier", *_drain(cloud, "RoutingQueue"))
    assert cloud.state(dossier_id)["status"] == 4
    cloud.deliver("update_figures", *_drain(cloud, "FiguresQueue"))
    assert cloud.run("sweep_stalled", {}) == {"sent_again": 0, "stuck": 0}


def test_a_message_that_is_swept_while_it_is_under_way_has_one_effect(cloud: Cloud, owner: Owner) -> None:
    dossier_id = received(cloud, owner)
    cloud.run("relay_events", {"Records": _stream(cloud)})
    _age(cloud, dossier_id, timedelta(minutes=11))
    cloud.run("sweep_stalled", {})
    twice = _drain(cloud, "RoutingQueue")
    assert len(twice) == 2
    cloud.deliver("route_dossier", *twice)
    assert (cloud.state(dossier_id)["status"], cloud.state(dossier_id)["version"]) == (4, 2)


def test_a_sweep_that_could_not_send_fails_aloud(cloud: Cloud, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    _age(cloud, received(cloud, owner), timedelta(minutes=11))
    monkeypatch.setattr(client("sqs"), "send_message_batch", lambda **_: {"Failed": [{"Id": "0"}]})
    with pytest.raises(NotSentError):
        cloud.run("sweep_stalled", {})
