"""Register a dossier that an agency received itself during the isolation period (R3)."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.register_transitional import TransitionalRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.dossier_command import PAPER_REFUSALS, SERVICE_REFUSALS, dossier_answer
from motcua.telemetry import count
from motcua.usecases.intake.register_transitional import register_transitional as register


def register_transitional(request: Request, body: TransitionalRequest) -> Answer:
    by = staff(request.event)
    key = request.idempotency_key(by.subject, "register_transitional")
    result = register(body.to_domain(), by, request.stamp(by.subject), key, bootstrap.dossier_context())
    if not result.replayed:
        count("received")
    return dossier_answer(result, status=201)


OPERATIONS = (
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
)
