"""One log line per invocation, and personal data only in the Person table, in a whole life with its errors."""

import json
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest

from motcua.adapters import clients as aws
from motcua.adapters.dossier.dossiers import DynamoDossiers
from tests.kit.api_lives import act, posted, receive, received, report, resolved, submit, tell
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud
from tests.kit.post_office import PostOffice

OWNER = {
    "kind": "citizen",
    "name": "Quách Thị Nhận Diện",
    "number": "030099777771",
    "phone": "0977777772",
    "address": "Số 7773, phố Nhận Diện",
    "email": "nhan.dien.7774@example.vn",
}
RECIPIENT = {
    "name": "Lưu Văn Nhận Diện",
    "number": "030099777775",
    "phone": "0377777776",
    "address": "Số 7777, Nhận Diện",
}
PERSONAL = ("Nhận Diện", "03009977777", "977777772", "377777776", "nhan.dien")

Said = Callable[[], list[str]]


def _told(texts: Any) -> list[str]:
    """Return the values of PERSONAL that are in `texts`, in any spelling."""
    text = json.dumps(texts, ensure_ascii=False, default=str)
    escaped = json.dumps(texts, default=str)
    return [each for each in PERSONAL if each in text or json.dumps(each)[1:-1] in escaped]


@dataclass
class Life:
    """A system after a whole life, and every line that it logged."""

    cloud: Cloud
    lines: list[str]


@pytest.fixture(scope="module")
def life(shared_cloud: Cloud) -> Life:
    """Run a whole life with every kind of error and a talkative partner. Each queue gets a message."""
    with redirect_stdout(StringIO()) as log, PostOffice() as post_office:
        shared_cloud.names["PartnerUrl"] = post_office.url
        _live(shared_cloud, post_office)
    return Life(shared_cloud, log.getvalue().splitlines())


def _live(cloud: Cloud, post_office: PostOffice) -> None:
    at_counter = posted(cloud, OWNER, recipient=RECIPIENT)
    tell(cloud, f"{at_counter}-1", "C20", "C61", reason="người nhận Nhận Diện vắng nhà", note=OWNER["phone"])
    tell(cloud, f"{at_counter}-1", "C50", place=OWNER["address"])
    online = submit(cloud, OWNER).body["id"]
    act(cloud, online, "acceptance", 1, CLERK)
    refused = resolved(cloud, OWNER, channel_out="post")
    post_office.script.append((422, {"status": OWNER["name"], "message": OWNER["address"]}))
    cloud.deliver("dispatch_parcel", *cloud.owed("dispatch", refused))
    _errors(cloud, online)
    cloud.deliver("update_figures", *cloud.owed("figures"))
    received(cloud, OWNER)
    cloud.call_back(report(OWNER["name"], OWNER["phone"]))
    cloud.call_back(json.dumps(OWNER, ensure_ascii=False).encode("utf-16"))
    resolved(cloud, OWNER, channel_out="post")


def _errors(cloud: Cloud, dossier_id: str) -> None:
    """Send requests and messages that are wrong in every way, each full of personal values."""
    number = cloud.state(dossier_id)["number"]
    receive(cloud, OWNER, **{OWNER["name"]: OWNER["phone"]})
    receive(cloud, OWNER | {"number": "03009977777", "phone": "97777777"})
    cloud.call("dossier_api", "POST", "/dossiers", json.dumps(OWNER, ensure_ascii=False).encode()[:-1], groups=CLERK)
    receive(cloud, OWNER, key=OWNER["address"])
    for path in ("/dossiers/{}", "/dossiers/{}/timeline", "/nowhere/{}"):
        for personal in (OWNER["number"], OWNER["name"]):
            cloud.call("dossier_api", "GET", path.format(personal), groups=CLERK)
    cloud.call("dossier_api", "GET", f"/units/{OWNER['number']}/inbox", groups=CLERK, query={"status": "2"})
    cloud.call("public_api", "POST", "/tracking", {"number": number, "identity_number": RECIPIENT["number"]}, key=None)
    cloud.call("public_api", "POST", "/tracking", {"number": number, "identity_number": OWNER["number"]}, key=None)
    headers = {"x-motcua-citizen": RECIPIENT["number"], "x-correlation-id": OWNER["name"]}
    cloud.call("public_api", "GET", f"/portal/dossiers/{dossier_id}", scopes="portal/read", headers=headers)
    for consumer in ("route_dossier", "dispatch_parcel", "apply_parcel_event", "update_figures"):
        cloud.deliver(consumer, json.dumps(OWNER, ensure_ascii=False), f"{OWNER['name']}: không phải JSON")
    cloud.run(
        "relay_events", {"Records": [{"eventID": "e", "dynamodb": {"NewImage": {"queue": {"S": OWNER["name"]}}}}]}
    )


def test_nothing_personal_is_logged(life: Life) -> None:
    assert len(life.lines) > 50
    assert [line for line in life.lines if _told(line)] == []


def test_nothing_personal_stands_outside_the_person_table(life: Life) -> None:
    tables = life.cloud.tables()
    assert _told(tables["Person"])
    for name in ("Dossier", "Figure"):
        assert [item for item in tables[name] if _told(item)] == [], name


