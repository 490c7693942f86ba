"""The review of procedures (R4) through its endpoints: rights, atomic announcements, and the effect on receipt."""

from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from infra.contracts import examples
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.registry.ledger import DynamoLedger
from motcua.adapters.registry.rows import row_of
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.registry.procedure import ProcedureKind, ProcedureVersions
from motcua.domain.review.review_item import Content, ReviewItem, Step
from motcua.ports.ledger import Amendments
from tests.kit.api_lives import receive
from tests.kit.moto_cloud import Cloud, Reply
from tests.kit.shipped import PROCEDURES, VERSIONS

REQUESTS = examples.requests()
ORDER = "review-order-1313"
TRACKER, LIST = f"/reviews/{ORDER}", f"/reviews/{ORDER}/departments/skhdt"
CODES = ["2.001199", "2.001610"]
WORK = "mau-cv-901"
OFFICER, HEAD, CONTROLLER = "officer@skhdt", "head@skhdt", "controller@tinh"
RESTS_ON = {"number": "1/QĐ-BKHĐT", "date": "2020-01-02", "title_vi": "Công bố thủ tục (mẫu)"}
DECISION = {"number": "100/QĐ-UBND", "date": "2020-05-20", "document": "Công báo tỉnh (mẫu)"}
OF_MAY_11 = DECISION | {"date": "2020-05-11"}
MAY_11 = date(2020, 5, 11)
CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}


def _ask(cloud: Cloud, method: str, path: str, body: Any = None, groups: str = CONTROLLER, **more: Any) -> Reply:
    return cloud.call("registry_api", method, path, body, groups=groups, **more)


def _store(cloud: Cloud, entry: Entry[Any]) -> None:
    row = keys.entry(entry.kind, entry.id) | item(row_of(entry))
    cloud.dynamodb.put_item(TableName="Registry", Item=row)


@pytest.fixture
def office(cloud: Cloud) -> Cloud:
    """Return a system on 11 May 2020. Its list has two published procedures, a new one and a work procedure."""
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


def _prepare(cloud: Cloud, code: str, groups: str = OFFICER, version: int = 1, **body: Any) -> Reply:
    said = body or {"ministerial_decision": RESTS_ON}
    return _ask(cloud, "PUT", f"{LIST}/items/{code}", {"why": "Đã rà soát", **said}, groups, version=version)


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


def _draft(cloud: Cloud, groups: str, version: int = 1, **content: Any) -> Reply:
    """Draft the department's next version of 2.001610."""
    body = REQUESTS["draft_procedure"]
    path = f"/procedures/{body['procedure']['code']}/draft"
    return _ask(cloud, "POST", path, body | {"procedure": body["procedure"] | content}, groups, version=version)


def _item(cloud: Cloud, code: str, **query: str) -> dict[str, Any]:
    (found,) = [each for each in _ask(cloud, "GET", LIST, query=query or None).body["items"] if each["code"] == code]
    item: dict[str, Any] = found
    return item


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


NOTHING = ("vp-ubnd", (0, 0, None, None, 0))
"""The catalogue has no procedure of the Office, so its items are unknown."""


@pytest.mark.parametrize(("on", "late"), [("2020-05-29", 0), ("2020-05-30", 1), ("2020-06-15", 17)])
def test_a_department_that_has_not_listed_what_the_catalogue_has_is_not_complete(
    cloud: Cloud, on: str, late: int
) -> None:
    named = {"items": [{"code": CODES[0]}], "why": "Lập danh mục"}
    cloud.now = "2020-05-11T08:00:00+07:00"
    assert _ask(cloud, "POST", f"{LIST}/items", named).status == 201
    _announced(cloud, CODES[:1])
    assert _act(cloud, "publications", CODES[:1]).status == 200
    told = _ask(cloud, "GET", TRACKER, query={"on": on}).body
    lines = {
        line["department_id"]: tuple(line[name] for name in ("items", "not_listed", "complete", "in_time", "days_late"))
        for line in told["departments"]
    }
    assert lines == {"skhdt": (1, 1, False, not late, late), "stp": (0, 1, False, not late, late)} | dict([NOTHING])
    assert told["totals"] | {"counts": None} == {
        "departments": 3, "complete": 0, "late": 2 if late else 0, "without_list": 2, "items": 1, "not_listed": 2,
        "counts": None,
    }  # fmt: skip
    assert _ask(cloud, "GET", LIST, query={"on": on}).body["not_listed"] == CODES[1:]


