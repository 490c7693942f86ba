"""HTTPS for citizens and businesses: the portal's client, tracking for who knows two numbers, signed links, the registry."""

from typing import Any

from motcua.edge.http import mount
from motcua.routes.applicant import channel_link as signed_links
from motcua.routes.applicant import deadline as portal_deadline
from motcua.routes.applicant import dossier as portal
from motcua.routes.applicant import timeline as portal_timeline
from motcua.routes.applicant import tracking
from motcua.routes.registry import reading as public_registry
from motcua.telemetry import one_line

THEMES = (portal, portal_deadline, portal_timeline, signed_links, tracking, public_registry)

answer = mount(operation for theme in THEMES for operation in theme.OPERATIONS)


@one_line("public_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
