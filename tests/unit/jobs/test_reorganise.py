"""1 July 2025: districts end, rules assign their work to communes and province, the rest become tasks."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import InvalidError
from motcua.domain.event import EventType
from motcua.domain.jobs.job import Job, JobKind
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.reorganisation import Succession, destination, faults_of
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import VersionMovedError
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.jobs.migrations import Handover
from motcua.usecases.processing.process_dossier import take_over
from tests.kit.fakes import OWNER, MemoryDossiers, key, stamp
from tests.kit.memory_jobs import MemoryJobs, outcomes
from tests.kit.sample_reorganisation import BY_COMMUNE, BY_PROCEDURE, EFFECTIVE, NORTH, SAMPLE, SOUTH, SUCCESSORS
from tests.kit.shipped import PROCEDURES, UNITS, VERSIONS, ShippedRegistry

JUNE = datetime(2025, 6, 20, 8, 30, tzinfo=LOCAL)
JULY = datetime(2025, 7, 1, 7, 30, tzinfo=LOCAL)
CLERKS = Principal("staff-1", frozenset({(Role.CLERK, "mc-h288"), (Role.CLERK, "mc-tinh")}))
OTHER_PROCEDURE, DISTRICT_PROCEDURE, LAND_PROCEDURE = "2.000815", "2.000806", "1.012768"
REGISTRY = ShippedRegistry(units=SUCCESSORS)
UNITS_THEN = {unit.id: unit for unit in REGISTRY.units()}


def received(desk: DossierContext, procedure: str, commune: str = "", one_stop: str = "mc-h288") -> Dossier:
    persons = Persons(replace(OWNER, commune_id=commune))
    command = ReceiveDossier(one_stop, procedure, ChannelIn.COUNTER, ChannelOut.COUNTER, persons)
    return receive_dossier(command, CLERKS, stamp(JUNE), key(), desk).dossier


def handed_over(store: MemoryDossiers, *, twice: bool = False) -> tuple[MemoryJobs, Job]:
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.REORGANISATION, SAMPLE.id, stamp(JULY, "staff-3"))
    jobs.start(job)
    jobs.run(Handover(SAMPLE, REGISTRY), twice=twice)
    return jobs, job


@pytest.mark.parametrize("twice", [False, True])
def test_each_open_dossier_goes_where_a_rule_says_and_the_rest_become_tasks(
    store: MemoryDossiers, desk: DossierContext, twice: bool
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


def test_a_handover_is_an_event_that_names_its_rule_and_both_sides(store: MemoryDossiers, desk: DossierContext) -> None:
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


def test_the_new_agencys_officer_takes_over_anew(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = received(desk, BY_PROCEDURE)
    event = replace(store.log[-1], type=EventType.DOSSIER_TRANSFERRED, version=2, data={"agency": "h288"})
    store.states[dossier.id] = evolve(dossier, event)
    officer = Principal("staff-9", frozenset({(Role.OFFICER, "h288")}))
    assert (
        take_over(StaffCommand(dossier.id, 2, officer, stamp(JUNE, "staff-9"), key()), desk).dossier.officer
        == "staff-9"
    )
    handed_over(store)
    assert store.states[dossier.id].officer == ""


def test_dossiers_of_many_inboxes_are_found_chunk_by_chunk(store: MemoryDossiers, desk: DossierContext) -> None:
    everybody = {received(desk, BY_PROCEDURE).id for _ in range(75)}
    jobs, job = handed_over(store)
    assert set(outcomes(jobs, job.id)) == everybody
    assert max(jobs.chunks) <= 40
    assert sum(jobs.chunks) == 75


def test_a_dossier_that_moves_to_an_inbox_already_seen_is_found_by_the_next_pass(
    store: MemoryDossiers, desk: DossierContext
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


def test_somebody_who_was_first_makes_the_message_come_again(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = received(desk, BY_PROCEDURE)
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.REORGANISATION, SAMPLE.id, stamp(JULY))
    jobs.start(job)
    store.interruptions.append(VersionMovedError())
    with pytest.raises(VersionMovedError):
        jobs.run(Handover(SAMPLE, REGISTRY))
    assert store.states[dossier.id].agency_id == "h288"
    assert not jobs.progress(job).done


def test_a_dossier_at_an_agency_that_goes_on_is_found_when_its_counter_ends(
    store: MemoryDossiers, desk: DossierContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Land dossiers are received at the district's counter and processed by the department, which does not end."""
    published = VERSIONS[LAND_PROCEDURE].with_published_draft(date(2024, 1, 1), None)
    monkeypatch.setitem(VERSIONS, LAND_PROCEDURE, published)
    land = received(desk, LAND_PROCEDURE)
    assert land.agency_id == "stn-mt"
    event = replace(store.log[-1], type=EventType.DOSSIER_TRANSFERRED, version=2, data={"agency": "stn-mt"})
    store.states[land.id] = evolve(land, event)
    jobs, job = handed_over(store)
    assert outcomes(jobs, job.id) == {land.id: "task"}, "no rule says which counter comes after"
    more = replace(SAMPLE, rules=(*SAMPLE.rules, Succession("mc-h288", f"mc-{SOUTH.id}")))
    again = Job("job-2", JobKind.REORGANISATION, SAMPLE.id, stamp(JULY))
    jobs.start(again)
    jobs.run(Handover(more, REGISTRY))
    assert outcomes(jobs, again.id) == {land.id: "moved"}
    assert (store.states[land.id].agency_id, store.states[land.id].one_stop_id) == ("stn-mt", f"mc-{SOUTH.id}")


