"""Any message may come twice, be poison, find the state moved on, or meet a killed consumer."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from motcua.adapters.dossier.dossiers import DynamoDossiers
from motcua.adapters.dossier.items import event_of
from motcua.adapters.dynamodb.transaction import Transaction
from motcua.adapters.outbox.items import owed_by
from motcua.edge import sqs as queue
from tests.kit.api_lives import act, in_process, posted, received, report, resolved, submit
from tests.kit.moto_cloud import CLERK, Cloud

Owner = dict[str, str]
CONSUMERS = {
    "routing": "route_dossier",
    "dispatch": "dispatch_parcel",
    "parcel_events": "apply_parcel_event",
    "figures": "update_figures",
}
DONE: dict[str, Any] = {"batchItemFailures": []}


class KilledError(BaseException):
    """The process ends here, as by Lambda's timeout. Nothing can catch it."""


def _owed(cloud: Cloud, owner: Owner, queue_name: str) -> list[dict[str, Any]]:
    """Return a message whose effect in `queue_name` is pending."""
    if queue_name == "parcel_events":
        assert cloud.call_back(report(f"{posted(cloud, owner)}-1", "C20")).status == 202
    elif queue_name == "dispatch":
        resolved(cloud, owner, channel_out="post")
    else:
        received(cloud, owner)
    owed = cloud.owed(queue_name)
    assert owed
    return owed


