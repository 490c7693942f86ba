"""Hand the paper dossier over to the agency, and sign for it."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import hand_over_paper as paper


def hand_over_paper(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        paper.hand_over_paper(staff_command(request, dossier_id, "hand_over_paper"), bootstrap.dossier_context())
    )


def take_paper(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        paper.take_paper(staff_command(request, dossier_id, "take_paper"), bootstrap.dossier_context())
    )


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/paper-handover",
        hand_over_paper,
        DossierView,
        "staff",
        "Bộ phận Một cửa ký giao hồ sơ giấy",
        "The one-stop unit signs the paper over",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("no_paper", "paper_handed_over_before"),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/paper-receipt",
        take_paper,
        DossierView,
        "staff",
        "Cơ quan ký nhận hồ sơ giấy",
        "The agency signs for the paper",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("no_paper", "paper_not_handed_over", "paper_taken_before"),
    ),
)
