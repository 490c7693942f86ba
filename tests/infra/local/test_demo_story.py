"""The demo's plan: the same in every run, with every incident, and checks that find faults."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from infra.demo import __main__ as demo
from infra.demo import actors, plan
from infra.demo.deadlines import counted_naively
from infra.demo.incidents import INCIDENTS, add_incidents
from infra.demo.moves import ENOUGH, all_played
from infra.demo.plan import Case
from infra.demo.recount import counters
from infra.engine.errors import LocalRunError
from motcua.domain.deadline.deadline import due_at
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.procedure import LimitUnit, TimeLimit

AGENCIES = actors.agencies(everybody=False)


def story(dossiers: int) -> list[Case]:
    cases = plan.plan(AGENCIES, dossiers)
    add_incidents(cases, AGENCIES)
    return cases


def told(case: Case) -> list[tuple[datetime, str, str]]:
    return [(step.at, case.person(step.who), step.act) for step in plan.steps_of(case)]


@pytest.mark.parametrize(
    ("asked", "dossiers"), [(None, actors.USUAL_DOSSIERS), ("", actors.USUAL_DOSSIERS), ("40", 40)]
)
def test_without_a_number_the_usual_one_is_played(
    asked: str | None, dossiers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOSSIERS", raising=False)
    if asked is not None:
        monkeypatch.setenv("DOSSIERS", asked)
    assert demo._wanted() == dossiers


@pytest.mark.parametrize("asked", ["19", "100001", "many", "-40"])
def test_a_number_that_cannot_be_played_is_refused(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIERS", asked)
    with pytest.raises(LocalRunError, match="from 20 to 100000"):
        demo._wanted()


def test_two_runs_play_the_same_story() -> None:
    assert [told(case) for case in story(80)] == [told(case) for case in story(80)]


@pytest.mark.parametrize("dossiers", [ENOUGH, actors.USUAL_DOSSIERS])
def test_each_incident_happens_and_most_dossiers_go_the_plain_way(dossiers: int) -> None:
    cases = story(dossiers)
    assert {case.incident for case in cases} == {"", *(each.name for each in INCIDENTS)}
    if dossiers == actors.USUAL_DOSSIERS:
        assert sum(not case.incident for case in cases) > dossiers / 2


def test_nothing_happens_to_a_dossier_before_it_is_here() -> None:
    for case in story(actors.USUAL_DOSSIERS):
        assert all(at >= case.arrives_at for at, _, _ in told(case)), case.incident
        assert case.paper_at is None or case.paper_at >= case.arrives_at


def test_a_dossier_that_is_refused_or_withdrawn_goes_no_further() -> None:
    ends = {"refusal", "withdrawal", "answer-return"}
    for case in story(actors.USUAL_DOSSIERS):
        acts = [act for _, _, act in told(case)]
        assert not ends & set(acts[:-1]), case.incident


def test_an_act_that_was_never_played_is_named() -> None:
    acts = dict.fromkeys(MOVES, 1)
    warned = {"approaching": 1}
    verdict = all_played(acts | {"pause": 0}, warned, ENOUGH)
    assert not verdict.holds
    assert "pause" in verdict.numbers
    assert all_played(acts | {"pause": 0}, warned, ENOUGH - 1).holds, "so few need not show everything"


MOMENTS = ((28, 8, 0), (28, 11, 29), (28, 12, 0), (28, 16, 59), (29, 18, 0), (30, 9, 0))


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("days", [1, 5, 15])
def test_the_naive_count_agrees_with_the_product(moment: tuple[int, int, int], days: int) -> None:
    received = datetime(2020, 4, *moment, tzinfo=LOCAL)
    limit = TimeLimit(Decimal(days), LimitUnit.WORKING_DAY)
    assert counted_naively(received, days, []) == due_at(received, limit, plan.calendar())


def test_the_naive_count_adds_the_working_time_that_was_waited() -> None:
    """`domain.md`: due 18 May, asked 28 April 09:00, complete 4 May 09:00 gives 20 May; RESTART counts anew."""
    received = datetime(2020, 4, 23, 9, tzinfo=LOCAL)
    wait = {"since": "2020-04-28T09:00:00+07:00", "until": "2020-05-04T09:00:00+07:00"}
    assert counted_naively(received, 15, []).date() == date(2020, 5, 18)
    assert counted_naively(received, 15, [wait]) == datetime(2020, 5, 20, 9, tzinfo=LOCAL)
    assert counted_naively(received, 15, [wait | {"restarts": True}]) == datetime(2020, 5, 25, 9, tzinfo=LOCAL)


def fact(event: str, **more: Any) -> dict[str, Any]:
    return {"PK": "FIGURE#stp#returned", "SK": f"FACT#2020-05-07#P#counter#counter#{event}", "kind": "fact", **more}


def counter(counted: int) -> dict[str, Any]:
    return {"PK": "FIGURE#stp#returned", "SK": "COUNT#2020-05-07#P#counter#counter", "counted": counted}


def test_a_counter_is_what_was_counted_less_what_was_taken_back() -> None:
    twice = [fact("A.5"), fact("A.6", reverses="A.5"), fact("B.5")]
    assert counters([*twice, counter(1)]).holds
    assert not counters([*twice, counter(3)]).holds
    assert counters([*twice[:2], counter(0)]).holds, "a cell that comes to nothing says nothing"
