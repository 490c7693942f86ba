"""The audit trail through its endpoint: who may read it, of which entries, and page by page."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.procedure import Component
from tests.kit.calls.registry_calls import LIST, OFFICER, ask, calendar_proposed, done, planned, reviewed
from tests.kit.job_steps import control
from tests.kit.moto_cloud import Cloud, Reply
from tests.kit.shipped import VERSIONS

CODE, CLERK = "2.001610", "clerk@mc-tinh"
TARGET = "rule/target-departments"
DRAFT = f"/procedures/{CODE}/draft"

Owner = dict[str, str]


def history(cloud: Cloud, path: str, groups: str | None = CLERK, **query: str) -> Reply:
    return control(cloud, "GET", f"/registry/{path}/history", groups=groups, query=query or None)


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in reply.body["errors"]]


def test_the_history_is_for_staff_and_of_what_there_is(shared_cloud: Cloud) -> None:
    assert history(shared_cloud, "unit/stp").body["versions"] == [], "these rows were put here without a change"
    assert history(shared_cloud, "unit/nowhere").status == 404
    assert told(history(shared_cloud, "wish/stp")) == [("/kind", "not-allowed")]
    assert told(history(shared_cloud, "unit/stp", order="asc")) == [("/order", "unknown-field")]
    assert history(shared_cloud, "unit/stp", groups="nobody").status == 403
    assert history(shared_cloud, "unit/stp", groups=None).status == 403
    assert history(shared_cloud, TARGET).status == 200


def test_what_the_controller_alone_reads_has_a_history_for_the_controller_alone(cloud: Cloud, owner: Owner) -> None:
    change = done(calendar_proposed(cloud, owner)).body["id"]
    plan = done(planned(cloud)).body["id"]
    for path in (f"calendar_change/{change}", f"reorganisation/{plan}", "reorganisation/nowhere"):
        for groups in (CLERK, OFFICER, "head@skhdt", "admin@tinh"):
            refused = history(cloud, path, groups)
            assert (refused.status, told(refused)) == (403, [("", "role-needed")])
    assert history(cloud, f"calendar_change/{change}", "controller@tinh").body["versions"][0]["version"] == 1
    assert history(cloud, f"reorganisation/{plan}", "controller@tinh").status == 200


@pytest.mark.parametrize(
    ("groups", "drafts"),
    [
        (OFFICER, 1),
        ("clerk@skhdt", 1),
        ("controller@tinh", 1),
        ("officer@stp", 0),
        ("clerk@mc-h288", 0),
        ("head@tinh", 0),
    ],
)
def test_a_draft_is_its_departments_and_the_controllers(cloud: Cloud, groups: str, drafts: int) -> None:
    done(ask(cloud, "draft_procedure", "POST", DRAFT, groups=OFFICER, version=1))
    (seen,) = history(cloud, f"procedure/{CODE}", groups).body["versions"]
    versions = seen["content"]["versions"]
    assert [each["published_on"] is None for each in versions] == [False] * (len(versions) - drafts) + [True] * drafts
    assert seen["version"] == 2, "that something was drafted, by whom and why, is no secret"


@pytest.mark.parametrize("separator", ["#", "%23"])
def test_the_longest_id_has_a_history_however_the_gateway_passes_it_on(cloud: Cloud, separator: str) -> None:
    order, department, code = "a" * 60, "b" * 40, "C" * 40
    reply = history(cloud, f"review/{separator.join((order, department, code))}")
    assert (reply.status, told(reply)) == (404, [("", "entry-not-found")])
    assert order in reply.body["errors"][0]["message_en"]
    assert history(cloud, f"review/{'a' * 201}").body["type"] == "urn:motcua:problem:route-not-found"
    assert history(cloud, f"carrier_code/simulator{separator}C50").status == 200


def test_an_item_of_a_review_has_a_history(cloud: Cloud) -> None:
    reviewed(cloud, "propose_review_items")
    _, _, order, _, department = LIST.split("/")
    seen = history(cloud, f"review/{quote(f'{order}#{department}#{CODE}', safe='')}")
    assert [each["content"]["code"] for each in seen.body["versions"]] == [CODE] * len(seen.body["versions"])
    assert seen.body["id"] == f"{order}#{department}#{CODE}"


def test_other_paths_stay_short(cloud: Cloud) -> None:
    reply = cloud.call("public_api", "GET", f"/units/{'a' * 61}")
    assert (reply.status, reply.body["type"]) == (404, "urn:motcua:problem:route-not-found")


def test_it_is_read_page_by_page_newest_first(cloud: Cloud) -> None:
    for version in range(1, 6):
        done(ask(cloud, "change_rule", "PUT", f"/{TARGET.replace('rule', 'rules')}", version=version))
    seen, query = [], {"limit": "2"}
    while query:
        page = history(cloud, TARGET, **query)
        assert page.headers["etag"] == '"6"'
        seen.append([each["version"] for each in page.body["versions"]])
        link = page.headers.get("link", "")
        assert bool(link) is bool(page.body["next_cursor"])
        target = urlsplit(link.partition(">")[0].removeprefix("<"))
        assert target.path in ("", f"/registry/{TARGET}/history")
        query = {name: values[0] for name, values in parse_qs(target.query).items()}
    assert seen == [[6, 5], [4, 3], [2]]


@pytest.mark.parametrize("cursor", ["x", "eyJvZiI6IngiLCJhdCI6WyIzIl19", ""])
def test_another_lists_cursor_opens_nothing(shared_cloud: Cloud, cursor: str) -> None:
    reply = history(shared_cloud, TARGET, cursor=cursor)
    assert reply.status == (400 if cursor else 200)


def test_a_cursor_is_bound_to_its_entry(cloud: Cloud) -> None:
    for version in (1, 2):
        done(ask(cloud, "change_rule", "PUT", "/rules/target-departments", version=version))
    cursor = history(cloud, TARGET, limit="1").body["next_cursor"]
    assert told(history(cloud, "unit/stp", cursor=cursor)) == [("/cursor", "malformed-cursor")]


def test_a_procedure_that_no_item_can_hold_is_told_so(cloud: Cloud) -> None:
    known = VERSIONS[CODE]
    papers = tuple(Component("a" * 590 + str(number), 1, 1) for number in range(95))
    versions = tuple(
        replace(known.latest, version=number, published_on=date(2020, 1, number), components=papers)
        for number in range(1, 7)
    )
    cloud.enter(new_entry(EntryKind.PROCEDURE, CODE, replace(known, versions=versions)))
    body: dict[str, Any] = {
        "procedure": {"code": CODE, "name_vi": "Thủ tục mẫu", "levels": ["tinh"], "agency_id": "skhdt"},
        "why": "Nhập thêm giấy tờ",
    }
    body["procedure"]["components"] = [{"name_vi": paper.name_vi} for paper in papers]
    refused = control(cloud, "POST", DRAFT, body, version=1)
    assert (refused.status, refused.body["type"]) == (422, "urn:motcua:problem:entry-too-large")
    assert "400 KB" in refused.body["title"]
    body["procedure"]["components"] = []
    assert control(cloud, "POST", DRAFT, body, version=1).status == 200
