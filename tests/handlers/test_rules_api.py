"""Rules are entered, changed and annulled through their endpoints, and obeyed by the functions that meet them."""

from typing import Any

import pytest

from tests.handlers.cloud import Cloud, Reply
from tests.handlers.job_steps import CONTROLLER, control
from tests.handlers.lives import act, receive, resolved

Owner = dict[str, str]

BASIS = {"number": "77/UBND-VP (mẫu)", "date": "2020-07-31", "title_vi": "Văn bản mẫu", "certainty": "ours"}
CLOSURE: dict[str, Any] = {
    "id": "closure-sample-2020-08",
    "kind": "closure",
    "scope": {"units": ["mc-tinh"], "channels": ["counter"], "acts": ["reception", "return"]},
    "from": "2020-08-03",
    "to": "2020-08-05",
    "value": {},
    "says_vi": "Từ ngày 03/8 đến hết ngày 05/8/2020 Trung tâm tạm dừng tiếp nhận, trả kết quả trực tiếp (mẫu).",
    "says_en": "From 3 to 5 August 2020 the centre receives and returns nothing at the counter (a sample).",
    "legal_basis": BASIS,
}
TARGET: dict[str, Any] = CLOSURE | {
    "id": "target-sample-2021",
    "kind": "target",
    "scope": {"unit_kinds": ["department"]},
    "from": "2021-01-01",
    "to": None,
    "value": {"share": "60/100"},
}
WHY = "Nhập theo văn bản mẫu của UBND tỉnh"
CITED = "closure-sample-2020-08 · 77/UBND-VP (mẫu) (2020-07-31)"


def enter(cloud: Cloud, rule: dict[str, Any], said: dict[str, Any] | None = None, **more: Any) -> Reply:
    """Enter a rule; `said` stands beside it in the body, `more` goes to the call."""
    return control(cloud, "POST", "/rules", {"rule": rule, "why": WHY} | (said or {}), **more)


def change(cloud: Cloud, rule: dict[str, Any], *, version: int | None = 1, at: str = "", **more: Any) -> Reply:
    path = f"/rules/{at or rule['id']}"
    return control(cloud, "PUT", path, {"rule": rule, "why": WHY}, version=version, **more)


def annul(cloud: Cloud, rule_id: str, *, version: int | None = 1, **more: Any) -> Reply:
    return control(cloud, "POST", f"/rules/{rule_id}/annulment", {"why": "Nhập nhầm"}, version=version, **more)


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in reply.body["errors"]]


def history(cloud: Cloud, rule_id: str) -> list[tuple[int, str, str]]:
    """Version, author and reason of each change."""
    reply = control(cloud, "GET", f"/registry/rule/{rule_id}/history")
    assert reply.status == 200, reply.body
    return [(each["version"], each["by"], each["why"]) for each in reply.body["versions"]]


def with_value(kind: str, value: Any) -> dict[str, Any]:
    scope = {"acts": ["reception"]} if kind == "closure" else {}
    return CLOSURE | {"id": "sample-rule", "kind": kind, "scope": scope, "value": value}


def test_a_new_rule_is_answered_as_it_stands_with_its_place(cloud: Cloud) -> None:
    made = enter(cloud, CLOSURE)
    assert (made.status, made.headers["etag"], made.headers["location"]) == (
        *(201, '"1"', "/rules/closure-sample-2020-08"),
    )
    assert {name: made.body[name] for name in ("id", "kind", "from", "to", "says_vi")} == {
        name: CLOSURE[name] for name in ("id", "kind", "from", "to", "says_vi")
    }
    assert (made.body["kind_vi"], made.body["legal_basis"]["number"]) == ("Tạm dừng hoạt động", "77/UBND-VP (mẫu)")
    seen = cloud.call("public_api", "GET", "/rules/closure-sample-2020-08")
    assert (seen.status, seen.body, seen.headers["etag"]) == (200, made.body, '"1"')
    assert history(cloud, "closure-sample-2020-08") == [(1, f"staff-{CONTROLLER}", WHY)]


