"""Finish the part of one agency of a linked dossier."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import finish_leg as finishing


def finish_leg(request: Request, dossier_id: str, agency_id: str, body: NoBody) -> Answer:
    act = staff_command(request, dossier_id, f"finish_leg|{agency_id}")
    return dossier_answer(finishing.finish_leg(act, agency_id, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/legs/{agency_id}",
        finish_leg,
        DossierView,
        "staff",
        "Cơ quan liên thông báo xong phần việc của mình",
        "An agency of a linked dossier says that its part is done",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=(
            "not_linked",
            "leg_not_running",
            "lead_resolves",
            "not_taken_over",
            "unknown_unit",
            "unknown_procedure",
            "calendar_year_unknown",
            "rule_missing",
        ),
    ),
)
