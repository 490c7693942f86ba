"""Ask the postal partner to fetch and deliver a result.

A silent partner is asked again; a refused order ends its parcel.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from motcua.domain.dossier.acts.results import came_back
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Event, Stamp
from motcua.domain.local_time import local_day
from motcua.domain.post import parcel as parcels
from motcua.domain.post.parcel import Parcel, ParcelState
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit
from motcua.ports.changes import Change
from motcua.ports.dossiers import Dossiers
from motcua.ports.post import Order, OrderRefusedError, Party, PostalPartner
from motcua.ports.registry import Registry
from motcua.usecases.dossier_command import changed

DESCRIPTION = "Kết quả giải quyết thủ tục hành chính"
"""What the carrier reads on the order. It never names the procedure, because some concern nobody else."""


FIRST_TRY = timedelta(minutes=1)
"""An older event was sent again, by the sweep or by an operator: an order may have gone out before."""


class NothingToDispatchError(Exception):
    """The event names a parcel that does not exist."""


@dataclass(frozen=True, slots=True)
class DispatchMessage:
    """The message that a parcel is ready: its event, the outbox item that it settles, and whether it came before."""

    event: Event
    settles: str
    came_before: bool = False


def dispatch_parcel(
    message: DispatchMessage, real_now: datetime, dossiers: Dossiers, registry: Registry, partner: PostalPartner
) -> ParcelState:
    """Order the parcel's delivery. Return the state that the parcel has then.

    Raises OrderUnknownError when the partner did not answer. The message then comes again. One that came before, or
    whose event is older than a minute, asks before it sends a second time.
    """
    event, settles = message.event, message.settles
    found = dossiers.load_with_parcel(event.subject)
    if found is None:
        raise NothingToDispatchError(event.subject)
    dossier, parcel, persons = found
    at = max(event.stamp.occurred_at, parcel.reported_at)  # never before what the carrier has reported
    stamp = Stamp(at, real_now, "system:dispatch", event.stamp.correlation_id)
    if parcel.state is not ParcelState.READY:
        dossiers.commit(Change(events=(), settles=settles))
        return parcel.state
    try:
        ask_first = message.came_before or real_now - event.stamp.recorded_at > FIRST_TRY
        if not (ask_first and partner.has(parcel.order_number)):
            partner.place(_order(parcel, dossier, persons, registry.unit(dossier.one_stop_id), stamp))
    except OrderRefusedError as refusal:
        change = _ended(dossier, parcel, refusal.reason, stamp)
    else:
        ordered = parcels.ordered(parcel, stamp)
        change = Change((ordered,), parcel=parcels.evolve(parcel, ordered))
    dossiers.commit(replace(change, settles=settles))
    assert change.parcel is not None
    return change.parcel.state


def _ended(dossier: Dossier, parcel: Parcel, reason: str, stamp: Stamp) -> Change:
    refused = parcels.refused(parcel, reason, stamp)
    later = replace(stamp, occurred_at=max(stamp.occurred_at, dossier.changed_at))  # never before what happened since
    change = changed(dossier, came_back(dossier, f"carrier:{reason}", later))
    return replace(change, events=(*change.events, refused), parcel=parcels.evolve(parcel, refused))


def _order(parcel: Parcel, dossier: Dossier, persons: Persons, one_stop: Unit | None, stamp: Stamp) -> Order:
    """Return the order.

    The registry knows no address of a one-stop unit: the carrier fetches by its name of that day.
    """
    to, day = persons.result_goes_to, local_day(stamp.occurred_at)
    counter = one_stop.on(day).name_vi if one_stop else dossier.one_stop_id
    sender = Party(counter, counter, "")
    return Order(parcel.order_number, sender, Party(to.name, to.address, to.phone), DESCRIPTION)
