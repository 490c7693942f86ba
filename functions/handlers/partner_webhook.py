"""HTTPS for postal partners: signed callbacks."""

from typing import Any

from motcua.http import mount
from motcua.routes import partner_calls
from motcua.telemetry import one_line

app = mount(partner_calls.OPERATIONS)


@one_line("partner_webhook")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
