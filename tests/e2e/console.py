"""The operator's view of the running system: tables, queues, functions and logs, with root rights."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from infra.demo.simulation import wait_until_nothing_is_owed
from infra.stack.stack import Stack
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields

Item = dict[str, Any]
Found = TypeVar("Found")

DEAD_LETTER_QUEUES = (
    "RoutingDeadLetter",
    "DispatchDeadLetter",
    "ParcelEventsDeadLetter",
    "FiguresDeadLetter",
    "JobsDeadLetter",
)


def eventually(look: Callable[[], Found], seconds: float = 15, what: str = "") -> Found:
    """Return the first true answer of `look`. Raises AssertionError with the last one when the time is over."""
    until = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < until, f"not within {seconds:.0f} s: {what or look}: {found!r}"
        time.sleep(0.05)
    return found


@dataclass
class Log:
    """A function's log: the platform's invocations, the JSON lines of each environment in order, and any other output.

    Lines are assigned by their request id: under load, the embedded engine attaches a late line to the environment's
    next invocation, and loses it when there is none.
    """

    started: list[str] = field(default_factory=list)
    spoken: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)

    def add(self, environment: str, text: str) -> None:
        if text.startswith("START RequestId: "):
            self.started.append(text.split()[2])
        elif text and not text.startswith(("END RequestId: ", "REPORT RequestId: ")):
            try:
                self.spoken.setdefault(environment, []).append(json.loads(text))
            except ValueError:
                self.printed.append(text)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return the structured lines, without those of metrics."""
        return [line for spoken in self.spoken.values() for line in spoken if "_aws" not in line]


class Console:
    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.dynamodb, self.sqs, self._lambda = (stack.client(name) for name in ("dynamodb", "sqs", "lambda"))

    # --- tables

    def table(self, name: str) -> str:
        return self.stack.outputs[f"{name}TableName"]

    def item(self, key: keys.Key, table: str = "Dossier") -> Item:
        """Return one item as stored, or {} when it is missing."""
        found = self.dynamodb.get_item(TableName=self.table(table), Key=key, ConsistentRead=True)
        return dict(found.get("Item", {}))

    def items(self, table: str) -> list[Item]:
        """Return everything in a table, in key order."""
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=self.table(table), ConsistentRead=True)
        found = [item for page in pages for item in page["Items"]]
        return sorted(found, key=lambda item: (item["PK"]["S"], item["SK"]["S"]))

    def life(self, dossier_id: str) -> list[Item]:
        """Return state, events and parcels of a dossier."""
        return [item for item in self.items("Dossier") if item["PK"]["S"] == f"DOSSIER#{dossier_id}"]

    def state(self, dossier_id: str) -> dict[str, Any]:
        return fields(self.item(keys.dossier(dossier_id)))

    def event_types(self, dossier_id: str) -> list[str]:
        return [item["type"]["S"] for item in self.life(dossier_id) if item.get("kind", {}).get("S") == "event"]

    # --- pending messages and queues

    def settle(self, patience: float = 60) -> None:
        """Return when no message is pending any more."""
        wait_until_nothing_is_owed(self.stack, patience)

    def clear_away(self) -> None:
        """Delete pending, queued and dead messages."""
        for item in self.owed():
            key = {name: item[name] for name in ("PK", "SK")}
            self.dynamodb.delete_item(TableName=self.table("Dossier"), Key=key)
        for queue in self.dead_letters():
            self.sqs.purge_queue(QueueUrl=self.queue(queue))

    def owed(self, about: str = "") -> list[Item]:
        """Return the outbox items whose id begins with `about`."""
        return [item for item in self.items("Dossier") if item["PK"]["S"].startswith(f"OUTBOX#{about}")]

    def age(self, owed: list[Item], by: timedelta) -> None:
        """Make these messages look pending for longer."""
        since = (datetime.now(UTC) - by).isoformat(timespec="microseconds")
        for item in owed:
            self.dynamodb.update_item(
                TableName=self.table("Dossier"),
                Key={name: item[name] for name in ("PK", "SK")},
                UpdateExpression="SET owed_since = :since",
                ExpressionAttributeValues={":since": {"S": since}},
            )

    def queue(self, name: str) -> str:
        return self.stack.outputs[f"{name}QueueUrl"]

    def send(self, queue: str, message: str) -> None:
        self.sqs.send_message(QueueUrl=self.queue(queue), MessageBody=message)

    def depth(self, queue: str) -> int:
        """Return how many messages a queue holds, visible or in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.sqs.get_queue_attributes(QueueUrl=self.queue(queue), AttributeNames=names)["Attributes"]
        return sum(int(value) for value in found.values())

    def dead_letters(self) -> dict[str, int]:
        """Return the dead-letter queues that hold messages."""
        return {name: depth for name in DEAD_LETTER_QUEUES if (depth := self.depth(name))}

    # --- functions

    def function(self, name: str) -> str:
        """Return the deployed name of a function: `route_dossier` → that of RouteDossierFunction."""
        return self.stack.outputs[f"{name.title().replace('_', '')}FunctionName"]

    def invoke(self, name: str, payload: dict[str, Any]) -> Any:
        answer = self._lambda.invoke(FunctionName=self.function(name), Payload=json.dumps(payload).encode())
        content = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, content
        return content

    @contextmanager
    def paused(self, name: str) -> Iterator[None]:
        """Hold back this function's stream or queue until the block ends, so that its messages come late."""
        (mapping,) = self._lambda.list_event_source_mappings(FunctionName=self.function(name))["EventSourceMappings"]
        self._lambda.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        try:
            yield
        finally:
            self._lambda.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)

    # --- logs

    def log(self, name: str) -> Log:
        """Return all that a function has logged so far."""
        log = Log()
        for environment, message in self._messages(f"/motcua/motcua/{name}"):
            for text in message.splitlines():
                log.add(environment, text.strip())
        return log

    def lines(self, name: str, correlation_id: str) -> list[dict[str, Any]]:
        """Return the lines of a function with this correlation id."""
        return [
            line
            for line in self.log(name).lines
            if correlation_id == line.get("correlation_id") or correlation_id in line.get("correlation_ids", ())
        ]

    def everything_logged(self) -> Iterator[tuple[str, str]]:
        """Yield group and text of every log line of every function and of the gateway."""
        for group in self.stack.client("logs").describe_log_groups()["logGroups"]:
            for _, message in self._messages(group["logGroupName"]):
                yield group["logGroupName"], message

    def _messages(self, group: str) -> Iterator[tuple[str, str]]:
        pages = self.stack.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
        for page in pages:
            for event in page["events"]:
                yield event["logStreamName"], event["message"]
