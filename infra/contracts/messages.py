"""The queues' messages: CloudEvents whose `data` is spelled out for each event type that a queue carries."""

import json
from typing import Any, Literal

from pydantic import BaseModel, create_model

from infra.contracts import other_lives
from infra.contracts.examples import sample_life as life
from infra.contracts.examples.bulk import BULK
from infra.contracts.examples.changes import APPLICATION, CHANGE
from infra.contracts.json_schema import Schema, document
from infra.contracts.message_data import DATA
from motcua.adapters.jobs.items import dossier_owed, given_owed, traversal_owed
from motcua.contracts.jobs.messages import JobMessage
from motcua.contracts.messages import CallbackMessage, EventMessage
from motcua.domain.event import CARRIED_BY, Event, EventType, Queue
from motcua.domain.jobs.bulk import Given
from motcua.domain.jobs.job import InboxKey, Job, JobKind, Traversal
from motcua.domain.status import Status

WEBHOOK_ID = "msg_2aXk7m0QwZr9"


CALLBACK = "callback.kept"

JOB_STEPS = {
    "job.walked": "The next chunk of a job's traversal of the inboxes, in which it looks for dossiers that it affects.",
    "job.given": "A chunk of the dossiers that a person selected for an act; each of them becomes a step of its own.",
    "job.found": "One dossier that a job has found and works on.",
}
"""The steps of a job (JobMessage), each a type of its own."""


def schemas() -> dict[str, Schema]:
    """Return message type → its schema."""
    made = {each.value: _schema(each, queues) for each, queues in CARRIED_BY.items()}
    made[CALLBACK] = document(CallbackMessage, "serialization", f"message:{CALLBACK}:v1")
    _absent_not_null(made[CALLBACK])
    made[CALLBACK]["x-carried-by"] = [Queue.PARCEL_EVENTS.value]
    made |= {step: _job_schema(step, text) for step, text in JOB_STEPS.items()}
    return dict(sorted(made.items()))


def examples() -> dict[str, Any]:
    """Return message type → an example: the first of its type in the invented lives."""
    first: dict[EventType, Event] = {}
    for event in other_lives.all_events():
        first.setdefault(event.type, event)
    made = {each.value: message(first[each]) for each in CARRIED_BY}
    kept = CallbackMessage.model_construct(
        id=f"callback:simulator:{WEBHOOK_ID}",
        time=life.delivery().occurred_at,
        partner="simulator",
        webhookid=WEBHOOK_ID,
        ordernumber=life.delivery().order_number,
        correlationid=life.CORRELATION_ID,
    )
    made[CALLBACK] = kept.model_dump(mode="json")
    return made | _job_examples()


def message(event: Event) -> Any:
    """Return the event as a queue carries it."""
    return EventMessage.from_domain(event).model_dump(mode="json")


def _schema(event_type: EventType, queues: tuple[Queue, ...]) -> Schema:
    if event_type not in DATA:
        raise LookupError(f"{event_type.value} is carried by a queue: describe its data in infra/contracts/messages.py")
    model = _narrowed(EventMessage, event_type.value, data=(DATA[event_type], ...))
    text = f"CloudEvents 1.0. {DATA[event_type].__doc__} Readers leave unknown attributes unread."
    schema = document(model, "serialization", f"message:{event_type.value}:v1", text)
    _absent_not_null(schema["$defs"][DATA[event_type].__name__])
    return schema | {"x-carried-by": [queue.value for queue in queues]}


def _job_schema(step: str, text: str) -> Schema:
    described = f"CloudEvents 1.0. {text} Readers leave unknown attributes unread."
    schema = document(_narrowed(JobMessage, step), "serialization", f"message:{step}:v1", described)
    _absent_not_null(schema)
    return schema | {"x-carried-by": [Queue.JOBS.value]}


def _job_examples() -> dict[str, Any]:
    """Return each step as the outbox sends it to the queue."""
    started = life.stamp(life.at("04-24 10:00"))
    job = Job(APPLICATION, JobKind.CALENDAR_CHANGE, CHANGE.id, started)
    walk = Traversal(round=1, desk=InboxKey(Status.IN_PROCESS, "skhdt").name, found=True)
    owed = {
        "job.walked": traversal_owed(job, walk, started.recorded_at),
        "job.given": given_owed(BULK, 0, [Given(life.DOSSIER_ID, 2)], started.recorded_at),
        "job.found": dossier_owed(job, life.DOSSIER_ID, started.recorded_at),
    }
    return {step: json.loads(item["message"]["S"]) for step, (_, item) in owed.items()}


def _narrowed(model: type[BaseModel], name: str, **fields: Any) -> type[BaseModel]:
    """Return the model narrowed to messages of one type."""
    title = "".join(word.title() for word in name.replace(".", "_").split("_"))
    kind: Any = Literal[f"vn.motcua.{name}.v1"]
    return create_model(f"{title}Message", __base__=model, type=(kind, ...), **fields)


def _absent_not_null(schema: Schema) -> None:
    """Describe unknown fields as absent, because messages leave them out instead of sending null."""
    for name, described in schema["properties"].items():
        if "default" in described and described["default"] is None:
            kinds = [kind for kind in described.pop("anyOf") if kind != {"type": "null"}]
            del described["default"]
            schema["properties"][name] = kinds[0] | described
            schema["required"].remove(name)
