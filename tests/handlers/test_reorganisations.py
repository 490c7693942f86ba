"""The reorganisation of 1 July 2025 through its endpoints, with a small invented sample of successors."""

from collections.abc import Callable
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.registry.ledger import DynamoLedger
from motcua.adapters.registry.rows import row_of
from motcua.domain.registry.entry import EntryKind, new_entry
from tests.kit.api_lives import act, receive
from tests.kit.job_steps import BASIS, control, job, results, run
from tests.kit.moto_cloud import Cloud, Reply
from tests.kit.sample_reorganisation import NORTH, SOUTH, SUCCESSORS
from tests.kit.shipped import things

Owner = dict[str, str]
JUNE, JULY = "2025-06-20T08:30:00+07:00", "2025-07-01T07:30:00+07:00"
PLAN: dict[str, Any] = {
    "id": "sap-xep-mau-2025-07-01",
    "title_vi": "Sắp xếp mẫu: kết thúc cấp huyện từ ngày 01/7/2025",
    "effective": "2025-07-01",
    "legal_basis": BASIS,
    "ends": ["h288", "mc-h288"],
    "rules": [
        {"from_unit": "h288", "to_unit": "stp", "procedure": "2.000635"},
        {"from_unit": "mc-h288", "to_unit": "mc-tinh", "procedure": "2.000635"},
        {"from_unit": "h288", "to_unit": NORTH.id, "commune": "x10507"},
    ],
    "is_sample": True,
}


WHY = {"why": "Theo nơi cư trú của chủ hồ sơ"}


@pytest.fixture
def system_2025(cloud: Cloud) -> Cloud:
    """Return a system in June 2025, with the shipped registry and the invented successors."""
    entries = [new_entry(EntryKind.UNIT, unit.id, unit) for unit in SUCCESSORS]
    entries.append(new_entry(EntryKind.CALENDAR, "2025", things(EntryKind.CALENDAR)["2025"]))
    for entry in entries:
        row = keys.entry(entry.kind, entry.id) | item(row_of(entry))
        cloud.dynamodb.put_item(TableName="Registry", Item=row)
    cloud.now = JUNE
    return cloud


def plan(cloud: Cloud, **more: Any) -> Reply:
    return control(cloud, "POST", "/reorganisations", {"reorganisation": PLAN | more, "why": "Nhập phương án mẫu"})


def start(cloud: Cloud, version: int, **more: Any) -> Reply:
    path = f"/reorganisations/{PLAN['id']}/start"
    return control(cloud, "POST", path, {"why": "Đến ngày hiệu lực"}, version=version, **more)


def received(cloud: Cloud, owner: Owner, procedure: str, commune: str = "") -> str:
    person = owner | ({"commune_id": commune} if commune else {})
    reply = receive(cloud, person, "clerk@mc-h288", one_stop_id="mc-h288", procedure_code=procedure)
    assert reply.status == 201, reply.body
    return str(reply.body["id"])


def read(cloud: Cloud, dossier_id: str) -> dict[str, Any]:
    found: dict[str, Any] = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups="controller@tinh").body
    return found


def where(cloud: Cloud, dossier_id: str) -> tuple[str, str]:
    dossier = read(cloud, dossier_id)
    return dossier["agency_id"], dossier["one_stop_id"]


def test_districts_end_and_their_open_dossiers_go_where_rules_say(system_2025: Cloud, owner: Owner) -> None:
    cloud = system_2025
    by_procedure = received(cloud, owner, "2.000635")
    by_commune = received(cloud, owner, "2.000815", "x10507")
    by_nobody = received(cloud, owner, "2.000815", "x10510")
    cloud.deliver("route_dossier", *cloud.owed("routing", by_commune))
    assert plan(cloud).status == 201
    refused = start(cloud, 1)
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:not-effective-yet")

    cloud.now = JULY
    started = start(cloud, 1)
    assert started.status == 200, started.body
    (job_id,) = started.body["jobs"]
    run(cloud)
    told = job(cloud, job_id)
    assert (told["done"], told["found"], told["moved"], told["tasks"]) == (True, 3, 2, 1)
    assert where(cloud, by_procedure) == ("stp", "mc-tinh")
    assert where(cloud, by_commune) == (NORTH.id, f"mc-{NORTH.id}")
    assert where(cloud, by_nobody) == ("h288", "mc-h288")
    (task,) = results(cloud, job_id, outcome="task")
    assert (task["dossier_id"], task["before"]) == (by_nobody, "h288 @ mc-h288")

    late = receive(cloud, owner, "clerk@mc-h288", one_stop_id="mc-h288", procedure_code="2.000815")
    (fault,) = late.body["errors"]
    assert (late.status, fault["code"], fault["pointer"]) == (422, "unit-ended", "/one_stop_id")
    assert "mc-tinh" in fault["message_vi"]
    assert "30/06/2025" in fault["message_vi"]


