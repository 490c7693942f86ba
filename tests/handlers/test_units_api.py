"""Units are entered and changed through their endpoints: rights, faults field by field, versions, and the audit trail."""

from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from motcua.adapters.registry.ledger import DynamoLedger
from motcua.contracts.registry.change_unit import UnitModel
from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.ports.ledger import Amendments
from tests.kit.moto_cloud import Cloud, Reply
from tests.kit.shipped import UNITS

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
    """Change the sample department. `said` adds to the body, `key` goes to the call."""
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
    changed = change(cloud, 1, evidence="mẫu")
    assert (changed.status, changed.headers["etag"], changed.body["evidence"]) == (200, '"2"', "mẫu")
    assert change(cloud, 1, evidence="sample").status == 412


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
    assert (enter(cloud).status, enter(cloud, WARD).status) == (201, 201)
    assert change(cloud, valid_to="2020-05-31", successor_ids=["p-mau"]).status == 200
    seen = cloud.call("public_api", "GET", "/units/sm-mau", query={"on": "2020-06-01"}).body
    assert seen["says_en"] == "It ended on 31/05/2020; after it came: UBND phường Mẫu (ví dụ)."


def test_a_retried_request_is_answered_as_the_first_request_was(cloud: Cloud) -> None:
    first, retried = enter(cloud, key="unit-1"), enter(cloud, key="unit-1")
    assert (retried.status, retried.body) == (201, first.body)
    assert retried.headers["idempotency-replayed"] == "true"
    changed = change(cloud, evidence="mẫu", key="unit-2")
    change(cloud, 2, evidence="sample")
    again = change(cloud, evidence="mẫu", key="unit-2")
    assert (again.status, again.body, again.headers["etag"]) == (200, changed.body, '"2"')
    assert told(enter(cloud, UNIT | {"name_vi": "Sở Khác (ví dụ)"}, key="unit-1")) == [("", "idempotency-key-reused")]
    assert [each["version"] for each in history(cloud).body["versions"]] == [3, 2, 1]


def test_the_history_says_who_when_and_why_and_what_it_was(cloud: Cloud) -> None:
    enter(cloud)
    cloud.now = "2020-04-24T09:00:00+07:00"
    change(cloud, short_name_vi="SM", groups=CONTROLLER, said={"changes_from": "2020-06-01"})
    seen = history(cloud)
    assert seen.headers["etag"] == '"2"'
    second, first = seen.body["versions"]
    assert (first["by"], second["by"]) == (f"staff-{ADMIN}", f"staff-{CONTROLLER}")
    assert (first["why"], second["why"]) == ("Thành lập theo quyết định mẫu", "Sửa theo quyết định mẫu")
    assert second["occurred_at"] == "2020-04-24T09:00:00+07:00"
    assert (first["content"]["short_name_vi"], second["content"]["short_name_vi"]) == ("", "SM")
    assert first["content"]["valid_from"] == "2020-05-01"
    assert [(each["last"], each["short_name_vi"]) for each in second["content"]["former"]] == [("2020-05-31", "")]


def test_the_past_stays_what_it_was(cloud: Cloud) -> None:
    known = replace(UNITS["mc-tinh"], serves=("skhdt", "stp"))
    cloud.enter(new_entry(EntryKind.UNIT, known.id, known))
    counter = UnitModel.from_domain(known).model_dump(mode="json")
    counter |= {"serves": ["skhdt"], "name_vi": "Trung tâm mới"}
    body = {"unit": counter, "why": "Đổi tên (ví dụ)"}
    cloud.now = "2026-06-01T08:00:00+07:00"
    unsaid = cloud.call("registry_api", "PUT", "/units/mc-tinh", body, groups=ADMIN, version=1)
    assert (unsaid.status, told(unsaid)) == (422, [("/changes_from", "changes-from-needed")])
    assert "name_vi, serves" in unsaid.body["errors"][0]["message_en"]
    done = cloud.call(
        "registry_api", "PUT", "/units/mc-tinh", body | {"changes_from": "2026-06-01"}, groups=ADMIN, version=1
    )
    assert (done.status, done.body["name_vi"], done.body["since"]) == (200, "Trung tâm mới", "2026-06-01")
    cloud.restart()
    before, after = (
        cloud.call("public_api", "GET", "/units/mc-tinh", query={"on": day}).body
        for day in ("2020-04-23", "2026-06-01")
    )
    assert (before["name_vi"], len(before["serves"]), before["until"]) == (
        known.name_vi,
        2,
        "2026-05-31",
    )
    assert (after["name_vi"], len(after["serves"])) == ("Trung tâm mới", 1)
    served = [
        [each["name_vi"] for each in cloud.call("public_api", "GET", "/units/stp", query={"on": day}).body["served_by"]]
        for day in ("2026-05-31", "2026-06-01")
    ]
    assert served == [[UNITS["mc-tinh"].name_vi], []]


def test_lists_are_of_the_units_as_they_stood(cloud: Cloud) -> None:
    enter(cloud)
    change(cloud, kind="vertical", parent_id="", said={"changes_from": "2021-01-01"})
    for day, kind in (("2020-12-31", "department"), ("2021-01-01", "vertical")):
        listed = cloud.call("public_api", "GET", "/units", query={"on": day, "kind": kind}).body["units"]
        assert "sm-mau" in [unit["id"] for unit in listed]
    under = cloud.call("public_api", "GET", "/units", query={"on": "2021-01-01", "parent": "tinh"}).body["units"]
    assert "sm-mau" not in [unit["id"] for unit in under]


def test_a_unit_with_an_inbox_is_not_ended_here(cloud: Cloud) -> None:
    ended = {"valid_to": "2020-06-30", "successor_ids": ["skhdt"]}
    body = {"unit": UnitModel.from_domain(UNITS["stp"]).model_dump(mode="json") | ended, "why": "Kết thúc (ví dụ)"}
    refused = cloud.call("registry_api", "PUT", "/units/stp", body, groups=ADMIN, version=1)
    assert (refused.status, told(refused)) == (422, [("/unit/valid_to", "ended-by-reorganisation")])


def test_two_at_once_make_no_circle(cloud: Cloud) -> None:
    def under(unit_id: str, parent: str) -> Reply:
        unit = UnitModel.from_domain(UNITS[unit_id]).model_dump(mode="json") | {"parent_id": parent}
        body = {"unit": unit, "changes_from": "2021-01-01", "why": "Đổi cấp trên (ví dụ)"}
        return cloud.call("registry_api", "PUT", f"/units/{unit_id}", body, groups=ADMIN, version=1)

    rivals = [lambda: under("skhdt", "stp")]

    def write(ledger: DynamoLedger, amendments: Amendments, real: Any = DynamoLedger.amend) -> None:
        if rivals:
            assert rivals.pop()().status == 200
        real(ledger, amendments)

    with patch.object(DynamoLedger, "amend", write):
        late = under("stp", "skhdt")
    assert (late.status, told(late)) == (412, [("", "entry-changed-meanwhile")])
    assert told(under("stp", "skhdt")) == [("/unit/parent_id", "unit-above-itself")]


def test_it_changes_within_its_own_days(cloud: Cloud) -> None:
    enter(cloud)
    early = change(cloud, name_vi="Sở Khác (ví dụ)", said={"changes_from": "2020-04-30"})
    assert told(early) == [("/changes_from", "changes-from-outside")]
    assert "01/05/2020" in early.body["errors"][0]["message_vi"]
