"""What the logs tell: one line for each invocation, the caller's correlation id all the way, and nothing of any person."""

import json
import uuid
from typing import Any

import pytest

from infra.local.demo import cast
from tests.e2e.console import Console, eventually
from tests.e2e.system import CLERK, PORTAL, System, report

pytestmark = pytest.mark.engine

FUNCTIONS = [
    *("dossier_api", "public_api", "report_api", "partner_webhook", "relay_events", "route_dossier", "dispatch_parcel"),
    *("apply_parcel_event", "update_figures", "close_month", "sweep_stalled"),
]


def test_a_correlation_id_goes_from_the_caller_through_stream_and_queues(system: System) -> None:
    mine = f"trace-{uuid.uuid4().hex[:12]}"
    answer = system.ask_to_receive(headers={"X-Correlation-Id": mine})
    assert answer.headers["X-Correlation-Id"] == mine
    system.console.settle()
    for function in ("dossier_api", "relay_events", "route_dossier", "update_figures"):
        assert eventually(
            lambda name=function: system.console.lines(name, mine), what=f"{mine} in the log of {function}"
        )
    route = system.console.lines("route_dossier", mine)[0]
    assert route["outcomes"]["routed"] >= 1


def test_a_webhook_s_correlation_id_reaches_the_figures(system: System) -> None:
    mine = f"trace-{uuid.uuid4().hex[:12]}"
    parcel = system.resolve(channel_out="post")["parcel"]
    assert system.call_back(report(parcel, "C20"), headers={"X-Correlation-Id": mine}).status_code == 202
    system.console.settle()
    for function in ("partner_webhook", "relay_events", "apply_parcel_event", "update_figures"):
        assert eventually(
            lambda name=function: system.console.lines(name, mine), what=f"{mine} in the log of {function}"
        )


def test_every_invocation_logs_one_line_and_at_most_one_of_metrics(system: System) -> None:
    live_through_everything(system)
    counted = {function: of_function(system.console, function) for function in FUNCTIONS}
    assert all(counted.values()), f"some function was never invoked: {counted}"


def of_function(console: Console, function: str) -> int:
    invocations = console.invocations(function)
    for invocation in invocations:
        assert not invocation.printed, (function, invocation.printed)
        assert invocation.line["message"] == function
        assert invocation.line["request_id"] == invocation.request_id
        assert len(invocation.metrics) <= 1
    return len(invocations)


def test_no_log_line_no_message_and_no_key_names_a_person(system: System) -> None:
    messages = live_through_everything(system)
    told = {
        value
        for person in [*system.people, *(cast.citizen(index) for index in range(20))]
        for name, value in person.items()
        if name != "kind"
    }
    told |= {json.dumps(value).strip('"') for value in told}  # as JSON may write letters with marks
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
    found = [(where, text) for where, text in everywhere if any(each in text for each in told)]
    assert not found
    assert len(everywhere) > 100


def live_through_everything(system: System) -> list[str]:
    """A life that touches every function, with requests that are wrong in ways that quote a person; the messages it owed."""
    owner, console = system.somebody(), system.console
    wrong = {"owner": owner | {"phone": owner["name"], "number": owner["phone"]}, "one_stop_id": owner["number"]}
    assert system.call("POST", "/dossiers", wrong).status_code == 422
    assert system.call("GET", f"/dossiers/{owner['number']}").status_code == 404
    assert system.call("GET", f"/units/{owner['number']}/inbox?status=2").status_code == 403
    with console.paused("relay_events"):
        dossier = system.receive(owner=owner, channel_out="post", submitter=system.somebody())
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
    assert len(messages) >= 3
    return messages
