"""The logs: one line per invocation, the caller's correlation id throughout, and no personal data."""

import json
import uuid
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from infra.demo import actors
from tests.e2e.console import eventually
from tests.e2e.system import CLERK, PORTAL, System, report

pytestmark = pytest.mark.engine

FUNCTIONS = [
    *("dossier_api", "public_api", "report_api", "partner_webhook", "relay_events", "route_dossier", "dispatch_parcel"),
    *("apply_parcel_event", "update_figures", "close_month", "sweep_stalled", "sweep_deadlines"),
]


def told(system: System, function: str, mine: str, act: Callable[[], object]) -> list[dict[str, Any]]:
    """Return the function's log lines with `mine`. `act` is repeated when there are none: see console.Log."""

    def look() -> list[dict[str, Any]]:
        if not (found := system.console.lines(function, mine)):
            act()
            system.console.settle()
        return found

    return eventually(look, what=f"{mine} in the log of {function}")


def test_a_correlation_id_goes_from_the_caller_through_stream_and_queues(system: System) -> None:
    mine = f"trace-{uuid.uuid4().hex[:12]}"

    def receive() -> None:
        answer = system.ask_to_receive(headers={"X-Correlation-Id": mine})
        assert answer.headers["X-Correlation-Id"] == mine

    for function in ("dossier_api", "relay_events", "route_dossier", "update_figures"):
        assert told(system, function, mine, receive)
    assert all(line["outcomes"]["routed"] for line in system.console.lines("route_dossier", mine))


def test_a_webhook_s_correlation_id_reaches_the_figures(system: System) -> None:
    mine = f"trace-{uuid.uuid4().hex[:12]}"

    def collect() -> None:
        parcel = system.resolve(channel_out="post")["parcel"]
        assert system.call_back(report(parcel, "C20"), headers={"X-Correlation-Id": mine}).status_code == 202

    for function in ("partner_webhook", "relay_events", "apply_parcel_event", "update_figures"):
        assert told(system, function, mine, collect)


def test_every_invocation_logs_one_line_and_at_most_one_of_metrics(system: System) -> None:
    live_through_everything(system)
    for function in FUNCTIONS:
        log = system.console.log(function)
        assert log.started, f"{function} was never invoked"
        assert not log.printed
        assert {line["message"] for line in log.lines} == {function}
        spoke = Counter(line["request_id"] for line in log.lines)
        assert set(spoke.values()) == {1}, f"{function} speaks twice"
        assert set(spoke) <= set(log.started)
        assert len(spoke) > 0.9 * len(log.started) - 1, (
            f"{function} is silent; see console.Log for the few that get lost"
        )
        for spoken in log.spoken.values():
            of_metrics = ["_aws" in line for line in spoken]
            assert (True, True) not in pairwise(of_metrics), f"{function} has two lines of metrics"


def test_no_log_line_no_message_and_no_key_names_a_person(system: System) -> None:
    messages = live_through_everything(system)
    personal = {
        value
        for person in [*system.people, *(actors.citizen(index) for index in range(20))]
        for name, value in person.items()
        if name != "kind"
    }
    personal |= {json.dumps(value).strip('"') for value in personal}  # as JSON may write letters with marks
    everywhere: list[tuple[str, str]] = [
        *system.console.everything_logged(),
        *(("message", message) for message in messages),
        *(
            (table, json.dumps(item, ensure_ascii=False))
            for table in ("Dossier", "Figure")
            for item in system.console.items(table)
        ),
        *(("key of a person's item", item["PK"]["S"] + item["SK"]["S"]) for item in system.console.items("Person")),
    ]
    found = [(where, text) for where, text in everywhere if any(each in text for each in personal)]
    assert not found
    assert len(everywhere) > 100


def live_through_everything(system: System) -> list[str]:
    """Run a life that touches every function, with bad requests that quote a person. Returns the pending messages."""
    owner, console = system.somebody(), system.console
    wrong = {"owner": owner | {"phone": owner["name"], "number": owner["phone"]}, "one_stop_id": owner["number"]}
    assert system.call("POST", "/dossiers", wrong).status_code == 422
    assert system.call("GET", f"/dossiers/{owner['number']}").status_code == 404
    assert system.call("GET", f"/units/{owner['number']}/inbox?status=2").status_code == 403
    with console.paused("relay_events"):
        dossier = system.receive(
            owner=owner, channel_out="post", submitter=system.somebody(), authority="Giấy uỷ quyền số 01"
        )
        messages = [item["message"]["S"] for item in console.owed(dossier["id"])]
    console.settle()
    own = system.act(system.act(dossier | {"version": 2}, "takeover"), "resolution")
    console.settle()
    asked = {"number": dossier["number"], "identity_number": owner["number"]}
    assert system.call("POST", "/tracking", asked).status_code == 200
    assert system.call(
        "GET", f"/portal/dossiers/{dossier['id']}", who=PORTAL, headers={"X-Motcua-Citizen": owner["number"]}
    ).is_success
    noted: dict[str, Any] = {"note": f"{owner['name']}, {owner['address']}", "reason": owner["name"]}
    with console.paused("relay_events"):
        assert system.call_back(report(own["parcel"], "C61", **noted)).status_code == 202
        messages += [item["message"]["S"] for item in console.owed("callback:")]
    assert system.call_back(report(owner["number"], "C20")).status_code == 202
    console.settle()
    assert system.call("GET", f"/dossiers/{dossier['id']}", who=CLERK).json()["owner"]["number"] == owner["number"]
    assert system.call("GET", "/reports/targets/2019-01", who="controller@tinh").status_code == 404
    console.invoke("close_month", {"mode": "provisional", "period": "2019-12"})
    console.invoke("sweep_stalled", {})
    console.invoke("sweep_deadlines", {"as_of": "2020-01-01T08:00:00+07:00"})
    assert len(messages) >= 3
    return messages
