"""Assign a dossier to an officer."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.processing.assign_dossier import Assignment
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import assign_dossier as assigning


def assign_dossier(request: Request, dossier_id: str, body: Assignment) -> Answer:
    act = staff_command(request, dossier_id, "assign_dossier")
    return dossier_answer(assigning.assign_dossier(act, body.officer, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/assignment",
        assign_dossier,
        DossierView,
        "staff",
        "Lãnh đạo phân công, phân công lại cán bộ",
        "The head assigns or reassigns an officer",
        body=Assignment,
        command=True,
        guarded=True,
        refusals=("leg_not_running",),
    ),
)
