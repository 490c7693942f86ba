"""Rules are entered, changed and annulled through their endpoints, and applied by the functions."""

from typing import Any

import pytest

from tests.kit.api_lives import act, receive, resolved
from tests.kit.job_steps import CONTROLLER, control
from tests.kit.moto_cloud import Cloud, Reply

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
    """Enter a rule. `said` adds to the body, `more` goes to the call."""
    return control(cloud, "POST", "/rules", {"rule": rule, "why": WHY} | (said or {}), **more)


def change(cloud: Cloud, rule: dict[str, Any], *, version: int | None = 1, at: str = "", **more: Any) -> Reply:
    path = f"/rules/{at or rule['id']}"
    return control(cloud, "PUT", path, {"rule": rule, "why": WHY}, version=version, **more)


def annul(cloud: Cloud, rule_id: str, *, version: int | None = 1, **more: Any) -> Reply:
    return control(cloud, "POST", f"/rules/{rule_id}/annulment", {"why": "Nhập nhầm"}, version=version, **more)


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in reply.body["errors"]]


def history(cloud: Cloud, rule_id: str) -> list[tuple[int, str, str]]:
    """Return version, author and reason of each change."""
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
    assert [why for _, _, why in history(cloud, CLOSURE["id"])] == ["Nhập nhầm", WHY]
    for again in (annul(cloud, CLOSURE["id"], version=2), change(cloud, CLOSURE, version=2)):
        assert (again.status, again.body["type"]) == (409, "urn:motcua:problem:rule-annulled")


def test_what_nothing_can_be_done_without_is_replaced_and_never_missing(cloud: Cloud, owner: Owner) -> None:
    for rule_id, kind in (("working-hours", "Giờ làm việc"), ("number-prefix", "Mã định danh mở đầu số hồ sơ")):
        refused = annul(cloud, rule_id)
        assert (refused.status, refused.body["type"]) == (422, "urn:motcua:problem:rule-needed")
        assert f"Từ 01/01/2020 đến … sẽ không còn quy định về “{kind}”" in refused.body["title"]
    assert receive(cloud, owner).status == 201
    one_stop = {"at_provincial_centre": "one_stop", "elsewhere": "one_stop"}
    following: dict[str, Any] = {
        "kind": "number_prefix",
        "id": "prefix-2",
        "scope": {},
        "from": "2020-04-24",
        "to": None,
    }
    assert enter(cloud, CLOSURE | following | {"value": one_stop}, {"replaces": "number-prefix"}).status == 201
    cloud.restart()
    assert receive(cloud, owner).body["number"].startswith("000.00.04.H23-")
    cloud.now = "2020-04-24T08:00:00+07:00"
    assert receive(cloud, owner).body["number"].startswith("000.01.01.H23-")


def test_a_counter_that_opens_on_two_days_closes_no_other_channel(cloud: Cloud) -> None:
    two_days = {"unit_kinds": ["one_stop"], "channels": ["counter"]}
    saturday = CLOSURE | {"kind": "reception", "scope": two_days, "value": {"allowed": True}}
    refused = enter(cloud, saturday, {"replaces": "reception-one-stop-open"})
    assert (refused.status, told(refused)) == (422, [("/replaces", "replaces-less")])
    assert "channels: online, post; 06/08/2020 – …" in refused.body["title"]


def test_an_annulled_replacement_gives_back_what_it_replaced(cloud: Cloud) -> None:
    entered = enter(cloud, TARGET, {"replaces": "target-departments"})
    assert entered.body["replaced"] == {"id": "target-departments", "to": None}
    assert annul(cloud, TARGET["id"]).status == 200
    former = cloud.call("public_api", "GET", "/rules/target-departments")
    assert (former.body["to"], former.headers["etag"]) == (None, '"3"')
    assert [why for _, _, why in history(cloud, "target-departments")] == ["Nhập nhầm", WHY]


def test_a_former_rule_that_was_changed_since_must_be_given_up_on_purpose(cloud: Cloud) -> None:
    enter(cloud, TARGET, {"replaces": "target-departments"})
    shown = cloud.call("public_api", "GET", "/rules/target-departments").body
    drawn = ("kind_vi", "kind_en", "applied", "annulled", "replaced")
    known = {name: value for name, value in shown.items() if name not in drawn}
    assert change(cloud, known | {"to": "2020-06-30"}, version=2).status == 200
    refused = annul(cloud, TARGET["id"])
    assert (refused.status, refused.body["type"]) == (422, "urn:motcua:problem:former-not-restored")
    path, body = f"/rules/{TARGET['id']}/annulment", {"why": "Nhập nhầm", "without_former": True}
    assert control(cloud, "POST", path, body, version=1).status == 200


def test_another_order_another_tracker(cloud: Cloud) -> None:
    """A second review of the departments begins while the first one's rule has no end."""
    review = {"kind": "review_order", "scope": {"unit_kinds": ["department"]}, "value": {"before": "2020-09-30"}}
    made = enter(cloud, CLOSURE | review | {"id": "review-order-2", "from": "2020-07-01", "to": None})
    assert made.status == 201, made.body
    cloud.restart()
    query = {"kind": "review_order", "unit": "stp", "on": "2020-07-01"}
    shown = cloud.call("public_api", "GET", "/rules", query=query).body["rules"]
    assert [each["id"] for each in shown] == ["review-order-1313", "review-order-2"]


