"""Staff: the dossier waits for a supplement, a payment or the agency, and goes on; or its appraisal ends in a refusal."""

from motcua import bootstrap
from motcua.contracts.dossier.processing_requests import (
    AnswerReturn,
    PauseRequest,
    PaymentRequest,
    RefusalAfterAppraisal,
    SupplementRequest,
)
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import pause_dossier as pausing
from motcua.usecases.processing import refuse_after_appraisal as refusing
from motcua.usecases.processing import request_payment as paying
from motcua.usecases.processing import request_supplement as supplementing
from motcua.usecases.results import return_result as returning

COUNTED = ("unknown_procedure", "unknown_unit", "unit_ended", "rule_missing", "calendar_year_unknown")
"""Why no date can be counted: something that it follows from is not in the registry."""


def request_supplement(request: Request, dossier_id: str, body: SupplementRequest) -> Answer:
    act = staff_command(request, dossier_id, "request_supplement")
    return dossier_answer(supplementing.request_supplement(act, body.to_domain(), bootstrap.dossier_context()))


def complete_supplement(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        supplementing.complete_supplement(
            staff_command(request, dossier_id, "complete_supplement"), bootstrap.dossier_context()
        )
    )


def request_payment(request: Request, dossier_id: str, body: PaymentRequest) -> Answer:
    act = staff_command(request, dossier_id, "request_payment")
    return dossier_answer(paying.request_payment(act, body.amount_vnd, bootstrap.dossier_context()))


def confirm_payment(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        paying.confirm_payment(staff_command(request, dossier_id, "confirm_payment"), bootstrap.dossier_context())
    )


def pause_dossier(request: Request, dossier_id: str, body: PauseRequest) -> Answer:
    act = staff_command(request, dossier_id, "pause_dossier")
    return dossier_answer(pausing.pause_dossier(act, body.reason, bootstrap.dossier_context()))


def resume_dossier(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        pausing.resume_dossier(staff_command(request, dossier_id, "resume_dossier"), bootstrap.dossier_context())
    )


def refuse_after_appraisal(request: Request, dossier_id: str, body: RefusalAfterAppraisal) -> Answer:
    act = staff_command(request, dossier_id, "refuse_after_appraisal")
    return dossier_answer(refusing.refuse_after_appraisal(act, body.reason, bootstrap.dossier_context()))


def return_answer(request: Request, dossier_id: str, body: AnswerReturn) -> Answer:
    act = staff_command(request, dossier_id, "return_answer")
    return dossier_answer(returning.return_answer(act, body.channel, bootstrap.dossier_context()))


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
    Operation(
        "POST",
        "/dossiers/{dossier_id}/answer-return",
        return_answer,
        DossierView,
        "staff",
        "Trả văn bản trả lời cho người nộp",
        "Hand the written answer back",
        body=AnswerReturn,
        command=True,
        guarded=True,
        refusals=("answer_not_by_post", "answer_returned_before", "unknown_unit", "return_closed"),
    ),
)
