"""Jobs on linked dossiers: found once in several inboxes, recounted part by part, never moved by a guess."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from infra.registry.linked_sample import VERSIONS
from motcua.domain.deadline.calendar_change import CalendarChange
from motcua.domain.deadline.working_calendar import CalendarDay, CalendarYear, DayKind
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.legs import at_work
from motcua.domain.jobs.job import Job, JobKind
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.reorganisation import Reorganisation, Succession
from motcua.ports.dossiers import Page
from motcua.usecases.jobs.migrations import Handover, Recount
from tests.kit.fakes import MemoryDossiers, stamp
from tests.kit.life.linked_dossiers import JUSTICE, LEAD, PROVINCE, REGISTRY, at, begun, desk, finished
from tests.kit.memory_jobs import MemoryJobs, outcomes
from tests.kit.sample_reorganisation import BASIS
from tests.kit.shipped import CALENDAR, ShippedRegistry, things

JULY = datetime(2020, 7, 1, 8, 0, tzinfo=LOCAL)


def ending(*units: str) -> Reorganisation:
    rules = (Succession(LEAD, "stc"), Succession(JUSTICE, "snv"))
    return Reorganisation("sap-xep-mau", "Sắp xếp mẫu", JULY.date(), BASIS, units, rules, is_sample=True)


def handed_over(store: MemoryDossiers, plan: Reorganisation) -> dict[str, str]:
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.REORGANISATION, plan.id, stamp(JULY))
    jobs.start(job)
    jobs.run(Handover(plan, REGISTRY))
    return outcomes(jobs, job.id)


def replayed(store: MemoryDossiers, dossier: Dossier) -> Dossier | None:
    state = None
    for event in store.events(dossier.id):
        state = evolve(state, event)
    return state


def test_an_agency_that_ends_with_a_part_still_to_do_is_a_task(store: MemoryDossiers) -> None:
    dossier = begun(desk(store))
    assert handed_over(store, ending(JUSTICE)) == {dossier.id: "task"}
    assert store.states[dossier.id] == dossier


def test_an_agency_that_ends_after_its_part_was_done_troubles_nobody(store: MemoryDossiers) -> None:
    finished(desk(store), begun(desk(store)), JUSTICE)
    assert handed_over(store, ending(JUSTICE)) == {}


def test_the_lead_agencys_part_goes_to_who_takes_over_the_whole(store: MemoryDossiers) -> None:
    dossier = finished(desk(store), begun(desk(store)), JUSTICE)
    assert handed_over(store, ending(LEAD)) == {dossier.id: "moved"}
    after = store.states[dossier.id]
    assert [leg.agency_id for leg in after.legs] == [JUSTICE, PROVINCE, "stc"]
    assert replayed(store, dossier) == after
    dossier = finished(desk(store), after, PROVINCE, at("07-02 08:00"))
    assert at_work(dossier) == ("stc",)
    assert dossier.legs[2].due_at == at("07-08 08:00"), "with the limit of the one that it came after"


def test_who_takes_over_the_whole_and_has_a_part_already_is_a_task(store: MemoryDossiers) -> None:
    dossier = begun(desk(store))
    plan = replace(ending(LEAD), rules=(Succession(LEAD, PROVINCE),))
    assert handed_over(store, plan) == {dossier.id: "task"}


def changed_calendar() -> tuple[CalendarChange, ShippedRegistry]:
    """Return a change that makes 24 April 2020 a day off."""
    known: CalendarYear = things(EntryKind.CALENDAR)["2020"]
    days = (*known.days, CalendarDay(date(2020, 4, 24), DayKind.DAY_OFF, "Nghỉ mẫu"))
    change = CalendarChange("mau", 2020, 1, days, BASIS, "job-0", "job-1")
    return change, ShippedRegistry(procedures=(VERSIONS,), calendar=CALENDAR.with_year(change.proposed, 2))


def test_a_changed_calendar_moves_the_parts_with_the_whole(store: MemoryDossiers) -> None:
    change, registry = changed_calendar()
    dossier = begun(desk(store))
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.CALENDAR_CHANGE, change.id, stamp(JULY))
    jobs.start(job)
    jobs.run(Recount(change, registry))
    assert outcomes(jobs, job.id) == {dossier.id: "moved"}, "once, though it is in three inboxes"
    after = store.states[dossier.id]
    assert after.due_at == at("05-11 08:00")
    assert [leg.due_at for leg in after.legs] == [at("04-29 08:00"), at("05-05 08:00"), at("05-11 08:00")]
    assert [leg.started_at for leg in after.legs] == [leg.started_at for leg in dossier.legs]
    assert replayed(store, dossier) == after


def test_a_dossier_that_is_in_one_inbox_twice_for_a_moment_is_found_once(
    store: MemoryDossiers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It moved from one part to another, and the index has not caught up yet."""
    change, registry = changed_calendar()
    dossier = begun(desk(store))
    once = store.inbox

    def twice(*asked: object) -> Page:
        page = once(*asked)  # type: ignore[arg-type]
        return replace(page, dossiers=page.dossiers * 2)

    monkeypatch.setattr(store, "inbox", twice)
    jobs, job = MemoryJobs(store), Job("job-1", JobKind.CALENDAR_CHANGE, change.id, stamp(JULY))
    jobs.start(job)
    jobs.run(Recount(change, registry))
    assert outcomes(jobs, job.id) == {dossier.id: "moved"}
    assert sum(jobs.chunks) == 1
