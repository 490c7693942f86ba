"""Queue Figures: each event is counted once."""

from typing import Any

from motcua import bootstrap
from motcua.adapters.outbox.items import outbox_id
from motcua.contracts.messages import EventMessage
from motcua.domain.event import Queue
from motcua.edge.sqs import Message, consume
from motcua.settings import setting
from motcua.telemetry import one_line
from motcua.usecases.reports.update_figures import update_figures


@one_line("update_figures")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return consume(event, setting("FIGURES_QUEUE_URL"), _count)


def _count(message: Message) -> str:
    happened = EventMessage.model_validate_json(message.body).to_domain()
    update_figures(happened, outbox_id(happened.id, Queue.FIGURES), bootstrap.figures())
    return "counted"
