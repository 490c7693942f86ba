"""The review of procedures (R4) through its endpoints: rights, whole or nothing, and what it means for receipt."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.adapters import keys
from motcua.adapters.item import item
from motcua.adapters.registry_rows import row_of
from motcua.domain.entry import Entry, EntryKind, new_entry
from motcua.domain.procedure import ProcedureKind, ProcedureVersions
from motcua.domain.review import Content, ReviewItem, Step
from tests.handlers.cloud import Cloud, Reply
from tests.handlers.lives import receive
from tests.unit.shipped import PROCEDURES, VERSIONS

ORDER = "review-order-1313"
TRACKER, LIST = f"/reviews/{ORDER}", f"/reviews/{ORDER}/departments/skhdt"
CODES = ["2.001199", "2.001610"]
WORK = "mau-cv-901"
OFFICER, HEAD, CONTROLLER = "officer@skhdt", "head@skhdt", "controller@tinh"
RESTS_ON = {"number": "1/QĐ-BKHĐT", "date": "2020-01-02", "title_vi": "Công bố thủ tục (mẫu)"}
DECISION = {"number": "100/QĐ-UBND", "date": "2020-05-20", "document": "Công báo tỉnh (mẫu)"}
MAY_11 = date(2020, 5, 11)
CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}


def _ask(cloud: Cloud, method: str, path: str, body: Any = None, groups: str = CONTROLLER, **more: Any) -> Reply:
    return cloud.call("registry_api", method, path, body, groups=groups, **more)


def _store(cloud: Cloud, entry: Entry[Any]) -> None:
    row = keys.entry(entry.kind, entry.id) | item(row_of(entry))
    cloud.dynamodb.put_item(TableName="Registry", Item=row)


@pytest.fixture
def office(cloud: Cloud) -> Cloud:
    """It is 11 May 2020; the department's list holds two published procedures, a new one and a work procedure."""
    cloud.now = "2020-05-11T08:00:00+07:00"
    draft = VERSIONS["2.001610"].with_draft(replace(PROCEDURES["2.001610"], name_vi="Bản mới (mẫu)"))
    new = replace(draft, code="9.000001", versions=(replace(draft.latest, code="9.000001", version=1),))
    _store(cloud, new_entry(EntryKind.PROCEDURE, "9.000001", new))
    items = [
        *({"code": code} for code in [*CODES, "9.000001"]),
        {"code": WORK, "kind": "cong_viec", "name_vi": "Việc mẫu"},
    ]
    entered = _ask(cloud, "POST", f"{LIST}/items", {"items": items, "why": "Lập danh mục"}, OFFICER)
    assert entered.status == 201, entered.body
    return cloud


def _prepare(cloud: Cloud, code: str, groups: str = OFFICER, **body: Any) -> Reply:
    said = body or {"ministerial_decision": RESTS_ON}
    return _ask(cloud, "PUT", f"{LIST}/items/{code}", {"why": "Đã rà soát", **said}, groups, version=1)


def _act(cloud: Cloud, act: str, codes: list[str], groups: str = CONTROLLER, **more: Any) -> Reply:
    decided = {"decision": DECISION} if act == "announcements" else {}
    body = {"codes": codes, "why": "Theo công văn 1313", **decided, **more.pop("body", {})}
    return _ask(cloud, "POST", f"{LIST}/{act}", body, groups, **more)


def _announced(cloud: Cloud, codes: list[str]) -> None:
    for code in codes:
        assert _prepare(cloud, code).status == 200
    assert _act(cloud, "proposals", codes, HEAD).status == 200
    cloud.now = "2020-05-20T08:00:00+07:00"
    assert _act(cloud, "announcements", codes).status == 200


def _states(cloud: Cloud, **query: str) -> dict[str, str]:
    listed = _ask(cloud, "GET", LIST, query=query or None).body["items"]
    return {each["code"]: each["state"] for each in listed}


def _line(cloud: Cloud, department: str = "skhdt", **query: str) -> dict[str, Any]:
    tracker = _ask(cloud, "GET", TRACKER, query=query or None).body
    (line,) = [each for each in tracker["departments"] if each["department_id"] == department]
    found: dict[str, Any] = line
    return found