def test_a_task_is_decided_by_the_controller_once(system_2025: Cloud, owner: Owner) -> None:
    cloud = system_2025
    dossier_id = received(cloud, owner, "2.000815", "x10510")
    plan(cloud)
    cloud.now = JULY
    (job_id,) = start(cloud, 1).body["jobs"]
    run(cloud)
    path = f"/jobs/{job_id}/tasks/{dossier_id}"
    wrong = control(cloud, "POST", path, WHY | {"agency_id": NORTH.id, "one_stop_id": "mc-tinh"})
    assert (wrong.status, wrong.body["errors"][0]["pointer"]) == (422, "/one_stop_id")
    ended = control(cloud, "POST", path, WHY | {"agency_id": "h288", "one_stop_id": "mc-h288"})
    assert ended.body["errors"][0]["code"] == "unit-ended"
    answer = WHY | {"agency_id": NORTH.id, "one_stop_id": f"mc-{NORTH.id}"}
    assert control(cloud, "POST", path, answer, groups="clerk@mc-h288").status == 403
    decided = [control(cloud, "POST", path, answer, key="decide-1") for _ in range(2)]
    assert [reply.status for reply in decided] == [200, 200]
    assert decided[0].body == decided[1].body
    assert where(cloud, dossier_id) == (NORTH.id, f"mc-{NORTH.id}")
    again = control(cloud, "POST", path, answer)
    assert (again.status, again.body["type"]) == (409, "urn:motcua:problem:task-decided")
    assert (job(cloud, job_id)["tasks"], job(cloud, job_id)["moved"]) == (0, 1)
    (decided_result,) = results(cloud, job_id)
    assert decided_result["because"] == WHY["why"]
    events = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups="controller@tinh").body[
        "events"
    ]
    assert WHY["why"] not in str(events), "a reason may name somebody: it stands in no event"
    nobody = control(cloud, "POST", f"/jobs/{job_id}/tasks/0000000000000000", answer)
    assert nobody.body["type"] == "urn:motcua:problem:task-not-found"


def test_a_rule_that_was_missing_is_added_and_the_rest_goes_by_it(system_2025: Cloud, owner: Owner) -> None:
    cloud = system_2025
    dossier_id = received(cloud, owner, "2.000815", "x10510")
    plan(cloud)
    cloud.now = JULY
    start(cloud, 1)
    again = start(cloud, 3)
    assert (again.status, again.body["type"]) == (409, "urn:motcua:problem:job-under-way")
    run(cloud)
    more = PLAN | {"rules": [*PLAN["rules"], {"from_unit": "h288", "to_unit": NORTH.id}]}
    path, why = f"/reorganisations/{PLAN['id']}", "Bổ sung quy tắc còn thiếu"
    other_day = control(
        cloud, "PUT", path, {"reorganisation": more | {"ends": [*PLAN["ends"], "x10507"]}, "why": why}, version=3
    )
    assert other_day.body["type"] == "urn:motcua:problem:reorganisation-started"
    assert control(cloud, "PUT", path, {"reorganisation": more, "why": why}, version=3).status == 200
    restarted = start(cloud, 4)
    assert len(restarted.body["jobs"]) == 2
    run(cloud)
    assert where(cloud, dossier_id) == (NORTH.id, f"mc-{NORTH.id}")
    assert job(cloud, restarted.body["jobs"][1])["moved"] == 1


def test_a_task_that_was_settled_by_a_rule_is_decided_by_nobody(system_2025: Cloud, owner: Owner) -> None:
    cloud = system_2025
    dossier_id = received(cloud, owner, "2.000815", "x10510")
    plan(cloud)
    cloud.now = JULY
    (first,) = start(cloud, 1).body["jobs"]
    run(cloud)
    more = PLAN | {"rules": [*PLAN["rules"], {"from_unit": "h288", "to_unit": NORTH.id}]}
    body = {"reorganisation": more, "why": "Bổ sung quy tắc còn thiếu"}
    version = control(cloud, "GET", f"/reorganisations/{PLAN['id']}").headers["etag"].strip('"')
    changed = control(cloud, "PUT", f"/reorganisations/{PLAN['id']}", body, version=int(version))
    start(cloud, int(changed.headers["etag"].strip('"')))
    run(cloud)
    elsewhere = WHY | {"agency_id": SOUTH.id, "one_stop_id": f"mc-{SOUTH.id}"}
    late = control(cloud, "POST", f"/jobs/{first}/tasks/{dossier_id}", elsewhere)
    assert (late.status, late.body["type"]) == (409, "urn:motcua:problem:task-decided")
    assert where(cloud, dossier_id) == (NORTH.id, f"mc-{NORTH.id}")
    assert job(cloud, first)["tasks"] == 0


