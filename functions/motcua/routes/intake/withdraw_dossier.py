"""Withdraw a dossier: by a clerk for its applicant, or by the applicant through the portal."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.withdraw_dossier import WithdrawalRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.applicant_command import applicant_command
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.intake.withdraw_dossier import withdraw, withdraw_own


def withdraw_own_dossier(request: Request, dossier_id: str, body: WithdrawalRequest) -> Answer:
    act = applicant_command(request, dossier_id, "withdraw_own_dossier")
    return dossier_answer(withdraw_own(act, body.reason, bootstrap.dossier_context()))


def withdraw_dossier(request: Request, dossier_id: str, body: WithdrawalRequest) -> Answer:
    return dossier_answer(
        withdraw(staff_command(request, dossier_id, "withdraw_dossier"), body.reason, bootstrap.dossier_context())
    )


OPERATIONS = (
    Operation(
        "POST",
        "/portal/dossiers/{dossier_id}/withdrawal",
        withdraw_own_dossier,
        DossierView,
        "portal",
        "Rút hồ sơ của mình",
        "Withdraw one's own dossier",
        body=WithdrawalRequest,
        command=True,
        guarded=True,
        scope="portal/choose",
    ),
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
)
