"""Examples of changes that a job applies to open dossiers: of the working calendar, and of the units."""

from dataclasses import replace
from datetime import date

from pydantic import BaseModel

from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.deadline.change_calendar import (
    ApplyCalendarRequest,
    CalendarChangesView,
    CalendarChangeView,
    CalendarDayModel,
    ProposeCalendarRequest,
)
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.jobs.reorganise import (
    DecideTaskRequest,
    PlanReorganisationRequest,
    ReorganisationModel,
    ReorganisationsView,
    ReorganisationView,
    StartReorganisationRequest,
    SuccessionModel,
)
from motcua.contracts.jobs.run_job import AbandonJobRequest, JobResultsView, JobView
from motcua.contracts.legal_basis import LegalBasisModel
from motcua.domain.deadline.calendar_change import CalendarChange
from motcua.domain.deadline.working_calendar import CalendarDay, DayKind
from motcua.domain.dossier.acts.system import reassigned
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.dossier.evolution import evolve
from motcua.domain.jobs.job import Job, JobKind, JobOutcome, JobResult, Progress
from motcua.domain.registry.reorganisation import Reorganisation, Succession

PREVIEW, APPLICATION, HANDOVER = "7TQ3K0F5RA2HX9BD", "2M8CY4WJ6ZP0VNEG", "9GD1S5BKXT7HQ3RA"
"""Ids of jobs."""

CHANGE = CalendarChange(
    "2020-4k7w0ze2mc9rh5ta",
    2020,
    1,
    (*book.DAYS, CalendarDay(date(2020, 5, 4), DayKind.DAY_OFF, "Nghỉ bù (mẫu)")),
    book.SAMPLE,
    PREVIEW,
)
REORGANISATION = Reorganisation(
    "sap-xep-mau-2025-07-01",
    "Sắp xếp mẫu: kết thúc cấp huyện từ ngày 01/7/2025",
    date(2025, 7, 1),
    book.SAMPLE,
    (book.CITY.id,),
    (Succession(book.CITY.id, book.SUCCESSOR.id, commune=book.WARD.id),),
    is_sample=True,
)
STARTED = replace(REORGANISATION, jobs=(HANDOVER,))


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    basis = LegalBasisModel.from_domain(book.SAMPLE)
    plan = ReorganisationModel(
        id=REORGANISATION.id,
        title_vi=REORGANISATION.title_vi,
        effective=REORGANISATION.effective,
        legal_basis=basis,
        ends=list(REORGANISATION.ends),
        rules=[
            SuccessionModel(from_unit=each.from_unit, to_unit=each.to_unit, commune=each.commune)
            for each in REORGANISATION.rules
        ],
        is_sample=True,
    )
    return {
        "propose_calendar_change": ProposeCalendarRequest(
            days=[CalendarDayModel.from_domain(day) for day in CHANGE.days], legal_basis=basis, why="Nghỉ bù (mẫu)"
        ),
        "apply_calendar_change": ApplyCalendarRequest(why="Đã xem các hồ sơ bị dời hạn"),
        "plan_reorganisation": PlanReorganisationRequest(reorganisation=plan, why="Nhập phương án mẫu"),
        "change_reorganisation": PlanReorganisationRequest(reorganisation=plan, why="Bổ sung quy tắc còn thiếu"),
        "start_reorganisation": StartReorganisationRequest(why="Đến ngày hiệu lực"),
        "abandon_job": AbandonJobRequest(why="Việc không kết thúc được"),
        "decide_job_task": DecideTaskRequest(
            agency_id=book.SUCCESSOR.id, one_stop_id=book.SUCCESSORS_COUNTER.id, why="Theo nơi cư trú của chủ hồ sơ"
        ),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    sample, began = life.processed(ChannelOut.POST), life.stamp(life.at("04-24 10:00"))
    dossier = sample.states[f"{life.DOSSIER_ID}.3"]
    job = Job(APPLICATION, JobKind.CALENDAR_CHANGE, CHANGE.id, began, listed=True)
    result = JobResult(
        job.id, dossier.id, JobOutcome.MOVED, dossier.number, dossier.agency_id,
        "2020-04-28T08:00+07:00", "2020-04-29T08:00+07:00", "2020.2", life.at("04-24 10:01"),
    )  # fmt: skip
    decided = reassigned(dossier, book.SUCCESSOR.id, book.SUCCESSORS_COUNTER.id, f"{STARTED.id}: decided", began)
    return {
        "propose_calendar_change": CalendarChangeView.of(CHANGE),
        "list_calendar_changes": CalendarChangesView.of([CHANGE]),
        "read_calendar_change": CalendarChangeView.of(CHANGE),
        "apply_calendar_change": CalendarChangeView.of(replace(CHANGE, apply_job=APPLICATION)),
        "plan_reorganisation": ReorganisationView.of(REORGANISATION),
        "list_reorganisations": ReorganisationsView.of([STARTED]),
        "read_reorganisation": ReorganisationView.of(STARTED),
        "change_reorganisation": ReorganisationView.of(REORGANISATION),
        "start_reorganisation": ReorganisationView.of(STARTED),
        "read_job": JobView.of(job, Progress(True, {JobOutcome.MOVED: 41, JobOutcome.UNCHANGED: 2})),
        "abandon_job": JobView.of(job, Progress(False, {JobOutcome.MOVED: 41, JobOutcome.PENDING: 2}, abandoned=True)),
        "read_job_results": JobResultsView.of(job.id, [result], ""),
        "decide_job_task": DossierView.from_domain(evolve(dossier, decided)),
    }