@pytest.mark.parametrize("groups", [OFFICER, HEAD, CONTROLLER])
def test_all_that_is_missing_is_put_on_the_list_in_one_go(cloud: Cloud, groups: str) -> None:
    cloud.now = "2020-05-11T08:00:00+07:00"
    entered = _ask(cloud, "POST", f"{LIST}/catalogue", {"why": "Lập danh mục"}, groups, key="all")
    assert (entered.status, entered.headers["location"]) == (201, LIST)
    assert (entered.body["listed"], entered.body["not_listed"]) == (2, [])
    assert _states(cloud) == dict.fromkeys(CODES, "to_review")
    retried = _ask(cloud, "POST", f"{LIST}/catalogue", {"why": "Lập danh mục"}, groups, key="all")
    assert (retried.status, retried.body, retried.headers["idempotency-replayed"]) == (201, entered.body, "true")
    again = _ask(cloud, "POST", f"{LIST}/catalogue", {"why": "Lập danh mục"}, groups)
    assert (again.status, again.body["type"]) == (409, "urn:motcua:problem:review-nothing-to-list")


def test_the_catalogue_is_listed_for_a_department_by_its_own_people(cloud: Cloud) -> None:
    for groups in ("officer@stp", "head@stp", "clerk@mc-tinh"):
        assert _ask(cloud, "POST", f"{LIST}/catalogue", {"why": "Lập danh mục"}, groups).status == 403


def test_a_second_order_for_all_departments_has_its_own_tracker(office: Cloud) -> None:
    """It contradicts no other, because each order has its own review."""
    _announced(office, CODES)
    office.now = "2020-07-01T08:00:00+07:00"
    known = office.call("public_api", "GET", f"/rules/{ORDER}").body
    rule = {name: known[name] for name in ("kind", "scope", "says_vi", "says_en", "legal_basis")}
    rule |= {"id": "review-order-2", "from": "2020-07-01", "value": {"before": "2020-09-30"}}
    assert _ask(office, "POST", "/rules", {"rule": rule, "why": "Văn bản mới (mẫu)"}).status == 201
    there = "/reviews/review-order-2/departments/skhdt"
    assert _ask(office, "POST", f"{there}/catalogue", {"why": "Đợt rà soát mới"}, OFFICER).status == 201
    second, first = (
        _ask(office, "GET", path, query={"on": "2020-07-01"}).body for path in ("/reviews/review-order-2", TRACKER)
    )
    assert (second["last_day_in_time"], first["last_day_in_time"]) == ("2020-09-29", "2020-05-29")
    stood = {
        told["order"]: {line["department_id"]: (line["items"], line["days_late"]) for line in told["departments"]}
        for told in (first, second)
    }
    assert stood == {
        ORDER: {"skhdt": (4, 33), "stp": (0, 33), "vp-ubnd": (0, 0)},
        "review-order-2": {"skhdt": (2, 0), "stp": (0, 0), "vp-ubnd": (0, 0)},
    }
    assert set(_states(office).values()) == {"announced", "to_review"}
    under_the_first = _draft(office, OFFICER)
    assert under_the_first.body["type"] == "urn:motcua:problem:draft-under-review"


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
    assert (tracker["totals"]["not_listed"], tracker["departments"][0]["complete"]) == (1, False)
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