def test_the_review_runs_from_officer_to_publication(office: Cloud) -> None:
    codes = [*CODES, "9.000001", WORK]
    for code in codes[:3]:
        assert _prepare(office, code).status == 200
    assert _prepare(office, WORK, none_applies_because="Việc của tỉnh").status == 200
    proposed = _act(office, "proposals", codes, HEAD)
    assert (proposed.status, proposed.body["state"], proposed.body["on"]) == (200, "proposed", "2020-05-11")
    office.now = "2020-05-20T08:00:00+07:00"
    announced = _act(office, "announcements", codes)
    assert (announced.body["state"], announced.body["codes"]) == ("announced", codes)
    office.now = "2020-05-29T08:00:00+07:00"
    assert _act(office, "publications", codes).body["state_vi"] == "đã công khai"
    assert set(_states(office).values()) == {"published"}
    (shown,) = [each for each in _ask(office, "GET", LIST).body["items"] if each["code"] == WORK]
    assert (shown["none_applies_because"], shown["decision"]["number"]) == ("Việc của tỉnh", "100/QĐ-UBND")
    assert (shown["proposed_by"], shown["prepared_by"]) == ("staff-head@skhdt", "staff-officer@skhdt")


# the tracker


@pytest.mark.parametrize(
    ("last", "in_time", "days_late"), [("2020-05-29", True, 0), ("2020-05-30", False, 1), ("2020-06-01", False, 3)]
)
def test_the_tracker_tells_who_is_late_and_by_which_rule(
    office: Cloud, last: str, in_time: bool, days_late: int
) -> None:
    _announced(office, [*CODES, "9.000001", WORK])
    assert _act(office, "publications", [*CODES, "9.000001"]).status == 200
    office.now = f"{last}T16:00:00+07:00"
    unfinished = _line(office)
    assert (unfinished["complete"], unfinished["in_time"], unfinished["days_late"]) == (False, in_time, days_late)
    assert _act(office, "publications", [WORK]).status == 200
    office.now = "2020-06-15T08:00:00+07:00"
    tracker = _ask(office, "GET", TRACKER, groups="clerk@mc-h288").body
    assert tracker["last_day_in_time"] == "2020-05-29"
    assert tracker["rule"] == "review-order-1313 · 1313/UBND-VP (2020-04-22)"
    assert tracker["on"] == "2020-06-15"
    line = _line(office)
    assert (line["complete"], line["completed_on"]) == (True, last)
    assert (line["in_time"], line["days_late"]) == (in_time, days_late)
    assert line["counts"] == {"to_review": 0, "proposed": 0, "announced": 0, "published": 4, "withdrawn": 0}


def test_the_tracker_is_told_as_of_any_day(office: Cloud) -> None:
    _announced(office, CODES)
    on = {day: _line(office, on=day)["counts"] for day in ("2020-05-11", "2020-05-19", "2020-05-20")}
    assert on["2020-05-19"] == on["2020-05-11"] == {
        "to_review": 2, "proposed": 2, "announced": 0, "published": 0, "withdrawn": 0,
    }  # fmt: skip
    assert on["2020-05-20"]["announced"] == 2
    assert _line(office, on="2020-05-10")["items"] == 0
    assert _states(office, on="2020-05-19", state="proposed") == dict.fromkeys(CODES, "proposed")


def test_a_department_without_a_list_is_late_with_all_of_its_catalogue(office: Cloud) -> None:
    office.now = "2020-06-15T08:00:00+07:00"
    line = _line(office, "stp")
    assert (line["items"], line["complete"], line["in_time"], line["days_late"]) == (0, False, False, 17)
    assert line["not_listed"] > 0
    totals = _ask(office, "GET", TRACKER).body["totals"]
    assert (totals["complete"], totals["late"], totals["items"]) == (0, 2, 4)
    assert totals["departments"] == 1 + totals["without_list"]


