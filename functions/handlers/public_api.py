"""HTTPS for citizens and businesses: the portal's client, tracking by two numbers, signed links, the registry."""

from typing import Any

from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "POST /portal/dossiers": "intake.submit_dossier:submit_dossier",
    "GET /portal/dossiers/{dossier_id}": "reading.read_dossier:read_own_dossier",
    "PUT /portal/dossiers/{dossier_id}/return-channel": "results.choose_return_channel:choose_own_channel",
    "POST /portal/dossiers/{dossier_id}/withdrawal": "intake.withdraw_dossier:withdraw_own_dossier",
    "GET /portal/dossiers/{dossier_id}/deadline": "reading.explain_deadline:read_own_deadline",
    "GET /portal/dossiers/{dossier_id}/timeline": "reading.read_timeline:read_own_timeline",
    "GET /procedures": "registry.find_procedures:list_procedures",
    "GET /procedures/{code}": "registry.find_procedures:read_procedure",
    "GET /procedures/{code}/versions": "registry.find_procedures:list_procedure_versions",
    "GET /units": "registry.find_units:list_units",
    "GET /units/{unit_id}": "registry.find_units:read_unit",
    "GET /rules": "rules.find_rules:list_rules",
    "GET /rules/{rule_id}": "rules.find_rules:read_rule",
    "GET /calendars/{year}": "deadline.read_calendar:read_calendar",
    "POST /portal/dossiers/{dossier_id}/return-channel-link": "results.choose_by_link:make_own_channel_link",
    "POST /return-channel-choices/preview": "results.choose_by_link:preview_choice_by_link",
    "POST /return-channel-choices": "results.choose_by_link:choose_by_link",
    "POST /tracking": "reading.read_timeline:track_dossier",
}

answer = mount(ROUTES)


@one_line("public_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
