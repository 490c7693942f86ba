"""Queue Dispatch: a parcel that is ready becomes an order at the postal partner."""

from typing import Any

from motcua import bootstrap
from motcua.adapters.outbox.items import outbox_id
from motcua.contracts.messages import EventMessage
from motcua.domain.event import Queue
from motcua.edge.sqs import Message, consume
from motcua.settings import setting
from motcua.telemetry import count, one_line, real_now
from motcua.usecases.post.dispatch_parcel import DispatchMessage, dispatch_parcel


@one_line("dispatch_parcel")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("DISPATCH_QUEUE_URL"), _dispatch)


def _dispatch(message: Message) -> str:
    ready = EventMessage.model_validate_json(message.body).to_domain()
    state = dispatch_parcel(
        DispatchMessage(ready, outbox_id(ready.id, Queue.DISPATCH), message.came_before),
        real_now(),
        bootstrap.dossiers(),
        bootstrap.registry(),
        bootstrap.postal_partner(),
    )
    count(f"parcel_{state.value}")
    return state.value
