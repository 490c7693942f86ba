"""Intake over HTTP: papers, requests made with the receipt, refusals, transitional dossiers, withdrawal, corrections."""

from dataclasses import replace
from typing import Any

import pytest

from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.procedure import Component, ProcedureVersions
from tests.kit.api_lives import act, in_process, receive, received, resolved, submit
from tests.kit.calls.intake_calls import REQUESTS, registered, withdraw_own
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply
from tests.kit.shipped import PROCEDURES

OTHER = {"kind": "citizen", "name": "Trần Thị Mẫu", "number": "030099000002"}
AUTHORITY = "Giấy uỷ quyền số 01, chứng thực tại UBND phường"
ORIGINALS = [{"component": 1, "form": "original"}]


def problem(reply: Reply) -> list[tuple[str, str]]:
    return [(error["code"], error["pointer"]) for error in reply.body["errors"]]


def post(cloud: Cloud, path: str, body: dict[str, Any], groups: str = CLERK) -> Reply:
    return cloud.call("dossier_api", "POST", path, body, groups=groups)


def events(cloud: Cloud, dossier_id: str) -> list[str]:
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=CLERK).body
    return [event["type"] for event in timeline["events"]]


# papers


def test_the_papers_that_were_brought_are_kept_and_shown(cloud: Cloud, owner: dict[str, str]) -> None:
    reply = receive(cloud, owner, papers=[{"component": 2, "form": "original"}, {"component": 1, "form": "copy"}])
    assert reply.status == 201, reply.body
    assert reply.body["papers"] == [
        {"component": 2, "form": "original", "count": 1},
        {"component": 1, "form": "copy", "count": 1},
    ]
    assert receive(cloud, owner).body["papers"] is None, "nobody listed them"


@pytest.mark.parametrize(
    ("paper", "code", "pointer"),
    [
        ({"component": 99, "form": "copy"}, "unknown-component", "/papers/0/component"),
        ({"component": 0, "form": "copy"}, "out-of-range", "/papers/0/component"),
        ({"component": 1, "form": "fax"}, "not-allowed", "/papers/0/form"),
        ({"component": 1, "form": "copy", "count": 0}, "out-of-range", "/papers/0/count"),
        ({"component": 1, "form": "copy", "note": "x"}, "unknown-field", "/papers/0/note"),
    ],
)
def test_a_paper_that_cannot_be_is_told_by_field(
    cloud: Cloud, owner: dict[str, str], paper: dict[str, Any], code: str, pointer: str
) -> None:
    reply = receive(cloud, owner, papers=[paper])
    assert (reply.status, problem(reply)) == (422, [(code, pointer)])


def test_nothing_but_files_comes_over_the_portal(cloud: Cloud, owner: dict[str, str]) -> None:
    reply = submit(cloud, owner, papers=ORIGINALS)
    assert (reply.status, problem(reply)) == (422, [("form-not-by-channel", "/papers/0/form")])
    assert submit(cloud, owner, papers=[{"component": 1, "form": "electronic"}]).status == 201


# what a receipt asks for


@pytest.mark.parametrize(
    ("asks", "code", "kind"),
    [
        ({"supplement_reason": "Thiếu bản sao giấy tờ pháp lý"}, 5, "supplement"),
        ({"payment_vnd": 100_000}, 6, "payment"),
    ],
)
def test_a_receipt_asks_at_once_and_waits(
    cloud: Cloud, owner: dict[str, str], asks: dict[str, Any], code: int, kind: str
) -> None:
    reply = receive(cloud, owner, **asks)
    assert reply.status == 201, reply.body
    dossier = reply.body
    assert (dossier["status"]["code"], dossier["waiting"]["kind"]) == (code, kind)
    assert dossier["waiting"]["amount_vnd"] == asks.get("payment_vnd")
    assert dossier["number"]
    assert cloud.deliver("route_dossier", *cloud.owed("routing", dossier["id"])) == {"batchItemFailures": []}
    assert cloud.state(dossier["id"])["status"] == code, "the routing message finds it waiting and does nothing"