def test_a_closure_that_was_entered_is_obeyed_by_who_receives_and_who_returns(cloud: Cloud, owner: Owner) -> None:
    dossier_id = resolved(cloud, owner)
    during = {"x-motcua-now": "2020-08-04T08:00:00+07:00"}
    assert receive(cloud, owner, headers=during).status == 201
    assert enter(cloud, CLOSURE).status == 201
    cloud.restart()
    refused = receive(cloud, owner, headers=during)
    assert (refused.status, refused.body["type"]) == (422, "urn:motcua:problem:reception-closed")
    assert refused.body["rule"] == CITED
    assert receive(cloud, owner, headers=during, channel_in="post").status == 201
    for day, status in (("2020-08-02", 201), ("2020-08-06", 201)):
        assert receive(cloud, owner, headers={"x-motcua-now": f"{day}T08:00:00+07:00"}).status == status
    cloud.now = during["x-motcua-now"]
    kept = act(cloud, dossier_id, "return", 4, "clerk@mc-tinh", {"channel": "counter"})
    assert (kept.status, kept.body["type"]) == (422, "urn:motcua:problem:return-closed")
    assert (kept.body["rule"], told(kept)) == (CITED, [("/channel", "return-closed")])
    assert act(cloud, dossier_id, "return", 4, "clerk@mc-tinh", {"channel": "online"}).status == 200


def test_once_annulled_it_is_obeyed_no_more_and_still_read(cloud: Cloud, owner: Owner) -> None:
    enter(cloud, CLOSURE)
    annulled = annul(cloud, CLOSURE["id"])
    assert (annulled.status, annulled.body["annulled"], annulled.headers["etag"]) == (200, True, '"2"')
    assert receive(cloud, owner, headers={"x-motcua-now": "2020-08-04T08:00:00+07:00"}).status == 201
    assert cloud.call("public_api", "GET", f"/rules/{CLOSURE['id']}").body["annulled"] is True
    assert [why for _, _, why in history(cloud, CLOSURE["id"])] == [WHY, "Nhập nhầm"]
    for again in (annul(cloud, CLOSURE["id"], version=2), change(cloud, CLOSURE, version=2)):
        assert (again.status, again.body["type"]) == (409, "urn:motcua:problem:rule-annulled")


def test_what_nothing_can_be_done_without_is_named_when_it_is_annulled(cloud: Cloud, owner: Owner) -> None:
    for rule_id, kind in (("working-hours", "Giờ làm việc"), ("number-prefix", "Mã định danh mở đầu số hồ sơ")):
        assert annul(cloud, rule_id).status == 200
        refused = receive(cloud, owner)
        assert (refused.status, refused.body["type"]) == (422, "urn:motcua:problem:rule-missing")
        assert kind in refused.body["title"]
        restored = {"kind": rule_id.replace("-", "_"), "id": f"{rule_id}-again", "scope": {}, "from": "2020-01-01"}
        hours = {"intervals": [["07:30", "11:30"], ["13:00", "17:00"]]}
        prefix = {"at_provincial_centre": "one_stop", "elsewhere": "one_stop"}
        value = hours if rule_id == "working-hours" else prefix
        assert enter(cloud, CLOSURE | restored | {"to": None, "value": value}).status == 201
    assert receive(cloud, owner).body["number"].startswith("000.01.01.H23-")


def test_a_new_target_ends_the_one_that_it_replaces_on_the_eve(cloud: Cloud) -> None:
    assert enter(cloud, TARGET, {"replaces": "target-departments"}).status == 201
    former = cloud.call("public_api", "GET", "/rules/target-departments")
    assert (former.body["to"], former.headers["etag"]) == ("2020-12-31", '"2"')
    for day, rule in (("2020-12-31", "target-departments"), ("2021-01-01", "target-sample-2021")):
        query = {"kind": "target", "unit": "skhdt", "on": day}
        applied = cloud.call("public_api", "GET", "/rules", query=query).body["rules"]
        assert [each["id"] for each in applied] == [rule]


def test_a_contradiction_names_the_other_rule_and_writes_nothing(shared_cloud: Cloud) -> None:
    before = shared_cloud.tables()
    refused = enter(shared_cloud, TARGET)
    assert (refused.status, told(refused)) == (422, [("/rule/scope", "rule-contradicts")])
    assert refused.body["rule"] == "target-departments · 1313/UBND-VP (2020-04-22)"
    (fault,) = refused.body["errors"]
    assert "target-departments (từ 01/01/2020 đến …)" in fault["message_vi"]
    assert "target-departments (from 01/01/2020 to …)" in fault["message_en"]
    assert shared_cloud.tables() == before


def test_a_change_may_neither_contradict_nor_move_to_another_kind_or_id(cloud: Cloud) -> None:
    enter(cloud, TARGET, {"replaces": "target-departments"})
    assert told(change(cloud, TARGET | {"from": "2020-12-31"})) == [("/rule/scope", "rule-contradicts")]
    assert told(change(cloud, CLOSURE | {"id": TARGET["id"]})) == [("/rule/kind", "kind-stays")]
    assert told(change(cloud, TARGET, at="target-departments")) == [("/rule/id", "id-differs")]
    assert change(cloud, CLOSURE).body["type"] == "urn:motcua:problem:entry-not-found"
    ends = change(cloud, TARGET | {"to": "2021-12-31"})
    assert (ends.status, ends.body["to"], ends.headers["etag"]) == (200, "2021-12-31", '"2"')


