"""Ask for a supplement, and note that it came."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.contracts.processing.request_supplement import SupplementRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import COUNTED, dossier_answer, staff_command
from motcua.usecases.processing import request_supplement as supplementing


def request_supplement(request: Request, dossier_id: str, body: SupplementRequest) -> Answer:
    act = staff_command(request, dossier_id, "request_supplement")
    return dossier_answer(supplementing.request_supplement(act, body.to_domain(), bootstrap.dossier_context()))


def complete_supplement(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        supplementing.complete_supplement(
            staff_command(request, dossier_id, "complete_supplement"), bootstrap.dossier_context()
        )
    )


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/supplement-request",
        request_supplement,
        DossierView,
        "staff",
        "Yêu cầu bổ sung hồ sơ (mẫu số 02)",
        "Request a supplement (form 02)",
        body=SupplementRequest,
        command=True,
        guarded=True,
        refusals=("supplements_used_up", *COUNTED),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/supplement",
        complete_supplement,
        DossierView,
        "staff",
        "Ghi nhận đã bổ sung đủ",
        "Note that everything asked for is in",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=COUNTED,
    ),
)
