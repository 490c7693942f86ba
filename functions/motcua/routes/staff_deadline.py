"""Staff, reading: when a dossier is due, counted step by step."""

from motcua import bootstrap
from motcua.contracts.deadline_views import DeadlineView
from motcua.http import Answer, Operation
from motcua.identity import staff
from motcua.request import Request
from motcua.routes.commands import etag
from motcua.telemetry import note
from motcua.usecases.explain_deadline import explain_deadline

REFUSALS = ("unknown_procedure", "unknown_unit", "rule_missing", "calendar_year_unknown")
"""Why a date may not be counted again: what it rests on is not in the registry."""


def read_deadline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    explained = explain_deadline(dossier_id, staff(request.event), bootstrap.dossiers(), bootstrap.registry())
    return Answer(DeadlineView.of(explained), headers=etag(explained.dossier))


OPERATIONS = (
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
