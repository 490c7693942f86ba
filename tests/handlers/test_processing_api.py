"""Processing over HTTPS: rights, views, inboxes, and two officers at once."""

from typing import Any

import pytest

from tests.kit.api_lives import act, in_process, received
from tests.kit.calls.agency_calls import GOOD, HEAD, OF_JUSTICE, PLACES, do, taken_over
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud

EVERYBODY = (CLERK, OFFICER, HEAD, OF_JUSTICE)


def in_inbox(cloud: Cloud, dossier_id: str, unit_id: str, status: int, groups: str) -> bool:
    """Return whether the dossier is in that inbox, among others."""
    reply = cloud.call(
        "dossier_api", "GET", f"/units/{unit_id}/inbox", groups=groups, query={"status": str(status), "limit": "100"}
    )
    assert reply.status == 200, reply.body
    return dossier_id in [each["id"] for each in reply.body["dossiers"]]


@pytest.mark.parametrize("operation", sorted(GOOD))
def test_each_act_makes_one_version_and_answers_with_it(cloud: Cloud, owner: dict[str, Any], operation: str) -> None:
    reply = GOOD[operation](cloud, owner)
    assert reply.status == 200, reply.body
    assert reply.headers["etag"] == f'"{reply.body["version"]}"'


@pytest.mark.parametrize("operation", sorted(PLACES))
def test_nobody_else_does_it(shared_cloud: Cloud, owner: dict[str, Any], operation: str) -> None:
    """An officer has the dossier and an opinion is outstanding, so everybody here sees it."""
    dossier_id = taken_over(shared_cloud, owner)
    assert do(shared_cloud, dossier_id, "ask_opinion", 3).status == 200
    before = shared_cloud.tables()
    may = {PLACES[operation][1]} | ({HEAD} if operation in ("pause_dossier", "resume_dossier") else set())
    for groups in set(EVERYBODY) - may:
        reply = do(shared_cloud, dossier_id, operation, 4, groups=groups)
        assert (reply.status, reply.body["type"]) == (403, "urn:motcua:problem:role-needed"), (groups, reply.body)
    assert shared_cloud.tables() == before


@pytest.mark.parametrize("operation", ["request_supplement", "pause_dossier", "refuse_after_appraisal", "apologise"])
def test_a_reason_must_be_told(shared_cloud: Cloud, owner: dict[str, Any], operation: str) -> None:
    body = {"new_due_at": "2020-05-12T09:00:00+07:00"} if operation == "apologise" else {}
    reply = do(shared_cloud, taken_over(shared_cloud, owner), operation, 3, body)
    assert reply.status == 422
    assert [(each["pointer"], each["code"]) for each in reply.body["errors"]] == [("/reason", "missing")]


@pytest.mark.parametrize(
    ("operation", "body", "pointer", "code"),
    [
        ("request_payment", {"amount_vnd": 0}, "/amount_vnd", "out-of-range"),
        ("request_payment", {"amount_vnd": "100000"}, "/amount_vnd", "wrong-type"),
        ("request_payment", {"amount_vnd": 10**13}, "/amount_vnd", "out-of-range"),
        ("assign_dossier", {"officer": "Nguyễn Văn A"}, "/officer", "malformed"),
        ("assign_dossier", {"officer": "a@example.vn"}, "/officer", "malformed"),
        ("ask_opinion", {"agency_id": "nowhere", "limit": {"count": 2, "unit": "hour"}}, "/agency_id", "unknown-unit"),
        ("ask_opinion", {"agency_id": "skhdt", "limit": {"count": 2, "unit": "hour"}}, "/agency_id", "own-opinion"),
        ("ask_opinion", {"agency_id": "stp", "limit": {"count": -1, "unit": "hour"}}, "/limit/count", "out-of-range"),
        ("apologise", {"new_due_at": "2020-05-12T09:00:00", "reason": "chờ xác minh"}, "/new_due_at", "wrong-type"),
        ("apologise", {"new_due_at": "9999-12-31T23:59:59-12:00", "reason": "chờ xác minh"}, "/new_due_at", "out-of-range"),
        ("apologise", {"new_due_at": "2020-05-16T09:00:00+07:00", "reason": "chờ thêm"}, "/new_due_at", "new-date-not-worked"),
    ],
)  # fmt: skip
def test_what_is_sent_wrong_is_told_by_its_field(
    shared_cloud: Cloud, owner: dict[str, Any], operation: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    reply = do(shared_cloud, taken_over(shared_cloud, owner), operation, 3, body)
    assert reply.status == 422, reply.body
    assert [(each["pointer"], each["code"]) for each in reply.body["errors"]] == [(pointer, code)]


def test_staff_read_why_beside_the_event_which_does_not_hold_it(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = taken_over(cloud, owner)
    missing = "Thiếu bản sao giấy tờ pháp lý"
    asked = do(cloud, dossier_id, "request_supplement", 3, {"reason": missing})
    assert asked.body["status"]["code"] == 5
    assert asked.body["waiting"]["kind"] == "supplement"
    assert cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK).body["reason"] == missing
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=CLERK).body
    assert timeline["events"][-1]["reason"] == missing
    assert missing not in str([event["data"] for event in timeline["events"]])


