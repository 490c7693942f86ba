"""HTTPS for citizens and businesses: the portal's client, tracking for who knows two numbers, the registry for all."""

from typing import Any

from motcua.http import mount
from motcua.routes import portal, public_registry, tracking
from motcua.telemetry import one_line

answer = mount((*portal.OPERATIONS, *tracking.OPERATIONS, *public_registry.OPERATIONS))


@one_line("public_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
