"""A parcel: one result on its way to the applicant by post. It has a life of its own beside the dossier, which stays at 9."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.domain.errors import InvalidError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.record import dataclass


class ParcelState(StrEnum):
    """Our words for what carriers report."""

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
"""Nothing undoes these. Lost and damaged are not final: they yield to a later delivery."""

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
    """The present state of one order at the carrier. `order_number` is the dossier's id and the parcel's ordinal."""

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
    """What a carrier says happened. `state` is None for a code that is known to change nothing."""

    state: ParcelState | None
    code: str
    occurred_at: datetime
    place: str = ""
    reason: str = ""


def order_number(dossier_id: str, ordinal: int) -> str:
    """The same for every try of the same parcel: a carrier recognises a repeated order by it."""
    return f"{dossier_id}-{ordinal}"


def dossier_id_of(order: str) -> str:
    """The dossier behind an order number; InvalidError when it is not one of ours."""
    dossier_id, dash, ordinal = order.rpartition("-")
    if not dash or not ordinal.isdecimal():
        raise InvalidError("unknown_parcel", "/order_number")
    return dossier_id


def ready(dossier_id: str, ordinal: int, carrier_id: str, facts: dict[str, object], stamp: Stamp) -> Event:
    """The result lies packed at the one-stop unit; `facts` are what the figures must know of the dossier."""
    data = facts | {"dossier": dossier_id, "carrier": carrier_id}
    return Event(EventType.PARCEL_READY, order_number(dossier_id, ordinal), 1, stamp, data)


def ordered(parcel: Parcel, stamp: Stamp) -> Event:
    """The carrier has taken the order."""
    return _next(parcel, EventType.PARCEL_ORDERED, stamp, {"state": ParcelState.ORDERED.value})


def refused(parcel: Parcel, code: str, stamp: Stamp) -> Event:
    """The carrier will not take the order: the parcel ends here, and the applicant chooses again."""
    return _next(
        parcel, EventType.PARCEL_REFUSED, stamp, {"state": ParcelState.CANCELLED.value, "reason": f"carrier:{code}"}
    )


def check_credible(parcel: Parcel, report: TrackingUpdate, real_now: datetime) -> None:
    """Raise InvalidError for a report that cannot be true.

    From the future; from before the result lay ready; or, of what follows collection, from before the collection.
    """
    if report.occurred_at > real_now + CLOCK_SKEW:
        raise InvalidError("report_from_the_future", "/occurred_at")
    if parcel.ready_at and report.occurred_at < parcel.ready_at - CLOCK_SKEW:
        raise InvalidError("report_before_ready", "/occurred_at")
    after_collection = report.state is not None and report.state not in BEFORE_COLLECTION | {ParcelState.COLLECTED}
    if after_collection and parcel.collected_at and report.occurred_at < parcel.collected_at:
        raise InvalidError("report_before_collection", "/occurred_at")


def reported(parcel: Parcel, report: TrackingUpdate, facts: dict[str, object], stamp: Stamp) -> Event:
    """The event that a carrier's report makes: a move, or a mere note when it is late or the parcel is at an end."""
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
    """`word` where it is one of `words`, else nothing."""
    return word if word in words else ""


def _ended_before(parcel: Parcel, report: TrackingUpdate) -> bool:
    """Whether the parcel was at an end already: then a collection is no hand-over, only something to note."""
    undelivered = parcel.state in FINAL and parcel.state is not ParcelState.DELIVERED
    return undelivered or (parcel.state is ParcelState.DELIVERED and report.occurred_at > parcel.reported_at)


def evolve(parcel: Parcel | None, event: Event) -> Parcel:
    """The state after `event`; replaying all events of a parcel from None gives its present state."""
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
