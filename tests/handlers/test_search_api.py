"""Search for staff: within the own unit, by whole values, always recorded, without personal data where none may be."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from motcua.adapters import clients as aws
from tests.kit.api_lives import act, in_process, receive, received, resolved, submit
from tests.kit.calls.desk_calls import read, search
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud

OWNER = {"name": "Đỗ Thị Mẫu Tìm", "number": "030099000077", "phone": "0912340077", "address": "Số 1, phố Mẫu"}
BUSINESS = {"kind": "business", "name": "Công ty TNHH Tìm Thử", "number": "0100109106", "phone": "0912340088"}
ALONE = {"name": "Phan Văn Riêng Rẽ", "number": "030099000066", "phone": "0912340066", "address": "Số 2, phố Mẫu"}
"""A person for tests that search for their own dossier among others."""

HEAD = "head@mc-tinh"


@pytest.fixture(scope="module")
def dossier_id(shared_cloud: Cloud) -> str:
    submitter = OWNER | {"number": "030099000078", "name": "Lê Văn Nộp"}
    return in_process(shared_cloud, OWNER, submitter=submitter, authority="Giấy uỷ quyền số 1")


def _found(cloud: Cloud, by: str, value: str, groups: str = CLERK, unit: str = "mc-tinh") -> list[str]:
    reply = search(cloud, by, value, groups, unit)
    assert reply.status == 200, reply.body
    return [each["id"] for each in reply.body["dossiers"]]


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("identity_number", "030099000077"),
        ("identity_number", "030099000078"),
        ("phone_end", "0077"),
        ("name", "do thi mau tim"),
        ("name", "ĐỖ THỊ  Mẫu Tìm"),
        ("name", "mau tim"),
        ("name", "van nop"),
    ],
)
def test_a_dossier_is_found_by_its_persons(shared_cloud: Cloud, dossier_id: str, by: str, value: str) -> None:
    assert _found(shared_cloud, by, value) == [dossier_id]
    assert _found(shared_cloud, by, value, OFFICER, "skhdt") == [dossier_id]


@pytest.mark.parametrize(
    ("by", "value"),
    [("identity_number", "030099000079"), ("phone_end", "1234"), ("name", "do thi"), ("name", "thi mau")],
)
def test_a_part_of_a_value_finds_nothing(shared_cloud: Cloud, dossier_id: str, by: str, value: str) -> None:
    assert _found(shared_cloud, by, value) == []


def test_a_business_is_found_by_its_tax_code(cloud: Cloud) -> None:
    dossier_id = received(cloud, BUSINESS)
    assert _found(cloud, "tax_code", "0100109106") == [dossier_id]


def test_a_dossier_is_found_by_its_number_and_its_parcel(cloud: Cloud) -> None:
    dossier_id = resolved(cloud, OWNER, channel_out="post")
    assert _found(cloud, "dossier_number", cloud.state(dossier_id)["number"]) == [dossier_id]
    assert _found(cloud, "parcel", f"{dossier_id.lower()}-1") == [dossier_id]
    assert _found(cloud, "parcel", f"{dossier_id}-2") == []
    assert _found(cloud, "dossier_number", "000.00.04.H23-200423-9999") == []


@pytest.mark.parametrize(("unit", "groups"), [("mc-h288", "clerk@mc-h288"), ("stp", "officer@stp")])
def test_another_unit_does_not_find_it(shared_cloud: Cloud, dossier_id: str, unit: str, groups: str) -> None:
    number = shared_cloud.state(dossier_id)["number"]
    assert _found(shared_cloud, "identity_number", OWNER["number"], groups, unit) == []
    assert _found(shared_cloud, "dossier_number", number, groups, unit) == []


def test_nobody_searches_in_another_unit(shared_cloud: Cloud, dossier_id: str) -> None:
    reply = search(shared_cloud, "identity_number", OWNER["number"], OFFICER)
    assert (reply.status, reply.body["type"]) == (403, "urn:motcua:problem:unit-not-yours")


def test_a_submission_is_found_at_the_counter_before_the_agency_may_see_it(cloud: Cloud) -> None:
    dossier_id = submit(cloud, ALONE).body["id"]
    assert _found(cloud, "phone_end", "0066") == [dossier_id]
    assert _found(cloud, "phone_end", "0066", OFFICER, "skhdt") == []


def test_a_new_recipient_is_found_and_names_in_the_index_are_none(cloud: Cloud) -> None:
    dossier_id = resolved(cloud, OWNER)
    recipient = OWNER | {"name": "Phạm Thị Nhận", "number": "030099000099"}
    chosen = act(cloud, dossier_id, "return-channel", 4, CLERK, {"channel_out": "post", "recipient": recipient})
    assert chosen.status == 200, chosen.body
    assert _found(cloud, "name", "thi nhan") == [dossier_id]
    for item in cloud.tables()["Person"]:
        if item.get("kind") == {"S": "search"}:
            told = json.dumps(item, ensure_ascii=False).lower()
            assert not [each for each in ("nhan", "nhận", "mẫu", "0300990000") if each in told]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, ("/by", "missing")),
        ({"by": "phone", "value": "0077"}, ("/by", "not-allowed")),
        ({"by": "phone_end", "value": "77"}, ("/value", "malformed-phone-end")),
        ({"by": "identity_number", "value": "0077"}, ("/value", "malformed-identity-number")),
        ({"by": "tax_code", "value": "0100109107"}, ("/value", "malformed-tax-code")),
        ({"by": "dossier_number", "value": "0923"}, ("/value", "malformed-number")),
        ({"by": "parcel", "value": "0001"}, ("/value", "malformed-parcel")),
        ({"by": "name", "value": "Thử"}, ("/value", "name-too-short")),
        ({"by": "name", "value": "nguyen van mau", "limit": 51}, ("/limit", "out-of-range")),
        ({"by": "name", "value": "nguyen van mau", "cursor": "x"}, ("/cursor", "malformed-cursor")),
        ({"by": "name", "value": "nguyen van mau", "unit": "skhdt"}, ("/unit", "unknown-field")),
    ],
)
def test_what_is_wrong_is_told_by_field(shared_cloud: Cloud, body: Any, fault: tuple[str, str]) -> None:
    reply = shared_cloud.call("dossier_api", "POST", "/units/mc-tinh/search", body, groups=CLERK, key=None)
    assert reply.status in (400, 422)
    assert fault in [(each["pointer"], each["code"]) for each in reply.body["errors"]]
    assert body.get("value", "—") not in json.dumps(reply.body, ensure_ascii=False)


def test_pages_show_each_dossier_once_the_latest_first(cloud: Cloud) -> None:
    ids = [received(cloud, ALONE, headers={"x-motcua-now": f"2020-04-23T08:0{minute}:00+07:00"}) for minute in range(5)]
    shown: list[str] = []
    cursor = ""
    for _ in range(9):
        page = search(cloud, "name", "rieng re", limit=2, cursor=cursor)
        assert len(page.body["dossiers"]) <= 2
        shown += [each["id"] for each in page.body["dossiers"]]
        cursor = page.body["next_cursor"]
        if not cursor:
            break
    assert shown == ids[::-1]


def test_a_cursor_opens_no_other_search(cloud: Cloud) -> None:
    for _ in range(2):
        receive(cloud, ALONE)
    cursor = search(cloud, "name", "rieng re", limit=1).body["next_cursor"]
    for by, value in (("phone_end", "0066"), ("name", "phan van rieng re")):
        assert search(cloud, by, value, limit=1, cursor=cursor).status == 400


def test_a_search_is_recorded_with_who_and_how_many_and_not_for_what(
    cloud: Cloud, said: Callable[[], list[str]]
) -> None:
    received(cloud, ALONE)
    cloud.now = "2020-05-04T08:00:00+07:00"  # a day of its own: others have searched, too
    said()
    search(cloud, "identity_number", ALONE["number"])
    search(cloud, "identity_number", "030099000098")
    logged = "\n".join(said())
    assert '"searched_by":"identity_number"' in logged
    assert '"hits":1' in logged
    reply = read(cloud, "searches", HEAD)
    assert sorted((each["by"], each["searched_by"], each["hits"]) for each in reply.body["searches"]) == [
        (f"staff-{CLERK}", "identity_number", 0),
        (f"staff-{CLERK}", "identity_number", 1),
    ]
    records = [item for item in cloud.tables()["Person"] if item.get("kind") == {"S": "search_record"}]
    for told in (logged, json.dumps(reply.body), json.dumps(records)):
        assert ALONE["number"] not in told
        assert "030099000098" not in told


def test_only_the_head_and_the_controller_read_who_searched(shared_cloud: Cloud) -> None:
    assert read(shared_cloud, "searches", CLERK).status == 403
    assert read(shared_cloud, "searches", "head@skhdt").status == 403
    assert read(shared_cloud, "searches", "controller@tinh", on="2020-04-22").body["searches"] == []


def test_a_search_shows_no_person(shared_cloud: Cloud, dossier_id: str) -> None:
    body = search(shared_cloud, "phone_end", "0077").body
    told = json.dumps(body, ensure_ascii=False)
    assert not [each for each in (OWNER["name"], OWNER["number"], OWNER["phone"]) if each in told]


@pytest.mark.parametrize(("by", "value", "calls"), [("phone_end", "0077", 3), ("phone_end", "9999", 2)])
def test_a_search_costs_the_index_the_dossiers_and_the_record(
    shared_cloud: Cloud, dossier_id: str, by: str, value: str, calls: int
) -> None:
    search(shared_cloud, by, value)  # the units are in memory now
    before = aws.calls()
    search(shared_cloud, by, value)
    assert aws.calls() - before == calls


def test_persons_are_indexed_in_the_receipts_own_call(shared_cloud: Cloud) -> None:
    shared_cloud.restart()  # else what it remembers of the registry may be over between the two
    receive(shared_cloud, OWNER)
    before = aws.calls()
    receive(shared_cloud, OWNER)
    assert aws.calls() - before == 1