def test_no_key_of_any_table_is_personal(life: Life) -> None:
    keys = [
        {name: value for name, value in item.items() if name in ("PK", "SK", "inbox_pk", "inbox_sk", "owed_shard")}
        for items in life.cloud.tables().values()
        for item in items
    ]
    assert _told(keys) == []


def test_no_message_is_personal(life: Life) -> None:
    items = [item for item in life.cloud.tables()["Dossier"] if item["kind"]["S"] == "outbox"]
    assert {item["queue"]["S"] for item in items} == {"routing", "dispatch", "parcel_events", "figures"}
    life.cloud.run("relay_events", {"Records": [{"eventID": "e", "dynamodb": {"NewImage": item}} for item in items]})
    bodies = []
    for queue in ("RoutingQueue", "DispatchQueue", "ParcelEventsQueue", "FiguresQueue", "RelayParkingQueue"):
        while got := life.cloud.sqs.receive_message(QueueUrl=life.cloud.names[queue], MaxNumberOfMessages=10).get(
            "Messages"
        ):
            bodies += [message["Body"] for message in got]
    assert len(bodies) >= len(items)
    assert [body for body in bodies if _told(body)] == []


def test_a_timeline_shows_no_person(cloud: Cloud, post_office: PostOffice) -> None:
    dossier_id = posted(cloud, OWNER, recipient=RECIPIENT)
    tell(cloud, f"{dossier_id}-1", "C20", "C61", reason=f"{OWNER['name']} vắng nhà", place=OWNER["address"])
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=CLERK)
    assert len(timeline.body["events"]) > 6
    assert _told(timeline.body) == []


def test_only_the_detail_view_of_staff_holds_persons(cloud: Cloud) -> None:
    reply = receive(cloud, OWNER)
    assert _told(reply.body) == []
    assert _told(reply.headers) == []
    assert _told(submit(cloud, OWNER).body) == []
    path = f"/dossiers/{reply.body['id']}"
    assert _told(cloud.call("dossier_api", "GET", path, groups=CLERK).body)


@pytest.mark.usefixtures("post_office")
def test_every_invocation_says_one_line_and_at_most_one_of_metrics(cloud: Cloud, said: Said) -> None:
    run, seen = cloud.run, []

    def run_and_listen(handler: str, event: Any) -> Any:
        said()
        try:
            return run(handler, event)
        finally:
            lines = [json.loads(line) for line in said()]
            seen.append(handler)
            assert [line["message"] for line in lines if "_aws" not in line] == [handler]
            assert len(lines) <= 2

    cloud.run = run_and_listen  # type: ignore[method-assign]
    dossier_id = posted(cloud, OWNER)
    tell(cloud, f"{dossier_id}-1", "C20", "C50")
    _errors(cloud, dossier_id)
    cloud.deliver("update_figures", *cloud.owed("figures"))
    cloud.run("sweep_stalled", {})
    cloud.run("sweep_deadlines", {"as_of": "2020-06-30T08:00:00+07:00"})
    cloud.run("close_month", {"mode": "close", "as_of": "2020-05-06T18:00:00+07:00"})
    cloud.call("report_api", "GET", "/reports/targets/2020-04", groups="head@stp")
    assert len(set(seen)) == 12


def test_a_line_tells_what_an_operator_needs(cloud: Cloud, said: Said) -> None:
    said()
    calls = aws.calls()
    reply = receive(cloud, OWNER, headers={"x-correlation-id": "counter-7-42"})
    line, metric = (json.loads(each) for each in said())
    assert (line["route"], line["status"], line["dossier_id"]) == ("POST /dossiers", 201, reply.body["id"])
    assert line["correlation_id"] == reply.headers["x-correlation-id"] == "counter-7-42"
    assert line["request_id"] == "request-1"
    assert line["dynamodb_calls"] == aws.calls() - calls > 0
    assert metric["received"] == [1]
    cloud.deliver("route_dossier", *cloud.owed("routing", reply.body["id"]))
    line, _ = (json.loads(each) for each in said())
    assert (line["outcomes"], line["correlation_ids"]) == ({"routed": 1}, ["counter-7-42"])


def test_a_failure_is_logged_by_its_place_and_never_by_its_text(
    cloud: Cloud, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError(f"{OWNER['name']}, {OWNER['address']}")

    dossier_id = received(cloud, OWNER)
    monkeypatch.setattr(DynamoDossiers, "load", fail)
    said()
    reply = act(cloud, dossier_id, "takeover", 1, OFFICER)
    assert (reply.status, reply.body["type"]) == (500, "urn:motcua:problem:internal")
    assert reply.headers["content-type"].startswith("application/problem+json")
    line, metric = (json.loads(each) for each in said())
    assert (line["level"], line["error"]) == ("ERROR", "ValueError")
    assert line["where"][-1].startswith("test_logs_and_privacy.py:")
    assert metric["failed"] == [1]
    assert _told([line, reply.body]) == []
    cloud.deliver("route_dossier", *cloud.owed("routing"))
    assert _told(said()) == []
