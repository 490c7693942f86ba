"""HTTPS for citizens and businesses: the portal's client, tracking for who knows two numbers, signed links, the registry."""

from typing import Any

from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "POST /portal/dossiers": "portal:submit_dossier",
    "GET /portal/dossiers/{dossier_id}": "portal:read_own_dossier",
    "PUT /portal/dossiers/{dossier_id}/return-channel": "portal:choose_own_channel",
    "POST /portal/dossiers/{dossier_id}/withdrawal": "portal:withdraw_own_dossier",
    "GET /portal/dossiers/{dossier_id}/deadline": "portal_deadline:read_own_deadline",
    "GET /portal/dossiers/{dossier_id}/timeline": "portal_timeline:read_own_timeline",
    "GET /procedures": "public_registry:list_procedures",
    "GET /procedures/{code}": "public_registry:read_procedure",
    "GET /procedures/{code}/versions": "public_registry:list_procedure_versions",
    "GET /units": "public_registry:list_units",
    "GET /units/{unit_id}": "public_registry:read_unit",
    "GET /rules": "public_registry:list_rules",
    "GET /rules/{rule_id}": "public_registry:read_rule",
    "GET /calendars/{year}": "public_registry:read_calendar",
    "POST /portal/dossiers/{dossier_id}/return-channel-link": "signed_links:make_own_channel_link",
    "POST /return-channel-choices/preview": "signed_links:preview_choice_by_link",
    "POST /return-channel-choices": "signed_links:choose_by_link",
    "POST /tracking": "tracking:track_dossier",
}

answer = mount(ROUTES)


@one_line("public_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