# all or nothing


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
    both: dict[str, Any] = {"ministerial_decision": RESTS_ON, "none_applies_because": "Không có"}
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
    nowhere = f"/reviews/{ORDER}/departments/khong-co"
    assert _ask(office, "POST", f"{nowhere}/items", body).status == 404
    for path in (nowhere, f"/reviews/{ORDER}/departments/{ORDER}"):
        unknown = _ask(office, "GET", path)
        assert (unknown.status, unknown.body["type"]) == (404, "urn:motcua:problem:entry-not-found")


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
    """40 items, or 20 when the catalogue changes with them: 81 of at most 100 writes."""
    codes = [f"9.1000{number:02d}" for number in range(40)]
    for code in codes:
        draft = replace(PROCEDURES["2.001610"], code=code, published_on=None)
        _store(office, new_entry(EntryKind.PROCEDURE, code, ProcedureVersions(code, (draft,))))
        proposed = Step("propose", MAY_11, "head", content=Content(1, 1))
        listed = ReviewItem(ORDER, "skhdt", code, ProcedureKind.PROCEDURE, "Mẫu", MAY_11, (proposed,))
        _store(office, new_entry(EntryKind.REVIEW, listed.id, listed))
    office.now = "2020-05-20T08:00:00+07:00"
    assert _act(office, "announcements", codes).status == 200
    too_many = _act(office, "publications", codes[:21])
    assert (too_many.status, too_many.body["errors"][0]["pointer"]) == (422, "/codes")
    assert _act(office, "publications", codes[:20]).status == 200
    assert receive(office, CITIZEN, procedure_code=codes[19]).status == 201


# the effect on receipt


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


# what is announced is what is published


def test_a_draft_cannot_slip_in_behind_the_proposal(office: Cloud) -> None:
    """The officer's draft was decided before the head's proposal and is written after it."""
    assert _prepare(office, "2.001610").status == 200
    write, between = DynamoLedger.amend, ["proposals"]

    def amend(ledger: DynamoLedger, amendments: Amendments) -> None:
        if between:
            assert _act(office, between.pop(), ["2.001610"], HEAD).status == 200
        write(ledger, amendments)

    with patch.object(DynamoLedger, "amend", amend):
        refused = _draft(office, OFFICER)
    assert (refused.status, refused.body["type"]) == (412, "urn:motcua:problem:entry-changed-meanwhile")
    assert _draft(office, OFFICER).body["type"] == "urn:motcua:problem:draft-under-review"


def test_a_draft_that_changed_since_is_not_published_until_it_is_announced(office: Cloud) -> None:
    assert _draft(office, OFFICER, fee_vnd=50_000).status == 200
    _announced(office, ["2.001610"])
    assert _draft(office, CONTROLLER, version=2, fee_vnd=60_000).status == 200
    refused = _act(office, "publications", ["2.001610"])
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:review-content-changed")
    assert "2.001610" in refused.body["title"]
    assert _act(office, "announcements", ["2.001610"]).status == 200
    assert _act(office, "publications", ["2.001610"]).status == 200
    steps = {step["act"]: (step["catalogue_version"], step["draft"]) for step in _item(office, "2.001610")["steps"]}
    assert steps == {"prepare": (None, None), "propose": (2, 2), "announce": (3, 2), "publish": (3, 2)}
    assert office.call("public_api", "GET", "/procedures/2.001610").body["fee"]["vnd"] == 60_000


def test_a_draft_that_was_withdrawn_is_neither_published_nor_received(office: Cloud) -> None:
    assert _act(office, "withdrawals", ["9.000001"]).status == 200
    assert _act(office, "returns", ["9.000001"]).status == 200
    office.now = "2020-05-20T08:00:00+07:00"
    assert _prepare(office, "9.000001", version=3).status == 200
    for act, groups in (("proposals", HEAD), ("announcements", CONTROLLER)):
        assert _act(office, act, ["9.000001"], groups).status == 200
    refused = _act(office, "publications", ["9.000001"])
    assert refused.body["type"] == "urn:motcua:problem:review-nothing-to-publish"
    assert receive(office, CITIZEN, procedure_code="9.000001").status == 422


# the way back


