"""Signed links and the applicant's timeline over HTTPS: no sign-in, no personal data, no stored token."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from motcua.edge import request as requests
from motcua.telemetry import real_now
from tests.kit.api_lives import act, in_process, posted, receive, received, resolved, tell
from tests.kit.calls.link_calls import choose, linked, made, made_by_portal, own_timeline, preview
from tests.kit.moto_cloud import CLERK, LINK_KEY, OFFICER, WEBHOOK_SECRETS, Cloud
from tests.kit.template import written

OWNER = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
SISTER = {"name": "Trần Thị Mẫu", "phone": "0987654321", "address": "Số 9, phố Mẫu Khác"}
WHY = "Thiếu bản sao giấy tờ"


def _told(body: Any) -> list[str]:
    said = json.dumps(body, ensure_ascii=False)
    return [personal for personal in (*OWNER.values(), *SISTER.values()) if personal in said]


def test_a_clerk_makes_a_link_and_its_holder_chooses_without_a_sign_in(cloud: Cloud) -> None:
    dossier_id = received(cloud, OWNER)
    link = made(cloud, dossier_id)
    assert link.status == 200
    token = link.body["token"]
    seen = preview(cloud, token)
    assert (seen.status, seen.body["status"]["code"], seen.body["channel_out"]) == (200, 2, "counter")
    assert (seen.body["post_possible"], seen.body["why_not_post"], seen.body["address_known"]) == (True, None, True)
    assert seen.body["expires_at"] == link.body["expires_at"]
    chosen = choose(cloud, token, recipient=SISTER)
    assert (chosen.status, chosen.body["channel_out"]) == (200, "post")
    detail = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK).body
    assert (detail["channel_out"], detail["version"]) == ("post", 2)
    assert detail["recipient"] | SISTER == detail["recipient"]
    assert detail["recipient"]["number"] == ""


def test_the_portal_makes_a_link_for_who_signed_in_there_and_for_nobody_else(cloud: Cloud) -> None:
    dossier_id = received(cloud, OWNER)
    token = made_by_portal(cloud, dossier_id, OWNER["number"]).body["token"]
    assert choose(cloud, token).status == 200
    stranger = made_by_portal(cloud, dossier_id, "030099000777")
    assert (stranger.status, stranger.body["type"]) == (404, "urn:motcua:problem:dossier-not-found")


@pytest.mark.parametrize(("groups", "status"), [(OFFICER, 403), ("clerk@mc-h288", 404), ("controller@tinh", 403)])
def test_no_other_staff_makes_a_link(cloud: Cloud, groups: str, status: int) -> None:
    assert made(cloud, in_process(cloud, OWNER), groups).status == status


def test_nothing_personal_is_shown_to_who_holds_a_link(cloud: Cloud) -> None:
    token = linked(cloud, OWNER)
    for reply in (preview(cloud, token), choose(cloud, token, recipient=SISTER), preview(cloud, token)):
        assert reply.status == 200
        assert _told(reply.body) == []


@pytest.mark.parametrize("token", ["", "x", "bWFkZSB1cA.bWFkZSB1cA", "liên kết giả", "x" * 5000])
def test_whatever_is_no_link_of_ours_gets_one_answer_and_writes_nothing(cloud: Cloud, token: str) -> None:
    real = linked(cloud, OWNER)
    before = cloud.tables()
    forged = preview(cloud, real[:-2] + ("AA" if not real.endswith("AA") else "BB"))
    replies = [forged, preview(cloud, token), choose(cloud, token)]
    assert [(each.status, each.body["type"]) for each in replies] == [(403, "urn:motcua:problem:link-not-genuine")] * 3
    assert replies[0].body == replies[1].body == replies[2].body
    assert replies[0].body["errors"][0]["pointer"] == "/token"
    assert cloud.tables() == before


def test_an_expired_link_says_so(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier_id = received(cloud, OWNER)
    monkeypatch.setattr(requests, "real_now", lambda: real_now() - timedelta(days=31))
    token = made(cloud, dossier_id).body["token"]
    monkeypatch.setattr(requests, "real_now", real_now)
    before = cloud.tables()
    for reply in (preview(cloud, token), choose(cloud, token)):
        assert (reply.status, reply.body["type"]) == (410, "urn:motcua:problem:link-expired")
        assert "hết hạn" in reply.body["title"]
    assert cloud.tables() == before


def test_a_choice_needs_a_key_and_comes_again_unchanged(cloud: Cloud) -> None:
    token = linked(cloud, OWNER)
    body = {"token": token, "channel_out": "post"}
    keyless = cloud.call("public_api", "POST", "/return-channel-choices", body, key=None)
    assert (keyless.status, keyless.body["type"]) == (400, "urn:motcua:problem:idempotency-key-needed")
    first, again = choose(cloud, token, key="k"), choose(cloud, token, key="k")
    assert first.body == again.body
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    other = choose(cloud, token, "counter", key="k")
    assert (other.status, other.body["type"]) == (422, "urn:motcua:problem:idempotency-key-reused")


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"recipient": SISTER | {"phone": "113"}}, "/recipient/phone"),
        ({"recipient": SISTER | {"number": "030099000001"}}, "/recipient/number"),
        ({"recipient": {"name": "Trần Thị Mẫu"}}, "/recipient/phone"),
        ({"channel_out": "fax"}, "/channel_out"),
        ({"channel_out": "counter", "recipient": SISTER}, "/recipient"),
    ],
)
def test_a_wrong_field_is_told_by_its_pointer(cloud: Cloud, more: dict[str, Any], pointer: str) -> None:
    body = {"token": linked(cloud, OWNER), "channel_out": "post"} | more
    reply = cloud.call("public_api", "POST", "/return-channel-choices", body)
    assert reply.status == 422
    assert pointer in [each["pointer"] for each in reply.body["errors"]]
    assert _told(reply.body) == []


def _ready(cloud: Cloud) -> tuple[str, str]:
    dossier_id = in_process(cloud, OWNER)
    token = made(cloud, dossier_id).body["token"]
    act(cloud, dossier_id, "takeover", 2)
    assert act(cloud, dossier_id, "resolution", 3).status == 200
    return dossier_id, token


def _handed_to_the_post(cloud: Cloud) -> tuple[str, str]:
    dossier_id, token = _ready(cloud)
    assert choose(cloud, token).status == 200
    return dossier_id, token


def _returned(cloud: Cloud) -> tuple[str, str]:
    dossier_id, token = _ready(cloud)
    assert act(cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"}).status == 200
    return dossier_id, token


def _withdrawn(cloud: Cloud) -> tuple[str, str]:
    dossier_id = received(cloud, OWNER)
    token = made(cloud, dossier_id).body["token"]
    assert act(cloud, dossier_id, "withdrawal", 1, CLERK, {"reason": "Không còn nhu cầu"}).status == 200
    return dossier_id, token


@pytest.mark.parametrize(
    ("over", "problem", "said"),
    [
        (_handed_to_the_post, "parcel-under-way", "bưu chính"),
        (_returned, "move-not-allowed", "Đã trả kết quả"),
        (_withdrawn, "move-not-allowed", "Công dân yêu cầu rút hồ sơ"),
    ],
)
def test_a_link_dies_with_what_it_is_for_and_names_the_state(
    cloud: Cloud, over: Callable[[Cloud], tuple[str, str]], problem: str, said: str
) -> None:
    dossier_id, token = over(cloud)
    before = cloud.tables()
    refused = choose(cloud, token, "counter")
    assert (refused.status, refused.body["type"]) == (409, f"urn:motcua:problem:{problem}")
    assert said in refused.body["title"]
    seen = preview(cloud, token).body
    assert (seen["post_possible"], seen["why_not_post"]["code"]) == (False, problem)
    assert said in seen["why_not_post"]["vi"]
    assert made(cloud, dossier_id).status == 409
    assert cloud.tables() == before


def test_a_choice_at_result_ready_sends_the_parcel_to_dispatch(cloud: Cloud) -> None:
    dossier_id, _ = _handed_to_the_post(cloud)
    assert cloud.owed("dispatch", dossier_id)
    assert cloud.state(dossier_id)["parcel_open"] is True


def test_no_token_and_nothing_personal_is_logged_or_stored_outside_the_persons(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    token = linked(cloud, OWNER)
    preview(cloud, token)
    choose(cloud, token, recipient=SISTER)
    choose(cloud, "x" + token)
    said = capsys.readouterr().out
    assert '"dossier_id"' in said
    assert token not in said
    assert _told(said) == []
    tables = cloud.tables()
    for name in ("Dossier", "Person", "Registry", "Figure"):
        assert token not in json.dumps(tables[name])
    assert _told(tables["Dossier"]) == []


def test_no_route_takes_a_token_where_a_log_would_have_it() -> None:
    assert "token" not in json.dumps(written()["Resources"]["Api"]["Properties"]["AccessLogSetting"])


def test_the_key_of_links_is_none_that_anything_else_is_signed_with() -> None:
    assert LINK_KEY not in WEBHOOK_SECRETS


# the timeline


def test_the_portal_reads_the_stages_of_the_own_dossier_and_of_no_other(cloud: Cloud) -> None:
    dossier_id = in_process(cloud, OWNER)
    act(cloud, dossier_id, "takeover", 2)
    assert act(cloud, dossier_id, "supplement-request", 3, OFFICER, {"reason": WHY}).status == 200
    reply = own_timeline(cloud, dossier_id, OWNER["number"])
    assert [each["code"] for each in reply.body["stages"]] == ["received", "transferred", "supplement_requested"]
    asked = reply.body["stages"][-1]
    assert (asked["agency"], asked["reason"]) == ("Sở Kế hoạch và Đầu tư", WHY)
    assert asked["due_at"].startswith("2020-05-25")
    assert _told(reply.body) == []
    assert "staff" not in json.dumps(reply.body)
    assert own_timeline(cloud, dossier_id, "030099000777").status == 404


def test_tracking_shows_the_stages_without_any_reason(cloud: Cloud) -> None:
    got = receive(cloud, OWNER, supplement_reason=WHY)
    body = {"number": got.body["number"], "identity_number": OWNER["number"]}
    tracked = cloud.call("public_api", "POST", "/tracking", body, key=None)
    assert [each["code"] for each in tracked.body["stages"]] == ["received", "supplement_requested"]
    assert WHY not in json.dumps(tracked.body, ensure_ascii=False)


@pytest.mark.usefixtures("post_office")
def test_the_way_by_post_is_told_stage_by_stage(cloud: Cloud) -> None:
    dossier_id = posted(cloud, OWNER)
    tell(cloud, f"{dossier_id}-1", "C20", "C30", "C61", "C40", "C50", reason=f"{OWNER['name']} vắng nhà")
    reply = own_timeline(cloud, dossier_id, OWNER["number"])
    assert [each["code"] for each in reply.body["stages"]][2:] == [
        "result_ready",
        "collected",
        "in_transit",
        "attempt_failed",
        "out_for_delivery",
        "delivered",
        "returned",
    ]
    assert _told(reply.body) == []


def test_staff_read_in_the_timeline_why_an_act_was_done(cloud: Cloud) -> None:
    dossier_id = resolved(cloud, OWNER)
    act(cloud, dossier_id, "resolution-reversal", 4, OFFICER, {"reason": "Bấm nhầm hồ sơ"})
    events = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=OFFICER).body["events"]
    assert {each["type"]: each["reason"] for each in events if each["reason"]} == {
        "dossier.resolution_reversed": "Bấm nhầm hồ sơ"
    }
    assert own_timeline(cloud, dossier_id, OWNER["number"]).body["stages"][-1]["reason"] is None