def test_a_rule_in_force_is_not_rewritten(shared_cloud: Cloud) -> None:
    before = shared_cloud.tables()
    other = {"scope": {"units": ["stp"]}, "value": {"share": "1/100"}, "from": "2020-01-02"}
    refused = change(shared_cloud, TARGET | other | {"id": "target-departments"})
    assert (refused.status, refused.body["type"]) == (422, "urn:motcua:problem:invalid-fields")
    settled = [(f"/rule/{name}", "rule-settled") for name in ("scope", "value", "from")]
    assert told(refused) == settled
    assert "replaces" in refused.body["errors"][0]["message_vi"]
    assert shared_cloud.tables() == before


@pytest.mark.parametrize("certainty", ["order", "source"])
@pytest.mark.parametrize("left_out", ["date", "clause", "title_vi", "url"])
def test_what_stands_in_an_order_can_be_looked_up(shared_cloud: Cloud, certainty: str, left_out: str) -> None:
    """A link is given, or stated as unknown by `null`, not left out."""
    whole = BASIS | {"certainty": certainty, "clause": "mục 2", "url": None}
    basis = {name: value for name, value in whole.items() if name != left_out}
    refused = enter(shared_cloud, CLOSURE | {"legal_basis": basis})
    assert (refused.status, told(refused)) == (422, [(f"/rule/legal_basis/{left_out}", "citation-incomplete")])
    bare = enter(shared_cloud, CLOSURE | {"legal_basis": {"number": "x", "certainty": certainty}})
    assert told(bare) == [("/rule/legal_basis/date", "citation-incomplete")]


def test_a_whole_citation_is_shown_with_its_missing_link(cloud: Cloud) -> None:
    made = enter(cloud, CLOSURE | {"legal_basis": BASIS | {"certainty": "order", "clause": "mục 2", "url": None}})
    assert (made.status, made.body["legal_basis"]["url"], made.body["applied"]) == (201, None, True)


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
    for rule in (CLOSURE, CLOSURE | {"id": "closure-2", "from": "2020-08-10", "to": "2020-08-11"}):
        assert enter(cloud, rule).status == 201
    assert told(change(cloud, CLOSURE | {"to": "2020-08-10"})) == [("/rule/scope", "rule-contradicts")]
    assert told(change(cloud, CLOSURE | {"id": TARGET["id"]})) == [("/rule/kind", "kind-stays")]
    assert told(change(cloud, TARGET, at="target-departments")) == [("/rule/id", "id-differs")]
    assert change(cloud, CLOSURE | {"id": "no-such"}).body["type"] == "urn:motcua:problem:entry-not-found"
    ends = change(cloud, TARGET | {"to": "2021-12-31"})
    assert (ends.status, ends.body["to"], ends.headers["etag"]) == (200, "2021-12-31", '"2"')


@pytest.mark.parametrize("groups", ["controller@stp", "head@skhdt", "admin@tinh", "officer@skhdt", "clerk@mc-tinh", ""])
def test_only_the_provincial_controller_touches_rules(shared_cloud: Cloud, groups: str) -> None:
    before = shared_cloud.tables()
    known = TARGET | {"id": "target-departments", "from": "2020-01-01", "value": {"share": "1/2"}}
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
    first, retried = (enter(cloud, CLOSURE, key="enter-1") for _ in range(2))
    assert (retried.status, retried.body, retried.headers["etag"]) == (201, first.body, '"1"')
    assert "idempotency-replayed" not in first.headers
    assert retried.headers["idempotency-replayed"] == "true"
    assert [version for version, _, _ in history(cloud, CLOSURE["id"])] == [1]
    other = enter(cloud, CLOSURE | {"to": "2020-08-06"}, key="enter-1")
    assert told(other) == [("", "idempotency-key-reused")]


def test_a_retried_request_is_answered_as_the_rule_then_was(cloud: Cloud) -> None:
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
    known = TARGET | {"id": "target-departments", "from": "2020-01-01", "value": {"share": "1/2"}}
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
        ({"from": "0001-01-01"}, [("/rule/from", "out-of-range")]),
        ({"to": "9999-12-31"}, [("/rule/to", "out-of-range")]),
        ({"legal_basis": BASIS | {"date": "0001-01-01"}}, [("/rule/legal_basis/date", "out-of-range")]),
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
        ({"scope": {"acts": ["processing"]}}, [("/rule/scope/acts/0", "not-allowed")]),
        ({"value": {"lifted": "yes"}}, [("/rule/value/lifted", "wrong-type")]),
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
        ("target", {"share": "1/2", "year": "reporting"}, [("/year", "not-allowed")]),
        ("closing", {"working_day": 3, "at": "18:00", "provisional_day": 2}, [("/provisional_day", "unknown-field")]),
        ("processing_closure", {"while_closed": "STOP"}, [("/while_closed", "not-allowed")]),
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
        ("review_order", {"before": "0001-01-01"}, [("/before", "out-of-range")]),
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
