"""1 July 2025: districts end, their work goes by rules to communes and province, and what no rule covers is a task."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.domain.calendar import LOCAL
from motcua.domain.dossier import ChannelIn, ChannelOut, Dossier, evolve
from motcua.domain.errors import InvalidError
from motcua.domain.event import EventType
from motcua.domain.job import Job, JobKind
from motcua.domain.person import Persons
from motcua.domain.principal import Principal, Role
from motcua.domain.reorganisation import Succession, destination, faults_of
from motcua.ports import Office, VersionMovedError
from motcua.usecases.acting import Act
from motcua.usecases.errands import Handover
from motcua.usecases.process_dossier import take_over
from motcua.usecases.receive_dossier import ReceiveDossier, receive_dossier
from tests.unit.fakes import OWNER, MemoryDossiers, key, office, stamp
from tests.unit.jobs import MemoryJobs, outcomes
from tests.unit.sample_reorganisation import BY_COMMUNE, BY_PROCEDURE, EFFECTIVE, NORTH, SAMPLE, SOUTH, SUCCESSORS
from tests.unit.shipped import UNITS, ShippedRegistry

JUNE = datetime(2025, 6, 20, 8, 30, tzinfo=LOCAL)
JULY = datetime(2025, 7, 1, 7, 30, tzinfo=LOCAL)
CLERKS = Principal("staff-1", frozenset({(Role.CLERK, "mc-h288"), (Role.CLERK, "mc-tinh")}))
OTHER_PROCEDURE = "2.000815"
REGISTRY = ShippedRegistry(units=SUCCESSORS)
UNITS_THEN = REGISTRY.units()


def received(desk: Office, procedure: str, commune: str = "", one_stop: str = "mc-h288") -> Dossier:
    persons = Persons(replace(OWNER, commune_id=commune))
    command = ReceiveDossier(one_stop, procedure, ChannelIn.COUNTER, ChannelOut.COUNTER, persons)
    return receive_dossier(command, CLERKS, stamp(JUNE), key(), desk).dossier


@pytest.fixture
def store() -> MemoryDossiers:
    return MemoryDossiers()


@pytest.fixture
def desk(store: MemoryDossiers) -> Office:
    return office(store)


def handed_over(store: MemoryDossiers, *, twice: bool = False) -> tuple[MemoryJobs, Job]:
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.REORGANISATION, SAMPLE.id, stamp(JULY, "staff-3"))
    jobs.start(job)
    jobs.run(Handover(SAMPLE, REGISTRY), twice=twice)
    return jobs, job


@pytest.mark.parametrize("twice", [False, True])
def test_each_open_dossier_goes_where_a_rule_says_and_the_rest_become_tasks(
    store: MemoryDossiers, desk: Office, twice: bool
) -> None:
    to_province = received(desk, BY_PROCEDURE)
    to_ward = received(desk, OTHER_PROCEDURE, BY_COMMUNE)
    nobodys = received(desk, OTHER_PROCEDURE, "x10510")
    elsewhere = received(desk, "2.001610", one_stop="mc-tinh")
    jobs, job = handed_over(store, twice=twice)
    assert outcomes(jobs, job.id) == {to_province.id: "moved", to_ward.id: "moved", nobodys.id: "task"}
    at = {each: (dossier.agency_id, dossier.one_stop_id) for each, dossier in store.states.items()}
    assert at[to_province.id] == ("sct", "mc-tinh")
    assert at[to_ward.id] == (NORTH.id, f"mc-{NORTH.id}"), "the only one-stop unit that serves the ward"
    assert at[nobodys.id] == ("h288", "mc-h288"), "nothing is guessed"
    assert store.states[elsewhere.id] == elsewhere
    progress = jobs.progress(job)
    assert progress.done
    assert sum(progress.counts.values()) == 3


def test_a_handover_is_an_event_that_names_its_rule_and_both_sides(store: MemoryDossiers, desk: Office) -> None:
    dossier = received(desk, BY_PROCEDURE)
    handed_over(store)
    (event,) = (each for each in store.log if each.type is EventType.DOSSIER_REASSIGNED)
    assert event.stamp.occurred_at == JULY
    assert event.stamp.actor == "staff-3"
    assert event.data == {
        "agency": "sct",
        "one_stop": "mc-tinh",
        "agency_before": "h288",
        "one_stop_before": "mc-h288",
        "because": f"{SAMPLE.id}: h288 → sct; {SAMPLE.id}: mc-h288 → mc-tinh",
    }
    after = store.states[dossier.id]
    assert (after.number, after.due_at, after.status) == (dossier.number, dossier.due_at, dossier.status)


def test_the_new_agencys_officer_takes_over_anew(store: MemoryDossiers, desk: Office) -> None:
    dossier = received(desk, BY_PROCEDURE)
    event = replace(store.log[-1], type=EventType.DOSSIER_TRANSFERRED, version=2, data={"agency": "h288"})
    store.states[dossier.id] = evolve(dossier, event)
    officer = Principal("staff-9", frozenset({(Role.OFFICER, "h288")}))
    assert take_over(Act(dossier.id, 2, officer, stamp(JUNE, "staff-9"), key()), desk).dossier.officer == "staff-9"
    handed_over(store)
    assert store.states[dossier.id].officer == ""


def test_dossiers_of_many_desks_are_found_stretch_by_stretch(store: MemoryDossiers, desk: Office) -> None:
    everybody = {received(desk, BY_PROCEDURE).id for _ in range(75)}
    jobs, job = handed_over(store)
    assert set(outcomes(jobs, job.id)) == everybody
    assert max(jobs.stretches) <= 30
    assert sum(jobs.stretches) == 75


def test_a_dossier_that_moves_to_a_desk_already_seen_is_found_by_the_next_round(
    store: MemoryDossiers, desk: Office
) -> None:
    first = received(desk, BY_PROCEDURE)
    hidden: dict[str, Dossier] = {}
    late = received(desk, BY_PROCEDURE)
    hidden[late.id] = store.states.pop(late.id)

    def appears() -> None:
        store.states.update(hidden)
        hidden.clear()

    jobs, job = MemoryJobs(store), Job("job-1", JobKind.REORGANISATION, SAMPLE.id, stamp(JULY))
    jobs.start(job)
    jobs.run(Handover(SAMPLE, REGISTRY), meanwhile=appears)
    assert outcomes(jobs, job.id) == {first.id: "moved", late.id: "moved"}


def test_somebody_who_was_first_makes_the_message_come_again(store: MemoryDossiers, desk: Office) -> None:
    dossier = received(desk, BY_PROCEDURE)
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.REORGANISATION, SAMPLE.id, stamp(JULY))
    jobs.start(job)
    store.interruptions.append(VersionMovedError())
    with pytest.raises(VersionMovedError):
        jobs.run(Handover(SAMPLE, REGISTRY))
    assert store.states[dossier.id].agency_id == "h288"
    assert not jobs.progress(job).done


@pytest.mark.parametrize(
    ("procedure", "commune", "agency"),
    [
        (BY_PROCEDURE, "", "sct"),
        (BY_PROCEDURE, BY_COMMUNE, "sct"),
        (OTHER_PROCEDURE, BY_COMMUNE, NORTH.id),
        (OTHER_PROCEDURE, "", None),
    ],
)
def test_the_rule_that_names_more_wins_and_the_procedure_beats_the_commune(
    procedure: str, commune: str, agency: str | None
) -> None:
    to = destination(SAMPLE, "h288", "mc-h288", procedure, commune, UNITS_THEN)
    assert (to.agency_id if to else None) == agency


def test_two_one_stop_units_of_the_new_agency_are_no_answer() -> None:
    second = replace(SUCCESSORS[2], id="mc-mau-2")
    assert destination(SAMPLE, "h288", "mc-h288", OTHER_PROCEDURE, BY_COMMUNE, [*UNITS_THEN, second]) is None


@pytest.mark.parametrize(
    ("rule", "code", "pointer"),
    [
        (Succession("h290", NORTH.id), "unit_does_not_end", "/rules/3/from_unit"),
        (Succession("h288", "nowhere"), "unknown_unit", "/rules/3/to_unit"),
        (Succession("h288", "mc-h288"), "successor_ends", "/rules/3/to_unit"),
        (Succession("h288", SOUTH.id, commune=BY_COMMUNE), "two_rules_alike", "/rules/3"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_told_rule_by_rule(rule: Succession, code: str, pointer: str) -> None:
    wrong = replace(SAMPLE, rules=(*SAMPLE.rules, rule))
    assert [(fault.code, fault.pointer) for fault in faults_of(wrong, UNITS_THEN)] == [(code, pointer)]


def test_the_sample_itself_is_sound() -> None:
    assert faults_of(SAMPLE, UNITS_THEN) == []


def test_an_ended_unit_names_who_came_after_it(desk: Office) -> None:
    ended = UNITS["mc-h288"].ended(EFFECTIVE, SAMPLE.successors("mc-h288"))
    assert ended.valid_to == date(2025, 6, 30)
    late = replace(desk, registry=ShippedRegistry(units=(*SUCCESSORS, ended)))
    command = ReceiveDossier("mc-h288", OTHER_PROCEDURE, ChannelIn.COUNTER, ChannelOut.COUNTER, Persons(OWNER))
    with pytest.raises(InvalidError) as refused:
        receive_dossier(command, CLERKS, stamp(JULY), key(), late)
    assert refused.value.code == "unit_ended"
    assert refused.value.faults[0].params == {"unit": "mc-h288", "day": "30/06/2025", "successors": "mc-tinh"}
