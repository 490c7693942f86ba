"""Receive a dossier at the counter or from the post."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.receive_dossier import ReceiveDossierRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.dossier_command import PAPER_REFUSALS, SERVICE_REFUSALS, dossier_answer
from motcua.telemetry import count
from motcua.usecases.intake.receive_dossier import receive_dossier as receive


def receive_dossier(request: Request, body: ReceiveDossierRequest) -> Answer:
    by = staff(request.event)
    key = request.idempotency_key(by.subject, "receive_dossier")
    result = receive(body.to_domain(), by, request.stamp(by.subject), key, bootstrap.dossier_context())
    if not result.replayed:
        count("received")
    return dossier_answer(result, status=201)


RECEIPT_REFUSALS = (*PAPER_REFUSALS, "calendar_year_unknown", "supplements_used_up")
"""Why a dossier cannot be received as it is told."""


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers",
        receive_dossier,
        DossierView,
        "staff",
        "Tiếp nhận hồ sơ nộp trực tiếp hoặc qua bưu chính",
        "Receive a dossier at the counter or from the post",
        body=ReceiveDossierRequest,
        status=201,
        command=True,
        refusals=(*SERVICE_REFUSALS, *RECEIPT_REFUSALS, "post_not_offered", "originals_due_by_post"),
    ),
)
