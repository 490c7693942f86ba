"""Pending messages are found by age, in every shard, and go to the queue that they name."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from motcua.adapters.outbox.items import owed_item
from motcua.adapters.outbox.outbox import DynamoOutbox, NotSentError, Queues
from motcua.domain.event import Queue
from tests.adapters.conftest import Cloud
from tests.kit.fakes import REAL_NOW

pytestmark = pytest.mark.engine


def owe(cloud: Cloud, owed_id: str, minutes_ago: float, queue: Queue = Queue.ROUTING) -> None:
    since = REAL_NOW - timedelta(minutes=minutes_ago)
    key, content = owed_item(owed_id, queue, message(owed_id), since)
    cloud.client.put_item(TableName=cloud.dossier, Item=key | content)


def message(owed_id: str) -> str:
    return json.dumps({"id": owed_id, "time": "2020-04-24T01:00:00Z"})


@pytest.fixture
def queues(make_client: Callable[[str], Any]) -> Callable[[str], str]:
    """Return a function that creates a queue anew by name and returns its URL."""
    sqs = make_client("sqs")

    def make(name: str) -> str:
        url = str(sqs.create_queue(QueueName=name)["QueueUrl"])
        sqs.purge_queue(QueueUrl=url)
        return url

    return make


def received(sqs: Any, url: str) -> list[str]:
    bodies: list[str] = []
    while batch := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in batch]
    return sorted(bodies)


def test_what_is_older_is_found_in_every_shard_and_what_is_younger_is_not(cloud: Cloud) -> None:
    for place in range(30):
        owe(cloud, f"old-{place}", minutes_ago=11 + place)
        owe(cloud, f"young-{place}", minutes_ago=9)
    outbox = DynamoOutbox(cloud.client, cloud.dossier, lambda: pytest.fail("who only looks needs no queues"))
    found = outbox.older_than(REAL_NOW - timedelta(minutes=10))
    assert {owed.id for owed in found} == {f"old-{place}" for place in range(30)}
    (oldest,) = [owed for owed in found if owed.id == "old-29"]
    assert (oldest.queue, oldest.message) == (Queue.ROUTING, message("old-29"))
    assert oldest.since == REAL_NOW - timedelta(minutes=40)
    shards = {item["owed_shard"]["S"] for item in cloud.items(cloud.dossier)}
    assert shards == {"0", "1", "2", "3"}


def test_what_was_paid_off_is_in_no_shard(cloud: Cloud) -> None:
    owe(cloud, "old", minutes_ago=11)
    (item,) = cloud.items(cloud.dossier)
    cloud.client.delete_item(TableName=cloud.dossier, Key={name: item[name] for name in ("PK", "SK")})
    outbox = DynamoOutbox(cloud.client, cloud.dossier, lambda: pytest.fail("nothing to send"))
    assert outbox.older_than(REAL_NOW) == []


def test_more_messages_than_one_call_takes_all_reach_the_queue_that_each_names(
    cloud: Cloud, queues: Callable[[str], str], make_client: Callable[[str], Any]
) -> None:
    urls = {name: queues(name) for name in ("routing", "figures")}
    for place in range(23):
        owe(cloud, f"r{place}", minutes_ago=11)
    owe(cloud, "f", minutes_ago=11, queue=Queue.FIGURES)
    outbox = DynamoOutbox(cloud.client, cloud.dossier, lambda: Queues(make_client("sqs"), urls))
    overdue = outbox.older_than(REAL_NOW)
    outbox.send_again(overdue, REAL_NOW)
    sqs = make_client("sqs")
    assert received(sqs, urls["routing"]) == sorted(message(f"r{place}") for place in range(23))
    assert received(sqs, urls["figures"]) == [message("f")]
    assert outbox.older_than(REAL_NOW) == [], "each is given its time"
    assert {owed.sent_again for owed in outbox.older_than(REAL_NOW + timedelta(minutes=1))} == {1}


def test_what_is_paid_off_while_it_is_sent_again_does_not_rise_again(
    cloud: Cloud, queues: Callable[[str], str], make_client: Callable[[str], Any]
) -> None:
    owe(cloud, "old", minutes_ago=11)
    urls = {"routing": queues("routing")}
    outbox = DynamoOutbox(cloud.client, cloud.dossier, lambda: Queues(make_client("sqs"), urls))
    overdue = outbox.older_than(REAL_NOW)
    (item,) = cloud.items(cloud.dossier)
    cloud.client.delete_item(TableName=cloud.dossier, Key={name: item[name] for name in ("PK", "SK")})
    outbox.send_again(overdue, REAL_NOW)
    assert cloud.items(cloud.dossier) == []


def test_an_item_that_cannot_be_read_counts_as_pending_too(cloud: Cloud) -> None:
    key, content = owed_item("odd", Queue.ROUTING, "not JSON", REAL_NOW - timedelta(minutes=11))
    cloud.client.put_item(TableName=cloud.dossier, Item=key | content)
    outbox = DynamoOutbox(cloud.client, cloud.dossier, lambda: pytest.fail("nothing to send"))
    assert [(owed.id, owed.queue) for owed in outbox.older_than(REAL_NOW)] == [("odd", None)]


class HalfDeaf:
    """SQS that takes the first message of each batch and refuses the others, without an error."""

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803, ARG002
        return {"Successful": Entries[:1], "Failed": Entries[1:]}


def test_a_batch_that_was_taken_in_part_must_come_again() -> None:
    deaf = Queues(HalfDeaf(), {"routing": "url"})
    deaf.send([("routing", "one", 0)])
    with pytest.raises(NotSentError, match="1 of 2"):
        deaf.send([("routing", "one", 0), ("routing", "two", 0)])


def test_the_queue_holds_back_a_message_with_a_delay(
    queues: Callable[[str], str], make_client: Callable[[str], Any]
) -> None:
    url = queues("jobs")
    Queues(make_client("sqs"), {"jobs": url}).send([("jobs", "later", 900), (Queue.JOBS, "now", 0)])
    assert received(make_client("sqs"), url) == ["now"]
