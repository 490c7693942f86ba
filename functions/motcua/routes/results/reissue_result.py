"""Issue a result again: corrected, or in place of a lost one."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.results.reissue_result import ReissueRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.results import reissue_result as reissuing


def reissue_result(request: Request, dossier_id: str, body: ReissueRequest) -> Answer:
    act = staff_command(request, dossier_id, "reissue_result")
    done = reissuing.reissue_result(act, body.to_domain(), body.reason, bootstrap.dossier_context())
    return dossier_answer(done)


OPERATIONS = (
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
