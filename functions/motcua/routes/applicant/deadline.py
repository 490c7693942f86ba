"""The portal's client: a citizen or business reads when the own dossier is due, counted step by step."""

from motcua import bootstrap
from motcua.contracts.reading.deadline import DeadlineView
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen
from motcua.edge.request import Request
from motcua.routes.dossier_command import etag
from motcua.routes.staff.deadline import REFUSALS
from motcua.telemetry import note
from motcua.usecases.reading.explain_deadline import explain_own_deadline


def read_own_deadline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    _, citizen = portal_citizen(request.event, "portal/read", request.headers)
    explained = explain_own_deadline(dossier_id, citizen, bootstrap.dossiers(), bootstrap.registry())
    return Answer(DeadlineView.of(explained), headers=etag(explained.dossier))


OPERATIONS = (
    Operation(
        "GET",
        "/portal/dossiers/{dossier_id}/deadline",
        read_own_deadline,
        DeadlineView,
        "portal",
        "Xem hạn trả hồ sơ của mình và cách tính từng ngày",
        "Read when one's own dossier is due, and how each day was counted",
        scope="portal/read",
        refusals=REFUSALS,
    ),
)
