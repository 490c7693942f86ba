"""The sweep of deadlines through its handler: at its input's moment, with the template's rights and environment."""

import json
from dataclasses import replace
from typing import Any

import pytest

from motcua.adapters.dossier.dossiers import DynamoDossiers
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.parts import LinkedLeg, Opinion, PaperLeg
from motcua.domain.errors import InvalidError
from motcua.domain.event import Event, EventType
from motcua.domain.status import Status
from motcua.ports.changes import Change
from tests.kit.api_lives import act, in_process, resolved, submit
from tests.kit.fakes import stamp
from tests.kit.moto_cloud import CLERK, CONTEXT, Cloud
from tests.unit.reading.test_reminders import NEAR, RECEIVED, dossier, ready

Owner = dict[str, str]


def sweep(cloud: Cloud, as_of: str) -> dict[str, Any]:
    answer: dict[str, Any] = cloud.run("sweep_deadlines", {"as_of": as_of})
    assert (answer["failed"], answer["unclear"], answer["finished"]) == (0, 0, True)
    return answer


def keep(cloud: Cloud, *dossiers: Dossier) -> None:
    """Store dossiers as an earlier event left them."""
    for each in dossiers:
        event = Event(EventType.DOSSIER_ASSIGNED, each.id, 1, stamp(RECEIVED), {})
        kept = replace(each, version=1)
        DynamoDossiers(cloud.dynamodb, "Dossier", "Person").commit(Change(events=(event,), dossier=kept))


def _due(cloud: Cloud, dossier_id: str) -> str:
    due: str = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK).body["due_at"]
    return due


def _warnings(cloud: Cloud, dossier_id: str) -> list[str]:
    items = [item for item in cloud.tables()["Dossier"] if item["PK"]["S"] == f"DOSSIER#{dossier_id}"]
    events = [item for item in items if item.get("type", {}).get("S") == "dossier.warned"]
    return [event["data"]["M"]["warning"]["S"].partition("@")[0] for event in events]


def test_near_and_late_are_said_once_at_their_time(cloud: Cloud, owner: Owner) -> None:
    dossier_id = in_process(cloud, owner)
    due = _due(cloud, dossier_id)
    assert "late" not in sweep(cloud, due)["said"]
    assert _warnings(cloud, dossier_id).count("approaching") == 1
    assert sweep(cloud, due)["said"] == {}
    assert sweep(cloud, "2020-06-30T08:00:00+07:00")["said"]["late"] == 1
    assert sweep(cloud, "2020-06-30T09:00:00+07:00")["said"] == {}
    assert _warnings(cloud, dossier_id).count("late") == 1


def test_a_sweep_changes_the_dossier_and_so_nobody_acts_on_what_was_before(cloud: Cloud, owner: Owner) -> None:
    dossier_id = in_process(cloud, owner)
    version = cloud.state(dossier_id)["version"]
    sweep(cloud, "2020-06-30T08:00:00+07:00")
    cloud.now = "2020-06-30T09:00:00+07:00"
    assert act(cloud, dossier_id, "takeover", version).status == 412
    assert act(cloud, dossier_id, "takeover", cloud.state(dossier_id)["version"]).status == 200


def test_everything_that_is_to_be_said_is_said_by_one_sweep(cloud: Cloud) -> None:
    wait = Suspension(WaitKind.SUPPLEMENT, RECEIVED, Status.IN_PROCESS, expires_at=RECEIVED)
    keep(
        cloud,
        dossier(id="A" * 16),
        dossier(Status.SUBMITTED, id="B" * 16, due_at=None, answer_by=RECEIVED),
        dossier(Status.SUPPLEMENT_REQUESTED, id="C" * 16, waits=(wait,)),
        dossier(id="D" * 16, due_at=NEAR, paper=PaperLeg(RECEIVED), opinions=(Opinion("stc", RECEIVED, RECEIVED),)),
        dossier(id="E" * 16, due_at=None, legs=(LinkedLeg(1, "snv", RECEIVED, started_at=RECEIVED),)),
        ready(id="F" * 16),
    )
    said = {"approaching": 1, "unanswered": 1, "supplement_expired": 1, "late": 1, "paper_late": 1, "opinion_late": 1}
    at = "2020-05-05T08:00:01+07:00"
    assert sweep(cloud, at)["said"] == said | {"leg_late": 1, "reminded": 1}
    assert _warnings(cloud, "D" * 16) == ["late", "paper_late", "opinion_late:stc"]
    assert sweep(cloud, at)["said"] == {}


