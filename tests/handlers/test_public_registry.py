"""Anybody reads the registry without signing in: with strict queries, from memory, as of any day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.public_api import ROUTES
from infra.registry.seed import registry_entries
from motcua import bootstrap
from motcua.adapters import clients as aws
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.registry.rows import row_of
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.edge.http import operation_at
from tests.kit.moto_cloud import Cloud, Reply

PATHS = {
    "/procedures": {"q": "dang ky", "level": "tinh", "agency": "skhdt"},
    "/procedures/2.001610": {"on": "2020-05-01"},
    "/procedures/2.001610/versions": {},
    "/units": {"kind": "department", "parent": "tinh"},
    "/units/h288": {"on": "2025-07-01"},
    "/rules": {"unit": "skhdt", "channel": "counter", "act": "reception"},
    "/rules/target-departments": {},
    "/calendars/2020": {},
}


def read(cloud: Cloud, path: str, **query: str) -> Reply:
    return cloud.call("public_api", "GET", path, query=query or None)


def write(cloud: Cloud, entry: Entry[Any]) -> None:
    """Write an entry as if somebody had changed it."""
    cloud.dynamodb.put_item(TableName="Registry", Item=keys.entry(entry.kind, entry.id) | item(row_of(entry)))


def shipped(kind: EntryKind, entry_id: str) -> Entry[Any]:
    return next(entry for entry in registry_entries() if (entry.kind, entry.id) == (kind, entry_id))


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in reply.body["errors"]]


@pytest.mark.parametrize("path", PATHS)
def test_a_warm_function_answers_without_asking_the_database(shared_cloud: Cloud, path: str) -> None:
    for each, query in PATHS.items():
        assert read(shared_cloud, each, **query).status == 200
    before = aws.calls()
    assert read(shared_cloud, path, **PATHS[path]).status == 200
    assert aws.calls() == before


def test_a_cold_search_asks_twice(shared_cloud: Cloud) -> None:
    shared_cloud.restart()
    before = aws.calls()
    assert read(shared_cloud, "/procedures", q="doanh nghiep").status == 200
    assert aws.calls() - before == 2


def test_a_change_is_seen_within_sixty_seconds(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(cloud, "/procedures/2.001610").body["version"] == 1
    known = shipped(EntryKind.PROCEDURE, "2.001610")
    drafted = known.thing.with_draft(known.thing.latest)
    write(cloud, known.next(drafted.with_published_draft(date(2020, 4, 23), None)))
    assert read(cloud, "/procedures/2.001610").body["version"] == 1
    registry = bootstrap.registry()
    later_on = registry._monotonic() + 60
    monkeypatch.setattr(registry, "_monotonic", lambda: later_on)
    later = read(cloud, "/procedures/2.001610")
    assert (later.body["version"], later.headers["etag"]) == (2, '"2"')


# procedures


@pytest.mark.parametrize(
    "typed", ["dang ky thanh lap doanh nghiep", "ĐĂNG KÝ thành lập", "2.001610", "tu nhan doanh nghiep"]
)
def test_a_search_needs_neither_marks_nor_case(shared_cloud: Cloud, typed: str) -> None:
    found = read(shared_cloud, "/procedures", q=typed).body
    assert found["procedures"][0]["code"] == "2.001610"
    assert found["on"] == "2020-04-23"


def test_a_procedure_says_what_to_bring_how_long_how_much_and_which_ways_are_open(shared_cloud: Cloud) -> None:
    read_one = read(shared_cloud, "/procedures/2.001610").body
    assert read_one["agency"] == {"id": "skhdt", "name_vi": "Sở Kế hoạch và Đầu tư"}
    assert read_one["components"][1] == {
        "name_vi": "Giấy đề nghị đăng ký doanh nghiệp",
        "originals": None,
        "copies": None,
        "original_at_return": False,
    }
    assert read_one["limit"] == {"count": 3, "unit": "working_day", "vi": "3 ngày làm việc", "en": "3 working days"}
    assert read_one["fee"] == {"vnd": 100000, "vi": "100.000 đồng", "en": "100,000 VND"}
    assert read_one["dossier_by_post"] == {"offered": True, "known": True}
    assert read_one["result_by_post"] == {"offered": True, "known": False}, "not known = offered, as a sample"
    assert read_one["online"] == {"offered": False, "known": False}
    assert (read_one["values_of"], read_one["values_are_sample"]) == ("2026", True)


def test_what_is_not_known_is_said(cloud: Cloud) -> None:
    known = shipped(EntryKind.PROCEDURE, "2.001610")
    bare = replace(known.thing.latest, limit=None, fee_vnd=None)
    write(cloud, known.next(replace(known.thing, versions=(bare,))))
    answer = read(cloud, "/procedures/2.001610").body
    assert answer["limit"] == {"count": None, "unit": None, "vi": "Chưa rõ", "en": "Not known"}
    assert answer["fee"] == {"vnd": None, "vi": "Chưa rõ", "en": "Not known"}


def test_pages_follow_each_other_without_gap_or_repetition(shared_cloud: Cloud) -> None:
    whole = [each["code"] for each in read(shared_cloud, "/procedures").body["procedures"]]
    assert len(whole) > 2
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = read(shared_cloud, "/procedures", **query)
        seen += [each["code"] for each in page.body["procedures"]]
        assert page.body["total"] == len(whole)
        if not (cursor := page.body["next_cursor"]):
            assert "link" not in page.headers
            break
        assert f"cursor={cursor}" in page.headers["link"]
        assert "on=2020-04-23" in page.headers["link"], "the next page is of the same day"
        query = {"limit": "2", "on": "2020-04-23", "cursor": cursor}
    assert seen == whole


def test_a_cursor_opens_no_other_search(shared_cloud: Cloud) -> None:
    cursor = read(shared_cloud, "/procedures", limit="1").body["next_cursor"]
    other = read(shared_cloud, "/procedures", limit="1", level="tinh", cursor=cursor)
    assert (other.status, told(other)) == (400, [("/cursor", "malformed-cursor")])


def test_filters_narrow_and_say_which_fields_there_are(shared_cloud: Cloud) -> None:
    everything = read(shared_cloud, "/procedures").body
    field = next(each["field_vi"] for each in everything["procedures"] if each["field_vi"])
    assert field in everything["fields"]
    some = read(shared_cloud, "/procedures", field=field.upper()).body
    assert {each["field_vi"] for each in some["procedures"]} == {field}
    assert 0 < some["total"] < everything["total"]
    mine = read(shared_cloud, "/procedures", agency="skhdt").body["procedures"]
    assert {each["agency"]["id"] for each in mine} == {"skhdt"}


def test_a_draft_is_nobodys_but_its_departments(cloud: Cloud) -> None:
    known = shipped(EntryKind.PROCEDURE, "2.001610")
    write(cloud, known.next(known.thing.with_draft(known.thing.latest)))
    assert read(cloud, "/procedures/2.001610").body["version"] == 1
    hidden = read(cloud, "/procedures/2.001610", version="2")
    assert (hidden.status, hidden.body["errors"][0]["code"]) == (404, "procedure-version-not-found")
    assert [each["version"] for each in read(cloud, "/procedures/2.001610/versions").body["versions"]] == [1]


def test_a_procedure_is_read_as_of_any_day(cloud: Cloud) -> None:
    known = shipped(EntryKind.PROCEDURE, "2.001610")
    second = known.thing.with_draft(known.thing.latest).with_published_draft(date(2020, 5, 4), None)
    write(cloud, known.next(second.withdrawn(date(2020, 6, 1))))
    assert read(cloud, "/procedures/2.001610", on="2020-05-03").body["version"] == 1
    assert read(cloud, "/procedures/2.001610", on="2020-05-04").body["version"] == 2
    gone = read(cloud, "/procedures/2.001610", on="2020-06-01")
    assert (gone.status, gone.body["type"]) == (404, "urn:motcua:problem:procedure-not-in-force")
    assert read(cloud, "/procedures/2.001610", on="2020-06-01", version="1").body["version"] == 1
    assert read(cloud, "/procedures", q="2.001610", on="2020-06-01").body["total"] == 0
    spans = [
        (each["from"], each["to"], each["ends_by"])
        for each in read(cloud, "/procedures/2.001610/versions").body["versions"]
    ]
    assert spans == [("2020-01-01", "2020-05-03", "next_version"), ("2020-05-04", "2020-05-31", "withdrawal")]


# units


def test_units_are_listed_by_kind_and_parent_as_they_stood(shared_cloud: Cloud) -> None:
    departments = read(shared_cloud, "/units", kind="department").body["units"]
    assert [each["id"] for each in departments] == ["skhdt", "stp", "vp-ubnd"]
    assert departments[0]["served_by"] == [
        {"id": "mc-tinh", "name_vi": "Trung tâm Phục vụ hành chính công tỉnh Hải Dương"}
    ]
    below = read(shared_cloud, "/units", parent="h288").body["units"]
    assert {each["parent"]["id"] for each in below} == {"h288"}
    assert [each["id"] for each in read(shared_cloud, "/units", kind="district", on="2025-07-01").body["units"]] == []


def test_a_unit_that_has_ended_names_who_came_after_it(cloud: Cloud) -> None:
    known = shipped(EntryKind.UNIT, "h288")
    write(cloud, known.next(known.thing.ended(date(2025, 7, 1), ("x10507",))))
    before = read(cloud, "/units/h288", on="2025-06-30").body
    assert (before["state"], before["says_vi"]) == ("valid", None)
    assert before["served_by"][0]["id"] == "mc-h288"
    after = read(cloud, "/units/h288", on="2025-07-01")
    assert after.status == 200, "its visitors need to know where to go"
    assert after.body["state"] == "ended"
    assert after.body["successors"] == [{"id": "x10507", "name_vi": "UBND phường Cẩm Thượng"}]
    assert "UBND phường Cẩm Thượng" in after.body["says_vi"]
    assert after.body["served_by"] == []


# rules, calendars


def test_for_a_unit_only_the_rule_that_applies_is_told(shared_cloud: Cloud) -> None:
    targets = [each["id"] for each in read(shared_cloud, "/rules", kind="target").body["rules"]]
    assert {"target-departments", "target-district-committees"} <= set(targets)
    for unit, rule in (("skhdt", ["target-departments"]), ("h288", ["target-district-committees"]), ("x10507", [])):
        told_of = read(shared_cloud, "/rules", kind="target", unit=unit).body
        assert [each["id"] for each in told_of["rules"]] == rule
        assert told_of["unit"] == unit


@pytest.mark.parametrize(("day", "closed"), [("2020-03-31", False), ("2020-04-22", True), ("2020-04-23", False)])
def test_the_closure_of_april_is_in_force_on_its_days_only(shared_cloud: Cloud, day: str, closed: bool) -> None:
    query = {"kind": "closure", "unit": "mc-tinh", "channel": "counter", "act": "reception"}
    assert bool(read(shared_cloud, "/rules", on=day, **query).body["rules"]) is closed


def test_a_rule_shows_its_document_and_its_days(shared_cloud: Cloud) -> None:
    rule = read(shared_cloud, "/rules/target-departments")
    assert rule.headers["etag"] == '"1"'
    assert (rule.body["legal_basis"]["number"], rule.body["from"], rule.body["to"]) == (
        "1313/UBND-VP",
        "2020-01-01",
        None,
    )
    assert rule.body["value"]["share"] == "1/2"


def test_a_calendar_names_its_days_and_its_version(shared_cloud: Cloud) -> None:
    calendar = read(shared_cloud, "/calendars/2020").body
    assert calendar["version"] == 1
    assert {"date": "2020-04-30", "kind": "day_off"}.items() <= next(
        each for each in calendar["days"] if each["date"] == "2020-04-30"
    ).items()
    assert read(shared_cloud, "/calendars/1999").status == 404
    assert read(shared_cloud, "/calendars/nay").status == 404


# malformed queries


@pytest.mark.parametrize(
    ("path", "query", "fault"),
    [
        ("/procedures", {"levle": "xa"}, ("/levle", "unknown-field")),
        ("/procedures", {"level": "ward"}, ("/level", "not-allowed")),
        ("/procedures", {"field": "Không có"}, ("/field", "not-allowed")),
        ("/procedures", {"agency": "nowhere"}, ("/agency", "unknown-unit")),
        ("/procedures", {"on": "23/04/2020"}, ("/on", "wrong-type")),
        ("/procedures", {"on": "2020-02-30"}, ("/on", "wrong-type")),
        ("/procedures", {"q": "x" * 201}, ("/q", "too-long")),
        ("/procedures", {"q": "a\u0000b"}, ("/q", "unreadable-text")),
        ("/procedures", {"limit": "0"}, ("/limit", "not-allowed")),
        ("/procedures", {"cursor": "x" * 2000}, ("/cursor", "malformed-cursor")),
        ("/procedures/2.001610", {"version": "0"}, ("/version", "wrong-type")),
        ("/procedures/2.001610/versions", {"on": "2020-04-23"}, ("/on", "unknown-field")),
        ("/units", {"kind": "ward"}, ("/kind", "not-allowed")),
        ("/units", {"parent": "nowhere"}, ("/parent", "unknown-unit")),
        ("/units/h288", {"on": "today"}, ("/on", "wrong-type")),
        ("/rules", {"kind": "wish"}, ("/kind", "not-allowed")),
        ("/rules", {"channel": "fax"}, ("/channel", "not-allowed")),
        ("/rules", {"act": "sleep"}, ("/act", "not-allowed")),
        ("/rules", {"unit": "nowhere"}, ("/unit", "unknown-unit")),
    ],
)
def test_what_is_asked_wrongly_is_told_and_never_left_out(
    shared_cloud: Cloud, path: str, query: dict[str, str], fault: tuple[str, str]
) -> None:
    answer = read(shared_cloud, path, **query)
    assert answer.status in (400, 422)
    assert told(answer) == [fault]


def test_the_values_that_are_allowed_are_named(shared_cloud: Cloud) -> None:
    answer = read(shared_cloud, "/procedures", level="ward")
    assert answer.body["errors"][0]["message_vi"] == "Giá trị phải là một trong: tinh, huyen, xa."


@pytest.mark.parametrize("path", ["/procedures/9.999999", "/units/nowhere", "/rules/no-rule", "/calendars/2099"])
def test_what_is_not_there_is_not_found(shared_cloud: Cloud, path: str) -> None:
    answer = read(shared_cloud, path)
    assert (answer.status, answer.body["type"]) == (404, "urn:motcua:problem:entry-not-found")


NAMES = st.sampled_from(sorted({name for place in ROUTES.values() for name in operation_at(place).query} | {"strange"}))


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(sorted(PATHS)), st.dictionaries(NAMES, st.text(max_size=30), max_size=3))
def test_no_question_breaks_the_function(shared_cloud: Cloud, path: str, query: dict[str, str]) -> None:
    assert read(shared_cloud, path, **query).status < 500
