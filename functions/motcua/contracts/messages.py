"""Events as they travel: CloudEvents 1.0 in JSON. They name things by id and never hold personal data."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.jobs.bulk import Given
from motcua.domain.jobs.job import Traversal

ORDER_NUMBER = r"^[0-9A-HJKMNP-TV-Z]{16}-[0-9]{1,4}$"
"""A dossier's id and the parcel's ordinal: what does not look so is none of ours, and may be personal."""

_PREFIX, _SUFFIX = "vn.motcua.", ".v1"


class EventMessage(BaseModel):
    """A CloudEvent of type `vn.motcua.<subject>.<past tense>.v1`; unknown attributes are left unread."""

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
        """Raise ValueError for a type that this version does not know."""
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


class GivenDossier(BaseModel):
    """One dossier of a selection; with a version, only if it is still at that one."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    dossier: str = Field(max_length=16)
    version: int | None = None


class JobMessage(BaseModel):
    """One step of a job: the next stretch of its walk over the desks, a stretch of the selection that it was given, or the
    dossier to be dealt with."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(max_length=200)
    source: Literal["urn:motcua"] = "urn:motcua"
    type: Literal["vn.motcua.job.walked.v1", "vn.motcua.job.given.v1", "vn.motcua.job.found.v1"]
    time: datetime = Field(description="When the job was started (domain time)")
    job: str = Field(max_length=60)
    dossier: str | None = Field(
        default=None, max_length=16, description="Whom this step deals with; left out for a walk"
    )
    version: int | None = Field(default=None, description="At which version it must still be, where that was said")
    given: list[GivenDossier] | None = Field(default=None, description="A stretch of the selection")
    round: int = 1
    desk: str = Field(default="", description="The desk at which the walk stands")
    after: str = Field(default="", description="Where on this desk it goes on; empty when it was seen to its end")
    found: bool = Field(default=False, description="Whether this round has found a dossier that no round found before")
    correlationid: str = Field(max_length=100)

    @property
    def walk(self) -> Traversal:
        """Where the walk stands."""
        return Traversal(self.round, self.desk, self.after, self.found)

    @property
    def selected(self) -> list[Given]:
        """The stretch of a selection that this step lists; empty for another step."""
        return [Given(each.dossier, each.version) for each in self.given or []]

    @property
    def one(self) -> Given:
        """The dossier that this step deals with."""
        return Given(self.dossier or "", self.version)
