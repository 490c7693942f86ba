"""DynamoDB calls per command, as the deployed functions themselves count and log them (`adapters/clients.py`).

A dossier's life is played twice: the first time the processes start and read the registry, the second time they know it.
Consumers are paused meanwhile; their messages are taken from the outbox and handed over by hand, one at a time.
"""

import base64
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from infra.bench import request
from infra.engine.errors import LocalRunError
from infra.simulator import signing
from infra.stack.stack import Stack

COMMANDS = {
    # name: Vietnamese, the most calls that it may take when the registry is known
    "receive": ("tiếp nhận", 1),
    "receive, number taken": ("tiếp nhận, số vừa bị nơi khác lấy", 2),
    "route": ("chuyển hồ sơ", 2),
    "takeover": ("nhận xử lý", 2),
    "resolution": ("giải quyết xong", 2),
    "return-channel": ("chọn kênh nhận kết quả", 2),
    "return": ("trả kết quả", 2),
    "dispatch": ("gửi bưu chính", 2),
    "webhook": ("bưu chính báo trạng thái", 1),
    "apply": ("ghi trạng thái bưu gửi", 2),
    "figures": ("tính số liệu", 2),
}

OFFICER = "officer@skhdt"


@dataclass(slots=True)
class Life:
    """Calls the functions as gateway and queues would, and keeps what each says that it cost.

    `receive_elsewhere` lets another process receive a dossier, which takes the number that this function expects.
    """

    stack: Stack
    webhook_secret: str
    receive_elsewhere: Callable[[], object]
    calls: dict[str, int] = field(default_factory=dict)

    def play(self) -> dict[str, int]:
        """One dossier that is returned at the counter, one that goes by post; the calls of each command by name."""
        self.calls = {}
        here = self._receive("receive", "counter")
        self.receive_elsewhere()
        self._receive("receive, number taken", "counter")
        self._consume("route", "RouteDossier", "routing", here)
        self._consume("figures", "UpdateFigures", "figures", here)
        for command in ("takeover", "resolution"):
            self._act(command, here, OFFICER)
        self._act("return", here, request.CLERK, {"channel": "counter"})

        posted = self._receive("", "counter")
        self._consume("", "RouteDossier", "routing", posted)
        self._act("return-channel", posted, request.CLERK, {"channel_out": "post"})
        for command in ("takeover", "resolution"):
            self._act("", posted, OFFICER, path=command)
        self._consume("dispatch", "DispatchParcel", "dispatch", posted)
        for code in ("C20", "C30", "C50"):
            self._call_back("webhook", posted, code)
            self._consume("apply", "ApplyParcelEvent", "parcel_events", posted)
        return self.calls

    def post(self) -> None:
        """One dossier by post, by way of every queue: received, resolved, four callbacks, returned, counted."""
        posted = self._receive("", "post")
        self._consume("", "RouteDossier", "routing", posted)
        for command in ("takeover", "resolution"):
            self._act("", posted, OFFICER, path=command)
        self._consume("", "DispatchParcel", "dispatch", posted)
        for code in ("C10", "C20", "C30", "C50"):
            self._call_back("", posted, code)
            self._consume("", "ApplyParcelEvent", "parcel_events", posted)
        self._consume("", "UpdateFigures", "figures", posted)

    def received(self) -> dict[str, Any]:
        """The message of a dossier that was received and is not with its agency yet, for the consumer of Routing."""
        dossier = self._receive("", "counter")
        (message,) = self._owed("routing", dossier["id"])
        return _delivered(message)

    def _receive(self, name: str, channel_out: str) -> dict[str, Any]:
        body = request.BODY | {"channel_out": channel_out}
        event = request.gateway_event("POST", "/dossiers", body, request.staff(request.CLERK))
        return self._http(name, "DossierApi", event, 201)

    def _act(self, name: str, dossier: dict[str, Any], who: str, body: Any = None, *, path: str = "") -> None:
        dossier["version"] = self._version(dossier)
        method = "PUT" if name == "return-channel" else "POST"
        sent = request.headers(**{"If-Match": f'"{dossier["version"]}"'})
        route = f"/dossiers/{dossier['id']}/{path or name}"
        event = request.gateway_event(method, route, body or {}, request.staff(who), sent)
        self._http(name, "DossierApi", event, 200)

    def _call_back(self, name: str, dossier: dict[str, Any], code: str) -> None:
        self._http(name, "PartnerWebhook", self.callback(dossier["id"], code), 202)

    def callback(self, dossier_id: str, code: str) -> dict[str, Any]:
        """A signed call of the partner, as the gateway hands it over."""
        report = {
            "carrier_system": "simulator",
            "order_number": f"{dossier_id}-1",
            "code": code,
            "occurred_at": f"{request.DAY}T15:00:00+07:00",
            "place": "address" if code == "C50" else None,
            "reason": None,
            "note": None,
        }
        raw = json.dumps(report).encode()
        signed = signing.headers(self.webhook_secret, f"msg_{uuid.uuid4().hex}", int(time.time()), raw)
        sent = {"Content-Type": "application/json", **signed}
        return request.gateway_event("POST", "/partners/simulator/callbacks", raw, None, sent)

    def _http(self, name: str, function: str, event: dict[str, Any], expected: int) -> dict[str, Any]:
        answer = self._invoke(name, function, event)
        if answer["statusCode"] != expected:
            raise LocalRunError(f"{name}: {answer['body']}", f"{name} was answered {answer['statusCode']}")
        content: dict[str, Any] = json.loads(answer["body"])
        return content

    def _consume(self, name: str, function: str, queue: str, dossier: dict[str, Any]) -> None:
        """Hand over what the outbox owes to `queue` about this dossier, as SQS would."""
        for message in self._owed(queue, dossier["id"]):
            answer = self._invoke(name, function, _delivered(message))
            if answer["batchItemFailures"]:
                raise LocalRunError(f"{function} không xử lý được thông điệp.", f"{function} failed on its message")

    def _owed(self, queue: str, dossier_id: str) -> list[str]:
        pages = (
            self.stack.client("dynamodb")
            .get_paginator("scan")
            .paginate(
                TableName=self.stack.outputs["DossierTableName"],
                FilterExpression="#kind = :outbox AND #queue = :queue AND contains(message, :dossier)",
                ExpressionAttributeNames={"#kind": "kind", "#queue": "queue"},
                ExpressionAttributeValues={
                    ":outbox": {"S": "outbox"},
                    ":queue": {"S": queue},
                    ":dossier": {"S": dossier_id},
                },
            )
        )
        return [item["message"]["S"] for page in pages for item in page["Items"]]

    def _version(self, dossier: dict[str, Any]) -> int:
        key = {"PK": {"S": f"DOSSIER#{dossier['id']}"}, "SK": {"S": "STATE"}}
        table = self.stack.outputs["DossierTableName"]
        found = self.stack.client("dynamodb").get_item(TableName=table, Key=key, ConsistentRead=True)["Item"]
        return int(found["version"]["N"])

    def _invoke(self, name: str, function: str, event: dict[str, Any]) -> dict[str, Any]:
        """The function's answer. The most calls that a command of this `name` took is kept; no name, nothing kept."""
        answered = self.stack.client("lambda").invoke(
            FunctionName=self.stack.outputs[f"{function}FunctionName"], Payload=json.dumps(event), LogType="Tail"
        )
        answer: dict[str, Any] = json.load(answered["Payload"])
        if "FunctionError" in answered:
            raise LocalRunError(f"{function}: {answer}", f"{function} raised an error")
        if name:
            took = calls_told(base64.b64decode(answered["LogResult"]).decode())
            self.calls[name] = max(took, self.calls.get(name, 0))
        return answer


def _delivered(message: str) -> dict[str, Any]:
    """A message as SQS hands it over, the first time."""
    attributes = {"ApproximateReceiveCount": "1"}
    record = {"messageId": uuid.uuid4().hex, "receiptHandle": "none", "body": message, "attributes": attributes}
    return {"Records": [record]}


def calls_told(log: str) -> int:
    """The number of DynamoDB calls in the invocation's one line. Raise LocalRunError when there is no such line."""
    for line in log.splitlines():
        if line.startswith("{") and "dynamodb_calls" in (told := json.loads(line)):
            return int(told["dynamodb_calls"])
    raise LocalRunError("Hàm không ghi số lần gọi DynamoDB.", "the function logged no number of DynamoDB calls")


def lines(cold: dict[str, int], warm: dict[str, int]) -> list[str]:
    """A line for each command: its calls when the registry is known, the most it may take, and what the first one took."""
    told = []
    for name, (vi, most) in COMMANDS.items():
        sign = "✓" if warm[name] <= most else "✗"
        told.append(
            f"  {sign} {warm[name]}  {f'{vi} · {name}':<60} ≤ {most}   (lần đầu · the first time: {cold[name]})"
        )
    return told
