"""Figures from before go-live: entered with a document, shown separately in the report, never taken as 0."""

from typing import Any

import pytest

from tests.kit.moto_cloud import Cloud, Reply

TOLD = {
    "returned": 24,
    "delivered_by_post": 14,
    "document": {"number": "15/BC-STP (mẫu)", "title_vi": "Báo cáo kết quả trả hồ sơ quý I năm 2020"},
    "author": "Văn phòng Sở Tư pháp (mẫu)",
    "why": "Nhập số liệu đầu kỳ theo báo cáo của Sở",
}
HEAD, CONTROLLER = "head@stp", "controller@tinh"
DUE, LATER = "2020-05-06T18:00:00+07:00", "2020-05-07T09:00:00+07:00"


def enter(cloud: Cloud, agency: str = "stp", *, year: str = "2020", who: str = HEAD, **more: Any) -> Reply:
    """Enter a figure, the agency's first unless `version` names the one that is corrected."""
    version, key = more.pop("version", 0), more.pop("key", "")
    path = f"/opening-figures/{year}/{agency}"
    return cloud.call("registry_api", "PUT", path, TOLD | more, groups=who, version=version, key=key)


def entered(cloud: Cloud, who: str = "officer@skhdt", year: str = "2020") -> Reply:
    return cloud.call("registry_api", "GET", f"/opening-figures/{year}", groups=who)


def history(cloud: Cloud, entry: str) -> list[dict[str, Any]]:
    rows = cloud.dynamodb.query(
        TableName="Registry",
        KeyConditionExpression="PK = :pk",
        ExpressionAttributeValues={":pk": {"S": f"HISTORY#opening_figure#{entry}"}},
    )
    return list(rows["Items"])


def line(cloud: Cloud, agency: str, period: str = "2020-04") -> dict[str, Any]:
    report = cloud.call("report_api", "GET", f"/reports/targets/{period}", groups=HEAD).body
    (found,) = [line for line in report["lines"] if line["agency_id"] == agency]
    return dict(found)


def test_the_days_are_said_by_the_rule_of_go_live_and_not_typed_in(cloud: Cloud) -> None:
    made = enter(cloud)
    assert (made.status, made.headers["etag"]) == (200, '"1"')
    assert made.body == {name: TOLD[name] for name in TOLD if name != "why"} | {
        "agency_id": "stp", "year": 2020, "first": "2020-01-01", "last": "2020-04-22", "version": 1, "outdated": False,
    }  # fmt: skip
    assert enter(cloud, first="2020-02-01").status == 422


def test_the_list_names_who_has_entered_nothing(cloud: Cloud) -> None:
    assert [each["agency_id"] for each in entered(cloud).body["missing"]] == [
        "vp-ubnd",
        "stp",
        "skhdt",
        "h288",
        "x10507",
    ]
    enter(cloud)
    seen = entered(cloud).body
    assert (seen["first"], seen["last"]) == ("2020-01-01", "2020-04-22")
    assert [(each["agency_id"], each["version"]) for each in seen["figures"]] == [("stp", 1)]
    assert {each["version"] for each in seen["missing"]} == {0}
    assert "stp" not in {each["agency_id"] for each in seen["missing"]}


def test_a_correction_is_the_next_version_and_both_stay_with_who_and_why(cloud: Cloud) -> None:
    enter(cloud)
    corrected = enter(cloud, who=CONTROLLER, version=1, returned=25, why="Sở đính chính")
    assert (corrected.status, corrected.body["version"], corrected.body["returned"]) == (200, 2, 25)
    told = [
        (row["actor"]["S"], row["why"]["S"], row["thing"]["M"]["returned"]["N"]) for row in history(cloud, "2020#stp")
    ]
    assert told == [(f"staff-{HEAD}", TOLD["why"], "24"), (f"staff-{CONTROLLER}", "Sở đính chính", "25")]


@pytest.mark.parametrize(("before", "version", "status"), [(0, None, 428), (0, 1, 412), (1, 0, 412), (1, 2, 412)])
def test_who_did_not_see_what_stands_there_changes_nothing(
    cloud: Cloud, before: int, version: int | None, status: int
) -> None:
    if before:
        enter(cloud)
    refused = enter(cloud, version=version, returned=99)
    assert refused.status == status
    assert [each["returned"] for each in entered(cloud).body["figures"]] == [24] * before
    if status == 412:
        assert refused.body["version"] == before


def test_a_request_that_comes_twice_is_entered_once(cloud: Cloud) -> None:
    first, retried = enter(cloud, key="once"), enter(cloud, key="once")
    assert (retried.status, retried.body) == (200, first.body)
    assert retried.headers["idempotency-replayed"] == "true"
    assert len(history(cloud, "2020#stp")) == 1
    assert enter(cloud, key="once", returned=30).body["errors"][0]["code"] == "idempotency-key-reused"


@pytest.mark.parametrize("who", ["officer@stp", "head@skhdt", "admin@tinh", "clerk@mc-tinh"])
def test_only_its_head_and_the_controller_tell_for_an_agency(cloud: Cloud, who: str) -> None:
    assert enter(cloud, who=who).status == 403
    assert entered(cloud).body["figures"] == []