def test_another_order_has_another_tracker(office: Cloud) -> None:
    other = {
        "id": "review-order-mau",
        "kind": "review_order",
        "scope": {"units": ["stp"]},
        "from": "2020-05-01",
        "value": {"before": "2020-07-01", "completed_by": "announced"},
        "says_vi": "Sở Tư pháp rà soát xong trước ngày 01/7/2020 (mẫu).",
        "says_en": "The department finishes its review before 1 July 2020 (sample).",
        "legal_basis": {"number": "99/UBND-VP", "date": "2020-05-01", "certainty": "ours"},
    }
    assert _ask(office, "POST", "/rules", {"rule": other, "why": "Văn bản mới (mẫu)"}).status == 201
    here = "/reviews/review-order-mau/departments/stp/items"
    assert _ask(office, "POST", here, {"items": [{"code": "2.000815"}], "why": "Lập danh mục"}).status == 201
    tracker = _ask(office, "GET", "/reviews/review-order-mau").body
    assert [(line["department_id"], line["items"]) for line in tracker["departments"]] == [("stp", 1)]
    assert (tracker["last_day_in_time"], tracker["completed_by"]) == ("2020-06-30", "announced")
    assert _line(office)["items"] == 4
    assert _line(office, "stp")["items"] == 0


# rights


@pytest.mark.parametrize(
    ("act", "groups"),
    [
        ("proposals", OFFICER),
        ("proposals", CONTROLLER),
        ("proposals", "head@stp"),
        ("announcements", HEAD),
        ("announcements", OFFICER),
        ("publications", HEAD),
        ("withdrawals", HEAD),
        ("withdrawals", "controller@skhdt"),
    ],
)
def test_each_step_is_one_role_s(office: Cloud, act: str, groups: str) -> None:
    refused = _act(office, act, CODES, groups)
    assert (refused.status, refused.body["type"]) == (403, "urn:motcua:problem:role-needed")


@pytest.mark.parametrize("groups", [HEAD, CONTROLLER, "officer@stp"])
def test_only_the_department_s_officer_prepares(office: Cloud, groups: str) -> None:
    assert _prepare(office, CODES[0], groups).status == 403


def test_a_list_is_made_by_the_officer_or_the_controller(office: Cloud) -> None:
    body = {"items": [{"code": "mau-cv-902", "kind": "cong_viec", "name_vi": "Việc mẫu"}], "why": "Bổ sung"}
    assert _ask(office, "POST", f"{LIST}/items", body, "officer@stp").status == 403
    assert _ask(office, "POST", f"{LIST}/items", body, HEAD).status == 403
    assert _ask(office, "POST", f"{LIST}/items", body, CONTROLLER).status == 201


def test_the_tracker_is_for_staff(office: Cloud) -> None:
    assert _ask(office, "GET", TRACKER, groups="clerk@mc-h288").status == 200
    assert _ask(office, "GET", LIST, groups="clerk@mc-h288").status == 200
    assert _ask(office, "GET", TRACKER, groups="").status == 403
    assert _ask(office, "GET", LIST, groups="").status == 403


# whole or nothing


def test_an_announcement_is_whole_or_nothing_and_names_each_that_is_not_ready(office: Cloud) -> None:
    assert _prepare(office, CODES[0]).status == 200
    assert _act(office, "proposals", CODES[:1], HEAD).status == 200
    refused = _act(
        office, "announcements", [*CODES, "9.999999", CODES[0]], body={"decision": DECISION | {"date": "2020-05-10"}}
    )
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:review-refused")
    assert [(fault["pointer"], fault["code"]) for fault in refused.body["errors"]] == [
        ("/codes/1", "review-move-not-allowed"),
        ("/codes/2", "review-item-unknown"),
        ("/codes/3", "review-code-twice"),
    ]
    assert "cần rà soát" in refused.body["errors"][0]["message_vi"]
    assert "prepare, propose, withdraw" in refused.body["errors"][0]["message_en"]
    assert _states(office)[CODES[0]] == "proposed"


def test_one_that_is_not_ready_is_told_in_the_title(office: Cloud) -> None:
    refused = _act(office, "publications", CODES[:1])
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:review-move-not-allowed")
    assert CODES[0] in refused.body["title"]


def test_a_proposal_says_what_it_rests_on(office: Cloud) -> None:
    refused = _act(office, "proposals", CODES[:1], HEAD)
    assert refused.body["type"] == "urn:motcua:problem:review-rests-on-nothing"
    both = {"ministerial_decision": RESTS_ON, "none_applies_because": "Không có"}
    (fault,) = _prepare(office, CODES[0], **both).body["errors"]
    assert (fault["pointer"], fault["code"]) == ("/none_applies_because", "review-basis-or-none")


