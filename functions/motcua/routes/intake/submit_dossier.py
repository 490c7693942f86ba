"""Submit a dossier online, through the portal."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.submit_dossier import SubmitDossierRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen
from motcua.edge.request import Request
from motcua.routes.dossier_command import PAPER_REFUSALS, SERVICE_REFUSALS, dossier_answer
from motcua.telemetry import count
from motcua.usecases.intake.submit_dossier import submit_dossier as submit


def submit_dossier(request: Request, body: SubmitDossierRequest) -> Answer:
    client, citizen = portal_citizen(request.event, "portal/submit", request.headers)
    key = request.idempotency_key(f"{client}|{citizen}", "submit_dossier")
    result = submit(body.to_domain(citizen), request.stamp(f"portal:{client}"), key, bootstrap.dossier_context())
    if not result.replayed:
        count("submitted")
    return dossier_answer(result, status=201, under="/portal/dossiers")


OPERATIONS = (
    Operation(
        "POST",
        "/portal/dossiers",
        submit_dossier,
        DossierView,
        "portal",
        "Nộp hồ sơ trực tuyến",
        "Submit a dossier online",
        body=SubmitDossierRequest,
        status=201,
        command=True,
        scope="portal/submit",
        refusals=(
            *SERVICE_REFUSALS,
            *PAPER_REFUSALS[:-1],
            "post_not_offered",
            "originals_due_by_post",
            "not_the_citizen",
            "calendar_year_unknown",
        ),
    ),
)
