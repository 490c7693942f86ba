"""Staff: who works on a dossier, whom the agency asks, when its head apologises, and the way of the paper."""

from motcua import bootstrap
from motcua.contracts.dossier.processing_requests import ApologyRequest, Assignment, OpinionRequest
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import apologise as apologising
from motcua.usecases.processing import ask_opinion as asking
from motcua.usecases.processing import assign_dossier as assigning
from motcua.usecases.processing import hand_over_paper as paper


def assign_dossier(request: Request, dossier_id: str, body: Assignment) -> Answer:
    act = staff_command(request, dossier_id, "assign_dossier")
    return dossier_answer(assigning.assign_dossier(act, body.officer, bootstrap.dossier_context()))


def ask_opinion(request: Request, dossier_id: str, body: OpinionRequest) -> Answer:
    act = staff_command(request, dossier_id, "ask_opinion")
    return dossier_answer(asking.ask_opinion(act, body.agency_id, body.limit.to_domain(), bootstrap.dossier_context()))


def give_opinion(request: Request, dossier_id: str, agency_id: str, body: NoBody) -> Answer:
    act = staff_command(request, dossier_id, f"give_opinion|{agency_id}")
    return dossier_answer(asking.give_opinion(act, agency_id, bootstrap.dossier_context()))


def apologise(request: Request, dossier_id: str, body: ApologyRequest) -> Answer:
    act = staff_command(request, dossier_id, "apologise")
    return dossier_answer(apologising.apologise(act, body.new_due_at, body.reason, bootstrap.dossier_context()))


def hand_over_paper(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        paper.hand_over_paper(staff_command(request, dossier_id, "hand_over_paper"), bootstrap.dossier_context())
    )


def take_paper(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        paper.take_paper(staff_command(request, dossier_id, "take_paper"), bootstrap.dossier_context())
    )


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/assignment",
        assign_dossier,
        DossierView,
        "staff",
        "Lãnh đạo phân công, phân công lại cán bộ",
        "The head assigns or reassigns an officer",
        body=Assignment,
        command=True,
        guarded=True,
        refusals=("leg_not_running",),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/opinions",
        ask_opinion,
        DossierView,
        "staff",
        "Lấy ý kiến cơ quan khác, có thời hạn",
        "Ask another agency for its opinion, within a limit",
        body=OpinionRequest,
        command=True,
        guarded=True,
        refusals=(
            "own_opinion",
            "counter_gives_no_opinion",
            "opinion_owed_already",
            "unknown_unit",
            "unit_ended",
            "rule_missing",
            "calendar_year_unknown",
        ),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/opinions/{agency_id}",
        give_opinion,
        DossierView,
        "staff",
        "Cơ quan được hỏi đã cho ý kiến",
        "The agency that was asked has given its opinion",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("no_opinion_owed",),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/apology",
        apologise,
        DossierView,
        "staff",
        "Xin lỗi và hẹn lại ngày trả kết quả (mẫu số 04)",
        "Apologise and set a new date (form 04)",
        body=ApologyRequest,
        command=True,
        guarded=True,
        refusals=(
            "no_due_date",
            "apologised_before",
            "apology_too_late",
            "new_date_not_later",
            "new_date_not_worked",
            "unknown_unit",
            "unit_ended",
            "rule_missing",
            "calendar_year_unknown",
        ),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/paper-handover",
        hand_over_paper,
        DossierView,
        "staff",
        "Bộ phận Một cửa ký giao hồ sơ giấy",
        "The one-stop unit signs the paper over",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("no_paper", "paper_handed_over_before"),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/paper-receipt",
        take_paper,
        DossierView,
        "staff",
        "Cơ quan ký nhận hồ sơ giấy",
        "The agency signs for the paper",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("no_paper", "paper_not_handed_over", "paper_taken_before"),
    ),
)
