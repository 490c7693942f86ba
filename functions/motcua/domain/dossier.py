"""A dossier (hồ sơ): its present state, and how each event leads to the next. Its acts are in `motcua.domain.acts`."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua.domain.event import Event, EventType, moment
from motcua.domain.status import Status


def is_dossier_id(text: str) -> bool:
    """Whether `text` has the shape of a dossier's id: sixteen characters of Crockford's base 32."""
    return re.fullmatch("[0-9A-HJKMNP-TV-Z]{16}", text) is not None


class ChannelIn(StrEnum):
    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


class ChannelOut(StrEnum):
    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Dossier:
    """The present state of one applicant's case under one procedure; moments are UTC. It is never written but by events."""

    id: str
    version: int
    status: Status
    procedure_code: str
    one_stop_id: str
    agency_id: str
    channel_in: ChannelIn
    channel_out: ChannelOut
    changed_at: datetime
    number: str = ""
    number_is_sample: bool = False
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    ready_at: datetime | None = None
    returned_at: datetime | None = None
    officer: str = ""
    parcels: int = 0
    parcel_open: bool = False
    procedure_version: int = 1

    @property
    def inbox_unit_id(self) -> str:
        """Whose desk it lies on: the agency's while in process, the one-stop unit's before and after, nobody's at an end."""
        if self.status in (Status.RETURNED, Status.NOT_ACCEPTED, Status.WITHDRAWN):
            return ""
        return self.agency_id if self.status is Status.IN_PROCESS else self.one_stop_id


def evolve(dossier: Dossier | None, event: Event) -> Dossier:
    """The state after `event`. Replaying all events of a dossier from None gives its present state."""
    data, at = event.data, event.stamp.occurred_at
    if dossier is None:
        dossier = Dossier(
            id=event.subject,
            version=0,
            status=Status.SUBMITTED,
            procedure_code=str(data["procedure"]),
            one_stop_id=str(data["one_stop"]),
            agency_id=str(data["agency"]),
            channel_in=ChannelIn(str(data["channel_in"])),
            channel_out=ChannelOut(str(data["channel_out"])),
            changed_at=at,
            procedure_version=int(str(data.get("procedure_version", 1))),
            submitted_at=at if event.type is EventType.DOSSIER_SUBMITTED else None,
        )
    after = replace(dossier, version=event.version, changed_at=at)
    if "parcel" in data:
        after = replace(after, parcels=int(str(data["parcel"])), parcel_open=True)
    match event.type:
        case EventType.DOSSIER_RECEIVED:
            due_at = moment(data["due_at"]) if data.get("due_at") else None
            number, sample = str(data["number"]), bool(data["number_is_sample"])
            after = replace(after, number=number, number_is_sample=sample)
            return replace(after, status=Status.RECEIVED, received_at=at, due_at=due_at)
        case EventType.DOSSIER_NOT_ACCEPTED:
            return replace(after, status=Status.NOT_ACCEPTED)
        case EventType.DOSSIER_TRANSFERRED:
            return replace(after, status=Status.IN_PROCESS)
        case EventType.DOSSIER_TAKEN_OVER:
            return replace(after, officer=str(data["officer"]))
        case EventType.DOSSIER_RESOLVED:
            return replace(after, status=Status.RESULT_READY, ready_at=at)
        case EventType.DOSSIER_DUE_MOVED:
            return replace(after, due_at=moment(data["due_at"]))
        case EventType.DOSSIER_REASSIGNED:
            agency_id, one_stop_id = str(data["agency"]), str(data["one_stop"])
            officer = dossier.officer if agency_id == dossier.agency_id else ""
            return replace(after, agency_id=agency_id, one_stop_id=one_stop_id, officer=officer)
        case EventType.RETURN_CHANNEL_CHOSEN:
            return replace(after, channel_out=ChannelOut(str(data["channel_out"])))
        case EventType.DOSSIER_RESULT_CAME_BACK:
            return replace(after, parcel_open=False)
        case EventType.DOSSIER_RETURNED:
            channel = ChannelOut(str(data["channel_out"]))
            return replace(after, status=Status.RETURNED, returned_at=at, channel_out=channel, parcel_open=False)
    return after


def facts_for_figures(dossier: Dossier) -> dict[str, object]:
    """What the figures need to know of a dossier, carried by the event so that counting reads nothing else."""
    return {
        "procedure": dossier.procedure_code,
        "one_stop": dossier.one_stop_id,
        "agency": dossier.agency_id,
        "channel_in": dossier.channel_in.value,
        "channel_out": dossier.channel_out.value,
    }
