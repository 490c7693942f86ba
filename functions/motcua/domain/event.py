"""Events: what happened, once and for ever. State, figures and messages follow from a dossier's list of events."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from motcua.domain.record import dataclass


class EventType(StrEnum):
    """The types of events, in the past tense, published as `vn.motcua.<value>.v1`."""

    DOSSIER_SUBMITTED = "dossier.submitted"
    DOSSIER_RECEIVED = "dossier.received"
    DOSSIER_NOT_ACCEPTED = "dossier.not_accepted"
    DOSSIER_TRANSFERRED = "dossier.transferred"
    DOSSIER_TAKEN_OVER = "dossier.taken_over"
    DOSSIER_RESOLVED = "dossier.resolved"
    RETURN_CHANNEL_CHOSEN = "dossier.return_channel_chosen"
    DOSSIER_RESULT_CAME_BACK = "dossier.result_came_back"
    DOSSIER_RETURNED = "dossier.returned"
    DOSSIER_DUE_MOVED = "dossier.due_moved"
    DOSSIER_REASSIGNED = "dossier.reassigned"
    DOSSIER_WITHDRAWN = "dossier.withdrawn"
    RECEIPT_CORRECTED = "dossier.receipt_corrected"
    PAPER_HANDED_OVER = "dossier.paper_handed_over"
    PAPER_TAKEN = "dossier.paper_taken"
    DOSSIER_ASSIGNED = "dossier.assigned"
    OPINION_ASKED = "dossier.opinion_asked"
    OPINION_GIVEN = "dossier.opinion_given"
    LEG_FINISHED = "dossier.leg_finished"
    SUPPLEMENT_REQUESTED = "dossier.supplement_requested"
    SUPPLEMENT_COMPLETED = "dossier.supplement_completed"
    PAYMENT_REQUESTED = "dossier.payment_requested"
    DOSSIER_PAID = "dossier.paid"
    DOSSIER_PAUSED = "dossier.paused"
    DOSSIER_RESUMED = "dossier.resumed"
    DOSSIER_REFUSED = "dossier.refused"
    ANSWER_RETURNED = "dossier.answer_returned"
    DOSSIER_APOLOGISED = "dossier.apologised"
    RETURN_REVERSED = "dossier.return_reversed"
    RESOLUTION_REVERSED = "dossier.resolution_reversed"
    RESULT_REISSUED = "dossier.result_reissued"
    DOSSIER_WARNED = "dossier.warned"
    DOSSIER_REMINDED = "dossier.reminded"
    PARCEL_READY = "parcel.ready"
    PARCEL_ORDERED = "parcel.ordered"
    PARCEL_REFUSED = "parcel.refused"
    PARCEL_COLLECTED = "parcel.collected"
    PARCEL_MOVED = "parcel.moved"
    PARCEL_DELIVERED = "parcel.delivered"
    PARCEL_CLOSED = "parcel.closed"
    PARCEL_NOTED = "parcel.noted"


class Queue(StrEnum):
    """The queues that carry an event on to its further effects."""

    ROUTING = "routing"
    DISPATCH = "dispatch"
    PARCEL_EVENTS = "parcel_events"
    FIGURES = "figures"
    JOBS = "jobs"


CARRIED_BY: Mapping[EventType, tuple[Queue, ...]] = {
    EventType.DOSSIER_RECEIVED: (Queue.ROUTING, Queue.FIGURES),
    EventType.DOSSIER_RESOLVED: (Queue.FIGURES,),
    EventType.DOSSIER_RETURNED: (Queue.FIGURES,),
    EventType.SUPPLEMENT_COMPLETED: (
        Queue.ROUTING,
    ),  # back at 2 it still has to reach its agency; back at 4 it is there
    EventType.DOSSIER_PAID: (Queue.ROUTING,),
    EventType.RETURN_REVERSED: (Queue.FIGURES,),
    EventType.RESOLUTION_REVERSED: (Queue.FIGURES,),
    EventType.PARCEL_READY: (Queue.DISPATCH, Queue.FIGURES),
    EventType.PARCEL_COLLECTED: (Queue.FIGURES,),
}
"""The queues that carry each type of event on; an event that is not named here is complete as written."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts and when.

    `occurred_at` is domain time, `recorded_at` real time; `actor` is an opaque id or a system name.
    """

    occurred_at: datetime
    recorded_at: datetime
    actor: str
    correlation_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of one subject (a dossier's id, or a parcel's order number); `version` counts the subject's events from 1."""

    type: EventType
    subject: str
    version: int
    stamp: Stamp
    data: Mapping[str, object]

    @property
    def id(self) -> str:
        return f"{self.subject}.{self.version}"

    @property
    def of_parcel(self) -> bool:
        """Whether the event's subject is a parcel, so that its version is the parcel's."""
        return self.type.value.startswith("parcel.")


def when(value: object) -> datetime | None:
    """Return a moment from an event's data; None when there is none."""
    return moment(value) if value else None


def moment(value: object) -> datetime:
    """Return a moment from an event's data, where it is written in ISO 8601 with its zone."""
    return datetime.fromisoformat(str(value))
