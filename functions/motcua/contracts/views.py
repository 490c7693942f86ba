"""What we answer: dossiers, inboxes, timelines, tracking. Only the staff's detail view holds persons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from motcua.contracts.persons import Outward, PersonModel
from motcua.domain.calendar import LOCAL
from motcua.domain.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.event import Event
from motcua.domain.parcel import order_number
from motcua.domain.person import Persons
from motcua.domain.status import NAMES_EN, NAMES_VI, Status


def local(moment: datetime | None) -> datetime | None:
    """Times are shown in Asia/Ho_Chi_Minh."""
    return moment.astimezone(LOCAL) if moment else None


class StatusView(Outward):
    """A status by its national code, and its name in both languages."""

    code: int = Field(ge=1, le=10)
    vi: str
    en: str


class DossierView(Outward):
    """A dossier without persons: what every command answers."""

    id: str
    number: str | None = Field(description="None until an online submission is accepted")
    number_is_sample: bool = Field(description="Its agency identifier is a sample, not the official one")
    version: int
    status: StatusView
    procedure_code: str
    one_stop_id: str
    agency_id: str
    channel_in: ChannelIn
    channel_out: ChannelOut
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    ready_at: datetime | None
    returned_at: datetime | None
    reason: str | None = Field(
        description="Why it was not accepted; told where the dossier is read, by who may read it"
    )
    parcel: str | None = Field(description="Order number of the latest parcel at the postal partner")
    parcel_open: bool = Field(description="Whether that parcel is still on its way")

    @classmethod
    def from_domain(cls, dossier: Dossier, reason: str = "") -> "DossierView":
        return cls.model_construct(**_shared(dossier, reason))


class DossierDetailView(DossierView):
    """A dossier with its persons, for staff who may see it."""

    owner: PersonModel
    submitter: PersonModel | None
    recipient: PersonModel | None

    @classmethod
    def of(cls, dossier: Dossier, persons: Persons) -> "DossierDetailView":
        named: dict[str, Any] = {
            name: PersonModel.from_domain(person) if (person := getattr(persons, name)) else None
            for name in ("owner", "submitter", "recipient")
        }
        return cls.model_construct(**_shared(dossier, persons.refusal_reason), **named)


class InboxView(Outward):
    """One page of a unit's desk, oldest due first; the header `Link: …; rel="next"` opens the next page."""

    unit_id: str
    status: StatusView
    dossiers: list[DossierView]
    next_cursor: str | None

    @classmethod
    def of(cls, unit_id: str, status: int, dossiers: Sequence[Dossier], cursor: str) -> "InboxView":
        views = [DossierView.from_domain(dossier) for dossier in dossiers]
        return cls.model_construct(unit_id=unit_id, status=_status(status), dossiers=views, next_cursor=cursor or None)


class EventView(Outward):
    """One entry of a timeline."""

    type: str
    subject: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    data: dict[str, object]


class TimelineView(Outward):
    """Every event of a dossier and its parcels, in the order of recording."""

    events: list[EventView]

    @classmethod
    def of(cls, events: Sequence[Event]) -> "TimelineView":
        return cls.model_construct(events=[_event(event) for event in events])


class TrackingView(Outward):
    """What anybody sees who knows number and identity number: stage and dates, nothing personal."""

    number: str
    number_is_sample: bool
    status: StatusView
    procedure_code: str
    received_at: datetime | None
    due_at: datetime | None
    ready_at: datetime | None
    returned_at: datetime | None
    channel_out: ChannelOut
    parcel: str | None

    @classmethod
    def from_domain(cls, dossier: Dossier) -> "TrackingView":
        shared = _shared(dossier)
        return cls.model_construct(**{name: shared[name] for name in cls.model_fields})


def _shared(dossier: Dossier, reason: str = "") -> dict[str, Any]:
    return {
        "id": dossier.id,
        "number": dossier.number or None,
        "number_is_sample": dossier.number_is_sample,
        "version": dossier.version,
        "status": _status(dossier.status),
        "procedure_code": dossier.procedure_code,
        "one_stop_id": dossier.one_stop_id,
        "agency_id": dossier.agency_id,
        "channel_in": dossier.channel_in,
        "channel_out": dossier.channel_out,
        "submitted_at": local(dossier.submitted_at),
        "received_at": local(dossier.received_at),
        "due_at": local(dossier.due_at),
        "ready_at": local(dossier.ready_at),
        "returned_at": local(dossier.returned_at),
        "reason": reason or None,
        "parcel": order_number(dossier.id, dossier.parcels) if dossier.parcels else None,
        "parcel_open": dossier.parcel_open,
    }


def _status(status: int) -> StatusView:
    known = Status(status)
    return StatusView.model_construct(code=known.value, vi=NAMES_VI[known], en=NAMES_EN[known])


def _event(event: Event) -> EventView:
    stamp = event.stamp
    return EventView.model_construct(
        type=event.type.value,
        subject=event.subject,
        version=event.version,
        occurred_at=local(stamp.occurred_at),
        recorded_at=local(stamp.recorded_at),
        actor=stamp.actor,
        data=dict(event.data),
    )
