"""A department drafts its procedures through the endpoint. Versions in force, and those of dossiers, stay unchanged."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua import bootstrap
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.registry.rows import row_of
from motcua.contracts.registry.procedure import ProcedureModel
from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.procedure import Decision, ProcedureKind
from motcua.domain.review.review_item import ReviewItem, Step
from tests.kit.api_lives import in_process, receive
from tests.kit.moto_cloud import CLERK, Cloud, Reply
from tests.kit.shipped import PROCEDURES, VERSIONS

CODE = "2.001610"
OFFICER, HEAD, CONTROLLER = "officer@skhdt", "head@skhdt", "controller@tinh"
CONTENT = ProcedureModel.from_domain(PROCEDURES[CODE]).model_dump(mode="json")
CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
DECISION = Decision("100/QĐ-UBND (mẫu)", date(2020, 5, 4))
NEW = "mau-cv-901"


def draft(cloud: Cloud, code: str = CODE, groups: str | None = OFFICER, version: int | None = 1, **more: Any) -> Reply:
    """Draft the procedure with some fields changed; `key` goes to the call."""
    key = more.pop("key", "")
    body = {"procedure": CONTENT | {"code": code} | more, "why": "Rà soát theo công văn 1313"}
    path = f"/procedures/{code}/draft"
    return cloud.call("registry_api", "POST", path, body, groups=groups, version=version, key=key)


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in reply.body["errors"]]


def store(cloud: Cloud, kind: EntryKind, entry_id: str, thing: object) -> None:
    entry = new_entry(kind, entry_id, thing)
    cloud.dynamodb.put_item(TableName="Registry", Item=keys.entry(kind, entry_id) | item(row_of(entry)))
    cloud.restart()


def publish_second_version(cloud: Cloud, **changes: Any) -> None:
    """Publish another version, received from 4 May 2020."""
    second = VERSIONS[CODE].with_draft(replace(PROCEDURES[CODE], **changes))
    store(cloud, EntryKind.PROCEDURE, CODE, second.with_published_draft(date(2020, 5, 4), DECISION))


@pytest.mark.parametrize("groups", [OFFICER, HEAD, CONTROLLER])
def test_the_owning_department_drafts_and_the_version_in_force_stays(cloud: Cloud, groups: str) -> None:
    made = draft(cloud, groups=groups, fee_vnd=50_000)
    assert (made.status, made.headers["etag"]) == (200, '"2"')
    assert (made.body["version"], made.body["received_from"], made.body["fee"]["vnd"]) == (2, None, 50_000)
    assert cloud.call("public_api", "GET", f"/procedures/{CODE}").body["version"] == 1
    assert receive(cloud, CITIZEN).status == 201


def test_a_draft_takes_the_place_of_the_former_one(cloud: Cloud) -> None:
    draft(cloud, fee_vnd=50_000)
    again = draft(cloud, version=2, fee_vnd=60_000)
    assert (again.body["version"], again.body["fee"]["vnd"], again.headers["etag"]) == (2, 60_000, '"3"')


@pytest.mark.parametrize("groups", ["officer@stp", "head@stp", CLERK, "admin@tinh"])
def test_another_department_drafts_nothing_of_it(cloud: Cloud, groups: str) -> None:
    refused = draft(cloud, groups=groups)
    assert (refused.status, told(refused)) == (403, [("", "role-needed")])
    assert draft(cloud, groups=groups, agency_id="stp").status == 403, "nor by calling it its own"


def test_only_the_controller_moves_a_procedure_to_another_department(cloud: Cloud) -> None:
    moved = draft(cloud, agency_id="stp")
    assert (moved.status, told(moved)) == (403, [("/procedure/agency_id", "draft-of-another-agency")])
    assert draft(cloud, groups=CONTROLLER, agency_id="stp").status == 200


def test_a_procedure_of_committees_is_drafted_by_the_controller(cloud: Cloud) -> None:
    of_communes: dict[str, Any] = {"code": NEW, "version": 0, "agency_id": None, "levels": ["xa"]}
    assert draft(cloud, **of_communes).status == 403
    assert draft(cloud, groups=CONTROLLER, **of_communes).status == 200


def test_a_new_procedure_waits_for_its_publication(cloud: Cloud) -> None:
    made = draft(cloud, NEW, version=0, kind="cong_viec", name_vi="Công việc mẫu")
    assert (made.status, made.body["version"], made.headers["etag"]) == (200, 1, '"1"')
    assert cloud.call("public_api", "GET", f"/procedures/{NEW}").status == 404
    refused = receive(cloud, CITIZEN, procedure_code=NEW)
    assert refused.body["type"] == "urn:motcua:problem:procedure-not-published"


def test_a_draft_needs_the_version_that_was_read(cloud: Cloud) -> None:
    assert draft(cloud, version=None).status == 428
    for version in (0, 2):
        stale = draft(cloud, version=version)
        assert (stale.status, stale.body["version"]) == (412, 1)
    assert draft(cloud, NEW, version=1).status == 412


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"agency_id": "nowhere"}, [("/procedure/agency_id", "unknown-unit")]),
        ({"agency_id": "h288"}, [("/procedure/agency_id", "issues-nothing")]),
        ({"agency_id": None}, [("/procedure/agency_id", "agency-needed")]),
        ({"levels": []}, [("/procedure/levels", "too-few")]),
        ({"levels": ["ward"]}, [("/procedure/levels/0", "not-allowed")]),
        ({"fee_vnd": -1}, [("/procedure/fee_vnd", "out-of-range")]),
        ({"online_level": 5}, [("/procedure/online_level", "out-of-range")]),
        ({"limit": {"count": -1, "unit": "hour"}}, [("/procedure/limit/count", "out-of-range")]),
        ({"limit": {"count": 1, "unit": "week"}}, [("/procedure/limit/unit", "not-allowed")]),
        (
            {"components": [{"name_vi": "Đơn", "originals": -1}]},
            [("/procedure/components/0/originals", "out-of-range")],
        ),
        ({"after_supplement": "STOP"}, [("/procedure/after_supplement", "not-allowed")]),
        ({"published_on": "2020-01-01"}, [("/procedure/published_on", "unknown-field")]),
        (
            {"legs": [{"step": 1, "agency_id": "stp", "limit": {"count": 1, "unit": "working_day"}}]},
            [("/procedure/legs", "lead-not-among-legs")],
        ),
        (
            {"legs": [{"step": 2, "agency_id": "nowhere", "limit": {"count": 1, "unit": "hour"}}]},
            [
                ("/procedure/legs/0/agency_id", "unknown-unit"),
                ("/procedure/legs", "lead-not-among-legs"),
                ("/procedure/legs", "steps-with-gaps"),
            ],
        ),
    ],
)
def test_a_draft_that_is_not_right_is_told_field_by_field(
    cloud: Cloud, changes: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    refused = draft(cloud, groups=CONTROLLER, **changes)
    assert (refused.status, told(refused)) == (422, faults)


def test_the_code_in_the_address_is_the_drafts(cloud: Cloud) -> None:
    body = {"procedure": CONTENT | {"code": "2.001199"}, "why": "Rà soát"}
    refused = cloud.call("registry_api", "POST", f"/procedures/{CODE}/draft", body, groups=OFFICER, version=1)
    assert told(refused) == [("/procedure/code", "id-differs")]


@pytest.mark.parametrize("acts", [["propose"], ["propose", "announce"]])
def test_what_the_head_has_proposed_is_mended_by_the_controller_alone(cloud: Cloud, acts: list[str]) -> None:
    listed = ReviewItem("review-order-1313", "skhdt", CODE, ProcedureKind.PROCEDURE, "Mẫu", date(2020, 5, 1))
    store(cloud, EntryKind.REVIEW, listed.id, listed)
    assert draft(cloud).status == 200
    steps = tuple(Step(act, date(2020, 5, 4), "head") for act in acts)
    store(cloud, EntryKind.REVIEW, listed.id, replace(listed, steps=steps))
    refused = draft(cloud, version=2)
    assert (refused.status, told(refused)) == (409, [("", "draft-under-review")])
    assert draft(cloud, version=2, groups=CONTROLLER).status == 200


def test_a_retried_request_is_answered_as_the_first_request_was(cloud: Cloud) -> None:
    first = draft(cloud, key="draft-1", fee_vnd=50_000)
    draft(cloud, version=2, fee_vnd=60_000)
    retried = draft(cloud, key="draft-1", fee_vnd=50_000)
    assert (retried.status, retried.body, retried.headers["etag"]) == (200, first.body, '"2"')
    assert retried.headers["idempotency-replayed"] == "true"
    assert told(draft(cloud, key="draft-1", fee_vnd=70_000)) == [("", "idempotency-key-reused")]


def test_the_history_shows_the_draft_beside_the_version_in_force(cloud: Cloud) -> None:
    draft(cloud, fee_vnd=50_000)
    seen = cloud.call("registry_api", "GET", f"/registry/procedure/{CODE}/history", groups=OFFICER).body
    (change,) = seen["versions"]
    assert (change["by"], change["why"]) == (f"staff-{OFFICER}", "Rà soát theo công văn 1313")
    assert [(each["version"], each["fee_vnd"]) for each in change["content"]["versions"]] == [(1, 100_000), (2, 50_000)]
    assert change["content"]["versions"][1]["limit"] == {"count": "3", "unit": "working_day"}


def test_a_dossier_keeps_the_version_that_it_was_received_under(cloud: Cloud) -> None:
    before = receive(cloud, CITIZEN).body
    assert before["due_at"] == "2020-04-28T08:00:00+07:00"
    limit = PROCEDURES[CODE].limit
    assert limit is not None
    slower = replace(limit, count=limit.count + 12)
    publish_second_version(cloud, limit=slower, post_out=False)
    cloud.now = "2020-05-04T08:00:00+07:00"
    after = receive(cloud, CITIZEN).body
    assert after["due_at"] == "2020-05-25T08:00:00+07:00", "15 working days from 4 May"
    versions = [cloud.state(each["id"]).get("procedure_version", 1) for each in (before, after)]
    assert versions == [1, 2]

    def choose_post(dossier: dict[str, Any]) -> Reply:
        body, path = {"channel_out": "post"}, f"/dossiers/{dossier['id']}/return-channel"
        return cloud.call("dossier_api", "PUT", path, body, groups=CLERK, version=dossier["version"])

    assert choose_post(before).status == 200, "its version offers the post"
    assert choose_post(after).body["type"] == "urn:motcua:problem:post-not-offered"
    assert receive(cloud, CITIZEN, channel_out="post").body["type"] == "urn:motcua:problem:post-not-offered"


def test_a_dossier_keeps_its_version_even_when_the_procedure_is_withdrawn(cloud: Cloud) -> None:
    dossier_id = in_process(cloud, CITIZEN)
    store(cloud, EntryKind.PROCEDURE, CODE, VERSIONS[CODE].withdrawn(date(2020, 5, 4)))
    cloud.now = "2020-05-04T08:00:00+07:00"
    assert receive(cloud, CITIZEN).body["type"] == "urn:motcua:problem:procedure-withdrawn"
    path, body = f"/dossiers/{dossier_id}/return-channel", {"channel_out": "post"}
    assert cloud.call("dossier_api", "PUT", path, body, groups=CLERK, version=2).status == 200
    known = bootstrap.registry().procedure(CODE)
    assert known is not None
    assert known.in_force(date(2020, 5, 4)) is None
