"""Return the result, or the written answer of a refusal."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.results.return_result import AnswerReturn, ReturnRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.results import return_result
from motcua.usecases.results import return_result as returning


def return_dossier(request: Request, dossier_id: str, body: ReturnRequest) -> Answer:
    act = staff_command(request, dossier_id, "return_dossier")
    taken = body.originals_taken
    return dossier_answer(
        return_result.return_result(act, body.channel, bootstrap.dossier_context(), originals_taken=taken)
    )


def return_answer(request: Request, dossier_id: str, body: AnswerReturn) -> Answer:
    act = staff_command(request, dossier_id, "return_answer")
    return dossier_answer(returning.return_answer(act, body.channel, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/return",
        return_dossier,
        DossierView,
        "staff",
        "Trả kết quả trực tiếp hoặc trực tuyến",
        "Return the result at the counter or online",
        body=ReturnRequest,
        command=True,
        guarded=True,
        refusals=(
            "post_returns_itself",
            "parcel_under_way",
            "return_closed",
            "unknown_unit",
            "originals_due_at_return",
            "unknown_procedure",
        ),
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
