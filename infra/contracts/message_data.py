"""The `data` of each event that a queue carries, spelled out field by field."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from infra.contracts.examples import sample_life as life
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut
from motcua.domain.event import EventType


class DossierFacts(BaseModel):
    """The facts of a dossier that the figures need, in every event that they count."""

    procedure: str = Field(description="Code of the procedure", examples=["2.001610"])
    one_stop: str = Field(description="Id of the one-stop unit")
    agency: str = Field(description="Id of the processing agency, for which the dossier counts")
    channel_in: ChannelIn
    channel_out: ChannelOut


class PlannedLeg(BaseModel):
    """One agency's part of a linked dossier."""

    step: int = Field(ge=1, description="Steps follow one another; legs of the same step run side by side")
    agency: str
    due_at: str | None = Field(json_schema_extra={"format": "date-time"})
    by_hours: bool = Field(description="Its limit is in hours: late by the moment, else by the local date")


class DossierReceivedData(DossierFacts):
    """The dossier is received and has its number. Routing takes it to its agency."""

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
    """The applicant has the result. The postal fields are present when the post delivered it."""

    originals_taken: Literal[True] | None = Field(
        default=None, description="The originals that the procedure takes at the return were handed in"
    )
    order_number: str | None = Field(default=None, description="The parcel that was delivered")
    post_counts: bool | None = Field(default=None, description="Whether it counts towards the target")
    post_why: (
        Literal[
            "delivered_to_address",
            "taken_as_address",
            "collected_at_post_office",
            "taken_as_post_office",
            "place_not_told",
            "carrier_not_public",
        ]
        | None
    ) = Field(default=None, description="Why; taken_as_…: the carrier named no place, and its dated rule says so")


class WentOnData(BaseModel):
    """A suspension is over. Routing takes the dossier to its agency if it had not reached it yet."""

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
    """All requested supplements have arrived."""


class DossierPaidData(WentOnData):
    """The requested payment was made."""


class ReversalData(DossierFacts):
    """A mistaken act was reversed: the counted facts, unchanged, and the day for which they were counted."""

    reverses: str = Field(description="Id of the event that is taken back", examples=["5QF2K8ZJ7M4T9XWA.5"])
    of_day: date = Field(description="Local day from which the fact is taken")


class ReturnReversedData(ReversalData):
    """The result was not handed over after all."""

    channel_before: ChannelOut = Field(description="How the result was to come before that return")


class ResolutionReversedData(ReversalData):
    """The dossier was not resolved after all."""


class ParcelReadyData(DossierFacts):
    """A parcel is packed. Dispatch orders its delivery from the carrier."""

    dossier: str = Field(description="Id of the dossier")
    carrier: str = Field(description="Id of the carrier", examples=["vnpost"])


class ParcelCollectedData(DossierFacts):
    """The carrier has collected the parcel at the one-stop unit."""

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
"""One model for each type in `CARRIED_BY`. A new type without a model stops the generator."""
