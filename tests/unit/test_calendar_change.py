"""A change of the calendar: the preview says what would move, the application moves exactly that, by events."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.domain.calendar import LOCAL, CalendarDay, CalendarYear, DayKind
from motcua.domain.calendar_change import CalendarChange, faults_of_days
from motcua.domain.dossier import evolve
from motcua.domain.entry import EntryKind
from motcua.domain.event import EventType
from motcua.domain.job import Job, JobKind
from motcua.domain.rule import LegalBasis
from motcua.ports import Office
from motcua.usecases.errands import Recount
from tests.unit.fakes import MemoryDossiers, office, stamp
from tests.unit.jobs import MemoryJobs, outcomes
from tests.unit.lives import in_process, ready_for_post, received
from tests.unit.shipped import CALENDAR, ShippedRegistry, things

BASIS = LegalBasis("mẫu/UBND", date(2020, 4, 24), "", "Văn bản mẫu", "", "ours")
OF_2020: CalendarYear = things(EntryKind.CALENDAR)["2020"]
DAY_OFF = CalendarDay(date(2020, 4, 27), DayKind.DAY_OFF, "Ngày nghỉ mẫu")
CHANGE = CalendarChange("2020-mau", 2020, 1, tuple(sorted((*OF_2020.days, DAY_OFF), key=lambda d: d.date)), BASIS, "p")


@pytest.fixture
def store() -> MemoryDossiers:
    return MemoryDossiers()


@pytest.fixture
def desk(store: MemoryDossiers) -> Office:
    return office(store)


def run(store: MemoryDossiers, kind: JobKind, registry: ShippedRegistry) -> tuple[MemoryJobs, Job]:
    jobs, job = MemoryJobs(store), Job(f"job-{kind}", kind, CHANGE.id, stamp(actor="staff-3"))
    jobs.start(job)
    jobs.run(Recount(CHANGE, registry, applied=kind is JobKind.CALENDAR_CHANGE))
    return jobs, job


def test_the_preview_names_every_due_date_that_would_move_and_moves_none(store: MemoryDossiers, desk: Office) -> None:
    at_counter, with_agency, done = received(desk), in_process(desk), ready_for_post(desk)
    before = dict(store.states)
    jobs, job = run(store, JobKind.CALENDAR_PREVIEW, ShippedRegistry())
    assert store.states == before
    assert outcomes(jobs, job.id) == {at_counter.id: "moved", with_agency.id: "moved"}
    assert done.partition("-")[0] not in outcomes(jobs, job.id), "a result that is ready is due no more"
    result = jobs.result(job.id, at_counter.id)
    assert result is not None
    assert (result.before, result.after) == ("2020-04-28T08:00+07:00", "2020-04-29T08:00+07:00")
    assert (result.number, result.because) == (at_counter.number, "2020.2")


def test_the_application_moves_what_the_preview_showed_by_events_that_name_the_calendar(
    store: MemoryDossiers, desk: Office
) -> None:
    dossier = received(desk)
    previewed, preview = run(store, JobKind.CALENDAR_PREVIEW, ShippedRegistry())
    applied, job = run(store, JobKind.CALENDAR_CHANGE, ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2)))
    assert outcomes(applied, job.id) == outcomes(previewed, preview.id)
    after = store.states[dossier.id]
    assert after.due_at == datetime(2020, 4, 29, 8, 0, tzinfo=LOCAL)
    (event,) = (each for each in store.log if each.type is EventType.DOSSIER_DUE_MOVED)
    assert event.data["calendar"] == "2020.2"
    assert event.data["change"] == CHANGE.id
    replayed = None
    for each in store.events(dossier.id):
        replayed = evolve(replayed, each)
    assert replayed == after


def test_a_process_that_remembers_the_old_calendar_reads_anew_before_it_counts(
    store: MemoryDossiers, desk: Office
) -> None:
    class Stale(ShippedRegistry):
        def forget(self) -> None:
            self.known_calendar = CALENDAR.with_year(CHANGE.proposed, 2)

    dossier = received(desk)
    run(store, JobKind.CALENDAR_CHANGE, Stale())
    assert store.states[dossier.id].due_at == datetime(2020, 4, 29, 8, 0, tzinfo=LOCAL)


def test_a_dossier_that_was_resolved_meanwhile_is_left_alone(store: MemoryDossiers, desk: Office) -> None:
    dossier = in_process(desk)
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.CALENDAR_CHANGE, CHANGE.id, stamp())
    jobs.start(job)

    def resolved() -> None:
        if any(jobs.stretches):
            store.states[dossier.id] = replace(store.states[dossier.id], ready_at=stamp().occurred_at)

    registry = ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2))
    jobs.run(Recount(CHANGE, registry, applied=True), meanwhile=resolved)
    assert outcomes(jobs, job.id) == {dossier.id: "unchanged"}
    assert not [each for each in store.log if each.type is EventType.DOSSIER_DUE_MOVED]


@pytest.mark.parametrize(
    ("day", "code", "pointer"),
    [
        (CalendarDay(date(2021, 1, 1), DayKind.DAY_OFF, "Tết"), "day_of_another_year", "/days/1/date"),
        (DAY_OFF, "day_twice", "/days/1/date"),
        (CalendarDay(date(2020, 5, 4), DayKind.MAKEUP_WORKDAY, "Làm bù"), "makeup_on_a_workday", "/days/1/kind"),
    ],
)
def test_a_list_that_cannot_be_meant_is_told_day_by_day(day: CalendarDay, code: str, pointer: str) -> None:
    assert [(fault.code, fault.pointer) for fault in faults_of_days(2020, (DAY_OFF, day))] == [(code, pointer)]


def test_every_list_that_ships_is_sound() -> None:
    for year in things(EntryKind.CALENDAR).values():
        assert faults_of_days(year.year, year.days) == []
