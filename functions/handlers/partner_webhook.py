"""HTTPS for postal partners: signed callbacks."""

from typing import Any

from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "POST /partners/{partner}/callbacks": "post.keep_callback:receive_callback",
}

answer = mount(ROUTES)


@one_line("partner_webhook")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
