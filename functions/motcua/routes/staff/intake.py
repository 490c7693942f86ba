"""Staff, the one-stop unit's counter: accept, refuse, register what an agency had received (R3)."""

from motcua import bootstrap
from motcua.contracts.dossier.intake_requests import (
    AcceptanceRequest,
    CounterRefusalRequest,
    RefusalRequest,
    TransitionalRequest,
)
from motcua.contracts.dossier.views import DossierView
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.dossier_command import PAPER_REFUSALS, SERVICE_REFUSALS, dossier_answer, staff_command
from motcua.routes.receive_dossier import RECEIPT_REFUSALS
from motcua.telemetry import count
from motcua.usecases.intake.decide_submission import accept_submission, refuse_submission
from motcua.usecases.intake.refuse_at_counter import refuse_at_counter as refuse
from motcua.usecases.intake.register_transitional import register_transitional as register


def accept_dossier(request: Request, dossier_id: str, body: AcceptanceRequest) -> Answer:
    act = staff_command(request, dossier_id, "accept_dossier")
    result = accept_submission(act, bootstrap.dossier_context(), body.brought(), body.asks())
    if not result.replayed:
        count("received")
    return dossier_answer(result)


def refuse_dossier(request: Request, dossier_id: str, body: RefusalRequest) -> Answer:
    act = staff_command(request, dossier_id, "refuse_dossier")
    return dossier_answer(refuse_submission(act, body.reason, bootstrap.dossier_context()))


def register_transitional(request: Request, body: TransitionalRequest) -> Answer:
    by = staff(request.event)
    key = request.idempotency_key(by.subject, "register_transitional")
    result = register(body.to_domain(), by, request.stamp(by.subject), key, bootstrap.dossier_context())
    if not result.replayed:
        count("received")
    return dossier_answer(result, status=201)


def refuse_at_counter(request: Request, body: CounterRefusalRequest) -> Answer:
    by = staff(request.event)
    key = request.idempotency_key(by.subject, "refuse_at_counter")
    return dossier_answer(
        refuse(body.to_domain(), by, request.stamp(by.subject), key, bootstrap.dossier_context()), status=201
    )


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/acceptance",
        accept_dossier,
        DossierView,
        "staff",
        "Tiếp nhận hồ sơ nộp trực tuyến",
        "Accept an online submission",
        body=AcceptanceRequest,
        command=True,
        guarded=True,
        refusals=(*SERVICE_REFUSALS, *RECEIPT_REFUSALS),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/refusal",
        refuse_dossier,
        DossierView,
        "staff",
        "Từ chối tiếp nhận hồ sơ nộp trực tuyến (mẫu số 03)",
        "Refuse an online submission (form 03)",
        body=RefusalRequest,
        command=True,
        guarded=True,
    ),
    Operation(
        "POST",
        "/dossiers/transitional",
        register_transitional,
        DossierView,
        "staff",
        "Đăng ký hồ sơ mà cơ quan trực tiếp nhận trong thời gian cách ly",
        "Register a dossier that an agency received itself during the isolation period (R3)",
        body=TransitionalRequest,
        status=201,
        command=True,
        refusals=(
            *SERVICE_REFUSALS,
            *PAPER_REFUSALS,
            "post_not_offered",
            "originals_due_by_post",
            "calendar_year_unknown",
            "agency_of_another_procedure",
            "received_later",
            "outside_isolation_period",
            "transitional_registered",
        ),
    ),
    Operation(
        "POST",
        "/dossiers/refusals",
        refuse_at_counter,
        DossierView,
        "staff",
        "Từ chối tiếp nhận tại quầy, qua bưu chính (mẫu số 03)",
        "Refuse at the counter, or what came by post (form 03)",
        body=CounterRefusalRequest,
        status=201,
        command=True,
        refusals=SERVICE_REFUSALS,
    ),
)
