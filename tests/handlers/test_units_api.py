"""Units are entered and changed through their endpoints: rights, faults field by field, versions, and the audit trail."""

from typing import Any

import pytest

from tests.handlers.cloud import Cloud, Reply

ADMIN, CONTROLLER = "admin@tinh", "controller@tinh"
UNIT: dict[str, Any] = {
    "id": "sm-mau",
    "kind": "department",
    "level": "tinh",
    "name_vi": "Sở Mẫu (ví dụ)",
    "parent_id": "tinh",
    "identifier": "000.00.99.H23",
    "identifier_is_sample": True,
    "valid_from": "2020-05-01",
}
WARD = UNIT | {
    "id": "p-mau",
    "kind": "commune",
    "level": "xa",
    "name_vi": "UBND phường Mẫu (ví dụ)",
    "parent_id": "h288",
}


def enter(cloud: Cloud, unit: dict[str, Any] = UNIT, groups: str | None = ADMIN, **more: Any) -> Reply:
    body = {"unit": unit, "why": "Thành lập theo quyết định mẫu"}
    return cloud.call("registry_api", "POST", "/units", body, groups=groups, **more)


def change(cloud: Cloud, version: int | None = 1, groups: str = ADMIN, **more: Any) -> Reply:
    """Change the sample department; `said` goes into the body beside the unit, `key` to the call."""
    said, key = more.pop("said", {}), more.pop("key", "")
    body = {"unit": UNIT | more, "why": "Sửa theo quyết định mẫu", **said}
    return cloud.call("registry_api", "PUT", "/units/sm-mau", body, groups=groups, version=version, key=key)


def history(cloud: Cloud, path: str = "unit/sm-mau", groups: str | None = "clerk@mc-tinh") -> Reply:
    return cloud.call("registry_api", "GET", f"/registry/{path}/history", groups=groups)


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in reply.body["errors"]]


@pytest.mark.parametrize("groups", [ADMIN, CONTROLLER])
def test_a_unit_is_entered_and_everybody_reads_it(cloud: Cloud, groups: str) -> None:
    made = enter(cloud, groups=groups)
    assert (made.status, made.headers["etag"], made.headers["location"]) == (201, '"1"', "/units/sm-mau")
    seen = cloud.call("public_api", "GET", "/units/sm-mau", query={"on": "2020-05-01"})
    assert (seen.body["name_vi"], seen.body["parent"]["id"], seen.body["state"]) == ("Sở Mẫu (ví dụ)", "tinh", "valid")
    assert seen.headers["etag"] == '"1"'
    early = cloud.call("public_api", "GET", "/units/sm-mau", query={"on": "2020-04-30"}).body
    assert (early["state"], early["says_vi"]) == ("not_yet", "Hoạt động từ ngày 01/05/2020.")


@pytest.mark.parametrize("groups", ["officer@skhdt", "head@skhdt", "admin@skhdt", "controller@skhdt", "clerk@mc-tinh"])
def test_nobody_else_changes_units(cloud: Cloud, groups: str) -> None:
    refused = enter(cloud, groups=groups)
    assert (refused.status, told(refused)) == (403, [("", "role-needed")])
    assert "admin" in refused.body["title"]
    enter(cloud)
    assert change(cloud, groups=groups).status == 403


def test_without_sign_in_nothing_is_changed(cloud: Cloud) -> None:
    assert enter(cloud, groups=None).status == 403


