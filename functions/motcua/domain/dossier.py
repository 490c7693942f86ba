"""A dossier (hồ sơ) and its acts. Each act checks the rules and answers with the event; `evolve` draws the new state from it."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua.domain.errors import RefusedError
from motcua.domain.event import Event, EventType, Stamp, moment
from motcua.domain.number import GivenNumber
from motcua.domain.registry import Level, Procedure, Unit
from motcua.domain.status import Status, check_move


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

    @property
    def inbox_unit_id(self) -> str:
        """Whose desk it lies on: the agency's while in process, the one-stop unit's before and after, nobody's at an end."""
        if self.status in (Status.RETURNED, Status.NOT_ACCEPTED, Status.WITHDRAWN):
            return ""
        return self.agency_id if self.status is Status.IN_PROCESS else self.one_stop_id


def processing_agency(procedure: Procedure, one_stop: Unit) -> str:
    """The id of the agency that issues the result of `procedure` received at `one_stop`.

    The department that owns the procedure at the provincial level (and at every level when its owner is one of the
    department's own units); the committee of the receiving one-stop unit elsewhere. RefusedError when the procedure is
    unpublished, or not received at this level or unit.
    """
    if not procedure.published:
        raise RefusedError("procedure_not_published", "/procedure_code", rule="R4", procedure=procedure.code)
    level = one_stop.level
    of_department = level is Level.PROVINCE or procedure.counts_in_department
    agency_id = procedure.agency_id if of_department else one_stop.committee_id
    served = level is not Level.PROVINCE or agency_id in one_stop.serves
    if level not in procedure.levels or not agency_id or not served:
        raise RefusedError(
            "procedure_not_received_here", "/one_stop_id", procedure=procedure.code, unit=one_stop.name_vi
        )
    return agency_id


def check_post_offered(procedure: Procedure, channel: ChannelOut) -> None:
    if channel is ChannelOut.POST and not procedure.offers_post:
        raise RefusedError("post_not_offered", "/channel_out", procedure=procedure.code)


def opened(
    event_type: EventType,
    dossier_id: str,
    procedure: Procedure,
    one_stop: Unit,
    channels: tuple[ChannelIn, ChannelOut],
    stamp: Stamp,
    **more: object,
) -> Event:
    """The first event: `dossier.submitted` (online) or `dossier.received` (counter, post; with number and due date)."""
    check_post_offered(procedure, channels[1])
    if channels[0] is ChannelIn.POST and procedure.post_in is False:
        raise RefusedError("post_not_accepted", "/channel_in", procedure=procedure.code)
    data = {
        "procedure": procedure.code,
        "one_stop": one_stop.id,
        "agency": processing_agency(procedure, one_stop),
        "channel_in": channels[0].value,
        "channel_out": channels[1].value,
    }
    return Event(event_type, dossier_id, 1, stamp, data | more)


def accepted(dossier: Dossier, given: GivenNumber, due_at: datetime | None, stamp: Stamp) -> Event:
    """An online submission becomes a received dossier: it gets its number and its date (1→2)."""
    check_move("accept", dossier.status)
    return _next(dossier, EventType.DOSSIER_RECEIVED, stamp, facts_for_figures(dossier) | reception(given, due_at))


def reception(given: GivenNumber, due_at: datetime | None) -> dict[str, object]:
    """What acceptance adds to a dossier."""
    due = due_at.isoformat() if due_at else None
    return {"number": given.number, "number_is_sample": given.is_sample, "due_at": due}


def not_accepted(dossier: Dossier, stamp: Stamp) -> Event:
    """An online submission is refused at intake (1→3, form 03). Its mandatory reason is kept with the persons."""
    check_move("refuse", dossier.status)
    return _next(dossier, EventType.DOSSIER_NOT_ACCEPTED, stamp, {})


def transferred(dossier: Dossier, stamp: Stamp) -> Event:
    """The electronic dossier reaches the processing agency's inbox (2→4)."""
    check_move("transfer", dossier.status)
    return _next(dossier, EventType.DOSSIER_TRANSFERRED, stamp, {"agency": dossier.agency_id})


def taken_over(dossier: Dossier, stamp: Stamp) -> Event:
    """An officer takes the dossier; taking over again hands it to the new officer."""
    check_move("take_over", dossier.status)
    return _next(dossier, EventType.DOSSIER_TAKEN_OVER, stamp, {"officer": stamp.actor})


def resolved(dossier: Dossier, stamp: Stamp) -> Event:
    """The result is at the one-stop unit (4→9); registered for post, it opens a parcel."""
    check_move("resolve", dossier.status)
    if not dossier.officer:
        raise RefusedError("not_taken_over")
    return _next(
        dossier,
        EventType.DOSSIER_RESOLVED,
        stamp,
        facts_for_figures(dossier) | _opens_parcel(dossier, dossier.channel_out),
    )


def return_channel_chosen(dossier: Dossier, procedure: Procedure, channel: ChannelOut, stamp: Stamp) -> Event:
    """The applicant chooses how the result comes; possible until the parcel is under way (R5)."""
    check_move("choose_return_channel", dossier.status)
    check_post_offered(procedure, channel)
    if dossier.parcel_open:
        raise RefusedError("parcel_under_way", "/channel_out")
    parcel = _opens_parcel(dossier, channel) if dossier.status is Status.RESULT_READY else {}
    return _next(dossier, EventType.RETURN_CHANNEL_CHOSEN, stamp, {"channel_out": channel.value} | parcel)


def came_back(dossier: Dossier, reason: str, stamp: Stamp) -> Event:
    """The parcel ended without a delivery: the result lies at the one-stop unit again and the dossier stays at 9."""
    return _next(dossier, EventType.DOSSIER_RESULT_CAME_BACK, stamp, {"reason": reason})


def returned(dossier: Dossier, channel: ChannelOut, stamp: Stamp, **post: object) -> Event:
    """The applicant has the result (9→10): handed over by a clerk, or delivered by the post, which `post` describes."""
    check_move("return", dossier.status)
    if channel is not ChannelOut.POST and dossier.parcel_open:
        raise RefusedError("parcel_under_way", "/channel")
    return _next(
        dossier, EventType.DOSSIER_RETURNED, stamp, facts_for_figures(dossier) | {"channel_out": channel.value} | post
    )


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


def _opens_parcel(dossier: Dossier, channel: ChannelOut) -> dict[str, object]:
    return {"parcel": dossier.parcels + 1} if channel is ChannelOut.POST else {}


def _next(dossier: Dossier, event_type: EventType, stamp: Stamp, data: dict[str, object]) -> Event:
    return Event(event_type, dossier.id, dossier.version + 1, stamp, data)
