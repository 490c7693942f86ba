"""HTTPS for citizens and businesses: the portal's client, tracking for who knows two numbers, signed links, the registry."""

from typing import Any

from motcua.http import mount
from motcua.routes import portal, portal_deadline, portal_timeline, public_registry, signed_links, tracking
from motcua.telemetry import one_line

THEMES = (portal, portal_deadline, portal_timeline, signed_links, tracking, public_registry)

answer = mount(operation for theme in THEMES for operation in theme.OPERATIONS)


@one_line("public_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
