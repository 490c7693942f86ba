"""Queue Routing: a received dossier goes to its processing agency."""

from typing import Any

from motcua import bootstrap
from motcua.adapters.outbox.items import outbox_id
from motcua.contracts.messages import EventMessage
from motcua.domain.event import Queue
from motcua.edge.sqs import Message, consume
from motcua.settings import setting
from motcua.telemetry import count, one_line, real_now
from motcua.usecases.processing.route_dossier import route_dossier


@one_line("route_dossier")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("ROUTING_QUEUE_URL"), _route)


def _route(message: Message) -> str:
    received = EventMessage.model_validate_json(message.body).to_domain()
    moved = route_dossier(received, outbox_id(received.id, Queue.ROUTING), real_now(), bootstrap.dossiers())
    if moved:
        count("routed")
    return "routed" if moved else "nothing_to_route"
