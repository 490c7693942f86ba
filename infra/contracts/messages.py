"""The queues' messages: CloudEvents whose `data` is spelled out for each event type that a queue carries."""

import json
from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from infra.contracts import life
from infra.contracts.examples.changes import APPLICATION, CHANGE
from infra.contracts.json_schema import Schema, document
from motcua.adapters.job_items import dossier_owed, walk_owed
from motcua.contracts.messages import CallbackMessage, EventMessage, JobMessage
from motcua.domain.dossier import ChannelIn, ChannelOut
from motcua.domain.event import CARRIED_BY, Event, EventType, Queue
from motcua.domain.job import Desk, Job, JobKind, Walk
from motcua.domain.status import Status

WEBHOOK_ID = "msg_2aXk7m0QwZr9"


class DossierFacts(BaseModel):
    """What the figures need of a dossier, in every event that they count."""

    procedure: str = Field(description="Code of the procedure", examples=["2.001610"])
    one_stop: str = Field(description="Id of the one-stop unit")
    agency: str = Field(description="Id of the processing agency, for which the dossier counts")
    channel_in: ChannelIn
    channel_out: ChannelOut


class DossierReceivedData(DossierFacts):
    """Received, with its number: routing takes it to its agency."""

    number: str = Field(examples=[life.GIVEN.number])
    number_is_sample: bool = Field(description="Its agency identifier is a sample, not the official one")
    procedure_version: int | None = Field(
        default=None,
        ge=1,
        description="Version of the procedure; absent where the dossier was submitted first, which told it",
    )
    due_at: str | None = Field(
        default=None,
        description="When the result is due; absent where the procedure has no known limit",
        json_schema_extra={"format": "date-time"},
    )


class DossierResolvedData(DossierFacts):
    """The result is at the one-stop unit."""

    parcel: int | None = Field(default=None, ge=1, description="Ordinal of the parcel that this opens, by post only")


class DossierReturnedData(DossierFacts):
    """The applicant has the result. The last three are there when the post delivered it."""

    order_number: str | None = Field(default=None, description="The parcel that was delivered")
    post_counts: bool | None = Field(default=None, description="Whether it counts towards the target")
    post_why: (
        Literal["delivered_to_address", "collected_at_post_office", "place_not_told", "carrier_not_public"] | None
    ) = None


class ParcelReadyData(DossierFacts):
    """A parcel is packed: dispatch orders its delivery at the carrier."""

    dossier: str = Field(description="Id of the dossier")
    carrier: str = Field(description="Id of the carrier", examples=["vnpost"])


class ParcelCollectedData(DossierFacts):
    """The carrier has fetched the parcel at the one-stop unit."""

    dossier: str = Field(description="Id of the dossier")
    code: str = Field(description="The carrier's own code, as it came")
    place: str
    reason: str
    state: Literal["collected"]


DATA: dict[EventType, type[BaseModel]] = {
    EventType.DOSSIER_RECEIVED: DossierReceivedData,
    EventType.DOSSIER_RESOLVED: DossierResolvedData,
    EventType.DOSSIER_RETURNED: DossierReturnedData,
    EventType.PARCEL_READY: ParcelReadyData,
    EventType.PARCEL_COLLECTED: ParcelCollectedData,
}
"""One for each type in `CARRIED_BY`; a new type without one stops the generator."""

CALLBACK = "callback.kept"

JOB_STEPS = {
    "job.walked": "The next stretch of a job's walk over the desks, where it looks for dossiers that it touches.",
    "job.found": "One dossier that a job has found and deals with.",
}
"""The two steps of a job (JobMessage), each a type of its own."""


def schemas() -> dict[str, Schema]:
    """Message type → its schema."""
    made = {each.value: _schema(each, queues) for each, queues in CARRIED_BY.items()}
    made[CALLBACK] = document(CallbackMessage, "serialization", f"message:{CALLBACK}:v1")
    _absent_not_null(made[CALLBACK])
    made[CALLBACK]["x-carried-by"] = [Queue.PARCEL_EVENTS.value]
    made |= {step: _job_schema(step, text) for step, text in JOB_STEPS.items()}
    return dict(sorted(made.items()))


def examples() -> dict[str, Any]:
    """Message type → an example, out of a dossier's life that ends with a delivery by post."""
    desk = life.returned_by_post()
    made = {each.value: message(desk.reach(each)) for each in CARRIED_BY}
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
    """The event as a queue carries it."""
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
    """Both steps as the store owes them to the queue."""
    started = life.stamp(life.at("04-24 10:00"))
    job = Job(APPLICATION, JobKind.CALENDAR_CHANGE, CHANGE.id, started)
    walk = Walk(round=1, desk=Desk(Status.IN_PROCESS, "skhdt").name, found=True)
    owed = {
        "job.walked": walk_owed(job, walk, started.recorded_at),
        "job.found": dossier_owed(job, life.DOSSIER_ID, started.recorded_at),
    }
    return {step: json.loads(item["message"]["S"]) for step, (_, item) in owed.items()}


def _narrowed(model: type[BaseModel], name: str, **fields: Any) -> type[BaseModel]:
    """The model for messages of one type only."""
    title = "".join(word.title() for word in name.replace(".", "_").split("_"))
    kind: Any = Literal[f"vn.motcua.{name}.v1"]
    return create_model(f"{title}Message", __base__=model, type=(kind, ...), **fields)


def _absent_not_null(schema: Schema) -> None:
    """What a message does not know it leaves out, instead of saying null."""
    for name, described in schema["properties"].items():
        if "default" in described and described["default"] is None:
            kinds = [kind for kind in described.pop("anyOf") if kind != {"type": "null"}]
            del described["default"]
            schema["properties"][name] = kinds[0] | described
            schema["required"].remove(name)