def test_an_acceptance_asks_at_once_too(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = submit(cloud, owner).body["id"]
    reply = act(cloud, dossier_id, "acceptance", 1, CLERK, {"supplement_reason": "Thiếu bản sao giấy tờ"})
    assert (reply.status, reply.body["status"]["code"], reply.body["version"]) == (200, 5, 3)
    assert events(cloud, dossier_id) == ["dossier.submitted", "dossier.received", "dossier.supplement_requested"]
    read = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK).body
    assert read["reason"] == "Thiếu bản sao giấy tờ"


def test_a_receipt_asks_for_one_thing_at_a_time(cloud: Cloud, owner: dict[str, str]) -> None:
    reply = receive(cloud, owner, supplement_reason="Thiếu bản sao", payment_vnd=1)
    assert (reply.status, problem(reply)) == (422, [("one-request-at-a-time", "/payment_vnd")])


# who submits for another


@pytest.mark.parametrize("way", [receive, submit])
def test_who_submits_for_another_proves_authority(cloud: Cloud, owner: dict[str, str], way: Any) -> None:
    reply = way(cloud, owner, submitter=OTHER)
    assert (reply.status, problem(reply)) == (422, [("authority-needed", "/authority")])
    assert way(cloud, owner, submitter=OTHER, authority=AUTHORITY).status == 201


def test_the_proof_is_shown_to_staff_and_stands_in_no_event(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = received(cloud, owner, submitter=OTHER, authority=AUTHORITY)
    read = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK).body
    assert read["authority"] == AUTHORITY
    assert AUTHORITY not in str(cloud.tables()["Dossier"])


# refused at the counter


def test_a_refusal_at_the_counter_is_found_again(cloud: Cloud) -> None:
    reply = post(cloud, "/dossiers/refusals", REQUESTS["refuse_at_counter"])
    assert (reply.status, reply.body["status"]["code"], reply.body["number"]) == (201, 3, None)
    path = reply.headers["location"]
    read = cloud.call("dossier_api", "GET", path, groups=CLERK).body
    assert read["reason"] == REQUESTS["refuse_at_counter"]["reason"]
    assert events(cloud, reply.body["id"]) == ["dossier.submitted", "dossier.not_accepted"]
    assert cloud.owed("routing") == []


def test_a_refusal_says_why(cloud: Cloud) -> None:
    body = {name: value for name, value in REQUESTS["refuse_at_counter"].items() if name != "reason"}
    reply = post(cloud, "/dossiers/refusals", body)
    assert (reply.status, problem(reply)) == (422, [("missing", "/reason")])


# transitional dossiers


def test_a_transitional_dossier_is_registered_once(cloud: Cloud, owner: dict[str, str]) -> None:
    first = registered(cloud, owner)
    assert first.status == 201, first.body
    assert first.body["transitional"]["original_number"] == "0123/TN-SKHDT"
    assert first.body["received_at"] == "2020-04-10T07:00:00+07:00"
    assert "-200423-" in first.body["number"]
    before = cloud.tables()
    again = registered(cloud, owner)
    assert (again.status, problem(again)) == (409, [("transitional-registered", "/original_number")])
    assert cloud.tables() == before, "a refusal writes nothing and takes no number"


def test_a_day_outside_the_isolation_period_is_refused_by_the_order(cloud: Cloud) -> None:
    reply = post(cloud, "/dossiers/transitional", REQUESTS["register_transitional"] | {"received_on": "2020-03-31"})
    assert (reply.status, problem(reply)) == (422, [("outside-isolation-period", "/received_on")])
    assert "1313/UBND-VP" in reply.body["rule"]


@pytest.mark.parametrize("number", ["", "Hồ sơ của ông Mẫu", "x" * 41])
def test_the_agencys_number_is_a_number(cloud: Cloud, number: str) -> None:
    reply = post(cloud, "/dossiers/transitional", REQUESTS["register_transitional"] | {"original_number": number})
    assert reply.status == 422
    assert [pointer for _, pointer in problem(reply)] == ["/original_number"]


def test_what_an_agency_wrote_stands_in_no_key(cloud: Cloud, owner: dict[str, str]) -> None:
    registered(cloud, owner)
    keys = [item["PK"]["S"] for item in cloud.tables()["Dossier"]]
    assert any(key.startswith("ORIGINAL#skhdt#") for key in keys)
    assert not any("0123" in key for key in keys)