def test_a_counter_that_does_not_serve_the_new_agency_is_no_destination() -> None:
    """A continuing counter keeps a dossier only if it receives for the agency that takes over (R2)."""
    to_ward = replace(SAMPLE, ends=("skhdt",), rules=(Succession("skhdt", NORTH.id),))
    of_centre = ("skhdt", "mc-tinh")
    to = destination(to_ward, of_centre, PROCEDURES["2.001610"], "", UNITS_THEN)
    assert to is not None
    assert to.one_stop_id == f"mc-{NORTH.id}", "the only one that serves the ward"
    nobody = UNITS_THEN | {f"mc-{NORTH.id}": replace(UNITS_THEN[f"mc-{NORTH.id}"], serves=())}
    assert destination(to_ward, of_centre, PROCEDURES["2.001610"], "", nobody) is None


def test_a_submission_goes_only_where_it_can_be_accepted(store: MemoryDossiers, desk: DossierContext) -> None:
    """No ward receives a procedure of the district level only, so a person decides and nothing is stuck."""
    dossier = received(desk, DISTRICT_PROCEDURE, BY_COMMUNE)
    store.states[dossier.id] = replace(dossier, status=Status.SUBMITTED, number="", received_at=None, due_at=None)
    jobs, job = handed_over(store)
    assert outcomes(jobs, job.id) == {dossier.id: "task"}


def test_a_plan_ends_nobody_who_ended_otherwise_or_had_not_begun() -> None:
    known = UNITS_THEN | {"h288": replace(UNITS_THEN["h288"], valid_to=date(2024, 12, 31))}
    assert [fault.code for fault in faults_of(SAMPLE, known.values())] == ["unit_ended_otherwise"]
    early = replace(SAMPLE, effective=date(2015, 1, 1), rules=())
    assert [fault.code for fault in faults_of(early, UNITS_THEN.values())] == ["ends_before_it_began"] * 2


def test_successors_that_are_known_stay() -> None:
    unit = replace(UNITS_THEN["h288"], successor_ids=("tinh",))
    assert unit.ended(EFFECTIVE, ("sct", "tinh")).successor_ids == ("tinh", "sct")


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
    to = destination(SAMPLE, ("h288", "mc-h288"), PROCEDURES[procedure], commune, UNITS_THEN)
    assert (to.agency_id if to else None) == agency


def test_two_one_stop_units_of_the_new_agency_are_no_answer() -> None:
    second = replace(SUCCESSORS[2], id="mc-mau-2")
    units = UNITS_THEN | {second.id: second}
    assert destination(SAMPLE, ("h288", "mc-h288"), PROCEDURES[OTHER_PROCEDURE], BY_COMMUNE, units) is None


@pytest.mark.parametrize(
    ("rule", "code", "pointer"),
    [
        (Succession("h290", NORTH.id), "unit_does_not_end", "/rules/3/from_unit"),
        (Succession("h288", "nowhere"), "unknown_unit", "/rules/3/to_unit"),
        (Succession("h288", "mc-tinh"), "successor_of_other_kind", "/rules/3/to_unit"),
        (Succession("mc-h288", NORTH.id), "successor_of_other_kind", "/rules/3/to_unit"),
        (Succession("h288", "h288", commune="x10510"), "successor_ends", "/rules/3/to_unit"),
        (Succession("h288", SOUTH.id, commune=BY_COMMUNE), "two_rules_alike", "/rules/3"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_told_rule_by_rule(rule: Succession, code: str, pointer: str) -> None:
    wrong = replace(SAMPLE, rules=(*SAMPLE.rules, rule))
    assert [(fault.code, fault.pointer) for fault in faults_of(wrong, UNITS_THEN.values())] == [(code, pointer)]


def test_the_sample_itself_is_sound() -> None:
    assert faults_of(SAMPLE, UNITS_THEN.values()) == []


def test_an_ended_unit_names_who_came_after_it(desk: DossierContext) -> None:
    ended = UNITS["mc-h288"].ended(EFFECTIVE, SAMPLE.successors("mc-h288"))
    assert ended.valid_to == date(2025, 6, 30)
    late = replace(desk, registry=ShippedRegistry(units=(*SUCCESSORS, ended)))
    command = ReceiveDossier("mc-h288", OTHER_PROCEDURE, ChannelIn.COUNTER, ChannelOut.COUNTER, Persons(OWNER))
    with pytest.raises(InvalidError) as refused:
        receive_dossier(command, CLERKS, stamp(JULY), key(), late)
    assert refused.value.code == "unit_ended"
    assert refused.value.faults[0].params == {"unit": "mc-h288", "day": "30/06/2025", "successors": "mc-tinh"}