@pytest.mark.parametrize("groups", ["controller@stp", "head@skhdt", "admin@tinh", "officer@skhdt", "clerk@mc-tinh", ""])
def test_only_the_provincial_controller_touches_rules(shared_cloud: Cloud, groups: str) -> None:
    before = shared_cloud.tables()
    known = TARGET | {"id": "target-departments", "from": "2020-01-01"}
    for refused in (
        enter(shared_cloud, CLOSURE, groups=groups),
        change(shared_cloud, known, groups=groups),
        annul(shared_cloud, "target-departments", groups=groups),
    ):
        assert refused.status == 403
    assert shared_cloud.tables() == before


def test_the_portal_touches_no_rule(shared_cloud: Cloud) -> None:
    assert enter(shared_cloud, CLOSURE, groups=None, scopes="portal/submit").status == 403


def test_a_request_that_comes_twice_is_done_once(cloud: Cloud) -> None:
    first, twin = (enter(cloud, CLOSURE, key="enter-1") for _ in range(2))
    assert (twin.status, twin.body, twin.headers["etag"]) == (201, first.body, '"1"')
    assert "idempotency-replayed" not in first.headers
    assert twin.headers["idempotency-replayed"] == "true"
    assert [version for version, _, _ in history(cloud, CLOSURE["id"])] == [1]
    other = enter(cloud, CLOSURE | {"to": "2020-08-06"}, key="enter-1")
    assert told(other) == [("", "idempotency-key-reused")]


def test_a_twin_is_answered_as_the_rule_then_was(cloud: Cloud) -> None:
    first = enter(cloud, CLOSURE, key="enter-1")
    once = annul(cloud, CLOSURE["id"], key="annul-1")
    assert enter(cloud, CLOSURE, key="enter-1").body == first.body
    again = annul(cloud, CLOSURE["id"], key="annul-1")
    assert (again.status, again.body, again.headers["idempotency-replayed"]) == (200, once.body, "true")


def test_without_a_key_nothing_is_entered(shared_cloud: Cloud) -> None:
    refused = enter(shared_cloud, CLOSURE, key=None)
    assert (refused.status, refused.body["type"]) == (400, "urn:motcua:problem:idempotency-key-needed")