@pytest.mark.parametrize("groups", [OFFICER, "head@stp", "controller@skhdt"])
def test_a_return_is_the_head_s_or_the_controller_s(office: Cloud, groups: str) -> None:
    assert _act(office, "returns", CODES, groups).status == 403


def test_the_head_takes_a_proposal_back_and_the_controller_an_announcement(office: Cloud) -> None:
    assert _act(office, "preparations", CODES, OFFICER, body={"ministerial_decision": RESTS_ON}).status == 200
    assert _act(office, "proposals", CODES, HEAD).status == 200
    assert _act(office, "returns", CODES[:1], HEAD).body["state"] == "to_review"
    assert _act(office, "announcements", CODES[1:], body={"decision": OF_MAY_11}).status == 200
    refused = _act(office, "returns", CODES[1:], HEAD)
    assert refused.body["type"] == "urn:motcua:problem:review-move-not-allowed"
    office.now = "2020-05-13T08:00:00+07:00"
    assert _act(office, "returns", CODES[1:]).status == 200
    now, then = _item(office, CODES[1]), _item(office, CODES[1], on="2020-05-12")
    assert (now["state"], now["decision"], now["returned_because"]) == ("to_review", None, "Theo công văn 1313")
    assert (then["state"], then["decision"]["number"], then["returned_because"]) == ("announced", "100/QĐ-UBND", None)
    assert [step["act"] for step in now["steps"]] == ["prepare", "propose", "announce", "send_back"]
    assert _line(office, on="2020-05-12")["counts"]["announced"] == 1
    assert _line(office)["counts"]["to_review"] == 4


def test_what_was_withdrawn_is_opened_again_by_the_controller(office: Cloud) -> None:
    assert _act(office, "withdrawals", [WORK]).status == 200
    assert _act(office, "returns", [WORK], HEAD).status == 409
    office.now = "2020-05-13T08:00:00+07:00"
    assert _act(office, "returns", [WORK]).status == 200
    assert (_states(office)[WORK], _states(office, on="2020-05-12")[WORK]) == ("to_review", "withdrawn")


def test_a_wrong_number_of_a_decision_is_mended_before_publication(office: Cloud) -> None:
    _announced(office, CODES[:1])
    office.now = "2020-05-21T08:00:00+07:00"
    assert (
        _act(office, "announcements", CODES[:1], body={"decision": DECISION | {"number": "101/QĐ-UBND"}}).status == 200
    )
    numbers = [_item(office, CODES[0], on=day)["decision"]["number"] for day in ("2020-05-20", "2020-05-21")]
    assert numbers == ["100/QĐ-UBND", "101/QĐ-UBND"]
    assert _act(office, "publications", CODES[:1]).status == 200
    assert _act(office, "announcements", CODES[:1]).status == 409


def test_a_list_as_of_a_day_tells_nothing_of_what_came_later(office: Cloud) -> None:
    _announced(office, ["2.001610"])
    assert _act(office, "publications", ["2.001610"]).status == 200
    office.now = "2020-05-22T08:00:00+07:00"
    assert _act(office, "withdrawals", ["2.001610"], body={"decision": DECISION}).status == 200
    then = _item(office, "2.001610", on="2020-05-12")
    assert (then["state"], then["proposed_on"], len(then["steps"])) == ("proposed", "2020-05-11", 2)
    later = ("announced_on", "decision", "published_on", "withdrawn_on", "withdrawn_because", "withdrawal")
    assert [then[name] for name in later] == [None] * 6
    now = _item(office, "2.001610")
    assert None not in [now[name] for name in later]


# retried requests, versions, pages


def test_the_same_request_again_is_answered_the_same_and_done_once(office: Cloud) -> None:
    assert _prepare(office, CODES[0]).status == 200
    first = _act(office, "proposals", CODES[:1], HEAD, key="retried")
    again = _act(office, "proposals", CODES[:1], HEAD, key="retried")
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    other = _act(office, "proposals", CODES, HEAD, key="retried")
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
