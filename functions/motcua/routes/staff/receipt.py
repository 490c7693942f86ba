"""Staff, what may become of a receipt: the applicant withdraws, or a mistake on it is corrected."""

from motcua import bootstrap
from motcua.contracts.dossier.intake_requests import ReceiptCorrectionRequest, WithdrawalRequest
from motcua.contracts.dossier.views import DossierView
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import PAPER_REFUSALS, dossier_answer, staff_command
from motcua.usecases.intake import correct_receipt as correcting
from motcua.usecases.intake.withdraw_dossier import withdraw


def withdraw_dossier(request: Request, dossier_id: str, body: WithdrawalRequest) -> Answer:
    return dossier_answer(
        withdraw(staff_command(request, dossier_id, "withdraw_dossier"), body.reason, bootstrap.dossier_context())
    )


def correct_receipt(request: Request, dossier_id: str, body: ReceiptCorrectionRequest) -> Answer:
    act = staff_command(request, dossier_id, "correct_receipt")
    return dossier_answer(correcting.correct_receipt(act, body.to_domain(), body.reason, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/withdrawal",
        withdraw_dossier,
        DossierView,
        "staff",
        "Rút hồ sơ theo yêu cầu của người nộp",
        "Withdraw a dossier at the applicant's request",
        body=WithdrawalRequest,
        command=True,
        guarded=True,
    ),
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
