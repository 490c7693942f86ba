"""Timelines as answered: every event for staff, stages for whoever tracks a dossier."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.model import Outward
from motcua.domain.event import Event


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


def _event(event: Event, reasons: Mapping[int, str]) -> EventView:
    """Return one entry. Reasons are stored by the dossier's version: a parcel counts its own versions."""
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
