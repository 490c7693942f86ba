"""Explain how a due date was counted."""

from motcua import bootstrap
from motcua.contracts.reading.explain_deadline import DeadlineView
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen, staff
from motcua.edge.request import Request
from motcua.routes.dossier_command import etag
from motcua.telemetry import note
from motcua.usecases.reading.explain_deadline import explain_deadline, explain_own_deadline


def read_own_deadline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    _, citizen = portal_citizen(request.event, "portal/read", request.headers)
    explained = explain_own_deadline(dossier_id, citizen, bootstrap.dossiers(), bootstrap.registry())
    return Answer(DeadlineView.of(explained), headers=etag(explained.dossier))


REFUSALS = ("unknown_procedure", "unknown_unit", "rule_missing", "calendar_year_unknown")
"""Why a date may not be counted again: what it rests on is not in the registry."""


def read_deadline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    explained = explain_deadline(dossier_id, staff(request.event), bootstrap.dossiers(), bootstrap.registry())
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
    Operation(
        "GET",
        "/dossiers/{dossier_id}/deadline",
        read_deadline,
        DeadlineView,
        "staff",
        "Xem hạn trả kết quả và cách tính từng ngày",
        "Read when a dossier is due, and how each day was counted",
        refusals=REFUSALS,
    ),
)