def test_a_submission_that_nobody_answered_is_said(cloud: Cloud, owner: Owner) -> None:
    dossier_id = submit(cloud, owner).body["id"]
    assert sweep(cloud, "2020-06-30T08:00:00+07:00")["said"] == {"unanswered": 1}
    assert _warnings(cloud, dossier_id) == ["unanswered"]


def test_an_uncollected_result_is_reminded_of_until_it_is_collected(cloud: Cloud, owner: Owner) -> None:
    dossier_id = resolved(cloud, owner)
    assert sweep(cloud, "2020-04-30T07:00:00+07:00")["said"] == {"reminded": 1}
    cloud.now = "2020-05-04T08:00:00+07:00"
    version = cloud.state(dossier_id)["version"]
    assert act(cloud, dossier_id, "return", version, CLERK, {"channel": "counter"}).status == 200
    assert sweep(cloud, "2020-06-30T08:00:00+07:00")["said"] == {}


def test_without_as_of_the_clock_is_asked(cloud: Cloud) -> None:
    keep(cloud, dossier())
    assert cloud.run("sweep_deadlines", {})["said"]["late"] == 1


def test_what_is_still_to_come_is_not_said(cloud: Cloud) -> None:
    keep(cloud, dossier())
    before = cloud.tables()
    with pytest.raises(InvalidError):
        cloud.run("sweep_deadlines", {"as_of": "2999-01-01T08:00:00+07:00"})
    assert cloud.tables() == before


def test_what_a_sweep_has_no_time_for_is_the_next_ones(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(cloud, dossier())
    monkeypatch.setattr(CONTEXT, "get_remaining_time_in_millis", lambda: 4000)
    answer = cloud.run("sweep_deadlines", {"as_of": "2020-06-30T08:00:00+07:00"})
    assert (answer["said"], answer["finished"]) == ({}, False)
    monkeypatch.undo()
    assert sweep(cloud, "2020-06-30T08:00:00+07:00")["said"] == {"late": 1}


@pytest.mark.parametrize("wrong", [{"as_of": "2020-05-07"}, {"as_of": "2020-05-07T08:00:00"}, {"until": "x"}])
def test_an_input_that_is_not_understood_is_refused(cloud: Cloud, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        cloud.run("sweep_deadlines", wrong)


def test_a_quiet_sweep_reads_the_index_and_the_rules_and_no_dossier(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four shards of each list: the dates, and results reminded of 0, 1, 2 times; the rules and calendars in one call."""
    keep(cloud, *(dossier(id=letter * 16) for letter in "ABC"), ready(reminders=3))
    at = "2020-06-30T08:00:00+07:00"
    assert sweep(cloud, at)["said"] == {"late": 3}
    cloud.restart()
    capsys.readouterr()
    assert sweep(cloud, at)["said"] == {}
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"sweep_deadlines"' in line]
    assert line["dynamodb_calls"] == 4 * 4 + 1


def test_the_line_and_the_metrics_tell_how_often_what_was_said(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(cloud, dossier(), ready(id="R" * 16))
    capsys.readouterr()
    sweep(cloud, "2020-06-30T08:00:00+07:00")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (told,) = [line for line in lines if line.get("message") == "sweep_deadlines"]
    (metrics,) = [line for line in lines if "_aws" in line]
    assert told["said"] == {"late": 1, "reminded": 1}
    assert (metrics["said_late"], metrics["said_reminded"]) == ([1.0], [1.0])