def test_every_member_of_staff_reads_them_and_nobody_else(shared_cloud: Cloud) -> None:
    assert entered(shared_cloud, "clerk@mc-tinh").status == 200
    assert entered(shared_cloud, "").status == 403
    assert shared_cloud.call("registry_api", "GET", "/opening-figures/2020", scopes="portal/read").status == 403


@pytest.mark.parametrize(
    ("more", "pointer", "code"),
    [
        ({"delivered_by_post": 25}, "/delivered_by_post", "more-delivered-than-returned"),
        ({"returned": -1}, "/returned", "out-of-range"),
        ({"returned": "24"}, "/returned", "wrong-type"),
        ({"author": "\u200b"}, "/author", "unreadable-text"),
        ({"document": {"number": "15/BC-STP"}}, "/document/title_vi", "missing"),
        ({"why": ""}, "/why", "too-short"),
        ({"agency": "mc-tinh", "who": CONTROLLER}, "/agency_id", "agency-not-counted"),
        ({"agency": "tinh", "who": CONTROLLER}, "/agency_id", "agency-not-counted"),
        ({"agency": "khong-co", "who": CONTROLLER}, "/agency_id", "unknown-unit"),
        ({"year": "2021"}, "/year", "no-opening-figures-of-year"),
        ({"year": "202"}, "/year", "malformed-year"),
        ({"year": "²020"}, "/year", "malformed-year"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(
    shared_cloud: Cloud, more: dict[str, Any], pointer: str, code: str
) -> None:
    refused = enter(shared_cloud, **more)
    assert refused.status == 422
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in refused.body["errors"]]
    assert entered(shared_cloud).body["figures"] == []


def test_the_report_shows_them_apart_and_counts_them_into_the_year(cloud: Cloud) -> None:
    enter(cloud)
    assert cloud.run("close_month", {"mode": "close", "as_of": DUE})["outcome"] == "published"
    told = line(cloud, "stp")
    assert told["opening"] == {name: TOLD[name] for name in ("returned", "delivered_by_post", "document", "author")} | {
        "first": "2020-01-01", "last": "2020-04-22",
    }  # fmt: skip
    assert (told["month"]["returned"], told["year"]["returned"], told["year"]["percent"]) == (0, 24, "58,3 %")
    assert (told["year_from"], told["reached"]) == ("2020-01-01", True)


def test_where_none_was_entered_the_year_is_said_to_begin_with_go_live(cloud: Cloud) -> None:
    enter(cloud)
    cloud.run("close_month", {"mode": "close", "as_of": DUE})
    told = line(cloud, "skhdt")
    assert (told["opening"], told["year_from"]) == (None, "2020-04-23")


def test_when_go_live_is_moved_the_figure_is_marked_left_out_and_entered_anew(cloud: Cloud) -> None:
    enter(cloud)
    moved = {
        "id": "go-live-sample", "kind": "go_live", "from": "2020-05-01", "says_vi": "Ghi nhận từ ngày 01/5 (mẫu).",
        "says_en": "Recorded from 1 May (a sample).", "legal_basis": {"number": "mẫu", "certainty": "ours"},
    }  # fmt: skip
    body = {"rule": moved, "replaces": "go-live-2020-04-23", "why": "Lùi ngày bắt đầu ghi nhận"}
    assert cloud.call("registry_api", "POST", "/rules", body, groups=CONTROLLER).status == 201
    cloud.restart()
    seen = entered(cloud).body
    assert (seen["last"], [(each["last"], each["outdated"]) for each in seen["figures"]]) == (
        *("2020-04-30", [("2020-04-22", True)]),
    )
    cloud.run("close_month", {"mode": "close", "as_of": DUE})
    assert (line(cloud, "stp")["opening"], line(cloud, "stp")["year_from"]) == (None, "2020-05-01")
    again = enter(cloud, version=1, why="Nhập lại đến hết tháng 4")
    assert (again.body["last"], again.body["outdated"]) == ("2020-04-30", False)


def test_what_is_corrected_after_a_close_is_restated_with_a_reason(cloud: Cloud) -> None:
    enter(cloud)
    cloud.run("close_month", {"mode": "close", "as_of": DUE})
    enter(cloud, version=1, delivered_by_post=4, why="Sở đính chính số phát")
    differs = cloud.run("close_month", {"mode": "close", "as_of": LATER})
    assert (differs["outcome"], differs["version"]) == ("differs", 1)
    assert line(cloud, "stp")["opening"]["delivered_by_post"] == 14
    restated = cloud.run("close_month", {"mode": "close", "as_of": LATER, "reason": "Sở đính chính số đầu kỳ"})
    assert (restated["outcome"], restated["version"], restated["status"]) == ("published", 2, "restated")
    assert (line(cloud, "stp")["opening"]["delivered_by_post"], line(cloud, "stp")["reached"]) == (4, False)
