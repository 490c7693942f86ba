"""Correct a mistaken receipt."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.correct_receipt import ReceiptCorrectionRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import PAPER_REFUSALS, dossier_answer, staff_command
from motcua.usecases.intake import correct_receipt as correcting


def correct_receipt(request: Request, dossier_id: str, body: ReceiptCorrectionRequest) -> Answer:
    act = staff_command(request, dossier_id, "correct_receipt")
    return dossier_answer(correcting.correct_receipt(act, body.to_domain(), body.reason, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/receipt-correction",
        correct_receipt,
        DossierView,
        "staff",
        "Sửa giấy tiếp nhận, cấp lại bản sau; số hồ sơ không đổi",
        "Correct a mistaken receipt as its next version; the number stays",
        body=ReceiptCorrectionRequest,
        command=True,
        guarded=True,
        refusals=(
            *PAPER_REFUSALS[:-1],
            "authority_needed",
            "parcel_under_way",
            "address_needed_for_post",
            "unknown_procedure",
            "nothing_corrected",
        ),
    ),
)