# withdrawal


def test_a_citizen_withdraws_the_own_dossier_and_nobody_elses(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = submit(cloud, owner).body["id"]
    assert withdraw_own(cloud, dossier_id, OTHER["number"]).status == 404
    reply = withdraw_own(cloud, dossier_id, owner["number"])
    assert (reply.status, reply.body["status"]["code"]) == (200, 7)
    assert withdraw_own(cloud, dossier_id, owner["number"], 2).status == 409, "it is withdrawn once"


def test_a_clerk_withdraws_with_a_reason_and_an_officer_does_not(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id, body = in_process(cloud, owner), REQUESTS["withdraw_dossier"]
    assert act(cloud, dossier_id, "withdrawal", 2, body=body).status == 403
    assert act(cloud, dossier_id, "withdrawal", 2, CLERK, {}).status == 422
    assert act(cloud, dossier_id, "withdrawal", 2, CLERK, body).body["status"]["code"] == 7


# a corrected receipt


def test_a_corrected_receipt_keeps_its_number(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = received(cloud, owner)
    number = cloud.state(dossier_id)["number"]
    body = {"reason": "Ghi sai họ tên", "owner": owner | {"name": "Nguyễn Văn Mẫu B"}}
    reply = act(cloud, dossier_id, "receipt-correction", 1, CLERK, body)
    assert (reply.status, reply.body["receipt_version"], reply.body["number"]) == (200, 2, number)
    read = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK).body
    assert (read["owner"]["name"], read["receipt_version"]) == ("Nguyễn Văn Mẫu B", 2)
    assert events(cloud, dossier_id)[-1] == "dossier.receipt_corrected"


def test_a_correction_says_what_was_wrong(cloud: Cloud, owner: dict[str, str]) -> None:
    reply = act(cloud, received(cloud, owner), "receipt-correction", 1, CLERK, {"reason": "Ghi sai"})
    assert (reply.status, problem(reply)) == (422, [("nothing-corrected", "")])


def test_the_return_takes_a_confirmation_of_originals(cloud: Cloud, owner: dict[str, str]) -> None:
    body = {"channel": "counter", "originals_taken": True}
    assert act(cloud, resolved(cloud, owner), "return", 4, CLERK, body).status == 200, "also where none are due"


# faults are reported by field, in both languages


def words(reply: Reply) -> tuple[str, str]:
    """Return the first fault's text in Vietnamese and in English."""
    fault = reply.body["errors"][0]
    return fault["message_vi"], fault["message_en"]


UNFIT: dict[str, tuple[dict[str, Any], str, tuple[str, str]]] = {
    "papers_missing": ({"papers": []}, "/papers", ("Còn thiếu", "Missing")),
    "form_not_asked": (
        {"papers": [{"component": 1, "form": "copy"}]},
        "/papers/0/form",
        ("thủ tục yêu cầu 1 bản chính", "asks for 1 originals"),
    ),
    "too_many_papers": (
        {"papers": [{"component": 1, "form": "original", "count": 2}]},
        "/papers/0/count",
        ("trả lại phần thừa", "give back"),
    ),
    "originals_due_by_post": ({"channel_out": "post"}, "/channel_out", ("nộp bản chính", "takes originals")),
}
COUNTED = "2.009998"


def counted(cloud: Cloud) -> None:
    """A procedure that asks for one original, and takes it when the result is returned."""
    component = Component("Giấy phép cũ", originals=1, copies=0, original_at_return=True)
    version = replace(PROCEDURES["2.001610"], code=COUNTED, components=(component,))
    cloud.enter(new_entry(EntryKind.PROCEDURE, COUNTED, ProcedureVersions(COUNTED, (version,))))


@pytest.mark.parametrize("code", UNFIT)
def test_papers_that_do_not_fit_are_told_by_field_in_both_languages(
    shared_cloud: Cloud, owner: dict[str, str], code: str
) -> None:
    counted(shared_cloud)
    more, pointer, (vi, en) = UNFIT[code]
    reply = receive(shared_cloud, owner, procedure_code=COUNTED, **more)
    assert (reply.status, problem(reply)) == (422, [(code.replace("_", "-"), pointer)])
    assert vi in words(reply)[0]
    assert en in words(reply)[1]


def test_originals_that_are_due_at_the_return_are_confirmed_by_the_clerk(cloud: Cloud, owner: dict[str, str]) -> None:
    counted(cloud)
    dossier_id = resolved(cloud, owner, procedure_code=COUNTED, papers=ORIGINALS)
    without = act(cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"})
    assert (without.status, problem(without)) == (422, [("originals-due-at-return", "/originals_taken")])
    by_post = act(cloud, dossier_id, "return-channel", 4, CLERK, {"channel_out": "post"})
    assert (by_post.status, problem(by_post)) == (422, [("originals-due-by-post", "/channel_out")])
    body = {"channel": "counter", "originals_taken": True}
    assert act(cloud, dossier_id, "return", 4, CLERK, body).body["status"]["code"] == 10
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=CLERK).body
    assert timeline["events"][-1]["data"]["originals_taken"] is True


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"received_on": "10/04/2020"}, "wrong-type", "/received_on"),
        ({"received_on": "2020-04-31"}, "wrong-type", "/received_on"),
        ({"received_on": None}, "wrong-type", "/received_on"),
        ({"received_on": "2020-04-24"}, "received-later", "/received_on"),
        ({"received_on": "2020-03-31"}, "outside-isolation-period", "/received_on"),
        ({"received_on": "2020-04-23"}, "outside-isolation-period", "/received_on"),
        ({"received_on": "0001-01-01"}, "out-of-range", "/received_on"),
        ({"agency_id": "stp"}, "agency-of-another-procedure", "/agency_id"),
        ({"agency_id": "../skhdt"}, "malformed", "/agency_id"),
        ({"evidence": ""}, "too-short", "/evidence"),
        ({"evidence": "x" * 501}, "too-long", "/evidence"),
        ({"original_number": 123}, "wrong-type", "/original_number"),
        ({"channel_in": "counter"}, "unknown-field", "/channel_in"),
        ({"procedure_code": "9.999999"}, "unknown-procedure", "/procedure_code"),
        ({"papers": [{"component": 99, "form": "copy"}]}, "unknown-component", "/papers/0/component"),
    ],
)
def test_a_transitional_dossier_that_is_told_wrong_is_refused_by_field(
    shared_cloud: Cloud, more: dict[str, Any], code: str, pointer: str
) -> None:
    before = shared_cloud.tables()
    body = REQUESTS["register_transitional"] | more
    reply = post(shared_cloud, "/dossiers/transitional", body)
    assert (reply.status, problem(reply)) == (422, [(code, pointer)])
    assert all(words(reply))
    assert words(reply)[0] != words(reply)[1]
    assert shared_cloud.tables() == before