def test_a_decision_is_not_dated_ahead(office: Cloud) -> None:
    refused = _act(office, "announcements", CODES)
    assert refused.body["type"] == "urn:motcua:problem:review-decision-in-the-future"
    assert refused.body["errors"][0]["pointer"] == "/decision/date"


def test_an_order_without_a_rule_and_a_unit_beyond_its_scope_are_refused(office: Cloud) -> None:
    body = {"items": [{"code": "2.000815"}], "why": "Lập danh mục"}
    for order in ("khong-co", "target-departments"):
        path = f"/reviews/{order}/departments/stp/items"
        assert _ask(office, "POST", path, body).body["type"] == "urn:motcua:problem:review-order-unknown"
    assert _ask(office, "GET", "/reviews/khong-co").status == 404
    outside = _ask(office, "POST", f"/reviews/{ORDER}/departments/h288/items", body)
    assert (outside.status, outside.body["type"]) == (422, "urn:motcua:problem:review-not-in-scope")
    assert outside.body["rule"].startswith(ORDER)
    nowhere = _ask(office, "POST", f"/reviews/{ORDER}/departments/khong-co/items", body)
    assert nowhere.status == 404


def test_what_is_entered_must_be_new_named_and_the_department_s_own(office: Cloud) -> None:
    items = [{"code": CODES[0]}, {"code": "mau-cv-903", "kind": "cong_viec"}, {"code": "2.000635"}]
    refused = _ask(office, "POST", f"{LIST}/items", {"items": items, "why": "Bổ sung"})
    assert [(fault["pointer"], fault["code"]) for fault in refused.body["errors"]] == [
        ("/items/0/code", "review-item-exists"),
        ("/items/1/code", "review-name-needed"),
        ("/items/2/code", "review-of-other-department"),
    ]
    assert len(_states(office)) == 4


def test_as_many_as_one_transaction_holds_are_done_at_once(office: Cloud) -> None:
    """40 items, or 20 where the catalogue changes with them: 81 writes of at most 100."""
    codes = [f"9.1000{number:02d}" for number in range(40)]
    for code in codes:
        draft = replace(PROCEDURES["2.001610"], code=code, published_on=None)
        _store(office, new_entry(EntryKind.PROCEDURE, code, ProcedureVersions(code, (draft,))))
        proposed = Step("propose", MAY_11, "staff-head@skhdt", content=Content(1, 1))
        listed = ReviewItem(ORDER, "skhdt", code, ProcedureKind.PROCEDURE, "Mẫu", MAY_11, (proposed,))
        _store(office, new_entry(EntryKind.REVIEW, listed.id, listed))
    office.now = "2020-05-20T08:00:00+07:00"
    assert _act(office, "announcements", codes).status == 200
    too_many = _act(office, "publications", codes[:21])
    assert (too_many.status, too_many.body["errors"][0]["pointer"]) == (422, "/codes")
    assert _act(office, "publications", codes[:20]).status == 200
    assert receive(office, CITIZEN, procedure_code=codes[19]).status == 201


# what it means for receipt


def test_the_version_in_force_stays_receivable_while_under_review(office: Cloud) -> None:
    assert receive(office, CITIZEN, procedure_code="2.001610").status == 201
    _announced(office, ["2.001610"])
    assert receive(office, CITIZEN, procedure_code="2.001610").status == 201
    assert _act(office, "publications", ["2.001610"]).status == 200
    assert receive(office, CITIZEN, procedure_code="2.001610").status == 201


def test_a_draft_is_received_from_its_publication_on(office: Cloud) -> None:
    before = receive(office, CITIZEN, procedure_code="9.000001")
    assert before.body["type"] == "urn:motcua:problem:procedure-not-published"
    _announced(office, ["9.000001"])
    assert receive(office, CITIZEN, procedure_code="9.000001").status == 422
    assert _act(office, "publications", ["9.000001"]).status == 200
    assert receive(office, CITIZEN, procedure_code="9.000001").status == 201


