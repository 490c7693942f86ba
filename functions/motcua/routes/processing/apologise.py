"""Apologise for a late result and promise a new date."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.processing.apologise import ApologyRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import apologise as apologising


def apologise(request: Request, dossier_id: str, body: ApologyRequest) -> Answer:
    act = staff_command(request, dossier_id, "apologise")
    return dossier_answer(apologising.apologise(act, body.new_due_at, body.reason, bootstrap.dossier_context()))


OPERATIONS = (
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
)
