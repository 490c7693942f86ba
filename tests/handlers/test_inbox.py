"""A unit's inbox: earliest due date first, page by page, each dossier once."""

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.kit.api_lives import act, received, submit
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply

CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
DAYS = (29, 24, 27, 28, 24, 23, 24)


@pytest.fixture(scope="module")
def desk(shared_cloud: Cloud) -> list[str]:
    """Return dossiers at the provincial centre in the order of their due dates, received in another order."""
    due = []
    for day in DAYS:
        headers = {"x-motcua-now": f"2020-04-{day}T08:00:00+07:00"}
        dossier_id = received(shared_cloud, CITIZEN, headers=headers)
        due.append((shared_cloud.state(dossier_id)["due_at"], dossier_id))
    return [dossier_id for _, dossier_id in sorted(due)]


def _page(cloud: Cloud, groups: str = CLERK, unit: str = "mc-tinh", **query: Any) -> Reply:
    asked = {"status": "2"} | {name: str(value) for name, value in query.items()}
    return cloud.call("dossier_api", "GET", f"/units/{unit}/inbox", groups=groups, query=asked)


def _all(cloud: Cloud, limit: int) -> list[str]:
    """Read every page, following the header Link as a client does."""
    found: list[str] = []
    page = _page(cloud, limit=limit)
    while True:
        assert page.status == 200
        assert len(page.body["dossiers"]) <= limit
        found += [each["id"] for each in page.body["dossiers"]]
        if "link" not in page.headers:
            assert page.body["next_cursor"] is None
            return found
        link = re.fullmatch(r'</units/mc-tinh/inbox\?(.*)>; rel="next"', page.headers["link"])
        assert link
        query = dict(parse_qsl(link[1]))
        assert query["cursor"] == page.body["next_cursor"]
        page = cloud.call("dossier_api", "GET", "/units/mc-tinh/inbox", groups=CLERK, query=query)


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 100])
def test_pages_show_each_dossier_once_oldest_due_first(shared_cloud: Cloud, desk: list[str], limit: int) -> None:
    assert _all(shared_cloud, limit) == desk


def test_a_page_holds_fifty_unless_asked(desk: list[str], cloud: Cloud) -> None:
    dossier_id = received(cloud, CITIZEN)
    key = {"PK": {"S": f"DOSSIER#{dossier_id}"}, "SK": {"S": "STATE"}}
    stored = cloud.dynamodb.get_item(TableName="Dossier", Key=key)["Item"]
    assert dossier_id in stored["inbox_sk"]["S"]
    for serial in range(50):
        copied = json.loads(json.dumps(stored).replace(dossier_id, f"{serial:016d}"))
        cloud.dynamodb.put_item(TableName="Dossier", Item=copied)
    first = _page(cloud)
    second = _page(cloud, cursor=first.body["next_cursor"])
    assert [len(page.body["dossiers"]) for page in (first, second)] == [50, len(desk) + 1]


@pytest.mark.parametrize(
    ("unit", "status", "groups"), [("mc-tinh", 9, CLERK), ("skhdt", 2, OFFICER), ("mc-h288", 2, "clerk@mc-h288")]
)
def test_a_cursor_opens_no_other_list(
    shared_cloud: Cloud, desk: list[str], unit: str, status: int, groups: str
) -> None:
    cursor = _page(shared_cloud, limit=2).body["next_cursor"]
    assert cursor
    reply = _page(shared_cloud, groups, unit, status=status, cursor=cursor)
    assert (reply.status, reply.body["type"]) == (400, "urn:motcua:problem:malformed-cursor")
    assert reply.body["errors"][0]["pointer"] == "/cursor"


def test_a_cursor_holds_nothing_personal(shared_cloud: Cloud, desk: list[str]) -> None:
    cursor = _page(shared_cloud, limit=2).body["next_cursor"]
    opened = base64.urlsafe_b64decode(cursor.partition(".")[0] + "==").decode()
    assert CITIZEN["number"] not in opened
    assert "mc-tinh" not in opened


def test_a_page_of_which_all_is_hidden_is_empty_and_has_no_next_one(shared_cloud: Cloud, desk: list[str]) -> None:
    """An officer of the one-stop unit may list its inbox, but see none of its dossiers."""
    reply = _page(shared_cloud, "officer@mc-tinh", limit=2)
    assert (reply.status, reply.body["dossiers"], reply.body["next_cursor"]) == (200, [], None)
    assert not any(dossier_id in str(reply.headers) for dossier_id in desk)


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "ba", "", "٣"])
def test_a_limit_is_a_number_from_1_to_100(shared_cloud: Cloud, limit: str) -> None:
    reply = _page(shared_cloud, limit=limit)
    assert (reply.status, reply.body["errors"][0]["pointer"]) == (422, "/limit")


@pytest.mark.parametrize("status", ["", "0", "11", "hai"])
def test_a_status_is_one_of_the_ten(shared_cloud: Cloud, status: str) -> None:
    reply = _page(shared_cloud, status=status)
    assert (reply.status, reply.body["errors"][0]["pointer"]) == (422, "/status")


def test_a_list_names_no_person(shared_cloud: Cloud, desk: list[str]) -> None:
    assert not {"owner", "submitter", "recipient"} & set(_page(shared_cloud).body["dossiers"][0])


def test_a_dossier_is_in_one_inbox_at_a_time(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    """At the counter until it is routed, with the agency while in process, at the counter again until it is returned."""

    def inboxes(dossier_id: str) -> list[tuple[str, int]]:
        return [
            (unit, status)
            for unit in ("mc-tinh", "skhdt")
            for status in range(1, 11)
            if dossier_id
            in [each["id"] for each in _page(shared_cloud, "controller@tinh", unit, status=status).body["dossiers"]]
        ]

    dossier_id = submit(shared_cloud, owner).body["id"]
    assert inboxes(dossier_id) == [("mc-tinh", 1)]
    act(shared_cloud, dossier_id, "acceptance", 1, CLERK)
    assert inboxes(dossier_id) == [("mc-tinh", 2)]
    shared_cloud.deliver("route_dossier", *shared_cloud.owed("routing", dossier_id))
    act(shared_cloud, dossier_id, "takeover", 3)
    assert inboxes(dossier_id) == [("skhdt", 4)]
    act(shared_cloud, dossier_id, "resolution", 4)
    assert inboxes(dossier_id) == [("mc-tinh", 9)]
    act(shared_cloud, dossier_id, "return", 5, CLERK, {"channel": "counter"})
    assert inboxes(dossier_id) == []