def test_a_new_version_takes_the_place_of_the_one_in_force_on_publication(office: Cloud) -> None:
    versions = VERSIONS["2.001610"].with_draft(replace(PROCEDURES["2.001610"], name_vi="Bản mới (mẫu)"))
    _store(office, Entry(EntryKind.PROCEDURE, "2.001610", 2, versions))
    former = receive(office, CITIZEN, procedure_code="2.001610").body
    _announced(office, ["2.001610"])
    assert _act(office, "publications", ["2.001610"]).status == 200
    later = receive(office, CITIZEN, procedure_code="2.001610").body
    stored = [office.state(each["id"]).get("procedure_version", 1) for each in (former, later)]
    assert stored == [1, 2]


def test_what_is_withdrawn_is_received_no_more(office: Cloud) -> None:
    withdrawn = _act(office, "withdrawals", ["2.001610", WORK])
    assert (withdrawn.status, withdrawn.body["state"]) == (200, "withdrawn")
    refused = receive(office, CITIZEN, procedure_code="2.001610")
    assert refused.body["type"] == "urn:motcua:problem:procedure-withdrawn"
    (shown,) = [each for each in _ask(office, "GET", LIST).body["items"] if each["code"] == WORK]
    assert shown["withdrawn_because"] == "Theo công văn 1313"


def test_a_procedure_without_content_is_not_published(office: Cloud) -> None:
    named = {"items": [{"code": "9.000002", "name_vi": "Thủ tục chưa soạn"}], "why": "Bổ sung"}
    assert _ask(office, "POST", f"{LIST}/items", named).status == 201
    _announced(office, ["9.000002"])
    refused = _act(office, "publications", ["9.000002"])
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:review-nothing-to-publish")


# twins, versions, pages


def test_the_same_request_again_is_answered_the_same_and_done_once(office: Cloud) -> None:
    assert _prepare(office, CODES[0]).status == 200
    first = _act(office, "proposals", CODES[:1], HEAD, key="twin")
    again = _act(office, "proposals", CODES[:1], HEAD, key="twin")
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    other = _act(office, "proposals", CODES, HEAD, key="twin")
    assert other.body["type"] == "urn:motcua:problem:idempotency-key-reused"


def test_preparing_needs_the_version_that_was_read(office: Cloud) -> None:
    assert _prepare(office, CODES[0]).headers["etag"] == '"2"'
    assert _prepare(office, CODES[0]).status == 412


def test_a_work_list_is_read_page_by_page(office: Cloud) -> None:
    first = _ask(office, "GET", LIST, query={"limit": "3"})
    assert (first.body["total"], len(first.body["items"])) == (4, 3)
    assert 'rel="next"' in first.headers["link"]
    second = _ask(office, "GET", LIST, query={"limit": "3", "cursor": first.body["next_cursor"]})
    assert [each["code"] for each in second.body["items"]] == [WORK]
    assert second.body["next_cursor"] is None
    other = _ask(office, "GET", LIST, query={"state": "to_review", "cursor": first.body["next_cursor"]})
    assert other.body["type"] == "urn:motcua:problem:malformed-cursor"


@pytest.mark.parametrize("query", [{"on": "29/5/2020"}, {"state": "lost"}, {"limit": "0"}])
def test_what_is_asked_for_must_make_sense(office: Cloud, query: dict[str, str]) -> None:
    assert _ask(office, "GET", LIST, query=query).status == 422


def test_every_change_keeps_who_and_why(office: Cloud) -> None:
    _announced(office, CODES[:1])
    rows = office.dynamodb.query(
        TableName="Registry",
        KeyConditionExpression="PK = :pk",
        ExpressionAttributeValues={":pk": {"S": f"HISTORY#review#{ORDER}#skhdt#{CODES[0]}"}},
    )["Items"]
    assert [(row["actor"]["S"], row["why"]["S"]) for row in rows] == [
        ("staff-officer@skhdt", "Lập danh mục"),
        ("staff-officer@skhdt", "Đã rà soát"),
        ("staff-head@skhdt", "Theo công văn 1313"),
        ("staff-controller@tinh", "Theo công văn 1313"),
    ]
