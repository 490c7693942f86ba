"""What is answered of what happened: every event to staff, stages to who tracks a dossier."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.dossier.views import StatusView, shared_fields
from motcua.contracts.model import Outward
from motcua.contracts.reading.timeline import StageView, stage_views
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.event import Event
from motcua.usecases.reading.read_timeline import Told


class EventView(Outward):
    """One entry of a timeline."""

    type: str
    subject: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    data: dict[str, object]
    reason: str | None = Field(description="Why it was done, where it had to be said; null of a parcel")


class TimelineView(Outward):
    """Every event of a dossier and its parcels, in the order of recording."""

    events: list[EventView]

    @classmethod
    def of(cls, events: Sequence[Event], reasons: Mapping[int, str] = MappingProxyType({})) -> "TimelineView":
        return cls.model_construct(events=[_event(event, reasons) for event in events])


class TrackingView(Outward):
    """What anybody sees who knows number and identity number: stage and dates, nothing personal."""

    number: str
    number_is_sample: bool
    status: StatusView
    procedure_code: str
    received_at: datetime | None
    due_at: datetime | None
    new_due_at: datetime | None = Field(
        description="The new date of an apology; late is measured by `due_at` all the same"
    )
    ready_at: datetime | None
    returned_at: datetime | None
    channel_out: ChannelOut
    parcel: str | None
    stages: list[StageView] = Field(description="What happened so far, as its applicant sees it; no reasons")

    @classmethod
    def from_domain(cls, dossier: Dossier, told: Iterable[Told] = ()) -> "TrackingView":
        known = shared_fields(dossier) | {"stages": stage_views(told)}
        return cls.model_construct(**{name: known[name] for name in cls.model_fields})


def _event(event: Event, reasons: Mapping[int, str]) -> EventView:
    """Reasons are by version of the dossier: a parcel counts its own."""
    stamp = event.stamp
    return EventView.model_construct(
        type=event.type.value,
        subject=event.subject,
        version=event.version,
        occurred_at=local(stamp.occurred_at),
        recorded_at=local(stamp.recorded_at),
        actor=stamp.actor,
        data=dict(event.data),
        reason=None if event.of_parcel else reasons.get(event.version),
    )