def test_the_head_approves_one_supplement_more(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = taken_over(cloud, owner)
    for operation, version in (("request_supplement", 3), ("complete_supplement", 4)):
        assert do(cloud, dossier_id, operation, version).status == 200
    refused = do(cloud, dossier_id, "request_supplement", 5)
    assert refused.status == 422
    assert refused.body["errors"][0]["code"] == "supplements-used-up"
    assert refused.body["rule"].startswith("supplement-limit")
    more = {"reason": "Thiếu bản chính", "override_reason": "Quy định mới có hiệu lực"}
    assert do(cloud, dossier_id, "request_supplement", 5, more).status == 403
    assert do(cloud, dossier_id, "request_supplement", 5, more, groups=HEAD).status == 200


def test_asked_for_at_intake_it_is_routed_when_everything_is_in(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = received(cloud, owner)
    receipt = cloud.owed("routing", dossier_id)
    assert do(cloud, dossier_id, "request_supplement", 1, groups=CLERK).status == 200
    assert cloud.deliver("route_dossier", *receipt) == {"batchItemFailures": []}
    back = do(cloud, dossier_id, "complete_supplement", 2)
    assert back.body["status"]["code"] == 2
    assert cloud.deliver("route_dossier", *cloud.owed("routing", dossier_id)) == {"batchItemFailures": []}
    assert in_inbox(cloud, dossier_id, "skhdt", 4, OFFICER)
    assert cloud.owed("routing", dossier_id) == []


def test_the_asked_agency_has_it_in_its_inbox_until_it_has_answered(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = taken_over(cloud, owner)
    assert cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=OF_JUSTICE).status == 404
    assert do(cloud, dossier_id, "ask_opinion", 3).status == 200
    assert in_inbox(cloud, dossier_id, "stp", 4, OF_JUSTICE)
    assert in_inbox(cloud, dossier_id, "skhdt", 4, OFFICER)
    assert cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=OF_JUSTICE).status == 200
    assert do(cloud, dossier_id, "give_opinion", 4).status == 200
    assert not in_inbox(cloud, dossier_id, "stp", 4, OF_JUSTICE)
    assert in_inbox(cloud, dossier_id, "skhdt", 4, OFFICER)


def test_a_result_takes_it_out_of_the_asked_agencys_inbox_too(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = taken_over(cloud, owner)
    do(cloud, dossier_id, "ask_opinion", 3)
    assert act(cloud, dossier_id, "resolution", 4).status == 200
    for status in (4, 9):
        assert not in_inbox(cloud, dossier_id, "stp", status, OF_JUSTICE)


def test_a_paused_dossier_stays_with_its_agency(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = taken_over(cloud, owner)
    assert do(cloud, dossier_id, "pause_dossier", 3).body["status"]["code"] == 8
    assert in_inbox(cloud, dossier_id, "skhdt", 8, OFFICER)


def test_two_officers_at_once_one_wins_and_the_other_sees_the_present_state(
    cloud: Cloud, owner: dict[str, Any]
) -> None:
    dossier_id = taken_over(cloud, owner)
    assert do(cloud, dossier_id, "pause_dossier", 3).status == 200
    other = do(cloud, dossier_id, "request_supplement", 3)
    assert other.status == 412
    assert (other.body["version"], other.body["status_code"]) == (4, 8)


def test_what_the_state_does_not_allow_names_it_and_what_it_allows(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = taken_over(cloud, owner)
    do(cloud, dossier_id, "pause_dossier", 3)
    reply = do(cloud, dossier_id, "apologise", 4)
    assert reply.status == 409
    (error,) = reply.body["errors"]
    assert error["code"] == "move-not-allowed"
    assert "Tạm dừng xử lý" in error["message_vi"]
    assert "resume" in error["message_en"]


def test_the_paper_is_signed_over_and_for_each_once(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = in_process(cloud, owner)
    assert do(cloud, dossier_id, "take_paper", 2).body["errors"][0]["code"] == "paper-not-handed-over"
    handed = do(cloud, dossier_id, "hand_over_paper", 2)
    assert handed.body["paper"]["handed_over_at"] == "2020-04-23T08:00:00+07:00"
    assert handed.body["paper"]["late"] is False
    assert do(cloud, dossier_id, "hand_over_paper", 3).status == 409
    assert do(cloud, dossier_id, "take_paper", 3).body["paper"]["taken_at"] == "2020-04-23T08:00:00+07:00"
    assert do(cloud, dossier_id, "take_paper", 4).status == 409


def test_paper_that_was_handed_over_late_shows(cloud: Cloud, owner: dict[str, Any]) -> None:
    dossier_id = in_process(cloud, owner)
    cloud.now = "2020-04-24T08:00:00+07:00"
    assert do(cloud, dossier_id, "hand_over_paper", 2).body["paper"]["late"] is True


def test_a_refused_dossier_waits_at_the_counter_until_its_answer_is_handed_back(
    cloud: Cloud, owner: dict[str, Any]
) -> None:
    dossier_id = taken_over(cloud, owner)
    refused = do(cloud, dossier_id, "refuse_after_appraisal", 3)
    assert refused.body["status"]["code"] == 8
    answered = do(cloud, dossier_id, "return_answer", 4)
    assert answered.status == 200
    assert do(cloud, dossier_id, "return_answer", 5).body["errors"][0]["code"] == "answer-returned-before"
