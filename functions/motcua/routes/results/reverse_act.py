"""Take back a mistaken return or resolution."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.results.reverse_act import ReversalRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.results import reverse_act


def reverse_return(request: Request, dossier_id: str, body: ReversalRequest) -> Answer:
    act = staff_command(request, dossier_id, "reverse_return")
    return dossier_answer(reverse_act.reverse_return(act, body.reason, bootstrap.dossier_context()))


def reverse_resolution(request: Request, dossier_id: str, body: ReversalRequest) -> Answer:
    act = staff_command(request, dossier_id, "reverse_resolution")
    return dossier_answer(reverse_act.reverse_resolution(act, body.reason, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/return-reversal",
        reverse_return,
        DossierView,
        "staff",
        "Hủy việc trả kết quả nhầm, trong ngày hoặc do lãnh đạo",
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
        "Hủy việc báo giải quyết xong nhầm, trong ngày hoặc do lãnh đạo",
        "Take a mistaken resolution back: its doer on the same day, later the head",
        body=ReversalRequest,
        command=True,
        guarded=True,
        refusals=("parcel_holds_result", "reversal_not_yours", "reversal_day_over"),
    ),
)
