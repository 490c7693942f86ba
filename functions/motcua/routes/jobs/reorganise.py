"""Plan a reorganisation of units, start it, decide its tasks."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.jobs.reorganise import (
    DecideTaskRequest,
    PlanReorganisationRequest,
    ReorganisationsView,
    ReorganisationView,
    StartReorganisationRequest,
)
from motcua.domain.errors import InvalidError
from motcua.domain.registry.entry import EntryKind
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer
from motcua.routes.registry_command import AMENDING_REFUSALS, controller, entry_answer, registry_command
from motcua.usecases.jobs import reorganise as usecases
from motcua.usecases.jobs.reorganise import decide_task
from motcua.usecases.registry_command import known_entry


def decide_job_task(request: Request, job_id: str, dossier_id: str, body: DecideTaskRequest) -> Answer:
    command = registry_command(request, f"decide_job_task|{job_id}|{dossier_id}", body.why, changes=False)
    pair = (body.agency_id, body.one_stop_id)
    return dossier_answer(decide_task(command, job_id, dossier_id, pair, bootstrap.dossier_context(), bootstrap.jobs()))


LONGEST_PLAN = 300 * 1024
"""Bytes: two thousand rules."""


PLAN_REFUSALS = (
    "unknown_unit",
    "unit_does_not_end",
    "ends_before_it_began",
    "unit_ended_otherwise",
    "successor_ends",
    "successor_of_other_kind",
    "two_rules_alike",
)


def plan_reorganisation(request: Request, body: PlanReorganisationRequest) -> Answer:
    command = registry_command(request, "plan_reorganisation", body.why, changes=False)
    done = usecases.plan(command, body.reorganisation.to_domain(), bootstrap.ledger(), bootstrap.jobs())
    return entry_answer(done, ReorganisationView.of(done.entry.thing), 201, at=f"/reorganisations/{done.entry.id}")


def change_reorganisation(request: Request, reorganisation_id: str, body: PlanReorganisationRequest) -> Answer:
    """Add rules to a reorganisation. Once started, it takes nothing else, and is started again for the rest."""
    if body.reorganisation.id != reorganisation_id:
        raise InvalidError("id_differs", "/reorganisation/id", id=reorganisation_id)
    command = registry_command(request, f"change_reorganisation|{reorganisation_id}", body.why, changes=True)
    done = usecases.plan(command, body.reorganisation.to_domain(), bootstrap.ledger(), bootstrap.jobs())
    return entry_answer(done, ReorganisationView.of(done.entry.thing))


def list_reorganisations(request: Request) -> Answer:
    controller(request)
    known = bootstrap.ledger().entries(EntryKind.REORGANISATION)
    return Answer(ReorganisationsView.of(entry.thing for entry in known))


def read_reorganisation(request: Request, reorganisation_id: str) -> Answer:
    controller(request)
    entry = known_entry(bootstrap.ledger(), EntryKind.REORGANISATION, reorganisation_id)
    return Answer(ReorganisationView.of(entry.thing), headers={"ETag": f'"{entry.version}"'})


def start_reorganisation(request: Request, reorganisation_id: str, body: StartReorganisationRequest) -> Answer:
    command = registry_command(request, f"start_reorganisation|{reorganisation_id}", body.why, changes=True)
    done = usecases.start(command, reorganisation_id, bootstrap.ledger(), bootstrap.jobs(), bootstrap.new_id)
    return entry_answer(done, ReorganisationView.of(done.entry.thing))


OPERATIONS = (
    Operation(
        "POST",
        "/jobs/{job_id}/tasks/{dossier_id}",
        decide_job_task,
        DossierView,
        "staff",
        "Quyết định nơi nhận một hồ sơ mà không quy tắc nào quy định",
        "Decide where a dossier goes that no rule covers",
        body=DecideTaskRequest,
        command=True,
        refusals=(
            *("task_not_found", "task_decided", "does_not_serve", "unknown_unit", "unit_ended", "role_needed"),
            *("time_before_last_act", "changed_meanwhile"),
        ),
    ),
    Operation(
        "POST",
        "/reorganisations",
        plan_reorganisation,
        ReorganisationView,
        "staff",
        "Nhập phương án sắp xếp đơn vị",
        "Enter a reorganisation",
        body=PlanReorganisationRequest,
        longest=LONGEST_PLAN,
        status=201,
        command=True,
        refusals=("role_needed", "entry_exists", "entry_changed_meanwhile", *PLAN_REFUSALS),
    ),
    Operation(
        "GET",
        "/reorganisations",
        list_reorganisations,
        ReorganisationsView,
        "staff",
        "Danh sách các phương án sắp xếp đơn vị",
        "Every reorganisation",
        refusals=("role_needed",),
    ),
    Operation(
        "GET",
        "/reorganisations/{reorganisation_id}",
        read_reorganisation,
        ReorganisationView,
        "staff",
        "Xem phương án sắp xếp đơn vị",
        "Read a reorganisation",
        refusals=("entry_not_found", "role_needed"),
    ),
    Operation(
        "PUT",
        "/reorganisations/{reorganisation_id}",
        change_reorganisation,
        ReorganisationView,
        "staff",
        "Sửa, bổ sung quy tắc của phương án sắp xếp",
        "Change a reorganisation, or add the rules that it lacks",
        body=PlanReorganisationRequest,
        longest=LONGEST_PLAN,
        command=True,
        guarded=True,
        refusals=(*AMENDING_REFUSALS, *PLAN_REFUSALS, "id_differs", "reorganisation_started", "job_under_way"),
    ),
    Operation(
        "POST",
        "/reorganisations/{reorganisation_id}/start",
        start_reorganisation,
        ReorganisationView,
        "staff",
        "Bắt đầu sắp xếp: kết thúc đơn vị, chuyển hồ sơ đang giải quyết",
        "Start a reorganisation: units end, open dossiers go to who takes over",
        body=StartReorganisationRequest,
        command=True,
        guarded=True,
        refusals=(*AMENDING_REFUSALS, *PLAN_REFUSALS, "not_effective_yet", "job_under_way"),
    ),
)
