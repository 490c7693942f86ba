"""HTTPS for postal partners: signed callbacks."""

from typing import Any

from motcua.edge.http import mount
from motcua.routes.partner import callbacks as partner_calls
from motcua.telemetry import one_line

answer = mount(partner_calls.OPERATIONS)


@one_line("partner_webhook")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
