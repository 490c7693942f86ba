"""Staff, when something went wrong: take a mistaken act back, correct a result or make it again."""

from motcua import bootstrap
from motcua.contracts.dossier.correction_requests import ReissueRequest, ReversalRequest
from motcua.contracts.dossier.views import DossierView
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.results import reissue_result as reissuing
from motcua.usecases.results import reverse_act


def reverse_return(request: Request, dossier_id: str, body: ReversalRequest) -> Answer:
    act = staff_command(request, dossier_id, "reverse_return")
    return dossier_answer(reverse_act.reverse_return(act, body.reason, bootstrap.dossier_context()))


def reverse_resolution(request: Request, dossier_id: str, body: ReversalRequest) -> Answer:
    act = staff_command(request, dossier_id, "reverse_resolution")
    return dossier_answer(reverse_act.reverse_resolution(act, body.reason, bootstrap.dossier_context()))


def reissue_result(request: Request, dossier_id: str, body: ReissueRequest) -> Answer:
    act = staff_command(request, dossier_id, "reissue_result")
    return dossier_answer(reissuing.reissue_result(act, body.to_domain(), bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/return-reversal",
        reverse_return,
        DossierView,
        "staff",
        "Huỷ việc trả kết quả nhầm, trong ngày hoặc do lãnh đạo",
        "Take a mistaken return back: its doer on the same day, later the head",
        body=ReversalRequest,
        command=True,
        guarded=True,
        refusals=("delivered_by_post", "reissued_since", "reversal_not_yours", "reversal_day_over"),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/resolution-reversal",
        reverse_resolution,
        DossierView,
        "staff",
        "Huỷ việc báo giải quyết xong nhầm, trong ngày hoặc do lãnh đạo",
        "Take a mistaken resolution back: its doer on the same day, later the head",
        body=ReversalRequest,
        command=True,
        guarded=True,
        refusals=("parcel_holds_result", "reversal_not_yours", "reversal_day_over"),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/reissue",
        reissue_result,
        DossierView,
        "staff",
        "Đính chính kết quả sai, cấp lại kết quả mất, hư hỏng",
        "Correct a wrong result, or make a lost one again",
        body=ReissueRequest,
        command=True,
        guarded=True,
        refusals=(
            "reissue_fault_contradicts",
            "reissue_payer_contradicts",
            "no_parcel_to_lose",
            "parcel_not_lost",
            "lost_by_post",
            "rule_missing",
        ),
    ),
)