def test_the_order_that_names_the_isolation_period_is_told_with_its_days_in_both_languages(shared_cloud: Cloud) -> None:
    body = REQUESTS["register_transitional"] | {"received_on": "2020-04-23"}
    reply = post(shared_cloud, "/dossiers/transitional", body)
    assert "1313/UBND-VP" in reply.body["rule"]
    assert all("01/04/2020 – 22/04/2020" in text for text in words(reply))


def test_a_transitional_dossier_lives_on_at_its_agency_and_is_counted_once_on_its_day(cloud: Cloud) -> None:
    registered_now = registered(cloud, {}).body
    assert (registered_now["channel_in"], registered_now["paper"]) == ("counter", None)
    dossier_id = registered_now["id"]
    cloud.deliver("route_dossier", *cloud.owed("routing", dossier_id))
    assert act(cloud, dossier_id, "takeover", 2).status == 200
    assert act(cloud, dossier_id, "resolution", 3).status == 200
    assert act(cloud, dossier_id, "return", 4, OFFICER, {"channel": "counter"}).status == 403, "R2"
    assert act(cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"}).status == 200
    cloud.deliver("update_figures", *cloud.owed("figures"))
    received_facts = [
        item["SK"]["S"] for item in cloud.tables()["Figure"] if item["PK"]["S"] == "FIGURE#skhdt#received"
    ]
    assert [each for each in received_facts if each.startswith("FACT#")] == [
        f"FACT#2020-04-10#2.001610#counter#counter#{dossier_id}.1"
    ]


def test_nobody_registers_or_refuses_at_a_closed_counter(cloud: Cloud) -> None:
    headers = {"x-motcua-now": "2020-04-22T08:00:00+07:00"}
    for way, name in (("transitional", "register_transitional"), ("refusals", "refuse_at_counter")):
        reply = cloud.call("dossier_api", "POST", f"/dossiers/{way}", REQUESTS[name], groups=CLERK, headers=headers)
        assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:reception-closed")
        assert "1313/UBND-VP" in reply.body["rule"]


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"reason": "xin"}, "too-short", "/reason"),
        ({"reason": "Ghi\u0007sai tên"}, "unreadable-text", "/reason"),
        ({"owner": {"name": "Mẫu", "number": "12"}}, "too-short", "/owner/number"),
        ({"submitter": OTHER}, "authority-needed", "/authority"),
        ({"papers": [{"component": 99, "form": "copy"}]}, "unknown-component", "/papers/0/component"),
        ({"number": "000.00.04.H23-200423-0099"}, "unknown-field", "/number"),
        ({"channel_out": "post"}, "unknown-field", "/channel_out"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_by_field(
    shared_cloud: Cloud, owner: dict[str, str], more: dict[str, Any], code: str, pointer: str
) -> None:
    dossier_id = received(shared_cloud, owner)
    before = shared_cloud.tables()
    body = {"reason": "Ghi sai họ tên", "owner": owner} | more
    reply = act(shared_cloud, dossier_id, "receipt-correction", 1, CLERK, body)
    assert (reply.status, problem(reply)) == (422, [(code, pointer)])
    assert shared_cloud.tables() == before


def test_who_gets_a_result_by_post_stays_reachable(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = received(shared_cloud, owner, channel_out="post")
    body = {"reason": "Ghi sai người nhận", "recipient": OTHER}
    reply = act(shared_cloud, dossier_id, "receipt-correction", 1, CLERK, body)
    assert (reply.status, problem(reply)) == (422, [("address-needed-for-post", "/recipient")])


def test_a_corrected_owner_is_found_by_the_right_number_and_tracks_the_dossier(
    cloud: Cloud, owner: dict[str, str]
) -> None:
    dossier_id = received(cloud, owner)
    body = {"reason": "Ghi sai số định danh", "owner": owner | {"number": OTHER["number"]}}
    assert act(cloud, dossier_id, "receipt-correction", 1, CLERK, body).status == 200
    number = cloud.state(dossier_id)["number"]
    for identity, status in ((OTHER["number"], 200), (owner["number"], 404)):
        asked = {"number": number, "identity_number": identity}
        assert cloud.call("public_api", "POST", "/tracking", asked, key=None).status == status


def test_what_is_missing_is_read_by_the_applicant_also_after_a_correction(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = submit(cloud, owner).body["id"]
    act(cloud, dossier_id, "acceptance", 1, CLERK, {"supplement_reason": "Thiếu bản sao giấy tờ"})
    body = {"reason": "Ghi sai họ tên", "owner": owner | {"name": "Nguyễn Văn Mẫu B"}}
    assert act(cloud, dossier_id, "receipt-correction", 3, CLERK, body).status == 200
    headers = {"x-motcua-citizen": owner["number"]}
    own = cloud.call("public_api", "GET", f"/portal/dossiers/{dossier_id}", scopes="portal/read", headers=headers)
    staff = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK)
    assert (own.body["reason"], staff.body["reason"]) == ("Thiếu bản sao giấy tờ",) * 2


def test_a_withdrawal_through_the_portal_needs_its_scope(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = submit(cloud, owner).body["id"]
    path, headers = f"/portal/dossiers/{dossier_id}/withdrawal", {"x-motcua-citizen": owner["number"]}
    body = REQUESTS["withdraw_own_dossier"]
    reply = cloud.call("public_api", "POST", path, body, scopes="portal/read", headers=headers, version=1)
    assert reply.status == 403
    assert cloud.state(dossier_id)["status"] == 1
