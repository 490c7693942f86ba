"""HTTPS for citizens and businesses: the portal's client, and tracking for anybody who knows two numbers."""

from typing import Any

from motcua.http import mount
from motcua.routes import portal, tracking
from motcua.telemetry import one_line

answer = mount((*portal.OPERATIONS, *tracking.OPERATIONS))


@one_line("public_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
