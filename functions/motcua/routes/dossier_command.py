"""What all command routes share: reading the command from a request, and the answer with its ETag."""

from motcua.contracts.dossier.views import DossierView
from motcua.domain.dossier.dossier import Dossier
from motcua.edge.http import Answer
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.telemetry import note
from motcua.usecases.dossier_command import CommandResult, StaffCommand

SERVICE_REFUSALS = (
    "unknown_unit",
    "unit_ended",
    "unknown_procedure",
    "reception_closed",
    "agency_may_not_receive",
    "no_rule_allows",
    "rule_missing",
    "procedure_not_published",
    "procedure_withdrawn",
    "procedure_not_received_here",
    "lead_not_last",
    "post_not_accepted",
)
"""Why a service that a request names may not be had at that unit on that day."""

PAPER_REFUSALS = (
    "unknown_component",
    "paper_told_twice",
    "form_not_by_channel",
    "form_not_asked",
    "too_many_papers",
    "papers_missing",
)
"""Why papers that were brought cannot be those of the procedure."""


def staff_command(request: Request, dossier_id: str, name: str) -> StaffCommand:
    """Return a staff member's command on one dossier; its key is scoped to the route and the dossier."""
    by = staff(request.event)
    version = request.expected_version()
    key = request.idempotency_key(by.subject, f"{name}|{dossier_id}")
    note(dossier_id=dossier_id)
    return StaffCommand(dossier_id, version, by, request.stamp(by.subject), key)


def etag(dossier: Dossier) -> dict[str, str]:
    return {"ETag": f'"{dossier.version}"'}


def dossier_answer(result: CommandResult, status: int = 200, *, under: str = "/dossiers") -> Answer:
    """Return the dossier as the command left it; a new one is found `under` a path. A replayed answer is marked as such."""
    dossier = result.dossier
    note(dossier_id=dossier.id, version=dossier.version, replayed=result.replayed)
    headers = etag(dossier) | ({"Idempotency-Replayed": "true"} if result.replayed else {})
    if status == 201:
        headers["Location"] = f"{under}/{dossier.id}"
    return Answer(DossierView.from_domain(dossier), status, headers)


COUNTED = ("unknown_procedure", "unknown_unit", "unit_ended", "rule_missing", "calendar_year_unknown")
"""Why no date can be counted: something that it follows from is not in the registry."""
