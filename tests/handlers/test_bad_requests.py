"""The faults of a request are reported field by field, in both languages, and nothing is written."""

import json
from dataclasses import replace
from typing import Any

import pytest

from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.procedure import ProcedureVersions
from tests.kit.api_lives import request_body
from tests.kit.moto_cloud import CLERK, Cloud, Reply
from tests.kit.shipped import PROCEDURES

LEFT_OUT = object()
BUSINESS = {"kind": "business", "name": "Công ty TNHH Mẫu", "number": "0100109106"}


def _changed(owner: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return a valid body with one field changed. `path` is like `/owner/phone`."""
    body = request_body(dict(owner))
    *steps, last = path.strip("/").split("/")
    place = body
    for step in steps:
        place = place[step]
    if value is LEFT_OUT:
        del place[last]
    else:
        place[last] = value
    return body


def _refused(cloud: Cloud, body: Any, **more: Any) -> Reply:
    """Return the answer to a bad request: a problem in both languages, with nothing written."""
    before = cloud.tables()
    reply = cloud.call("dossier_api", "POST", "/dossiers", body, groups=CLERK, **more)
    assert 400 <= reply.status < 500, reply.body
    assert reply.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert reply.body["status"] == reply.status
    assert reply.body["type"].startswith("urn:motcua:problem:")
    assert reply.body["instance"] == "urn:motcua:request:request-1"
    for fault in reply.body["errors"]:
        assert fault["message_vi"]
        assert fault["message_en"]
        assert fault["message_vi"] != fault["message_en"]
    assert cloud.tables() == before
    return reply


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/procedure_code", LEFT_OUT, "missing"),
        ("/owner", LEFT_OUT, "missing"),
        ("/owner/number", LEFT_OUT, "missing"),
        ("/channel_in", LEFT_OUT, "missing"),
        ("/chanel_out", "post", "unknown-field"),
        ("/owner/cccd", "030099000001", "unknown-field"),
        ("/owner/cc~cd", "030099000001", "unknown-field"),
        ("/owner", "Nguyễn Văn Mẫu", "wrong-type"),
        ("/owner", ["Nguyễn Văn Mẫu"], "wrong-type"),
        ("/owner/name", 7, "wrong-type"),
        ("/procedure_code", None, "wrong-type"),
        ("/channel_in", "online", "not-allowed"),
        ("/channel_out", "pigeon", "not-allowed"),
        ("/owner/kind", "robot", "not-allowed"),
        ("/one_stop_id", "Trung tâm", "malformed"),
        ("/procedure_code", "2.001610 hay không", "malformed"),
        ("/owner/name", "   ", "too-short"),
        ("/owner/name", "M" * 201, "too-long"),
        ("/owner/address", "S" * 201, "too-long"),
        ("/owner/email", "không phải thư", "malformed"),
        ("/owner/phone", "0212345678", "malformed-phone"),
        ("/owner/phone", "091234567", "malformed-phone"),
        ("/owner/phone", "0912345678;", "malformed-phone"),
        ("/owner/number", "03009900001", "malformed-identity-number"),
        ("/owner/number", "03009900000l", "malformed-identity-number"),
        ("/owner/number", "０３００９９０００００１", "malformed-identity-number"),
        ("/submitter", {"name": "Trần Thị Mẫu", "number": "12345678a"}, "malformed-identity-number"),
        ("/owner", BUSINESS | {"number": "0100109107"}, "malformed-tax-code"),
        ("/owner", BUSINESS | {"number": "0100109106-01"}, "malformed-tax-code"),
    ],
)
def test_a_wrong_field_is_pointed_at(
    shared_cloud: Cloud, owner: dict[str, str], pointer: str, value: Any, code: str
) -> None:
    reply = _refused(shared_cloud, _changed(owner, pointer, value))
    assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:invalid-fields")
    (fault,) = reply.body["errors"]
    assert fault["code"] == code
    assert fault["pointer"].startswith(pointer.replace("~", "~0"))


def test_all_faults_of_a_form_are_told_at_once(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    body = _changed(owner, "/owner/phone", "1") | {"channel_in": "fax", "extra": 1}
    reply = _refused(shared_cloud, body)
    assert {fault["pointer"] for fault in reply.body["errors"]} == {"/owner/phone", "/channel_in", "/extra"}
    assert reply.body["title"] == "Thông tin gửi lên chưa đúng."


def test_a_valid_tax_code_is_taken(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    for number in ("0100109106", "0100109106-001"):
        body = request_body(BUSINESS | {"number": number})
        assert shared_cloud.call("dossier_api", "POST", "/dossiers", body, groups=CLERK).status == 201


@pytest.mark.parametrize("missing", ["phone", "address"])
@pytest.mark.parametrize("who", ["owner", "recipient"])
def test_return_by_post_needs_to_know_where(shared_cloud: Cloud, owner: dict[str, str], who: str, missing: str) -> None:
    unreachable = {name: value for name, value in owner.items() if name != missing}
    body = request_body(owner, channel_out="post") | {who: unreachable}
    (fault,) = _refused(shared_cloud, body).body["errors"]
    assert (fault["pointer"], fault["code"]) == (f"/{who}/{missing}", "needed-for-post")


@pytest.mark.parametrize(
    ("more", "pointer", "problem"),
    [
        ({"procedure_code": "9.999999"}, "/procedure_code", "unknown-procedure"),
        ({"procedure_code": "1.008455", "one_stop_id": "mc-h288"}, "/procedure_code", "procedure-not-published"),
        ({"one_stop_id": "mc-nowhere"}, "/one_stop_id", "unknown-unit"),
        ({"one_stop_id": "mc-h288"}, "/one_stop_id", "procedure-not-received-here"),
        ({"one_stop_id": "mc-x10507"}, "/one_stop_id", "procedure-not-received-here"),
    ],
)
def test_what_cannot_be_asked_for_there_is_refused(
    shared_cloud: Cloud, owner: dict[str, str], more: dict[str, str], pointer: str, problem: str
) -> None:
    reply = _refused(shared_cloud, request_body(owner, **more))
    assert (reply.status, reply.body["type"]) == (422, f"urn:motcua:problem:{problem}")
    assert reply.body["errors"][0]["pointer"] == pointer


def test_an_unpublished_procedure_is_refused_by_rule_r4(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    body = request_body(owner, procedure_code="1.008455", one_stop_id="mc-h288")
    assert _refused(shared_cloud, body).body["rule"] == "R4"


def test_post_that_is_not_offered_is_refused(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    offered = PROCEDURES["2.001610"]
    never = ProcedureVersions("2.009999", (replace(offered, code="2.009999", post_out=False),))
    shared_cloud.enter(new_entry(EntryKind.PROCEDURE, never.code, never))
    reply = _refused(shared_cloud, request_body(owner, procedure_code="2.009999", channel_out="post"))
    assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:post-not-offered")
    assert reply.body["errors"][0]["pointer"] == "/channel_out"


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        (b'{"one_stop_id": "mc-tinh", ', 400, "malformed-json"),
        (b'{"one_stop_id": "\\ud800"}', 400, "malformed-json"),
        ('{"one_stop_id": "mc-tỉnh"}'.encode("utf-16"), 400, "not-utf8"),
        (b'{"one_stop_id": "\xff\xfe"}', 400, "not-utf8"),
        (b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}", 400, "nested-too-deep"),
        (b'{"a":"' + b"x" * 65536 + b'"}', 413, "too-large"),
        (b"[]", 422, "wrong-type"),
        (b'"mc-tinh"', 422, "wrong-type"),
        (b"null", 422, "wrong-type"),
    ],
    ids=["cut", "half a character", "UTF-16", "not UTF-8", "deep", "huge", "array", "text", "null"],
)
def test_a_body_that_is_no_object_is_refused(shared_cloud: Cloud, body: bytes, status: int, problem: str) -> None:
    reply = _refused(shared_cloud, body)
    assert (reply.status, reply.body["type"]) == (status, f"urn:motcua:problem:{problem}")


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "", "application/jsonx"])
def test_another_content_type_is_refused(shared_cloud: Cloud, owner: dict[str, str], content_type: str) -> None:
    reply = _refused(shared_cloud, request_body(owner), headers={"content-type": content_type})
    assert (reply.status, reply.body["type"]) == (415, "urn:motcua:problem:not-json")


def test_an_unencoded_body_with_half_a_character_is_refused(shared_cloud: Cloud) -> None:
    event = {"httpMethod": "POST", "path": "/tracking", "headers": {}, "body": "\ud800", "requestContext": {}}
    reply = shared_cloud.run("public_api", event)
    assert (reply["statusCode"], json.loads(reply["body"])["type"]) == (400, "urn:motcua:problem:not-utf8")


@pytest.mark.parametrize(
    ("now", "status", "problem"),
    [
        ("2099-01-01T08:00:00+07:00", 422, "time-in-the-future"),
        ("2020-04-23T08:00:00", 400, "malformed-header"),
        ("hôm nay", 400, "malformed-header"),
        ("", 400, "malformed-header"),
        ("0001-01-01T00:00:00+14:00", 400, "malformed-header"),
    ],
)
def test_a_domain_time_must_be_a_past_moment_with_its_zone(
    shared_cloud: Cloud, owner: dict[str, str], now: str, status: int, problem: str
) -> None:
    reply = _refused(shared_cloud, request_body(owner), headers={"x-motcua-now": now})
    assert (reply.status, reply.body["type"]) == (status, f"urn:motcua:problem:{problem}")


def test_domain_time_works_in_the_local_run_only(
    shared_cloud: Cloud, owner: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(shared_cloud.names, "Stage", "prod")
    reply = _refused(shared_cloud, request_body(owner))
    assert (reply.status, reply.body["type"]) == (400, "urn:motcua:problem:domain-time-not-here")
    headers = {"x-motcua-now": None, "x-motcua-citizen": owner["number"]}
    body = {name: value for name, value in request_body(owner).items() if name != "channel_in"}
    by_the_clock = shared_cloud.call(
        "public_api", "POST", "/portal/dossiers", body, scopes="portal/submit", headers=headers
    )
    assert by_the_clock.status == 201


def test_a_year_whose_holidays_nobody_has_announced_is_refused(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    reply = _refused(shared_cloud, request_body(owner), headers={"x-motcua-now": "2021-12-31T16:00:00+07:00"})
    assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:calendar-year-unknown")


def test_a_caller_who_reads_english_gets_an_english_title(shared_cloud: Cloud) -> None:
    vietnamese = _refused(shared_cloud, b"{", headers={"accept-language": "vi-VN,vi;q=0.9"})
    english = _refused(shared_cloud, b"{", headers={"accept-language": "en-GB,en;q=0.9"})
    assert (vietnamese.body["title"], vietnamese.headers["content-language"]) == (
        "Nội dung không phải JSON hợp lệ.",
        "vi",
    )
    assert (english.body["title"], english.headers["content-language"]) == ("The body is not valid JSON.", "en")


def test_nothing_of_an_answer_is_kept_by_a_browser(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    assert _refused(shared_cloud, b"{").headers["cache-control"] == "no-store"
    received = shared_cloud.call("dossier_api", "POST", "/dossiers", request_body(owner), groups=CLERK)
    assert received.headers["cache-control"] == "no-store"
