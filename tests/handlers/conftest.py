"""Handlers in process, on moto: fast, and with the tables and queues that the template declares."""

import base64
import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.local.seed import seed_registry
from motcua import bootstrap
from motcua.adapters import aws
from tests.infra.template import table_definition

QUEUES = ("ROUTING", "DISPATCH", "PARCEL_EVENTS", "FIGURES", "PARKING")
CONTEXT = SimpleNamespace(
    aws_request_id="request-1",
    function_name="f",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:ap-southeast-1:123456789012:function:f",
    get_remaining_time_in_millis=lambda: 10000,
)


@dataclass
class Reply:
    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Cloud:
    """The mocked AWS, and how to call a handler on it as the gateway would."""

    dynamodb: Any
    sqs: Any
    queue_urls: dict[str, str]
    now: str = "2020-04-23T08:00:00+07:00"
    keys: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def call(
        self,
        handler: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        resource: str = "",
        groups: str | None = None,
        scopes: str | None = None,
        version: int | None = None,
        key: str | None = "",
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> Reply:
        """One HTTP call. `groups` signs in a member of staff, `scopes` the portal; `key=None` leaves the key out."""
        sent = {"content-type": "application/json", "x-motcua-now": self.now}
        if key is not None and method != "GET":
            sent["idempotency-key"] = key or f"key-{next(self.keys)}"
        if version is not None:
            sent["if-match"] = f'"{version}"'
        sent |= headers or {}
        raw = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        claims = None
        if groups is not None:
            claims = {"token_use": "id", "sub": f"staff-{groups}", "cognito:groups": groups}
        elif scopes is not None:
            claims = {"token_use": "access", "client_id": "portal", "sub": "portal", "scope": scopes}
        event = {
            "httpMethod": method,
            "path": path,
            "resource": resource or path,
            "headers": {name: value for name, value in sent.items() if value is not None},
            "multiValueHeaders": {},
            "queryStringParameters": query,
            "multiValueQueryStringParameters": None,
            "requestContext": {"requestId": "request-1", **({"authorizer": {"claims": claims}} if claims else {})},
            "body": base64.b64encode(raw).decode() if raw and method != "GET" else None,
            "isBase64Encoded": bool(raw) and method != "GET",
        }
        answer = importlib.import_module(f"handlers.{handler}").handler(event, CONTEXT)
        got = {name.lower(): values[0] for name, values in answer.get("multiValueHeaders", {}).items()}
        return Reply(answer["statusCode"], json.loads(answer["body"]), got)

    def receive(self, owner: dict[str, str], **more: Any) -> Reply:
        """Receive a dossier at the provincial centre for the Department of Planning and Investment."""
        groups = more.pop("groups", "clerk@mc-tinh")
        named = {name: more.pop(name) for name in ("key", "headers") if name in more}
        body = {
            "one_stop_id": "mc-tinh",
            "procedure_code": "2.001610",
            "channel_in": "counter",
            "channel_out": "counter",
            "owner": owner,
        } | more
        return self.call("dossier_api", "POST", "/dossiers", body, groups=groups, **named)

    def owed(self, queue: str) -> list[dict[str, Any]]:
        """The messages that are owed to `queue`, out of the outbox."""
        items = self.dynamodb.scan(TableName="Dossier")["Items"]
        return [
            json.loads(item["message"]["S"])
            for item in items
            if item.get("kind", {}).get("S") == "outbox" and item["queue"]["S"] == queue
        ]

    def deliver(self, handler: str, *messages: Any, receives: int = 1) -> dict[str, Any]:
        """Hand messages to a consumer as SQS would."""
        records = [
            {
                "messageId": f"message-{index}",
                "receiptHandle": f"receipt-{index}",
                "body": message if isinstance(message, str) else json.dumps(message),
                "attributes": {"ApproximateReceiveCount": str(receives)},
            }
            for index, message in enumerate(messages)
        ]
        answer: dict[str, Any] = importlib.import_module(f"handlers.{handler}").handler({"Records": records}, CONTEXT)
        return answer


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        for name in ("Dossier", "Person", "Registry", "Figure"):
            dynamodb.create_table(**table_definition(f"{name}Table") | {"TableName": name})
        seed_registry(dynamodb, "Registry")
        sqs = boto3.client("sqs")
        urls = {name: sqs.create_queue(QueueName=name.lower())["QueueUrl"] for name in QUEUES}
        for name, url in urls.items():
            monkeypatch.setenv(f"{name}_QUEUE_URL", url)
        _forget()
        yield Cloud(dynamodb, sqs, urls)
        _forget()


def _forget() -> None:
    """A new process: nothing made, nothing remembered."""
    aws.client.cache_clear()
    aws._session.cache_clear()
    for made in vars(bootstrap).values():
        if hasattr(made, "cache_clear"):
            made.cache_clear()
