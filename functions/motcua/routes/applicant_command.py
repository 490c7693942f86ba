"""The applicant's command, read from a request that the portal vouches for."""

from motcua.edge.identity import portal_citizen
from motcua.edge.request import Request
from motcua.telemetry import note
from motcua.usecases.dossier_command import ApplicantCommand


def applicant_command(request: Request, dossier_id: str, name: str) -> ApplicantCommand:
    client, citizen = portal_citizen(request.event, "portal/choose", request.headers)
    note(dossier_id=dossier_id)
    key = request.idempotency_key(f"{client}|{citizen}", f"{name}|{dossier_id}")
    return ApplicantCommand(dossier_id, request.expected_version(), citizen, request.stamp(f"portal:{client}"), key)
