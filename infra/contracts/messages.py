"""The queues' messages: CloudEvents whose `data` is spelled out for each event type that a queue carries."""

import json
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from infra.contracts import life
from infra.contracts.examples.bulk import BULK
from infra.contracts.examples.changes import APPLICATION, CHANGE
from infra.contracts.json_schema import Schema, document
from motcua.adapters.job_items import dossier_owed, given_owed, walk_owed
from motcua.contracts.messages import CallbackMessage, EventMessage, JobMessage
from motcua.domain.bulk import Given
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


class PlannedLeg(BaseModel):
    """The part of one agency of a linked dossier."""

    step: int = Field(ge=1, description="Steps follow one another; legs of the same step run side by side")
    agency: str
    due_at: str | None = Field(json_schema_extra={"format": "date-time"})
    by_hours: bool = Field(description="Its limit is in hours: late by the moment, else by the local date")


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
    due_by_hours: Literal[True] | None = Field(
        default=None, description="The limit is in hours: late by the moment, else on a later local date"
    )
    calendar: str | None = Field(
        default=None,
        description="Versions of the working calendars that it was counted by; absent where it has no due date",
        examples=["2020.1"],
    )
    legs: list[PlannedLeg] | None = Field(default=None, description="Of a linked procedure: the part of each agency")
    paper_due_at: str | None = Field(
        default=None,
        description="Until when the paper goes to the agency; absent online and of a transitional dossier",
        json_schema_extra={"format": "date-time"},
    )
    papers: list[tuple[int, str, int]] | None = Field(
        default=None, description="What was brought: place in the procedure's list, form, how many"
    )
    received_at: str | None = Field(
        default=None,
        description="Of a transitional dossier (R3): when its agency received it; the event's time is its registration",
        json_schema_extra={"format": "date-time"},
    )
    original_number: str | None = Field(default=None, description="Of a transitional dossier: its agency's own number")
    original_day: date | None = Field(default=None, description="Of a transitional dossier: the day of its own receipt")
    rule: str | None = Field(default=None, description="Of a transitional dossier: the rule that allows it")


class DossierResolvedData(DossierFacts):
    """The result is at the one-stop unit."""

    parcel: int | None = Field(default=None, ge=1, description="Ordinal of the parcel that this opens, by post only")


class DossierReturnedData(DossierFacts):
    """The applicant has the result. What is told of the post is there when the post delivered it."""

    originals_taken: Literal[True] | None = Field(
        default=None, description="The originals that the procedure takes at the return were handed in"
    )
    order_number: str | None = Field(default=None, description="The parcel that was delivered")
    post_counts: bool | None = Field(default=None, description="Whether it counts towards the target")
    post_why: (
        Literal["delivered_to_address", "collected_at_post_office", "place_not_told", "carrier_not_public"] | None
    ) = None


class WentOnData(BaseModel):
    """A wait is over: where the dossier had not reached its agency yet, routing takes it there."""

    due_at: str | None = Field(
        default=None,
        description="When the result is due now; absent where the procedure has no known limit",
        json_schema_extra={"format": "date-time"},
    )
    calendar: str = Field(description="Versions of the working calendars that it was counted by", examples=["2020.1"])
    starts: list[tuple[str, str | None]] | None = Field(
        default=None, description="Legs of linked agencies that go on: agency and due date"
    )
    plans: list[tuple[int, str, str | None]] | None = Field(
        default=None, description="Legs of linked agencies that are to come: step, agency and planned due date"
    )
    paper_due_at: str | None = Field(
        default=None,
        description="Until when the paper goes to the agency, where it waited at the one-stop unit",
        json_schema_extra={"format": "date-time"},
    )


class SupplementCompletedData(WentOnData):
    """Everything that was asked for is in."""


class DossierPaidData(WentOnData):
    """What was to be paid is paid."""


class ReversalData(DossierFacts):
    """A mistaken act was taken back: what it counted, as it was counted, and on which day the fact stood."""

    reverses: str = Field(description="Id of the event that is taken back", examples=["5QF2K8ZJ7M4T9XWA.5"])
    of_day: date = Field(description="Local day from which the fact is taken")


class ReturnReversedData(ReversalData):
    """The result was not handed over after all."""

    channel_before: ChannelOut = Field(description="How the result was to come before that return")


class ResolutionReversedData(ReversalData):
    """The dossier was not resolved after all."""


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
    EventType.SUPPLEMENT_COMPLETED: SupplementCompletedData,
    EventType.DOSSIER_PAID: DossierPaidData,
    EventType.RETURN_REVERSED: ReturnReversedData,
    EventType.RESOLUTION_REVERSED: ResolutionReversedData,
    EventType.PARCEL_READY: ParcelReadyData,
    EventType.PARCEL_COLLECTED: ParcelCollectedData,
}
"""One for each type in `CARRIED_BY`; a new type without one stops the generator."""

CALLBACK = "callback.kept"

JOB_STEPS = {
    "job.walked": "The next stretch of a job's walk over the desks, where it looks for dossiers that it touches.",
    "job.given": "A stretch of the dossiers that a person selected for an act: each of them becomes a step of its own.",
    "job.found": "One dossier that a job has found and deals with.",
}
"""The steps of a job (JobMessage), each a type of its own."""


def schemas() -> dict[str, Schema]:
    """Message type → its schema."""
    made = {each.value: _schema(each, queues) for each, queues in CARRIED_BY.items()}
    made[CALLBACK] = document(CallbackMessage, "serialization", f"message:{CALLBACK}:v1")
    _absent_not_null(made[CALLBACK])
    made[CALLBACK]["x-carried-by"] = [Queue.PARCEL_EVENTS.value]
    made |= {step: _job_schema(step, text) for step, text in JOB_STEPS.items()}
    return dict(sorted(made.items()))


def examples() -> dict[str, Any]:
    """Message type → an example: the first of its type in the invented lives."""
    first: dict[EventType, Event] = {}
    for event in life.all_events():
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
    """Each step as the store owes it to the queue."""
    started = life.stamp(life.at("04-24 10:00"))
    job = Job(APPLICATION, JobKind.CALENDAR_CHANGE, CHANGE.id, started)
    walk = Walk(round=1, desk=Desk(Status.IN_PROCESS, "skhdt").name, found=True)
    owed = {
        "job.walked": walk_owed(job, walk, started.recorded_at),
        "job.given": given_owed(BULK, 0, [Given(life.DOSSIER_ID, 2)], started.recorded_at),
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
