"""Apply what a carrier reported: the parcel moves, and a delivery returns the dossier (9→10) in the same transaction."""

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
from motcua.ports.registry import Registry
from motcua.usecases.dossier_command import changed


@dataclass(frozen=True, slots=True)
class CarrierReport:
    """A partner's callback, read: `carrier_system` says whose code list `code` belongs to."""

    carrier_system: str
    order_number: str
    code: str
    occurred_at: datetime
    place: str
    reason: str


def apply_parcel_event(
    report: CarrierReport,
    found: tuple[Dossier, Parcel] | None,
    settles: str,
    real_now: datetime,
    correlation_id: str,
    dossiers: Dossiers,
    registry: Registry,
) -> Event:
    """The event that the report became of the dossier and the parcel `found` for it.

    InvalidError when it cannot be believed or understood: for quarantine.
    """
    state = registry.parcel_state(report.carrier_system, report.code)
    if state is None:
        raise InvalidError(
            "unknown_carrier_code", "/code", carrier_system=report.carrier_system, status_code=report.code
        )
    if found is None or found[1].order_number != report.order_number:
        raise InvalidError("unknown_parcel", "/order_number")
    dossier, parcel = found
    told = TrackingUpdate(
        ParcelState(state) if state else None, report.code, report.occurred_at, report.place, report.reason
    )
    parcels.check_credible(parcel, told, real_now)
    stamp = Stamp(report.occurred_at, real_now, f"carrier:{report.carrier_system}", correlation_id)
    event = parcels.reported(parcel, told, _facts(dossier), stamp)
    change = Change((event,), parcel=parcels.evolve(parcel, event), settles=settles)
    dossiers.commit(_with_dossier(change, event, dossier, parcel, registry))
    return event


def _with_dossier(change: Change, event: Event, dossier: Dossier, parcel: Parcel, registry: Registry) -> Change:
    """A delivery returns the dossier; an end without delivery brings the result back to the one-stop unit.

    A parcel that was given up for lost, so that the result was made anew, moves by itself alone when it turns up again.
    """
    is_latest = parcel.order_number == parcels.order_number(dossier.id, dossier.parcels)
    if dossier.status is not Status.RESULT_READY or not dossier.parcel_open or not is_latest:
        return change
    match event.type:
        case EventType.PARCEL_DELIVERED:
            day, place = local_day(event.stamp.occurred_at), str(event.data.get("place", ""))
            is_public = registry.rules().is_public_postal_service(parcel.carrier_id, day)
            counts, why = post_counts(place=place, carrier_is_public=is_public)
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