def test_a_taken_id_is_refused(cloud: Cloud) -> None:
    assert enter(cloud).status == 201
    again = enter(cloud)
    assert (again.status, told(again)) == (409, [("/unit/id", "entry-exists")])


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"parent_id": "nowhere"}, [("/unit/parent_id", "unknown-unit")]),
        ({"serves": ["stp"]}, [("/unit/serves", "only-one-stop-serves")]),
        ({"kind": "one_stop", "serves": ["nowhere"]}, [("/unit/serves/0", "unknown-unit")]),
        ({"kind": "one_stop"}, [("/unit/serves", "serves-nobody")]),
        ({"kind": "department_unit", "parent_id": "h288"}, [("/unit/parent_id", "parent-not-department")]),
        (
            {"kind": "district", "parent_id": "x"},
            [("/unit/parent_id", "unknown-unit"), ("/unit/level", "level-differs")],
        ),
        ({"valid_to": "2020-04-30"}, [("/unit/valid_to", "ends-before-it-begins")]),
        ({"id": "Sở Mẫu"}, [("/unit/id", "malformed")]),
        ({"kind": "ward"}, [("/unit/kind", "not-allowed")]),
        ({"name_vi": "\u200b"}, [("/unit/name_vi", "unreadable-text")]),
        ({"colour": "red"}, [("/unit/colour", "unknown-field")]),
        ({"serves": ["x"] * 201}, [("/unit/serves", "too-many")]),
    ],
)
def test_a_unit_that_is_not_right_is_told_field_by_field(
    cloud: Cloud, changes: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    refused = enter(cloud, UNIT | changes)
    assert (refused.status, told(refused)) == (422, faults)
    assert history(cloud).status == 404


def test_a_change_needs_the_version_that_was_read(cloud: Cloud) -> None:
    enter(cloud)
    assert change(cloud, None).status == 428
    stale = change(cloud, 7)
    assert (stale.status, stale.body["version"]) == (412, 1)
    changed = change(cloud, 1, short_name_vi="SM")
    assert (changed.status, changed.headers["etag"], changed.body["short_name_vi"]) == (200, '"2"', "SM")
    assert change(cloud, 1, short_name_vi="SMM").status == 412


def test_the_id_in_the_address_is_the_units(cloud: Cloud) -> None:
    enter(cloud)
    assert told(change(cloud, id="sm-khac")) == [("/unit/id", "id-differs")]


def test_a_unit_that_is_not_there_cannot_be_changed(cloud: Cloud) -> None:
    assert change(cloud).status == 404


def test_a_unit_that_ends_names_its_successors_or_says_that_it_has_none(cloud: Cloud) -> None:
    enter(cloud)
    unsaid = change(cloud, valid_to="2020-12-31")
    assert (unsaid.status, told(unsaid)) == (422, [("/unit/successor_ids", "successor-needed")])
    ended = change(cloud, valid_to="2020-12-31", successor_ids=["stp"])
    assert ended.body["successors"] == [{"id": "stp", "name_vi": "Sở Tư pháp"}]
    none = change(cloud, 2, valid_to="2020-11-30", said={"no_successor": True})
    assert (none.status, none.body["successors"]) == (200, [])


def test_an_ended_units_visitors_are_told_who_came_after_it(cloud: Cloud) -> None:
    assert enter(cloud, WARD).status == 201
    ended = {
        "id": "h288", "kind": "district", "level": "huyen", "name_vi": "UBND thành phố Hải Dương", "parent_id": "tinh",
        "valid_from": "2020-01-01", "valid_to": "2020-05-31", "successor_ids": ["p-mau"],
    }  # fmt: skip
    body = {"unit": ended, "why": "Kết thúc (ví dụ)"}
    assert cloud.call("registry_api", "PUT", "/units/h288", body, groups=ADMIN, version=1).status == 200
    seen = cloud.call("public_api", "GET", "/units/h288", query={"on": "2020-06-01"}).body
    assert seen["says_en"] == "It ended on 31/05/2020; after it came: UBND phường Mẫu (ví dụ)."


def test_a_twin_is_answered_as_the_first_request_was(cloud: Cloud) -> None:
    first, twin = enter(cloud, key="unit-1"), enter(cloud, key="unit-1")
    assert (twin.status, twin.body) == (201, first.body)
    assert twin.headers["idempotency-replayed"] == "true"
    changed = change(cloud, short_name_vi="SM", key="unit-2")
    change(cloud, 2, short_name_vi="SMM")
    again = change(cloud, short_name_vi="SM", key="unit-2")
    assert (again.status, again.body, again.headers["etag"]) == (200, changed.body, '"2"')
    assert told(enter(cloud, UNIT | {"name_vi": "Sở Khác (ví dụ)"}, key="unit-1")) == [("", "idempotency-key-reused")]
    assert [each["version"] for each in history(cloud).body["versions"]] == [1, 2, 3]


def test_the_history_says_who_when_and_why_and_what_it_was(cloud: Cloud) -> None:
    enter(cloud)
    cloud.now = "2020-04-24T09:00:00+07:00"
    change(cloud, short_name_vi="SM", groups=CONTROLLER)
    seen = history(cloud)
    assert seen.headers["etag"] == '"2"'
    first, second = seen.body["versions"]
    assert (first["by"], second["by"]) == (f"staff-{ADMIN}", f"staff-{CONTROLLER}")
    assert (first["why"], second["why"]) == ("Thành lập theo quyết định mẫu", "Sửa theo quyết định mẫu")
    assert second["occurred_at"] == "2020-04-24T09:00:00+07:00"
    assert (first["content"]["short_name_vi"], second["content"]["short_name_vi"]) == ("", "SM")
    assert first["content"]["valid_from"] == "2020-05-01"


def test_the_history_is_for_staff_and_of_what_there_is(cloud: Cloud) -> None:
    assert history(cloud, "unit/stp").body["versions"] == [], "what was loaded from the tables has no change yet"
    assert history(cloud, "unit/nowhere").status == 404
    assert told(history(cloud, "wish/stp")) == [("/kind", "not-allowed")]
    assert history(cloud, "unit/stp", groups="nobody").status == 403
    assert history(cloud, "unit/stp", groups=None).status == 403
    assert history(cloud, "rule/target-departments").status == 200
    assert history(cloud, "carrier_code/simulator%23C50").status == 200
