"""An inbox by officer, due date, procedure and channel, and its counts."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest

from motcua.adapters import clients as aws
from tests.kit.api_lives import act, in_process, received, submit
from tests.kit.calls.desk_calls import read
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud

OWNER = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
OTHER = "officer@skhdt officer@stp"
"""Another officer of the same agency: groups make the subject in these tests."""


def _at(day: int) -> dict[str, str]:
    return {"x-motcua-now": f"2020-04-{day}T08:00:00+07:00"}


@pytest.fixture(scope="module")
def desk(shared_cloud: Cloud) -> dict[str, str]:
    """Return dossiers at the agency: received on three days, by two channels, two of them taken over."""
    made = {
        "early": in_process(shared_cloud, OWNER, headers=_at(23)),
        "post": in_process(shared_cloud, OWNER, channel_in="post", headers=_at(24)),
        "last": in_process(shared_cloud, OWNER, headers=_at(27)),
    }
    shared_cloud.now = "2020-04-27T09:00:00+07:00"
    assert act(shared_cloud, made["early"], "takeover", 2).status == 200
    assert act(shared_cloud, made["post"], "takeover", 2, OTHER).status == 200
    return made


def _found(cloud: Cloud, desk: dict[str, str], groups: str = OFFICER, **query: Any) -> list[str]:
    reply = read(cloud, "inbox", groups, "skhdt", status=query.pop("status", 4), **query)
    assert reply.status == 200, reply.body
    names = {dossier_id: name for name, dossier_id in desk.items()}
    return [names[each["id"]] for each in reply.body["dossiers"]]


def _day(cloud: Cloud, dossier_id: str) -> str:
    return str(cloud.state(dossier_id)["due_at"])[:10]


def test_an_inbox_is_filtered_by_what_is_asked_for(shared_cloud: Cloud, desk: dict[str, str]) -> None:
    assert _found(shared_cloud, desk) == ["early", "post", "last"]
    assert _found(shared_cloud, desk, officer="me") == ["early"]
    assert _found(shared_cloud, desk, OTHER, officer="me") == ["post"]
    assert _found(shared_cloud, desk, officer=f"staff-{OTHER}") == ["post"]
    assert _found(shared_cloud, desk, channel="post") == ["post"]
    assert _found(shared_cloud, desk, procedure="2.001610", channel="counter") == ["early", "last"]
    assert _found(shared_cloud, desk, procedure="1.008455") == []


def test_an_inbox_is_cut_at_a_due_date(shared_cloud: Cloud, desk: dict[str, str]) -> None:
    second = _day(shared_cloud, desk["post"])
    assert _found(shared_cloud, desk, due_before=second) == ["early"]
    assert _found(shared_cloud, desk, due_before="2020-12-31") == ["early", "post", "last"]
    assert _found(shared_cloud, desk, due_before="2020-04-01") == []


def test_due_within_counts_today(shared_cloud: Cloud, desk: dict[str, str]) -> None:
    first, kept = _day(shared_cloud, desk["early"]), shared_cloud.now
    shared_cloud.now = f"{first}T23:30:00+07:00"
    assert _found(shared_cloud, desk, due_within=1) == ["early"]
    assert _found(shared_cloud, desk, due_within=30) == ["early", "post", "last"]
    shared_cloud.now = kept
    assert _found(shared_cloud, desk, due_within=1) == []


def test_late_ones_are_late_by_the_readers_now(shared_cloud: Cloud, desk: dict[str, str]) -> None:
    due, kept = _day(shared_cloud, desk["post"]), shared_cloud.now
    assert _found(shared_cloud, desk, late="true") == []
    shared_cloud.now = f"{due}T23:00:00+07:00"
    assert _found(shared_cloud, desk, late="true") == ["early"], "what is resolved on its last day is on time"
    counts = read(shared_cloud, "inbox/counts", OFFICER, "skhdt").body["counts"]
    assert [each["late"]["number"] for each in counts if each["status"] == 4] == [1]
    next_day = datetime.fromisoformat(shared_cloud.now) + timedelta(hours=1)
    shared_cloud.now = next_day.isoformat()
    reply = read(shared_cloud, "inbox", OFFICER, "skhdt", status=4)
    assert [each["late"] for each in reply.body["dossiers"]] == [True, True, False]
    assert _found(shared_cloud, desk, late="true") == ["early", "post"]
    counts = read(shared_cloud, "inbox/counts", OFFICER, "skhdt").body["counts"]
    assert [each["late"]["number"] for each in counts if each["status"] == 4] == [2]
    shared_cloud.now = kept


def test_pages_of_a_filtered_inbox_go_on_with_what_was_asked_for(shared_cloud: Cloud, desk: dict[str, str]) -> None:
    page = read(shared_cloud, "inbox", OFFICER, "skhdt", status=4, channel="counter", limit=1)
    shown = [each["id"] for each in page.body["dossiers"]]
    link = re.fullmatch(r'</units/skhdt/inbox\?(.*)>; rel="next"', page.headers["link"])
    assert link
    query = dict(parse_qsl(link[1]))
    assert query == {"status": "4", "channel": "counter", "limit": "1", "cursor": page.body["next_cursor"]}
    following = read(shared_cloud, "inbox", OFFICER, "skhdt", **query)
    assert [*shown, *(each["id"] for each in following.body["dossiers"])] == [desk["early"], desk["last"]]
    without = read(shared_cloud, "inbox", OFFICER, "skhdt", status=4, limit=1, cursor=query["cursor"])
    assert (without.status, without.body["errors"][0]["code"]) == (400, "malformed-cursor")


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"oficer": "me"}, ("/oficer", "unknown-filter")),
        ({"channel": "fax"}, ("/channel", "not-allowed")),
        ({"late": "yes"}, ("/late", "not-allowed")),
        ({"late": "true", "status": "9"}, ("/late", "late-where")),
        ({"due_within": "0"}, ("/due_within", "wrong-type")),
        ({"due_before": "tomorrow"}, ("/due_before", "wrong-type")),
        ({"due_before": "0001-01-01"}, ("/due_before", "out-of-range")),
        ({"due_before": "9999-12-31"}, ("/due_before", "out-of-range")),
        ({"officer": "x" * 61}, ("/officer", "too-long")),
        ({"procedure": "a\x00"}, ("/procedure", "unreadable-text")),
    ],
)
def test_a_filter_that_cannot_be_meant_is_told(
    shared_cloud: Cloud, query: dict[str, str], fault: tuple[str, str]
) -> None:
    reply = read(shared_cloud, "inbox", OFFICER, "skhdt", **{"status": "4"} | query)
    assert reply.status == 422
    assert [(each["pointer"], each["code"]) for each in reply.body["errors"]] == [fault]


def test_an_unknown_filter_names_those_that_are_known(shared_cloud: Cloud) -> None:
    reply = read(shared_cloud, "inbox", status=2, colour="red")
    for name in ("status", "officer", "due_within", "due_before", "late", "procedure", "channel", "cursor"):
        assert name in reply.body["errors"][0]["message_vi"]


def test_an_entry_says_by_when_the_unit_must_act(cloud: Cloud) -> None:
    dossier_id = submit(cloud, OWNER).body["id"]
    (entry,) = read(cloud, "inbox", status=1).body["dossiers"]
    assert (entry["id"], entry["officer"], entry["late"]) == (dossier_id, None, False)
    assert entry["due_there"] == entry["answer_by"]


def test_an_inbox_is_counted_by_status(cloud: Cloud) -> None:
    for _ in range(2):
        received(cloud, OWNER)
    submit(cloud, OWNER)
    reply = read(cloud, "inbox/counts")
    numbers = {each["status"]: each["all"] for each in reply.body["counts"]}
    assert {status: count["number"] for status, count in numbers.items() if count["number"]} == {1: 1, 2: 2}
    assert not [count for count in numbers.values() if count["at_least"]]
    assert {each["status"] for each in reply.body["counts"] if each["late"]} == {1, 2, 4}
    assert [each["status"] for each in reply.body["counts"]] == [1, 2, 4, 5, 6, 8, 9, 80]


def test_counts_are_of_units_where_one_works(shared_cloud: Cloud) -> None:
    assert read(shared_cloud, "inbox/counts", CLERK, "skhdt").status == 403
    assert read(shared_cloud, "inbox/counts", "controller@tinh", "skhdt").status == 200
    assert read(shared_cloud, "inbox/counts", status=2).body["errors"][0]["code"] == "unknown-filter"


def test_counts_cost_fourteen_calls_and_a_filter_none_more(shared_cloud: Cloud, desk: dict[str, str]) -> None:
    before = aws.calls()
    read(shared_cloud, "inbox/counts", OFFICER, "skhdt")
    assert aws.calls() - before == 14
    before = aws.calls()
    _found(shared_cloud, desk, officer="me", late="true", channel="post")
    assert aws.calls() - before == 1
