"""Ask for a payment, and note that it was made."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.contracts.processing.request_payment import PaymentRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import COUNTED, dossier_answer, staff_command
from motcua.usecases.processing import request_payment as paying


def request_payment(request: Request, dossier_id: str, body: PaymentRequest) -> Answer:
    act = staff_command(request, dossier_id, "request_payment")
    return dossier_answer(paying.request_payment(act, body.amount_vnd, bootstrap.dossier_context()))


def confirm_payment(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        paying.confirm_payment(staff_command(request, dossier_id, "confirm_payment"), bootstrap.dossier_context())
    )


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/payment-request",
        request_payment,
        DossierView,
        "staff",
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Request a payment",
        body=PaymentRequest,
        command=True,
        guarded=True,
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/payment",
        confirm_payment,
        DossierView,
        "staff",
        "Ghi nhận đã nộp tiền",
        "Note that the payment is in",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=COUNTED,
    ),
)
