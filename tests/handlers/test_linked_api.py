"""A linked dossier through the endpoints: each agency's inbox and part, and the whole that the lead agency resolves."""

import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

from infra.registry.linked_sample import CODE, VERSIONS
from motcua.domain.registry.entry import EntryKind, new_entry
from tests.handlers.test_calendar_changes import propose
from tests.kit.api_lives import act, receive
from tests.kit.calls.linked_calls import OF_JUSTICE, OF_PROVINCE, finish, linked
from tests.kit.job_steps import job, results, run
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply

Owner = dict[str, Any]
DESKS = {"stp": OF_JUSTICE, "vp-ubnd": OF_PROVINCE, "skhdt": OFFICER}


def in_inbox(cloud: Cloud, unit: str, status: int = 4) -> list[str]:
    page = cloud.call("dossier_api", "GET", f"/units/{unit}/inbox", groups=DESKS[unit], query={"status": str(status)})
    assert page.status == 200, page.body
    return [each["id"] for each in page.body["dossiers"]]


def inboxes(cloud: Cloud, dossier_id: str) -> set[str]:
    return {unit for unit in DESKS if dossier_id in in_inbox(cloud, unit)}


def refused(reply: Reply) -> tuple[int, str]:
    return reply.status, str(reply.body["type"]).rpartition(":")[2]


def test_the_receipt_shows_when_the_whole_and_each_part_are_due(cloud: Cloud, owner: Owner) -> None:
    cloud.enter(new_entry(EntryKind.PROCEDURE, CODE, VERSIONS))
    dossier = receive(cloud, owner, procedure_code=CODE).body
    assert dossier["due_at"] == "2020-05-08T08:00:00+07:00"
    assert [(leg["step"], leg["agency_id"], leg["due_at"]) for leg in dossier["legs"]] == [
        (1, "stp", "2020-04-28T08:00:00+07:00"),
        (1, "vp-ubnd", "2020-05-04T08:00:00+07:00"),
        (2, "skhdt", "2020-05-08T08:00:00+07:00"),
    ]


def test_a_linked_dossier_lives_to_its_end_and_counts_once(cloud: Cloud, owner: Owner) -> None:
    dossier_id = linked(cloud, owner)
    assert inboxes(cloud, dossier_id) == {"stp", "vp-ubnd", "skhdt"}
    early = act(cloud, dossier_id, "takeover", 2, OFFICER)
    assert refused(early) == (409, "leg-not-running")
    assert "stp, vp-ubnd" in str(early.body)
    assert finish(cloud, dossier_id, "stp", 2).status == 200
    assert inboxes(cloud, dossier_id) == {"vp-ubnd", "skhdt"}
    whole = act(cloud, dossier_id, "resolution", 4, OFFICER)
    assert refused(whole) == (409, "legs-unfinished")
    assert finish(cloud, dossier_id, "vp-ubnd", 4).status == 200
    assert inboxes(cloud, dossier_id) == {"skhdt"}
    assert act(cloud, dossier_id, "takeover", 6, OFFICER).status == 200
    assert refused(act(cloud, dossier_id, "legs/skhdt", 7, OFFICER)) == (409, "lead-resolves")
    resolved = act(cloud, dossier_id, "resolution", 7, OFFICER)
    assert resolved.status == 200, resolved.body
    assert all(leg["finished_at"] for leg in resolved.body["legs"])
    assert inboxes(cloud, dossier_id) == set()
    assert act(cloud, dossier_id, "return", 8, CLERK, {"channel": "counter"}).status == 200
    cloud.deliver("update_figures", *cloud.owed("figures"))
    of_dossier = [row for row in cloud.tables()["Figure"] if row["SK"]["S"].startswith("FACT#")]
    assert {row["PK"]["S"] for row in of_dossier} == {
        f"FIGURE#skhdt#{kind}" for kind in ("received", "became_ready", "returned")
    }
    assert len(of_dossier) == 3


def test_an_agency_whose_part_has_not_begun_reads_and_another_sees_nothing(cloud: Cloud, owner: Owner) -> None:
    dossier_id = linked(cloud, owner)

    def read(groups: str) -> int:
        return cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=groups).status

    assert [read(groups) for groups in (OFFICER, OF_JUSTICE, OF_PROVINCE, "officer@stc")] == [200, 200, 200, 404]


def test_a_second_request_under_one_key_finishes_nothing_twice(cloud: Cloud, owner: Owner) -> None:
    dossier_id = linked(cloud, owner)
    assert act(cloud, dossier_id, "takeover", 2, OF_JUSTICE).status == 200
    path = f"/dossiers/{dossier_id}/legs/stp"
    first, again = (
        cloud.call("dossier_api", "POST", path, groups=OF_JUSTICE, version=3, key="once-and-again") for _ in range(2)
    )
    assert (first.status, again.status) == (200, 200)
    assert first.body == again.body
    late = act(cloud, dossier_id, "legs/stp", 3, OF_JUSTICE)
    assert refused(late) == (412, "version-differs")


@pytest.mark.parametrize("agency", ["vp-ubnd", "skhdt", "nowhere", "mc-tinh"])
def test_nobody_finishes_the_part_of_another(cloud: Cloud, owner: Owner, agency: str) -> None:
    dossier_id = linked(cloud, owner)
    assert refused(act(cloud, dossier_id, f"legs/{agency}", 2, OF_JUSTICE)) == (403, "role-needed")


def test_a_finished_part_tells_whether_it_was_late_in_the_timeline(cloud: Cloud, owner: Owner) -> None:
    cloud.now = "2020-04-23T08:00:00+07:00"
    dossier_id = linked(cloud, owner)
    cloud.now = "2020-05-05T08:00:00+07:00"
    assert finish(cloud, dossier_id, "stp", 2).status == 200
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=CLERK).body["events"]
    (told,) = [each["data"] for each in timeline if each["type"] == "dossier.leg_finished"]
    assert told == {"agency": "stp", "step": 1, "late": True}


def test_pages_of_an_inbox_show_each_linked_dossier_once(cloud: Cloud, owner: Owner) -> None:
    expected = [linked(cloud, owner) for _ in range(5)]
    found: list[str] = []
    query = {"status": "4", "limit": "2"}
    while True:
        page = cloud.call("dossier_api", "GET", "/units/stp/inbox", groups=OF_JUSTICE, query=query)
        assert page.status == 200, page.body
        found += [each["id"] for each in page.body["dossiers"]]
        if "link" not in page.headers:
            break
        (asked,) = re.findall(r"<[^?]*\?(.*)>", page.headers["link"])
        query = dict(parse_qsl(asked))
    assert sorted(found) == sorted(expected)


def test_a_job_that_traverses_the_inboxes_finds_it_once(cloud: Cloud, owner: Owner) -> None:
    """It is in three inboxes. Its result is written once; a second one would fail the whole chunk."""
    dossier_id = linked(cloud, owner)
    preview = propose(cloud, {"date": "2020-04-24", "kind": "day_off", "name_vi": "Nghỉ mẫu"}).body["preview_job"]
    assert run(cloud)
    assert job(cloud, preview)["done"]
    (result,) = results(cloud, preview)
    assert (result["dossier_id"], result["outcome"]) == (dossier_id, "moved")
    assert (result["before"], result["after"]) == ("2020-05-08T08:00+07:00", "2020-05-11T08:00+07:00")