def test_a_dossier_that_is_returned_is_handed_to_nobody(system_2025: Cloud, owner: Owner) -> None:
    cloud = system_2025
    dossier_id = received(cloud, owner, "2.000815", "x10510")
    plan(cloud)
    cloud.now = JULY
    (job_id,) = start(cloud, 1).body["jobs"]
    run(cloud)
    cloud.deliver("route_dossier", *cloud.owed("routing", dossier_id))
    for name, who, version, body in (
        ("takeover", "officer@h288", 2, None),
        ("resolution", "officer@h288", 3, None),
        ("return", "clerk@mc-h288", 4, {"channel": "counter"}),
    ):
        assert act(cloud, dossier_id, name, version, who, body).status == 200
    answer = WHY | {"agency_id": NORTH.id, "one_stop_id": f"mc-{NORTH.id}"}
    refused = control(cloud, "POST", f"/jobs/{job_id}/tasks/{dossier_id}", answer)
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:task-decided")
    assert read(cloud, dossier_id)["status"]["code"] == 10


def test_dying_after_the_units_have_ended_loses_nothing(system_2025: Cloud, owner: Owner) -> None:
    """The plan is written first. Starting again continues it, and nobody can change its units in between."""
    cloud = system_2025
    dossier_id = received(cloud, owner, "2.000635")
    plan(cloud)
    cloud.now = JULY
    with patch.object(DynamoLedger, "amend", autospec=True, side_effect=_dies_at(3)):
        assert start(cloud, 1).status == 500
    half = control(cloud, "GET", f"/reorganisations/{PLAN['id']}")
    assert (half.body["started"], half.body["jobs"]) == (True, [])
    again = start(cloud, int(half.headers["etag"].strip('"')))
    assert again.status == 200, again.body
    run(cloud)
    assert where(cloud, dossier_id) == ("stp", "mc-tinh")


def _dies_at(call: int) -> Callable[..., None]:
    calls = count(1)
    amend = DynamoLedger.amend

    def amend_or_die(*arguments: Any) -> None:
        if next(calls) == call:
            raise MemoryError
        amend(*arguments)

    return amend_or_die


def test_a_job_that_cannot_end_is_abandoned(system_2025: Cloud, owner: Owner) -> None:
    cloud = system_2025
    received(cloud, owner, "2.000635")
    plan(cloud)
    cloud.now = JULY
    started = start(cloud, 1)
    (job_id,) = started.body["jobs"]
    path = f"/jobs/{job_id}/abandonment"
    assert control(cloud, "POST", path, WHY, groups="head@stp").status == 403
    assert control(cloud, "POST", path, WHY | {"why": ""}).status == 422
    abandoned = control(cloud, "POST", path, WHY)
    assert (abandoned.status, abandoned.body["abandoned"], abandoned.body["done"]) == (200, True, True)
    assert run(cloud) == 1, "what is owed is paid off, without effect"
    assert job(cloud, job_id)["found"] == 0
    again = start(cloud, int(started.headers["etag"].strip('"')))
    assert again.status == 200, again.body
    run(cloud)
    assert job(cloud, again.body["jobs"][1])["moved"] == 1


def test_what_was_entered_is_listed(system_2025: Cloud) -> None:
    plan(system_2025)
    listed = control(system_2025, "GET", "/reorganisations").body["reorganisations"]
    assert [each["id"] for each in listed] == [PLAN["id"]]
    assert control(system_2025, "GET", "/reorganisations", groups="clerk@mc-tinh").status == 403


@pytest.mark.parametrize(
    ("wrong", "code", "pointer"),
    [
        ({"ends": ["h288", "nowhere"]}, "unknown-unit", "/reorganisation/ends/1"),
        ({"ends": ["h288"], "rules": []}, None, None),
        (
            {"rules": [{"from_unit": "x10507", "to_unit": "stp"}]},
            "unit-does-not-end",
            "/reorganisation/rules/0/from_unit",
        ),
        ({"rules": [{"from_unit": "h288", "to_unit": "h288"}]}, "successor-ends", "/reorganisation/rules/0/to_unit"),
        ({"effective": "2025-07"}, "wrong-type", "/reorganisation/effective"),
        ({"ends": []}, "too-few", "/reorganisation/ends"),
    ],
)
def test_a_plan_is_checked_before_it_is_kept(
    system_2025: Cloud, wrong: dict[str, Any], code: str | None, pointer: str | None
) -> None:
    reply = plan(system_2025, **wrong)
    if code is None:
        assert reply.status == 201, "a plan may leave everything to persons"
        return
    assert reply.status == 422
    assert (reply.body["errors"][0]["code"], reply.body["errors"][0]["pointer"]) == (code, pointer)


def test_a_plan_is_entered_once_and_read_with_its_etag(system_2025: Cloud) -> None:
    assert plan(system_2025).status == 201
    assert plan(system_2025).body["type"] == "urn:motcua:problem:entry-exists"
    read_again = control(system_2025, "GET", f"/reorganisations/{PLAN['id']}")
    assert read_again.headers["etag"] == '"1"'
    assert read_again.body["is_sample"] is True
    assert start(system_2025, 1, groups="head@stp").status == 403
