"""The people of the demo at their screens: they sign in and call the real HTTPS endpoints, as their programs do."""

import base64
import json
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime

import httpx

from infra.demo.actors import Agency
from infra.demo.plan import REFUSED_BECAUSE, Case, Row
from infra.engine.errors import LocalRunError
from infra.engine.this_machine import http_client
from infra.stack.sign_ins import create_person, portal_token, staff_token
from infra.stack.stack import Stack

CONTROLLER = "controller@tinh"
PORTAL = "portal"
LINK = "return-channel-link"
ELSEWHERE = ("officer@vp-ubnd",)
"""Works on parts of linked dossiers and receives none of its own here."""


class Office:
    """Every person of the demo, one by role and unit, signed in once; and the portal's client."""

    def __init__(self, stack: Stack, agencies: Iterable[Agency]) -> None:
        self._stack = stack
        self._http = http_client(base_url=stack.api_url, timeout=60, limits=httpx.Limits(max_connections=8))
        self._portal = portal_token(stack)
        self._tokens: dict[str, str] = {}
        self._people = {CONTROLLER, *ELSEWHERE}
        for agency in agencies:
            self._people |= {f"clerk@{agency.one_stop_id}", f"officer@{agency.id}", f"head@{agency.id}"}

    def sign_in(self) -> Iterable[str]:
        """Create everybody's account and sign them in. Yields each person when done."""
        for person in sorted(self._people):
            username = person.replace("@", ".")
            password = create_person(self._stack, username, [person])
            self._tokens[person] = staff_token(self._stack, username, password)
            yield person

    @property
    def size(self) -> int:
        """The number of people."""
        return len(self._people)

    def close(self) -> None:
        self._http.close()

    def arrive(self, case: Case, owner: dict[str, str]) -> Row:
        """Hand in a dossier: at the counter or by post to a clerk, or online through the portal.

        The clerk may refuse it at once, or register it as one that its agency had received before.
        """
        body: Row = {
            "one_stop_id": case.agency.one_stop_id,
            "procedure_code": case.procedure,
            "owner": owner,
        }
        if case.channel_in == "online":
            body |= {"channel_out": case.channel_out}
            return self._send("POST", "/portal/dossiers", body, case.arrives_at, self._as_citizen(owner["number"]))
        path, more = _ARRIVING[case.way](case)
        return self._send("POST", path, body | more, case.arrives_at, self._as(f"clerk@{case.agency.one_stop_id}"))

    def act(self, who: str, dossier: Row, what: str, at: datetime, body: Row | None = None) -> Row:
        """Send a person's command on a dossier as the inbox showed it.

        A named officer is sent as the sign-in's opaque id.
        """
        method = "PUT" if what == "return-channel" else "POST"
        path = f"/dossiers/{dossier['id']}/{what}"
        body = body or {}
        if "officer" in body:
            body = body | {"officer": self.subject(body["officer"])}
        return self._send(method, path, body, at, self._as(who), version=dossier["version"])

    def act_by_portal(self, citizen: str, dossier: Row, what: str, at: datetime, body: Row) -> Row:
        """Send the applicant's own command through the portal."""
        method = "PUT" if what == "return-channel" else "POST"
        path = f"/portal/dossiers/{dossier['id']}/{what}"
        return self._send(method, path, body, at, self._as_citizen(citizen), version=dossier["version"])

    def choose_by_link(self, clerk: str, dossier: Row, at: datetime) -> Row:
        """Let the clerk give the applicant a link, and choose the post by it without a sign-in."""
        link = self._send("POST", f"/dossiers/{dossier['id']}/{LINK}", {}, at, self._as(clerk))
        self._send("POST", "/return-channel-choices", {"token": link["token"], "channel_out": "post"}, at, {})
        return self.open(clerk, dossier["id"])

    def open(self, who: str, dossier_id: str, citizen: str = "") -> Row:
        """Open a single dossier; the portal opens it for its citizen."""
        if who != PORTAL:
            return self.get(who, f"/dossiers/{dossier_id}")
        return _read(self._http.get(f"/portal/dossiers/{dossier_id}", headers=self._as_citizen(citizen)))

    def start_bulk(self, who: str, act: str, dossier_ids: list[str], at: datetime) -> str:
        """Start one act on many dossiers and return the id of its job."""
        body = {"act": act, "dossiers": [{"dossier_id": each} for each in dossier_ids]}
        job = self._send("POST", "/bulk", body, at, self._as(who))
        return str(job["id"])

    def subject(self, who: str) -> str:
        """Return the opaque id of a person, as in their token."""
        claims = self._tokens[who].split(".")[1]
        return str(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"])

    def inbox(self, who: str, unit_id: str, status: int) -> dict[str, Row]:
        """Read all pages of a unit's inbox in one status and return the dossiers by id."""
        found: dict[str, Row] = {}
        query: dict[str, str] = {"status": str(status), "limit": "100"}
        while True:
            page = self.get(who, f"/units/{unit_id}/inbox", query)
            found |= {dossier["id"]: dossier for dossier in page["dossiers"]}
            if not page["next_cursor"]:
                return found
            query["cursor"] = page["next_cursor"]

    def get(self, who: str, path: str, query: dict[str, str] | None = None) -> Row:
        return _read(self._http.get(path, params=query, headers=self._as(who)))

    def track(self, number: str, identity_number: str) -> Row:
        """Return what the citizen sees at home, without any sign-in."""
        return _read(self._http.post("/tracking", json={"number": number, "identity_number": identity_number}))

    def tell_opening(self, who: str, year: int, agency_id: str, told: Row, at: datetime) -> None:
        """Enter what an agency returned before go-live, where nothing was entered yet."""
        self._send("PUT", f"/opening-figures/{year}/{agency_id}", told, at, self._as(who), version=0)

    def change(self, who: str, method: str, path: str, body: Row, at: datetime, version: int | None = None) -> Row:
        """Send a person's change of the registry. `version` is that of the entry they saw."""
        return self._send(method, path, body, at, self._as(who), version=version)

    def _as(self, who: str) -> dict[str, str]:
        """Return the headers of a person's sign-in."""
        return {"Authorization": self._tokens[who]}

    def _as_citizen(self, citizen: str) -> dict[str, str]:
        """Return the headers of the portal's sign-in for its citizen."""
        return {"Authorization": self._portal, "X-Motcua-Citizen": citizen}

    def _send(
        self, method: str, path: str, body: Row, at: datetime, sign_in: dict[str, str], *, version: int | None = None
    ) -> Row:
        headers = {"Idempotency-Key": str(uuid.uuid4()), "X-Motcua-Now": at.isoformat()} | sign_in
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        answer = self._http.request(method, path, json=body, headers=headers)
        if answer.status_code == 503:  # busy, nothing was written: retry the request under the same key
            answer = self._http.request(method, path, json=body, headers=headers)
        return _read(answer)


def _transitional(case: Case) -> tuple[str, Row]:
    assert case.received_on is not None
    return "/dossiers/transitional", {
        "channel_out": case.channel_out,
        "agency_id": case.agency.id,
        "original_number": f"{case.index:04d}/TN-{case.agency.id.upper()}",
        "received_on": case.received_on.isoformat(),
        "evidence": "Giấy biên nhận của cơ quan (ví dụ)",
    }


_ARRIVING: dict[str, Callable[[Case], tuple[str, Row]]] = {
    "receipt": lambda case: (
        "/dossiers",
        {"channel_in": case.channel_in, "channel_out": case.channel_out} | case.at_intake,
    ),
    "refusal": lambda case: ("/dossiers/refusals", {"channel_in": case.channel_in, "reason": REFUSED_BECAUSE}),
    "transitional": _transitional,
}
"""For each way in, the path, and what the body says besides service and owner."""


def _read(answer: httpx.Response) -> Row:
    if not answer.is_success:
        request = f"{answer.request.method} {answer.request.url.path}"
        raise LocalRunError(
            f"{request}: {answer.status_code} {answer.text[:400]}", f"{request} was answered {answer.status_code}"
        )
    content: Row = answer.json()
    return content
