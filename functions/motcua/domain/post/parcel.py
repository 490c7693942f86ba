"""A parcel: one result on its way to the applicant by post. It has a life of its own; the dossier stays at status 9."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.domain.errors import InvalidError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.record import dataclass


class ParcelState(StrEnum):
    """Our names for the states that carriers report."""

    REGISTERED = "registered"
    READY = "ready"
    ORDERED = "ordered"
    COLLECTED = "collected"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    ATTEMPT_FAILED = "attempt_failed"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    DAMAGED = "damaged"
    CANCELLED = "cancelled"


FINAL = frozenset({ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.CANCELLED})
"""States that no later report changes. Lost and damaged are not final: a later delivery replaces them."""

BEFORE_COLLECTION = frozenset({ParcelState.REGISTERED, ParcelState.READY, ParcelState.ORDERED, ParcelState.CANCELLED})

CLOCK_SKEW = timedelta(minutes=5)

PLACES = frozenset({"address", "post_office"})
"""Where a parcel was delivered, as events tell it; an event of an older version may hold another word."""

REASONS = frozenset(
    {
        "recipient_absent",
        "recipient_unreachable",
        "recipient_moved",
        "postponed_by_recipient",
        "not_collected",
        "refused",
        "wrong_address",
        "weather",
        "carrier",
    }
)
"""Why a carrier did not deliver, as events tell it [ours, after what carriers report]. The list is closed, for any other word
might name a person; the raw report keeps it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The present state of one order at the carrier. `order_number` joins the dossier's id and the parcel's ordinal."""

    order_number: str
    dossier_id: str
    version: int
    state: ParcelState
    carrier_id: str
    reported_at: datetime
    ready_at: datetime | None = None
    collected_at: datetime | None = None
    attempts: int = 0
    place: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TrackingUpdate:
    """What a carrier reports. `state` is None for a code that is known to change nothing."""

    state: ParcelState | None
    code: str
    occurred_at: datetime
    place: str = ""
    reason: str = ""


def order_number(dossier_id: str, ordinal: int) -> str:
    """Return the order number, the same at every attempt, so that the carrier recognises a repeated order."""
    return f"{dossier_id}-{ordinal}"


def dossier_id_of(order: str) -> str:
    """Return the id of the dossier behind an order number. Raises InvalidError when the number is not one of ours."""
    dossier_id, dash, ordinal = order.rpartition("-")
    if not dash or not ordinal.isdecimal():
        raise InvalidError("unknown_parcel", "/order_number")
    return dossier_id


def ready(dossier_id: str, ordinal: int, carrier_id: str, facts: dict[str, object], stamp: Stamp) -> Event:
    """Mark the result as packed at the one-stop unit. `facts` are what the figures must know of the dossier."""
    data = facts | {"dossier": dossier_id, "carrier": carrier_id}
    return Event(EventType.PARCEL_READY, order_number(dossier_id, ordinal), 1, stamp, data)


def ordered(parcel: Parcel, stamp: Stamp) -> Event:
    """Mark the order as taken by the carrier."""
    return _next(parcel, EventType.PARCEL_ORDERED, stamp, {"state": ParcelState.ORDERED.value})


def refused(parcel: Parcel, code: str, stamp: Stamp) -> Event:
    """End the parcel because the carrier refuses its order; the applicant chooses again."""
    return _next(
        parcel, EventType.PARCEL_REFUSED, stamp, {"state": ParcelState.CANCELLED.value, "reason": f"carrier:{code}"}
    )


def check_credible(parcel: Parcel, report: TrackingUpdate, real_now: datetime) -> None:
    """Raise InvalidError when a report cannot be true.

    Its moment cannot lie in the future, nor before the result was ready. What follows the collection cannot precede it.
    """
    if report.occurred_at > real_now + CLOCK_SKEW:
        raise InvalidError("report_from_the_future", "/occurred_at")
    if parcel.ready_at and report.occurred_at < parcel.ready_at - CLOCK_SKEW:
        raise InvalidError("report_before_ready", "/occurred_at")
    after_collection = report.state is not None and report.state not in BEFORE_COLLECTION | {ParcelState.COLLECTED}
    if after_collection and parcel.collected_at and report.occurred_at < parcel.collected_at:
        raise InvalidError("report_before_collection", "/occurred_at")


def reported(parcel: Parcel, report: TrackingUpdate, facts: dict[str, object], stamp: Stamp) -> Event:
    """Return the event of a carrier's report: a move, or a mere note when it is late or the parcel has ended."""
    place, reason = known(report.place, PLACES), known(report.reason, REASONS)
    data: dict[str, object] = {"code": report.code, "place": place, "reason": reason}
    if report.state is ParcelState.COLLECTED and parcel.collected_at is None and not _ended_before(parcel, report):
        return _next(parcel, EventType.PARCEL_COLLECTED, stamp, facts | data | {"state": report.state.value})
    stale = report.occurred_at < parcel.reported_at
    is_delivery = report.state is ParcelState.DELIVERED
    yields = parcel.state in (ParcelState.LOST, ParcelState.DAMAGED) and not is_delivery
    if report.state is None or stale or yields or parcel.state in FINAL:
        return _next(parcel, EventType.PARCEL_NOTED, stamp, data)
    data["state"] = report.state.value
    if is_delivery:
        return _next(parcel, EventType.PARCEL_DELIVERED, stamp, data)
    ended = report.state in FINAL
    return _next(parcel, EventType.PARCEL_CLOSED if ended else EventType.PARCEL_MOVED, stamp, data)


def known(word: str, words: frozenset[str]) -> str:
    """Return `word` if it is one of `words`, else an empty text."""
    return word if word in words else ""


def _ended_before(parcel: Parcel, report: TrackingUpdate) -> bool:
    """Whether the parcel had reached its end before: then a collection is no hand-over, only something to note."""
    undelivered = parcel.state in FINAL and parcel.state is not ParcelState.DELIVERED
    return undelivered or (parcel.state is ParcelState.DELIVERED and report.occurred_at > parcel.reported_at)


def evolve(parcel: Parcel | None, event: Event) -> Parcel:
    """Return the state after `event`. Replaying all events of a parcel from None gives its present state."""
    data, at = event.data, event.stamp.occurred_at
    if parcel is None:
        return Parcel(
            order_number=event.subject,
            dossier_id=str(data["dossier"]),
            version=event.version,
            state=ParcelState.READY,
            carrier_id=str(data["carrier"]),
            reported_at=at,
            ready_at=at,
        )
    after = replace(parcel, version=event.version)
    if event.type is EventType.PARCEL_COLLECTED:
        after = replace(after, collected_at=at)
    late = at < parcel.reported_at or parcel.state in FINAL
    if "state" not in data or late:
        return after
    state = ParcelState(str(data["state"]))
    return replace(
        after,
        state=state,
        reported_at=at,
        attempts=parcel.attempts + (state is ParcelState.ATTEMPT_FAILED),
        place=str(data.get("place", "") or parcel.place),
        reason=str(data.get("reason", "") or parcel.reason),
    )


def _next(parcel: Parcel, event_type: EventType, stamp: Stamp, data: dict[str, object]) -> Event:
    return Event(event_type, parcel.order_number, parcel.version + 1, stamp, data)
