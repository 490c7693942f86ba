"""The mocked AWS of these tests: the template's tables and queues, and every function as a process of its own.

A function sees the environment that the template gives it and nothing else, so a variable that is missing in the
template fails the test that needs it.
"""

import base64
import hmac
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from motcua import bootstrap, telemetry
from motcua.adapters import clients as aws
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.registry.rows import row_of
from motcua.domain.registry.entry import Entry
from tests.kit.template import functions, target, written

CONTEXT = SimpleNamespace(
    aws_request_id="request-1",
    function_name="f",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:ap-southeast-1:123456789012:function:f",
    get_remaining_time_in_millis=lambda: 10000,
)
CREDENTIALS = {
    "AWS_DEFAULT_REGION": "ap-southeast-1",
    "AWS_REGION": "ap-southeast-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_CONFIG_FILE": os.devnull,  # a person's own files, which Lambda does not have
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
WEBHOOK_SECRETS = ("whsec_bmV3IHNlY3JldCwgbG9uZyBlbm91Z2g=", "whsec_b2xkIHNlY3JldCwgbG9uZyBlbm91Z2g=")
"""The new secret and the old one, both valid."""

LINK_KEY = "a key of the links that is long enough"

CLERK, OFFICER = "clerk@mc-tinh", "officer@skhdt"


_SERIAL = count(1)
"""Numbers the keys and webhook ids of all tests, so that none is used twice."""


@dataclass
class Reply:
    status: int
    body: Any
    headers: dict[str, str]


def environment(handler: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the environment that the template gives a function. `names` resolves its references here."""
    (own,) = [each for each in functions().values() if each["Handler"] == f"handlers.{handler}.handler"]
    shared = written()["Globals"]["Function"]["Environment"]["Variables"]
    variables = {**shared, **own.get("Environment", {}).get("Variables", {})}
    return {name: names[target(value)] if isinstance(value, dict) else str(value) for name, value in variables.items()}


def signature(secret: str, webhook_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature of Standard Webhooks 1.0."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.digest(key, f"{webhook_id}.{timestamp}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(mac).decode()}"


def forget_process() -> None:
    """Start as a new process, with nothing remembered. The AWS clients stay, because they have no state."""
    for made in vars(bootstrap).values():
        if hasattr(made, "cache_clear") and made is not aws.client:
            made.cache_clear()


@dataclass
class Cloud:
    """Call functions as the gateway, the queues and the stream do. `names`: logical id → name, URL or ARN."""

    dynamodb: Any
    sqs: Any
    names: dict[str, str]
    now: str = "2020-04-23T08:00:00+07:00"
    running: str = ""
    serial: Iterator[int] = field(default_factory=lambda: _SERIAL)

    def run(self, handler: str, event: Any) -> Any:
        """Invoke a function. One other than the last starts with an empty memory."""
        if handler != self.running:
            self.restart()
            self.running = handler
        told = patch.dict(os.environ, CREDENTIALS | environment(handler, self.names), clear=True)
        heard = patch.object(telemetry.logger.registered_handler, "stream", sys.stdout)  # pytest's current one
        with told, heard:
            return importlib.import_module(f"handlers.{handler}").handler(event, CONTEXT)

    def restart(self) -> None:
        """Let the next invocation start with an empty memory."""
        forget_process()
        self.running = ""

    def call(
        self,
        handler: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        groups: str | None = None,
        scopes: str | None = None,
        claims: dict[str, str] | None = None,
        version: int | None = None,
        key: str | None = "",
        headers: Mapping[str, str | None] | None = None,
        query: dict[str, str] | None = None,
    ) -> Reply:
        """Make one HTTP call. `groups` signs in a member of staff, `scopes` the portal.

        `key=None` leaves the key out, a header that is None is not sent, and bytes are sent unchanged.
        """
        sent: dict[str, str | None] = {"content-type": "application/json", "x-motcua-now": self.now}
        if key is not None and method != "GET":
            sent["idempotency-key"] = key or f"key-{next(self.serial)}"
        if version is not None:
            sent["if-match"] = f'"{version}"'
        sent |= headers or {}
        raw = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        if claims is None and groups is not None:
            claims = {"token_use": "id", "sub": f"staff-{groups}", "cognito:groups": groups}
        elif claims is None and scopes is not None:
            claims = {"token_use": "access", "client_id": "portal", "sub": "portal", "scope": scopes}
        event = {
            "httpMethod": method,
            "path": path,
            "resource": path,
            "headers": {name: value for name, value in sent.items() if value is not None},
            "multiValueHeaders": {},
            "queryStringParameters": query,
            "multiValueQueryStringParameters": None,
            "requestContext": {"requestId": "request-1", **({"authorizer": {"claims": claims}} if claims else {})},
            "body": base64.b64encode(raw).decode() if raw and method != "GET" else None,
            "isBase64Encoded": bool(raw) and method != "GET",
        }
        answer = self.run(handler, event)
        got = {name.lower(): values[0] for name, values in answer.get("multiValueHeaders", {}).items()}
        return Reply(answer["statusCode"], json.loads(answer["body"]), got)

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
        answer: dict[str, Any] = self.run(handler, {"Records": records})
        return answer

    def call_back(
        self,
        body: Any,
        *,
        webhook_id: str = "",
        partner: str = "simulator",
        secret: str = WEBHOOK_SECRETS[0],
        age: float = 0,
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """Make a postal partner's signed call, `age` seconds old."""
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        webhook_id, timestamp = webhook_id or f"msg_{next(self.serial)}", str(int(time.time() - age))
        signed: dict[str, str | None] = {
            "webhook-id": webhook_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(secret, webhook_id, timestamp, raw),
            "x-motcua-now": None,
        }
        path = f"/partners/{partner}/callbacks"
        return self.call("partner_webhook", "POST", path, raw, key=None, headers=signed | dict(headers or {}))

    def owed(self, queue: str, dossier_id: str = "") -> list[dict[str, Any]]:
        """Return the pending messages for `queue` from the outbox, of one dossier if it is named."""
        items = self.dynamodb.scan(TableName="Dossier")["Items"]
        return [
            json.loads(item["message"]["S"])
            for item in items
            if item.get("kind", {}).get("S") == "outbox"
            and item["queue"]["S"] == queue
            and dossier_id in item["message"]["S"]
        ]

    def enter(self, entry: Entry[Any]) -> None:
        """Put an entry into the registry without its ledger, before a test."""
        self.dynamodb.put_item(TableName="Registry", Item=keys.entry(entry.kind, entry.id) | item(row_of(entry)))

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Return everything that functions may have written."""
        return {
            name: sorted(
                self.dynamodb.scan(TableName=name)["Items"], key=lambda item: (item["PK"]["S"], item["SK"]["S"])
            )
            for name in ("Dossier", "Person", "Registry", "Figure")
        }

    def state(self, dossier_id: str, sort: str = "STATE") -> dict[str, Any]:
        """Return one item of a dossier as stored, with plain values where possible."""
        key = {"PK": {"S": f"DOSSIER#{dossier_id}"}, "SK": {"S": sort}}
        item = self.dynamodb.get_item(TableName="Dossier", Key=key)["Item"]
        return {name: int(value["N"]) if "N" in value else next(iter(value.values())) for name, value in item.items()}
