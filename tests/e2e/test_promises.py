"""Outbox, queues and sweep are broken one by one: nothing is lost, and nothing happens twice."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from infra.operate import redrive
from motcua.adapters.dossier.items import event_of
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields
from motcua.adapters.outbox.items import owed_by
from tests.e2e.console import Console, eventually
from tests.e2e.system import System, report

pytestmark = pytest.mark.engine

QUEUES = {"routing": "Routing", "dispatch": "Dispatch", "parcel_events": "ParcelEvents", "figures": "Figures"}
STALLED = timedelta(minutes=11)


def routed(console: Console, dossier_id: str) -> bool:
    return "dossier.transferred" in console.event_types(dossier_id)


def test_what_the_relay_never_carried_the_sweep_sends_and_it_happens_once(system: System) -> None:
    console = system.console
    console.settle()
    with console.paused("relay_events"):
        dossier_id = system.receive()["id"]
        owed = console.owed(dossier_id)
        assert {fields(item)["queue"] for item in owed} == {"routing", "figures"}
        assert console.invoke("sweep_stalled", {}) == {"sent_again": 0, "stuck": 0}, "too young to be stalled"
        time.sleep(1)
        assert not routed(console, dossier_id)
        console.age(owed, STALLED)
        assert console.invoke("sweep_stalled", {}) == {"sent_again": 2, "stuck": 0}
        eventually(lambda: routed(console, dossier_id), what="routed by the sweep alone")
        eventually(lambda: not console.owed(dossier_id), what="nothing is owed")
        before = console.life(dossier_id)
    system.finish()  # a younger dossier: once it is finished, the relay has passed the older one's records
    assert console.life(dossier_id) == before
    assert not console.dead_letters()


def test_messages_that_come_again_change_nothing(system: System) -> None:
    """This happens when a consumer is killed between transaction and acknowledgement, or SQS delivers twice."""
    console, mine = system.console, f"again-{uuid.uuid4().hex[:8]}"
    traced = {"X-Correlation-Id": mine}
    dossier = system.resolve(channel_out="post", headers=traced)
    with console.paused("relay_events"):
        assert system.call_back(report(dossier["parcel"], "C20"), headers=traced).status_code == 202
        (callback,) = [fields(item) for item in console.owed("callback:")]
    console.settle()
    delivered = report(dossier["parcel"], "C50", place="address")
    assert system.call_back(delivered, headers=traced).status_code == 202
    console.settle()
    lived, counted = console.life(dossier["id"]), console.items("Figure")
    events = [event_of(item) for item in lived if item.get("kind", {}).get("S") == "event"]
    again = [fields(owed) for event in events for _, owed in owed_by(event)] + [callback]
    assert {message["queue"] for message in again} == set(QUEUES)
    for message in again:
        console.send(QUEUES[message["queue"]], message["message"])
    eventually(lambda: not any(console.depth(queue) for queue in QUEUES.values()), what="all queues empty")
    assert console.life(dossier["id"]) == lived
    assert console.items("Figure") == counted
    assert not console.dead_letters()
    consumers = ("route_dossier", "dispatch_parcel", "apply_parcel_event", "update_figures")
    lines = [line for consumer in consumers for line in console.lines(consumer, mine)]
    assert sum(line["outcomes"].get("repeated", 0) for line in lines) > 0


def test_poison_ends_in_the_dead_letter_queue_and_what_was_mended_comes_back(
    system: System,
    tell: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    console = system.console
    console.settle()
    with console.paused("route_dossier"):
        broken_id = system.receive()["id"]
        set_status(console, broken_id, 99)  # nobody can read this dossier now
    started = time.monotonic()
    console.send("Routing", "not json")
    other_id = system.receive()["id"]
    eventually(lambda: routed(console, other_id), what="a dossier received behind the poison")
    behind = time.monotonic() - started
    eventually(lambda: console.depth("RoutingDeadLetter") == 2, seconds=60, what="both in the dead-letter queue")
    tell(
        f"poison: {time.monotonic() - started:.0f} s to the dead-letter queue, the next dossier routed in {behind:.1f} s"
    )
    assert console.depth("Routing") == 0
    assert console.owed(broken_id), "it stays owed until it is mended"

    throw_away(console, "RoutingDeadLetter", "not json")
    set_status(console, broken_id, 2)
    monkeypatch.setattr(redrive, "chosen", lambda _: system.stack)
    monkeypatch.setattr("sys.argv", ["make redrive", "Routing"])
    redrive.main()
    assert "Routing: 1" in capsys.readouterr().out
    eventually(lambda: routed(console, broken_id), what="routed after the redrive")
    console.settle()
    assert not console.dead_letters()


def set_status(console: Console, dossier_id: str, status: int) -> None:
    console.dynamodb.update_item(
        TableName=console.table("Dossier"),
        Key=keys.dossier(dossier_id),
        UpdateExpression="SET #status = :status",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":status": {"N": str(status)}},
    )


def throw_away(console: Console, queue: str, body: str) -> None:
    """Delete a message that nothing can repair, as an operator does."""
    url = console.queue(queue)
    messages = console.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=2)["Messages"]
    (poison,) = [message for message in messages if message["Body"] == body]
    console.sqs.delete_message(QueueUrl=url, ReceiptHandle=poison["ReceiptHandle"])
    for message in messages:
        if message is not poison:
            console.sqs.change_message_visibility(
                QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )


def test_the_relay_parks_what_it_cannot_read_and_goes_on(system: System) -> None:
    console = system.console
    unreadable = keys.outbox("unreadable#nowhere") | {"kind": {"S": "outbox"}, "queue": {"S": "nowhere"}}
    console.dynamodb.put_item(TableName=console.table("Dossier"), Item=unreadable)
    dossier_id = system.receive()["id"]
    eventually(lambda: routed(console, dossier_id), what="the stream goes on")
    assert eventually(lambda: console.depth("RelayParking"), what="parked") == 1
    console.sqs.purge_queue(QueueUrl=console.queue("RelayParking"))
    console.dynamodb.delete_item(TableName=console.table("Dossier"), Key=keys.outbox("unreadable#nowhere"))
    console.settle()
