"""Accept or refuse an online submission."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.decide_submission import AcceptanceRequest, RefusalRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import SERVICE_REFUSALS, dossier_answer, staff_command
from motcua.routes.intake.receive_dossier import RECEIPT_REFUSALS
from motcua.telemetry import count
from motcua.usecases.intake.decide_submission import accept_submission, refuse_submission


def accept_dossier(request: Request, dossier_id: str, body: AcceptanceRequest) -> Answer:
    act = staff_command(request, dossier_id, "accept_dossier")
    result = accept_submission(act, bootstrap.dossier_context(), body.brought(), body.asks())
    if not result.replayed:
        count("received")
    return dossier_answer(result)


def refuse_dossier(request: Request, dossier_id: str, body: RefusalRequest) -> Answer:
    act = staff_command(request, dossier_id, "refuse_dossier")
    return dossier_answer(refuse_submission(act, body.reason, bootstrap.dossier_context()))


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
)
