"""The people of the demo at their screens: sign-ins, and the real HTTPS endpoints as their programs call them."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import httpx

from infra.local.demo.cast import Agency
from infra.local.demo.plan import Case
from infra.local.errors import LocalRunError
from infra.local.sign_ins import create_person, portal_token, staff_token
from infra.local.stack import Stack

CONTROLLER = "controller@tinh"


class Office:
    """Every person of the demo, one by role and unit, signed in once; and the portal's client."""

    def __init__(self, stack: Stack, agencies: Iterable[Agency]) -> None:
        self._stack = stack
        self._http = httpx.Client(
            base_url=stack.api_url, timeout=60, limits=httpx.Limits(max_connections=8), trust_env=False
        )
        self._portal = portal_token(stack)
        self._tokens: dict[str, str] = {}
        self._people = {CONTROLLER}
        for agency in agencies:
            self._people |= {f"clerk@{agency.one_stop_id}", f"officer@{agency.id}", f"head@{agency.id}"}

    def sign_in(self) -> Iterable[str]:
        """Make everybody's account and sign them in; yields each as it is done."""
        for person in sorted(self._people):
            username = person.replace("@", ".")
            password = create_person(self._stack, username, [person])
            self._tokens[person] = staff_token(self._stack, username, password)
            yield person

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self._people)

    def close(self) -> None:
        self._http.close()

    def arrive(self, case: Case, owner: dict[str, str]) -> dict[str, Any]:
        """A dossier comes: to the counter or by post to a clerk, online through the portal."""
        body = {
            "one_stop_id": case.agency.one_stop_id,
            "procedure_code": case.procedure,
            "channel_out": case.channel_out,
            "owner": owner,
        }
        if case.channel_in == "online":
            return self._send("POST", "/portal/dossiers", body, case.arrives_at, self._portal, citizen=owner["number"])
        clerk = f"clerk@{case.agency.one_stop_id}"
        return self._send(
            "POST", "/dossiers", body | {"channel_in": case.channel_in}, case.arrives_at, self._tokens[clerk]
        )

    def act(
        self, who: str, dossier: dict[str, Any], what: str, at: datetime, body: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """A person's command on a dossier as the inbox showed it."""
        method = "PUT" if what == "return-channel" else "POST"
        path = f"/dossiers/{dossier['id']}/{what}"
        return self._send(method, path, body or {}, at, self._tokens[who], version=dossier["version"])

    def inbox(self, who: str, unit_id: str, status: int) -> dict[str, dict[str, Any]]:
        """All dossiers on a unit's desk in one status, by id, page after page."""
        found: dict[str, dict[str, Any]] = {}
        query: dict[str, str] = {"status": str(status), "limit": "100"}
        while True:
            page = self.get(who, f"/units/{unit_id}/inbox", query)
            found |= {dossier["id"]: dossier for dossier in page["dossiers"]}
            if not page["next_cursor"]:
                return found
            query["cursor"] = page["next_cursor"]

    def get(self, who: str, path: str, query: dict[str, str] | None = None) -> dict[str, Any]:
        answer = self._http.get(path, params=query, headers={"Authorization": self._tokens[who]})
        return _read(answer)

    def track(self, number: str, identity_number: str) -> dict[str, Any]:
        """What the citizen sees at home, without any sign-in."""
        return _read(self._http.post("/tracking", json={"number": number, "identity_number": identity_number}))

    def tell_opening(self, who: str, year: int, agency_id: str, told: dict[str, Any], at: datetime) -> None:
        """What an agency returned before go-live, where nothing was entered yet."""
        self._send("PUT", f"/opening-figures/{year}/{agency_id}", told, at, self._tokens[who], version=0)

    def change(
        self, who: str, method: str, path: str, body: dict[str, Any], at: datetime, version: int | None = None
    ) -> dict[str, Any]:
        """A person's change of the registry; `version` is that of the entry which they saw."""
        return self._send(method, path, body, at, self._tokens[who], version=version)

    def _send(
        self,
        method: str,
        path: str,
        body: dict[str, Any],
        at: datetime,
        token: str,
        *,
        version: int | None = None,
        citizen: str = "",
    ) -> dict[str, Any]:
        headers = {"Authorization": token, "Idempotency-Key": str(uuid.uuid4()), "X-Motcua-Now": at.isoformat()}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if citizen:
            headers["X-Motcua-Citizen"] = citizen
        answer = self._http.request(method, path, json=body, headers=headers)
        if answer.status_code == 503:  # busy, nothing written: the same request again, under the same key
            answer = self._http.request(method, path, json=body, headers=headers)
        return _read(answer)


def _read(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        request = f"{answer.request.method} {answer.request.url.path}"
        raise LocalRunError(
            f"{request}: {answer.status_code} {answer.text[:400]}", f"{request} was answered {answer.status_code}"
        )
    content: dict[str, Any] = answer.json()
    return content
