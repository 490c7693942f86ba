"""Apply what a carrier reported: the parcel moves, and a delivery returns the dossier (9→10) in the same transaction.

A callback that cannot be believed or understood is quarantined: a person must look at it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from motcua.domain.dossier.acts.results import came_back, returned
from motcua.domain.dossier.dossier import ChannelOut, Dossier, facts_for_figures
from motcua.domain.errors import InvalidError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.local_time import local_day
from motcua.domain.post import parcel as parcels
from motcua.domain.post.parcel import Parcel, ParcelState, TrackingUpdate
from motcua.domain.record import dataclass
from motcua.domain.reports.figure import post_counts
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.dossiers import Dossiers
from motcua.ports.post import Callbacks
from motcua.ports.registry import Registry
from motcua.usecases.dossier_command import changed


@dataclass(frozen=True, slots=True)
class CarrierReport:
    """A partner's callback as it was read. `carrier_system` says whose code list `code` belongs to."""

    carrier_system: str
    order_number: str
    code: str
    occurred_at: datetime
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeptCallback:
    """The message that a partner's callback was kept: which one, and the pending message that its effect settles.

    `order_number` is empty where it could not be read from the callback.
    """

    partner: str
    webhook_id: str
    order_number: str
    correlation_id: str
    settles: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a callback: the parcel's event, or, in `quarantined`, the code of why there is none.

    `contradicts_cancellation`: the carrier reports a parcel whose order it is believed to have refused.
    `after_reissue`: a parcel that was given up for lost has turned up, so that there are two results.
    """

    event: Event | None = None
    quarantined: str = ""
    contradicts_cancellation: bool = False
    after_reissue: bool = False


def apply_parcel_event(
    kept: KeptCallback,
    real_now: datetime,
    read: Callable[[str], CarrierReport | None],
    callbacks: Callbacks,
    dossiers: Dossiers,
    registry: Registry,
) -> Applied:
    """Apply a kept callback, or quarantine it. `read` makes a report of its raw body, None where it cannot.

    Raises LookupError when the callback was never kept, and AlreadySettledError when it had its effect before.
    """
    body, found = callbacks.load(kept.partner, kept.webhook_id, kept.order_number)
    try:
        report = read(body)
        if report is None:
            return _quarantined(kept, "unreadable_callback", callbacks)
        event = apply_report(report, found, kept, real_now, dossiers, registry)
    except InvalidError as error:
        return _quarantined(kept, error.code, callbacks)
    assert found is not None
    dossier, parcel = found
    return Applied(
        event,
        contradicts_cancellation=event.type is EventType.PARCEL_NOTED and parcel.state is ParcelState.CANCELLED,
        after_reissue=event.type is EventType.PARCEL_DELIVERED and not _is_awaited(dossier, parcel),
    )


def apply_report(
    report: CarrierReport,
    found: tuple[Dossier, Parcel] | None,
    kept: KeptCallback,
    real_now: datetime,
    dossiers: Dossiers,
    registry: Registry,
) -> Event:
    """Write the event that the report makes of the dossier and the parcel `found` for it, and return it.

    Raises InvalidError when the report cannot be believed or understood.
    """
    state = registry.parcel_state(report.carrier_system, report.code)
    if state is None:
        raise InvalidError(
            "unknown_carrier_code", "/code", carrier_system=report.carrier_system, status_code=report.code
        )
    if found is None or found[1].order_number != report.order_number:
        raise InvalidError("unknown_parcel", "/order_number")
    dossier, parcel = found
    update = TrackingUpdate(
        ParcelState(state) if state else None, report.code, report.occurred_at, report.place, report.reason
    )
    parcels.check_credible(parcel, update, real_now)
    stamp = Stamp(report.occurred_at, real_now, f"carrier:{report.carrier_system}", kept.correlation_id)
    event = parcels.reported(parcel, update, _facts(dossier), stamp)
    change = Change((event,), parcel=parcels.evolve(parcel, event), settles=kept.settles)
    dossiers.commit(_with_dossier(change, event, dossier, parcel, registry))
    return event


def _quarantined(kept: KeptCallback, why: str, callbacks: Callbacks) -> Applied:
    callbacks.quarantine(kept.partner, kept.webhook_id, why, kept.settles)
    return Applied(quarantined=why)


def _is_awaited(dossier: Dossier, parcel: Parcel) -> bool:
    """Whether the dossier's result is in this parcel. It is not once the parcel was given up for lost."""
    return dossier.parcel_open and parcel.order_number == parcels.order_number(dossier.id, dossier.parcels)


def _with_dossier(change: Change, event: Event, dossier: Dossier, parcel: Parcel, registry: Registry) -> Change:
    """Return `change` with what the event does to the dossier.

    A delivery returns the dossier; an end without delivery brings the result back to the one-stop unit. A parcel that
    was given up for lost, so that the result was made anew, moves alone when it turns up again.
    """
    if dossier.status is not Status.RESULT_READY or not _is_awaited(dossier, parcel):
        return change
    match event.type:
        case EventType.PARCEL_DELIVERED:
            day, place = local_day(event.stamp.occurred_at), str(event.data.get("place", ""))
            is_public = registry.rules().is_public_postal_service(parcel.carrier_id, day)
            missing_place = registry.rules().missing_place(parcel.carrier_id, day)
            counts, why = post_counts(place=place, missing_place=missing_place, carrier_is_public=is_public)
            post = {"order_number": parcel.order_number, "post_counts": counts, "post_why": why}
            done = returned(dossier, ChannelOut.POST, event.stamp, **post)
        case EventType.PARCEL_CLOSED:
            done = came_back(dossier, str(event.data["state"]), event.stamp)
        case _:
            return change
    of_dossier = changed(dossier, done)
    return replace(change, events=(*of_dossier.events, event), dossier=of_dossier.dossier)


def _facts(dossier: Dossier) -> dict[str, object]:
    return facts_for_figures(dossier) | {"dossier": dossier.id}
