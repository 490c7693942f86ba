"""The running system as its users see it: people with their sign-ins, the portal, the postal partner, over HTTPS."""

import json
import time
import uuid
from collections.abc import Mapping
from itertools import count
from typing import Any

import httpx

from infra.demo import actors
from infra.engine.this_machine import http_client
from infra.simulator import signing
from infra.simulator.process import Partner
from infra.stack.sign_ins import create_person, portal_token, staff_token
from infra.stack.stack import Stack
from tests.e2e.console import Console

CLERK, OFFICER = "clerk@mc-tinh", "officer@skhdt"
PORTAL = "portal"
AT = "2020-06-15T09:00:00+07:00"

Dossier = dict[str, Any]

SHORT_DELAYS = {"RegistryMemorySeconds": "2", "ChangeIsSeenSeconds": "6", "LongestRetrySeconds": "2"}
"""In the order of the real ones (test_template_delays.py). A request takes at most a second or two here."""


class Desk:
    """Staff and the portal. `received` collects every dossier that was received here, for the story's self-check."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.console = stack, Console(stack)
        self.received: set[str] = set()
        self.people: list[dict[str, str]] = []
        self._http = http_client(base_url=stack.api_url, timeout=60)
        self._tokens: dict[str, str] = {}
        self._serial = count(500)

    def close(self) -> None:
        self._http.close()

    def token(self, who: str) -> str:
        """Return the token of the portal, or of a person with this `role@unit`, who is created when first named."""
        if who not in self._tokens:
            self._tokens[who] = portal_token(self.stack) if who == PORTAL else self._sign_in(who)
        return self._tokens[who]

    def _sign_in(self, group: str) -> str:
        username = f"e2e.{group.replace('@', '.')}"
        return staff_token(self.stack, username, create_person(self.stack, username, [group]))

    def somebody(self) -> dict[str, str]:
        """Return an invented citizen whom no other test uses."""
        person = actors.citizen(next(self._serial))
        self.people.append(person)
        return person

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str = CLERK,
        at: str = AT,
        version: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        sent = {"Authorization": self.token(who), "Idempotency-Key": str(uuid.uuid4()), "X-Motcua-Now": at}
        if version is not None:
            sent["If-Match"] = f'"{version}"'
        return self._http.request(method, path, json={} if body is None else body, headers=sent | dict(headers or {}))

    def ask_to_receive(
        self, *, at: str = AT, headers: Mapping[str, str] | None = None, who: str = CLERK, **more: Any
    ) -> httpx.Response:
        """Receive at the provincial centre, for the Department of Planning and Investment."""
        body = {
            "one_stop_id": "mc-tinh",
            "procedure_code": "2.001610",
            "channel_in": "counter",
            "channel_out": "counter",
        }
        body |= {"owner": self.somebody()} | more
        answer = self.call("POST", "/dossiers", body, who=who, at=at, headers=headers)
        if answer.status_code == 201:
            self.received.add(answer.json()["id"])
        return answer

    def receive(self, **more: Any) -> Dossier:
        """Return a dossier at status 2, which the queue is about to route."""
        return _read(self.ask_to_receive(**more))

    def act(self, dossier: Dossier, what: str, body: Any = None, *, who: str = OFFICER, **more: Any) -> Dossier:
        """Send a person's command on the dossier as last seen."""
        path, version = f"/dossiers/{dossier['id']}/{what}", dossier["version"]
        return _read(self.call("POST", path, body, who=who, version=version, **more))

    def resolve(self, **more: Any) -> Dossier:
        """Return a dossier at status 9. If it is registered for post, its parcel is ordered from the partner."""
        headers = more.get("headers")
        dossier, at = self.receive(**more), more.get("at", AT)
        self.console.settle()
        taken = self.act(dossier | {"version": 2}, "takeover", at=at, headers=headers)
        resolved = self.act(taken, "resolution", at=at, headers=headers)
        self.console.settle()
        return resolved

    def finish(self, **more: Any) -> Dossier:
        """Return a dossier whose result was handed over at the counter."""
        dossier = self.act(self.resolve(**more), "return", {"channel": "counter"}, who=CLERK, at=more.get("at", AT))
        self.console.settle()
        return dossier


class System(Desk):
    """The whole system with the postal partner.

    `webhook_secrets` are those that the stack knows, the partner's own first.
    """

    def __init__(self, stack: Stack, partner: Partner, webhook_secrets: tuple[str, ...]) -> None:
        super().__init__(stack)
        self.partner, self.webhook_secrets = partner, webhook_secrets

    def call_back(
        self,
        body: bytes,
        *,
        webhook_id: str = "",
        secret: str = "",
        age: int = 0,
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Response:
        """Send the partner's signed call, `age` seconds old. A header that is None is left out."""
        signed = self.signed(body, webhook_id, secret, age) | dict(headers or {})
        sent = {name: value for name, value in signed.items() if value is not None}
        return self._http.post("/partners/simulator/callbacks", content=body, headers=sent)

    def signed(self, body: bytes, webhook_id: str = "", secret: str = "", age: int = 0) -> dict[str, str | None]:
        """Return the headers of a call that was signed `age` seconds ago."""
        webhook_id = webhook_id or f"msg_{uuid.uuid4().hex}"
        made = signing.headers(secret or self.webhook_secrets[0], webhook_id, int(time.time()) - age, body)
        return {"content-type": "application/json", **made}


def report(order_number: str, code: str, occurred_at: str = "2020-06-16T10:00:00+07:00", **more: Any) -> bytes:
    """Return the partner's report on a parcel."""
    said = {"carrier_system": "simulator", "order_number": order_number, "code": code, "occurred_at": occurred_at}
    return json.dumps({**said, "place": None, "reason": None, "note": None, **more}, ensure_ascii=False).encode()


def _read(answer: httpx.Response) -> Dossier:
    assert answer.is_success, answer.text
    content: Dossier = answer.json()
    return content
