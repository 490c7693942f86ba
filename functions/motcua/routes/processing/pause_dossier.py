"""Pause a dossier, and resume it."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.contracts.processing.pause_dossier import PauseRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import COUNTED, dossier_answer, staff_command
from motcua.usecases.processing import pause_dossier as pausing


def pause_dossier(request: Request, dossier_id: str, body: PauseRequest) -> Answer:
    act = staff_command(request, dossier_id, "pause_dossier")
    return dossier_answer(pausing.pause_dossier(act, body.reason, bootstrap.dossier_context()))


def resume_dossier(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        pausing.resume_dossier(staff_command(request, dossier_id, "resume_dossier"), bootstrap.dossier_context())
    )


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/pause",
        pause_dossier,
        DossierView,
        "staff",
        "Tạm dừng xử lý, nêu lý do",
        "Pause the processing, for a reason",
        body=PauseRequest,
        command=True,
        guarded=True,
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/resumption",
        resume_dossier,
        DossierView,
        "staff",
        "Tiếp tục xử lý",
        "Resume the processing",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=COUNTED,
    ),
)
