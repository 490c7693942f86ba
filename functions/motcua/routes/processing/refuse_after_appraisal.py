"""Refuse a dossier after its appraisal."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.processing.refuse_after_appraisal import RefusalAfterAppraisal
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import refuse_after_appraisal as refusing


def refuse_after_appraisal(request: Request, dossier_id: str, body: RefusalAfterAppraisal) -> Answer:
    act = staff_command(request, dossier_id, "refuse_after_appraisal")
    return dossier_answer(refusing.refuse_after_appraisal(act, body.reason, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/refusal-after-appraisal",
        refuse_after_appraisal,
        DossierView,
        "staff",
        "Không đủ điều kiện giải quyết: từ chối, trả lời bằng văn bản qua Bộ phận Một cửa",
        "Not eligible: refuse with a written answer, which the one-stop unit hands back",
        body=RefusalAfterAppraisal,
        command=True,
        guarded=True,
        refusals=("not_taken_over", "supplement_not_expired"),
    ),
)
