"""A change of the calendar: the preview says what would move, the application moves exactly that by events."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.domain.deadline.calendar_change import CalendarChange, faults_of_days
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.deadline.working_calendar import CalendarDay, CalendarYear, DayKind
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import Transitional
from motcua.domain.event import EventType
from motcua.domain.jobs.job import Job, JobKind, JobOutcome
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.legal_basis import LegalBasis
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.jobs import run_job
from motcua.usecases.jobs.migrations import Recount
from motcua.usecases.jobs.run_job import JobStep, NothingToDoError, give_up
from tests.kit.fakes import REAL_NOW, MemoryDossiers, stamp
from tests.kit.life.dossiers import in_process, ready_for_post, received
from tests.kit.memory_jobs import MemoryJobs, outcomes
from tests.kit.shipped import CALENDAR, ShippedRegistry, things

BASIS = LegalBasis("mẫu/UBND", date(2020, 4, 24), "", "Văn bản mẫu", "", "ours")
OF_2020: CalendarYear = things(EntryKind.CALENDAR)["2020"]
DAY_OFF = CalendarDay(date(2020, 4, 27), DayKind.DAY_OFF, "Ngày nghỉ mẫu")
CHANGE = CalendarChange("2020-mau", 2020, 1, tuple(sorted((*OF_2020.days, DAY_OFF), key=lambda d: d.date)), BASIS, "p")


def run(store: MemoryDossiers, kind: JobKind, registry: ShippedRegistry) -> tuple[MemoryJobs, Job]:
    jobs, job = MemoryJobs(store), Job(f"job-{kind}", kind, CHANGE.id, stamp(actor="staff-3"))
    jobs.start(job)
    previewed_at = None if kind is JobKind.CALENDAR_CHANGE else job.started.occurred_at
    jobs.run(Recount(CHANGE, registry, previewed_at))
    return jobs, job


def test_the_preview_names_every_due_date_that_would_move_and_moves_none(
    store: MemoryDossiers, desk: DossierContext
) -> None:
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
    store: MemoryDossiers, desk: DossierContext
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


def test_what_was_waited_counts_by_the_changed_calendar_and_who_waits_keeps_the_date(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    """Suspended from 24 to 28 April, 09:00: with 27 April off, one working day fewer and one day off more."""
    went_on, waits = received(desk), received(desk)
    since, until = datetime(2020, 4, 24, 9, 0, tzinfo=LOCAL), datetime(2020, 4, 28, 9, 0, tzinfo=LOCAL)
    ended = Suspension(WaitKind.PAYMENT, since, Status.RECEIVED, until=until)
    due = datetime(2020, 5, 4, 8, 0, tzinfo=LOCAL)
    store.states[went_on.id] = replace(went_on, waits=(ended,), due_at=due)
    store.states[waits.id] = replace(waits, waits=(replace(ended, until=None),), status=Status.PAYMENT_DUE)
    by_second = ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2))
    jobs, job = run(store, JobKind.CALENDAR_CHANGE, by_second)
    assert outcomes(jobs, job.id) == {}, "due on 4 May by either calendar"
    due = clock.due_after_wait(by_second, store.states[waits.id], until).at or until
    assert due == datetime(2020, 5, 4, 8, 0, tzinfo=LOCAL)
    store.states[went_on.id] = replace(store.states[went_on.id], due_at=until)
    jobs, job = run(store, JobKind.CALENDAR_CHANGE, by_second)
    assert outcomes(jobs, job.id) == {went_on.id: "moved"}
    assert store.states[waits.id].due_at == waits.due_at


def test_a_transitional_dossier_is_counted_without_the_closure(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = received(desk)
    in_isolation = datetime(2020, 4, 10, 9, 0, tzinfo=LOCAL)
    transitional = Transitional("12/2020", in_isolation.date(), "isolation-period-2020-04")
    due = datetime(2020, 4, 15, 9, 0, tzinfo=LOCAL)
    store.states[dossier.id] = replace(dossier, received_at=in_isolation, due_at=due, transitional=transitional)
    jobs, job = run(store, JobKind.CALENDAR_CHANGE, ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2)))
    assert outcomes(jobs, job.id) == {}


def test_the_event_names_the_calendar_of_every_year_on_the_way(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = received(desk)
    store.states[dossier.id] = replace(dossier, received_at=datetime(2020, 12, 30, 8, 0, tzinfo=LOCAL))
    run(store, JobKind.CALENDAR_CHANGE, ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2)))
    assert store.states[dossier.id].calendar == "2020.2 2021.1"


def test_a_process_that_remembers_the_old_calendar_reads_anew_before_it_counts(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    class Stale(ShippedRegistry):
        def forget(self) -> None:
            self.known_calendar = CALENDAR.with_year(CHANGE.proposed, 2)

    dossier = received(desk)
    run(store, JobKind.CALENDAR_CHANGE, Stale())
    assert store.states[dossier.id].due_at == datetime(2020, 4, 29, 8, 0, tzinfo=LOCAL)


def test_a_dossier_that_was_resolved_meanwhile_is_left_alone(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = in_process(desk)
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.CALENDAR_CHANGE, CHANGE.id, stamp())
    jobs.start(job)

    def resolved() -> None:
        if any(jobs.chunks):
            store.states[dossier.id] = replace(store.states[dossier.id], ready_at=stamp().occurred_at)

    registry = ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2))
    jobs.run(Recount(CHANGE, registry), meanwhile=resolved)
    assert outcomes(jobs, job.id) == {dossier.id: "unchanged"}
    assert not [each for each in store.log if each.type is EventType.DOSSIER_DUE_MOVED]


def test_one_dossier_that_cannot_be_counted_holds_up_nobody(store: MemoryDossiers, desk: DossierContext) -> None:
    """One limit runs into a year without a calendar: that dossier is a task, the others are counted."""
    fine, beyond = received(desk), received(desk)
    late = datetime(2027, 12, 29, 8, 0, tzinfo=LOCAL)
    store.states[beyond.id] = replace(beyond, received_at=late, due_at=late)
    registry = ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2))
    jobs, job = run(store, JobKind.CALENDAR_CHANGE, registry)
    assert outcomes(jobs, job.id) == {fine.id: "moved", beyond.id: "task"}
    result = jobs.result(job.id, beyond.id)
    assert result is not None
    assert result.because == "calendar_year_unknown"
    assert jobs.progress(job).done


def test_a_preview_ends_while_people_keep_coming(store: MemoryDossiers, desk: DossierContext) -> None:
    first = received(desk)
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.CALENDAR_PREVIEW, CHANGE.id, stamp())
    jobs.start(job)
    later = stamp(stamp().occurred_at + timedelta(minutes=5))

    def somebody_comes() -> None:
        dossier = received(desk)
        store.states[dossier.id] = replace(dossier, received_at=later.occurred_at)

    jobs.run(Recount(CHANGE, ShippedRegistry(), stamp().occurred_at), meanwhile=somebody_comes)
    assert outcomes(jobs, job.id) == {first.id: "moved"}
    assert jobs.progress(job).done


def test_a_chunk_reads_no_more_than_a_function_has_time_for(
    store: MemoryDossiers, desk: DossierContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many dossiers in one inbox, none of them affected: each chunk passes on its position."""
    monkeypatch.setattr(run_job, "READS", 5)
    dossier = received(desk)
    for index in range(500):
        name = f"A{index:015d}"
        store.states[name] = replace(dossier, id=name, received_at=None)
    reads: list[int] = []

    class Counting(Recount):
        def touches(self, dossier: Dossier) -> bool:
            reads[-1] += 1
            return super().touches(dossier)

    jobs, job = MemoryJobs(store), Job("job-1", JobKind.CALENDAR_CHANGE, CHANGE.id, stamp())
    jobs.start(job)
    reads.append(0)
    registry = ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2))
    jobs.run(Counting(CHANGE, registry), meanwhile=lambda: reads.append(0))
    assert max(reads) == 5 * 40
    assert outcomes(jobs, job.id) == {dossier.id: "moved"}


def test_what_fails_for_good_says_so_and_the_job_ends(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = received(desk)
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.CALENDAR_CHANGE, CHANGE.id, stamp())
    jobs.start(job)
    registry = ShippedRegistry(calendar=CALENDAR.with_year(CHANGE.proposed, 2))

    def lost() -> None:
        store.states.pop(dossier.id, None)

    with pytest.raises(NothingToDoError):
        jobs.run(Recount(CHANGE, registry), meanwhile=lambda: lost() if any(jobs.chunks) else None)
    (settles,) = (owed for owed in store.owed if dossier.id in owed and owed.startswith("job:"))
    assert give_up(JobStep(job, settles, REAL_NOW), dossier.id, "NothingToDoError", jobs) is JobOutcome.FAILED
    jobs.run(Recount(CHANGE, registry))
    assert outcomes(jobs, job.id) == {dossier.id: "failed"}
    assert jobs.progress(job).done


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
