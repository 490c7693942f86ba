"""Events as sent: CloudEvents 1.0 in JSON. They name things by id and never hold personal data."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.domain.event import Event, EventType, Stamp

ORDER_NUMBER = r"^[0-9A-HJKMNP-TV-Z]{16}-[0-9]{1,4}$"
"""A dossier's id and the parcel's ordinal: what does not look so is none of ours, and may be personal."""

_PREFIX, _SUFFIX = "vn.motcua.", ".v1"


class EventMessage(BaseModel):
    """A CloudEvent of type `vn.motcua.<subject>.<past tense>.v1`; unknown attributes are ignored."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(description="Subject and version: the same for every copy of the same event", max_length=100)
    source: Literal["urn:motcua"] = "urn:motcua"
    type: str = Field(pattern=r"^vn\.motcua\.[a-z]+\.[a-z_]+\.v1$")
    subject: str = Field(description="Dossier id, or order number of a parcel", max_length=40)
    time: datetime = Field(description="When it happened (domain time)")
    datacontenttype: Literal["application/json"] = "application/json"
    recordedtime: datetime = Field(description="When it was recorded (real time)")
    version: int = Field(ge=1)
    actor: str = Field(max_length=100)
    correlationid: str = Field(max_length=100)
    data: dict[str, Any]

    @classmethod
    def from_domain(cls, event: Event) -> "EventMessage":
        return cls.model_construct(
            id=event.id,
            type=f"{_PREFIX}{event.type.value}{_SUFFIX}",
            subject=event.subject,
            time=event.stamp.occurred_at,
            recordedtime=event.stamp.recorded_at,
            version=event.version,
            actor=event.stamp.actor,
            correlationid=event.stamp.correlation_id,
            data={name: value for name, value in event.data.items() if value is not None},
        )

    def to_domain(self) -> Event:
        """Return the event. Raises ValueError for a type that this version does not know."""
        event_type = EventType(self.type.removeprefix(_PREFIX).removesuffix(_SUFFIX))
        stamp = Stamp(self.time, self.recordedtime, self.actor, self.correlationid)
        return Event(event_type, self.subject, self.version, stamp, self.data)


class CallbackMessage(BaseModel):
    """Tells the parcels' consumer that a partner's callback was kept; the callback itself stays in its table."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(max_length=200)
    source: Literal["urn:motcua"] = "urn:motcua"
    type: Literal["vn.motcua.callback.kept.v1"] = "vn.motcua.callback.kept.v1"
    time: datetime
    partner: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    webhookid: str = Field(max_length=150)
    ordernumber: str | None = Field(
        default=None, pattern=ORDER_NUMBER, description="Which parcel, where the callback could be read"
    )
    correlationid: str = Field(max_length=100)