@pytest.mark.parametrize(("version", "status"), [(None, 428), (2, 412), (0, 412)])
def test_who_did_not_see_the_rule_as_it_stands_changes_nothing(
    shared_cloud: Cloud, version: int | None, status: int
) -> None:
    before = shared_cloud.tables()
    known = TARGET | {"id": "target-departments", "from": "2020-01-01"}
    for refused in (
        change(shared_cloud, known, version=version),
        annul(shared_cloud, "target-departments", version=version),
    ):
        assert refused.status == status
        if status == 412:
            assert refused.body["version"] == 1
    assert shared_cloud.tables() == before


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ({"id": "CV 77"}, [("/rule/id", "malformed")]),
        ({"kind": "holiday"}, [("/rule/kind", "not-allowed")]),
        ({"from": "3/8/2020"}, [("/rule/from", "wrong-type")]),
        ({"to": "2020-08-02"}, [("/rule/to", "ends-before-it-begins")]),
        ({"says_vi": ""}, [("/rule/says_vi", "unreadable-text")]),
        ({"says_en": "\u200b"}, [("/rule/says_en", "unreadable-text")]),
        ({"legal_basis": {"certainty": "ours"}}, [("/rule/legal_basis/number", "missing")]),
        ({"legal_basis": BASIS | {"certainty": "sure"}}, [("/rule/legal_basis/certainty", "not-allowed")]),
        ({"legal_basis": BASIS | {"url": "javascript:x"}}, [("/rule/legal_basis/url", "malformed")]),
        ({"legal_basis": BASIS | {"date": "hôm qua"}}, [("/rule/legal_basis/date", "wrong-type")]),
        ({"scope": {"unit": ["mc-tinh"]}}, [("/rule/scope/unit", "unknown-field")]),
        ({"scope": {"unit_kinds": ["ward"]}}, [("/rule/scope/unit_kinds/0", "not-allowed")]),
        ({"scope": {"channels": ["fax"]}}, [("/rule/scope/channels/0", "not-allowed")]),
        ({"scope": {"carriers": ["vnpost"]}}, [("/rule/scope/carriers", "unknown-field")]),
        ({"scope": {"units": ["mc-tinh"], "unit_kinds": ["one_stop"]}}, [("/rule/scope", "units-or-kinds")]),
        ({"scope": {"units": ["khong-co"], "acts": ["return"]}}, [("/rule/scope/units", "unknown-unit")]),
        ({"value": {"while_closed": "STOP"}}, [("/rule/value/while_closed", "not-allowed")]),
        ({"value": {"until": "2020-08-05"}}, [("/rule/value/until", "unknown-field")]),
        ({"value": []}, [("/rule/value", "wrong-type")]),
        ({"annulled": True}, [("/rule/annulled", "unknown-field")]),
    ],
)
def test_each_wrong_field_is_told_with_its_place(
    shared_cloud: Cloud, more: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    refused = enter(shared_cloud, CLOSURE | more)
    assert (refused.status, told(refused)) == (422, faults)


@pytest.mark.parametrize(
    ("kind", "value", "faults"),
    [
        ("target", {}, [("/share", "missing")]),
        *[("target", {"share": share}, [("/share", "malformed")]) for share in (0.55, None, "1/0", "1e999999999", [1])],
        *[("target", {"share": share}, [("/share", "malformed")]) for share in (True, "½", "٥٠/١٠٠", "9" * 5000, 1)],
        ("target", {"share": "101/100"}, [("/share", "out-of-range")]),
        ("target", {"share": "1/2", "year": "lunar"}, [("/year", "not-allowed")]),
        ("closing", {"working_day": 0, "at": "18:00"}, [("/working_day", "out-of-range")]),
        ("closing", {"working_day": "3", "at": "18h"}, [("/working_day", "wrong-type"), ("/at", "malformed")]),
        ("closing", {"working_day": 10**30, "at": "24:00"}, [("/working_day", "out-of-range"), ("/at", "wrong-type")]),
        ("reception", {"allowed": "yes"}, [("/allowed", "wrong-type")]),
        ("working_hours", {"intervals": []}, [("/intervals", "too-few")]),
        ("working_hours", {"intervals": [["08:00", "07:00"]]}, [("/intervals", "hours-out-of-order")]),
        (
            "working_hours",
            {"intervals": [["07:00", "11:00"], ["10:00", "12:00"]]},
            [("/intervals", "hours-out-of-order")],
        ),
        ("working_hours", {"intervals": [["07:00+07:00", "11:00"]]}, [("/intervals/0/0", "malformed")]),
        ("working_hours", {"intervals": [["07:00"]]}, [("/intervals/0/1", "missing")]),
        ("reception_hours", {"weekdays": [8], "intervals": [["07:00", "11:00"]]}, [("/weekdays/0", "out-of-range")]),
        ("review_order", {"before": 1590796800}, [("/before", "malformed")]),
        ("review_order", {"before": "2020-02-30"}, [("/before", "wrong-type")]),
        ("result_carrier", {"carrier": "ai-do"}, [("/carrier", "unknown-carrier")]),
        ("result_carrier", {"carrier": ""}, [("/carrier", "malformed")]),
    ],
)
def test_what_a_rule_says_is_read_strictly(
    shared_cloud: Cloud, kind: str, value: Any, faults: list[tuple[str, str]]
) -> None:
    refused = enter(shared_cloud, with_value(kind, value) | {"from": "2019-01-01", "to": "2019-01-02"})
    assert (refused.status, told(refused)) == (422, [(f"/rule/value{pointer}", code) for pointer, code in faults])
    at_change = change(shared_cloud, with_value(kind, value))
    assert at_change.status in (404, 422)


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"why": ""}, [("/why", "too-short")]),
        ({"replaces": "closure-counter-2020-04"}, [("/replaces", "replaces-nothing")]),
        ({"replaces": "khong-co"}, [("/replaces", "replaces-nothing")]),
        ({"replaces": "?"}, [("/replaces", "malformed")]),
        ({"force": True}, [("/force", "unknown-field")]),
    ],
)
def test_what_stands_beside_the_rule_is_read_strictly_too(
    shared_cloud: Cloud, said: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    assert told(enter(shared_cloud, CLOSURE, said)) == faults


def test_a_taken_id_is_refused(shared_cloud: Cloud) -> None:
    refused = enter(shared_cloud, CLOSURE | {"id": "post-attempts"})
    assert (refused.status, told(refused)) == (409, [("/rule/id", "entry-exists")])