@pytest.fixture
def shown_again(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return the calls by which consumers make messages visible again."""
    calls: list[dict[str, Any]] = []

    def change_message_visibility(**call: Any) -> None:
        calls.append(call)

    fake = SimpleNamespace(change_message_visibility=change_message_visibility)
    monkeypatch.setattr(queue, "client", lambda _: fake)
    return calls


@pytest.mark.usefixtures("post_office")
@pytest.mark.parametrize("queue_name", CONSUMERS)
def test_second_delivery_of_a_message_changes_nothing(cloud: Cloud, owner: Owner, queue_name: str) -> None:
    messages = _owed(cloud, owner, queue_name)
    assert cloud.deliver(CONSUMERS[queue_name], *messages) == DONE
    assert cloud.owed(queue_name) == []
    before = cloud.tables()
    for receives in (1, 2, 5):
        assert cloud.deliver(CONSUMERS[queue_name], *messages, receives=receives) == DONE
    assert cloud.tables() == before


@pytest.mark.usefixtures("post_office")
@pytest.mark.parametrize("queue_name", CONSUMERS)
def test_a_message_twice_in_one_batch_has_one_effect(
    cloud: Cloud, owner: Owner, queue_name: str, said: Callable[[], list[str]]
) -> None:
    message = _owed(cloud, owner, queue_name)[0]
    said()
    assert cloud.deliver(CONSUMERS[queue_name], message, message) == DONE
    assert '"repeated":1' in said()[0]


@pytest.mark.usefixtures("post_office")
@pytest.mark.parametrize("queue_name", CONSUMERS)
def test_a_consumer_that_is_killed_after_its_transaction_has_done_its_work(
    cloud: Cloud, owner: Owner, queue_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages, write = _owed(cloud, owner, queue_name)[:1], Transaction.write

    def write_and_die(transaction: Transaction, client: Any) -> None:
        write(transaction, client)
        raise KilledError

    with monkeypatch.context() as dying:
        dying.setattr(Transaction, "write", write_and_die)
        with pytest.raises(KilledError):
            cloud.deliver(CONSUMERS[queue_name], *messages)
    after = cloud.tables()
    assert cloud.deliver(CONSUMERS[queue_name], *messages, receives=2) == DONE
    assert cloud.tables() == after
    assert messages[0]["id"] not in [message["id"] for message in cloud.owed(queue_name)]


@pytest.mark.usefixtures("post_office")
@pytest.mark.parametrize("queue_name", CONSUMERS)
def test_a_consumer_that_is_killed_before_its_transaction_starts_again(
    cloud: Cloud, owner: Owner, queue_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = _owed(cloud, owner, queue_name)[:1]

    def die(*_: Any) -> None:
        raise KilledError

    before = cloud.tables()
    with monkeypatch.context() as dying:
        dying.setattr(Transaction, "write", die)
        with pytest.raises(KilledError):
            cloud.deliver(CONSUMERS[queue_name], *messages)
    assert cloud.tables() == before
    assert cloud.deliver(CONSUMERS[queue_name], *messages, receives=2) == DONE
    assert messages[0]["id"] not in [message["id"] for message in cloud.owed(queue_name)]


@pytest.mark.parametrize("queue_name", CONSUMERS)
@pytest.mark.parametrize("poison", ["không phải JSON", "[]", '{"id": "x"}'])
def test_poison_is_reported_failed_and_shown_again_later_each_time(
    shared_cloud: Cloud, shown_again: list[dict[str, Any]], queue_name: str, poison: str
) -> None:
    before = shared_cloud.tables()
    for receives in (1, 2, 3, 4, 5, 9):
        answer = shared_cloud.deliver(CONSUMERS[queue_name], poison, receives=receives)
        assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert [call["VisibilityTimeout"] for call in shown_again] == [1, 2, 4, 8, 16, 60]
    url = shared_cloud.names["".join(word.title() for word in queue_name.split("_")) + "Queue"]
    assert {(call["QueueUrl"], call["ReceiptHandle"]) for call in shown_again} == {(url, "receipt-0")}
    assert shared_cloud.tables() == before


@pytest.mark.usefixtures("shown_again")
def test_poison_does_not_hold_back_its_batch(shared_cloud: Cloud, owner: Owner) -> None:
    dossiers = [received(shared_cloud, owner) for _ in range(2)]
    good = [shared_cloud.owed("routing", dossier_id)[0] for dossier_id in dossiers]
    answer = shared_cloud.deliver("route_dossier", good[0], "{", good[1])
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert [shared_cloud.state(dossier_id)["status"] for dossier_id in dossiers] == [4, 4]


def test_a_message_that_cannot_be_shown_again_is_still_reported(shared_cloud: Cloud) -> None:
    """SQS does not know the receipt handle, so the message waits for the queue's own timeout."""
    answer = shared_cloud.deliver("route_dossier", "{")
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


@pytest.mark.usefixtures("shown_again")
@pytest.mark.parametrize("queue_name", ["routing", "dispatch"])
def test_a_message_about_nothing_waits_for_the_operator(shared_cloud: Cloud, owner: Owner, queue_name: str) -> None:
    message = shared_cloud.owed("routing", received(shared_cloud, owner))[0]
    message |= {"subject": "0" * 16 + ("-1" if queue_name == "dispatch" else ""), "id": "nothing.1"}
    assert shared_cloud.deliver(CONSUMERS[queue_name], message)["batchItemFailures"]


def test_a_routing_message_that_finds_the_dossier_moved_on_moves_nothing(shared_cloud: Cloud, owner: Owner) -> None:
    """The message of a second event comes late: it is settled, and the dossier stays where it is."""
    dossier_id = in_process(shared_cloud, owner)
    late = _owe_again(shared_cloud, dossier_id)
    state = shared_cloud.state(dossier_id)
    assert shared_cloud.deliver("route_dossier", late) == DONE
    assert shared_cloud.state(dossier_id) == state
    assert shared_cloud.owed("routing", dossier_id) == []


def _owe_again(cloud: Cloud, dossier_id: str) -> dict[str, Any]:
    """Put the settled routing message back into the outbox."""

    key = {"PK": {"S": f"DOSSIER#{dossier_id}"}, "SK": {"S": "EVENT#000001"}}
    event = event_of(cloud.dynamodb.get_item(TableName="Dossier", Key=key)["Item"])
    for owed_key, owed in owed_by(event):
        cloud.dynamodb.put_item(TableName="Dossier", Item=owed_key | owed)
    return cloud.owed("routing", dossier_id)[0]


@pytest.mark.usefixtures("shown_again")
def test_a_routing_message_that_meets_a_change_in_the_same_moment_comes_again(
    shared_cloud: Cloud, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier_id, load = received(shared_cloud, owner), DynamoDossiers.load
    (message,) = shared_cloud.owed("routing", dossier_id)

    def load_and_be_overtaken(store: DynamoDossiers, wanted: str) -> object:
        seen = load(store, wanted)
        monkeypatch.setattr(DynamoDossiers, "load", load)
        assert act(shared_cloud, dossier_id, "return-channel", 1, CLERK, {"channel_out": "post"}).status == 200
        return seen

    monkeypatch.setattr(DynamoDossiers, "load", load_and_be_overtaken)
    assert shared_cloud.deliver("route_dossier", message)["batchItemFailures"]
    assert shared_cloud.deliver("route_dossier", message, receives=2) == DONE
    assert (shared_cloud.state(dossier_id)["status"], shared_cloud.state(dossier_id)["channel_out"]) == (4, "post")


def test_figures_count_each_event_once_whatever_comes_how_often(shared_cloud: Cloud, owner: Owner) -> None:
    submitted = submit(shared_cloud, owner).body["id"]
    act(shared_cloud, submitted, "acceptance", 1, CLERK)
    dossier_id = resolved(shared_cloud, owner)
    act(shared_cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"})
    messages = [message for each in (submitted, dossier_id) for message in shared_cloud.owed("figures", each)]
    for _ in range(2):
        shared_cloud.deliver("update_figures", *messages, *messages)
    facts = [item for item in shared_cloud.tables()["Figure"] if item["SK"]["S"].startswith("FACT#")]
    counted = sum(
        int(item["counted"]["N"]) for item in shared_cloud.tables()["Figure"] if item["SK"]["S"].startswith("COUNT#")
    )
    assert len(facts) == counted == len(messages) == 4
