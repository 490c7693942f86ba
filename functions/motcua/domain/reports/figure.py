"""Facts: what a report counts, drawn from events. The figures are sums of facts and nothing else."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from motcua.domain.event import Event, EventType, moment
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass


class FactKind(StrEnum):
    RECEIVED = "received"
    BECAME_READY = "became_ready"
    RETURNED = "returned"
    DELIVERED_BY_POST = "delivered_by_post"
    REGISTERED_FOR_POST = "registered_for_post"
    HANDED_TO_POST = "handed_to_post"


@dataclass(frozen=True, slots=True)
class Fact:
    """One counted fact: an event counts once under one kind, for the processing agency, on the local day it happened.

    A dossier is received, ready and returned at most once, so it counts once; a parcel sent again is handed over again.
    The reversal of a mistaken fact is a fact of the same day: its `reverses` is the event that it takes back. On the
    fact of that event, `reversed_by` is the event that took it back.
    """

    kind: FactKind
    agency_id: str
    day: date
    procedure_code: str
    channel_in: str
    channel_out: str
    dossier_id: str
    event_id: str
    why: str = ""
    reverses: str = ""
    reversed_by: str = ""

    @property
    def counts(self) -> int:
        """The number that the fact adds to its figure: 1, or −1 when it takes another fact back."""
        return -1 if self.reverses else 1


_KINDS = {
    EventType.DOSSIER_RECEIVED: FactKind.RECEIVED,
    EventType.DOSSIER_RESOLVED: FactKind.BECAME_READY,
    EventType.DOSSIER_RETURNED: FactKind.RETURNED,
    EventType.RESOLUTION_REVERSED: FactKind.BECAME_READY,
    EventType.RETURN_REVERSED: FactKind.RETURNED,
    EventType.PARCEL_READY: FactKind.REGISTERED_FOR_POST,
    EventType.PARCEL_COLLECTED: FactKind.HANDED_TO_POST,
}

_OF_DOSSIER = frozenset({FactKind.RECEIVED, FactKind.BECAME_READY, FactKind.RETURNED})


def facts_of(event: Event) -> tuple[Fact, ...]:
    """Return the facts of `event`.

    A result returned by post makes two, the second only if it counts towards R6. A reversal makes one that takes
    another back.
    """
    kind = _KINDS.get(event.type)
    if kind is None:
        return ()
    data = event.data
    fact = Fact(
        kind=kind,
        agency_id=str(data["agency"]),
        day=day_of(event),
        procedure_code=str(data["procedure"]),
        channel_in=str(data["channel_in"]),
        channel_out=str(data["channel_out"]),
        dossier_id=event.subject if kind in _OF_DOSSIER else str(data["dossier"]),
        event_id=event.id,
        why=str(data.get("post_why", "")),
        reverses=str(data.get("reverses", "")),
    )
    if event.type is EventType.DOSSIER_RETURNED and data.get("post_counts"):
        return fact, replace(fact, kind=FactKind.DELIVERED_BY_POST)
    return (fact,)


def day_of(event: Event) -> date:
    """Return the local day on which `event` counts.

    A reversal counts on the day of the reversed fact. A dossier that another office had received before counts as
    received on the day of that receipt. Any other event counts on the day on which it happened.
    """
    data = event.data
    if "of_day" in data:
        return date.fromisoformat(str(data["of_day"]))
    if event.type is EventType.DOSSIER_RECEIVED and data.get("received_at"):
        return local_day(moment(data["received_at"]))
    return local_day(event.stamp.occurred_at)


def post_counts(*, place: str, missing_place: str, carrier_is_public: bool) -> tuple[bool, str]:
    """Return whether a delivery counts towards R6, and why, as a code of the report's words.

    It counts when it went to an address by the public post. `missing_place` is what a delivery without a place is taken for
    (`TakenAs`), by a dated rule of its carrier [ours]; the code says that it was taken so.
    """
    if place == "post_office":
        return False, "collected_at_post_office"
    told = place == "address"
    if not told and missing_place != "address":
        return False, "taken_as_post_office" if missing_place == "post_office" else "place_not_told"
    if not carrier_is_public:
        return False, "carrier_not_public"
    return True, "delivered_to_address" if told else "taken_as_address"
