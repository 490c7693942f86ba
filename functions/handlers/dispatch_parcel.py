"""Queue Dispatch: a parcel that is ready becomes an order at the postal partner."""

from datetime import timedelta
from typing import Any

from motcua import bootstrap
from motcua.adapters.outbox_items import outbox_id
from motcua.contracts.messages import EventMessage
from motcua.domain.event import Queue
from motcua.queue import Message, consume
from motcua.settings import setting
from motcua.telemetry import count, one_line, real_now
from motcua.usecases.dispatch_parcel import dispatch_parcel

FIRST_TRY = timedelta(minutes=1)
"""A message that is older was sent again, by the sweep or by an operator: an order may have gone out before."""


@one_line("dispatch_parcel")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("DISPATCH_QUEUE_URL"), _dispatch)


def _dispatch(message: Message) -> str:
    ready = EventMessage.model_validate_json(message.body).to_domain()
    state = dispatch_parcel(
        ready,
        outbox_id(ready.id, Queue.DISPATCH),
        real_now(),
        message.came_before or real_now() - ready.stamp.recorded_at > FIRST_TRY,
        bootstrap.dossiers(),
        bootstrap.registry(),
        bootstrap.postal_partner(),
    )
    count(f"parcel_{state.value}")
    return state.value
