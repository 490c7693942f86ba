"""The acts on a dossier: each checks the rules and answers with the event, from which `evolve` draws the new state."""

from collections.abc import Mapping
from datetime import datetime

from motcua.domain.dossier.components import due_at_return
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier, facts_for_figures, next_event
from motcua.domain.dossier.legs import check_legs_finished, check_turn, first_starts, starts_told
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.number import GivenNumber
from motcua.domain.errors import RefusedError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.registry.procedure import Procedure
from motcua.domain.registry.unit import Level, Unit
from motcua.domain.status import Status


def processing_agency(procedure: Procedure, one_stop: Unit) -> str:
    """The id of the agency that issues the result of `procedure` received at `one_stop`.

    The department that owns the procedure at the provincial level (and at every level when its owner is one of the
    department's own units); the committee of the receiving one-stop unit elsewhere. RefusedError when the procedure is
    not received at this level or unit.
    """
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
    """Raise RefusedError when the result cannot go by post: the published list says so, or an original is due in exchange."""
    if channel is not ChannelOut.POST:
        return
    if not procedure.offers_post:
        raise RefusedError("post_not_offered", "/channel_out", procedure=procedure.code)
    if papers := due_at_return(procedure):
        raise RefusedError("originals_due_by_post", "/channel_out", procedure=procedure.code, papers=papers)


def opened(
    event_type: EventType,
    dossier_id: str,
    procedure: Procedure,
    one_stop: Unit,
    channels: tuple[ChannelIn, ChannelOut],
    stamp: Stamp,
    **more: object,
) -> Event:
    """The first event: `dossier.received` (counter, post; with number and due date), or `dossier.submitted`: online, and for
    what is refused at the counter or out of the post, where a procedure that takes none by post is a good reason."""
    check_post_offered(procedure, channels[1])
    if event_type is EventType.DOSSIER_RECEIVED and channels[0] is ChannelIn.POST and procedure.post_in is False:
        raise RefusedError("post_not_accepted", "/channel_in", procedure=procedure.code)
    data = {
        "procedure": procedure.code,
        "procedure_version": procedure.version,
        "one_stop": one_stop.id,
        "agency": processing_agency(procedure, one_stop),
        "channel_in": channels[0].value,
        "channel_out": channels[1].value,
    }
    return Event(event_type, dossier_id, 1, stamp, data | more)


def accepted(dossier: Dossier, received: Mapping[str, object], stamp: Stamp) -> Event:
    """An online submission becomes a received dossier (1→2): `received` is its number, its date, what `reception` tells."""
    check_move("accept", dossier.status)
    return next_event(dossier, EventType.DOSSIER_RECEIVED, stamp, {**facts_for_figures(dossier), **received})


def reception(given: GivenNumber, due_at: datetime | None, calendar: str = "", **more: object) -> dict[str, object]:
    """What acceptance adds to a dossier: its number, its date and the calendar that it was counted by, and what else is
    promised at receipt."""
    due = due_at.isoformat() if due_at else None
    dated = {"due_at": due, "calendar": calendar} if calendar else {"due_at": due}
    return {"number": given.number, "number_is_sample": given.is_sample} | dated | more


def not_accepted(dossier: Dossier, stamp: Stamp) -> Event:
    """What was submitted is refused at intake (1→3, form 03). Its mandatory reason is kept with the persons."""
    check_move("refuse", dossier.status)
    return next_event(dossier, EventType.DOSSIER_NOT_ACCEPTED, stamp, {})


def withdrawn(dossier: Dossier, stamp: Stamp) -> Event:
    """The applicant wants it back (1,2,4,5,6→7). No parcel is open there: parcels open with the result."""
    check_move("withdraw", dossier.status)
    return next_event(dossier, EventType.DOSSIER_WITHDRAWN, stamp, facts_for_figures(dossier))


def receipt_corrected(dossier: Dossier, stamp: Stamp, **corrected: object) -> Event:
    """A mistaken receipt is printed again as version n+1; the number never changes."""
    check_move("correct_receipt", dossier.status)
    return next_event(
        dossier, EventType.RECEIPT_CORRECTED, stamp, {"receipt_version": dossier.receipt_version + 1} | corrected
    )


def transferred(dossier: Dossier, stamp: Stamp) -> Event:
    """The electronic dossier reaches the processing agency's inbox (2→4); of a linked one, the first step's legs begin."""
    check_move("transfer", dossier.status)
    starts = starts_told(first_starts(dossier))
    return next_event(dossier, EventType.DOSSIER_TRANSFERRED, stamp, {"agency": dossier.agency_id} | starts)


def taken_over(dossier: Dossier, stamp: Stamp, agency_id: str = "") -> Event:
    """An officer takes the dossier; taking over again hands it to the new officer. Of a linked one it is the part of the
    agency that is named, whose turn it must be."""
    check_move("take_over", dossier.status)
    if not dossier.legs:
        return next_event(dossier, EventType.DOSSIER_TAKEN_OVER, stamp, {"officer": stamp.actor})
    agency_id = agency_id or dossier.agency_id
    check_turn(dossier, agency_id)
    return next_event(dossier, EventType.DOSSIER_TAKEN_OVER, stamp, {"officer": stamp.actor, "agency": agency_id})


def resolved(dossier: Dossier, stamp: Stamp) -> Event:
    """The result is at the one-stop unit (4→9), once every other agency has done its part; registered for post, it opens a
    parcel."""
    check_move("resolve", dossier.status)
    check_legs_finished(dossier)
    if not dossier.officer:
        raise RefusedError("not_taken_over")
    return next_event(
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
    return next_event(dossier, EventType.RETURN_CHANNEL_CHOSEN, stamp, {"channel_out": channel.value} | parcel)


def came_back(dossier: Dossier, reason: str, stamp: Stamp) -> Event:
    """The parcel ended without a delivery: the result lies at the one-stop unit again and the dossier stays at 9."""
    return next_event(dossier, EventType.DOSSIER_RESULT_CAME_BACK, stamp, {"reason": reason})


def returned(dossier: Dossier, channel: ChannelOut, stamp: Stamp, **post: object) -> Event:
    """The applicant has the result (9→10): handed over by a clerk, or delivered by the post, which `post` describes."""
    check_move("return", dossier.status)
    if channel is not ChannelOut.POST and dossier.parcel_open:
        raise RefusedError("parcel_under_way", "/channel")
    return next_event(
        dossier, EventType.DOSSIER_RETURNED, stamp, facts_for_figures(dossier) | {"channel_out": channel.value} | post
    )


def due_moved(dossier: Dossier, due: datetime, calendar: str, change: str, stamp: Stamp, **legs: object) -> Event:
    """A change of the calendar moves the due date; `calendar` is the year and version that moved it, as `2020.2`. `legs` are
    the dates of linked agencies' parts that move with it."""
    before = dossier.due_at.isoformat() if dossier.due_at else None
    data: dict[str, object] = {"due_at": due.isoformat(), "before": before, "calendar": calendar, "change": change}
    return next_event(dossier, EventType.DOSSIER_DUE_MOVED, stamp, data | legs)


def reassigned(dossier: Dossier, agency_id: str, one_stop_id: str, because: str, stamp: Stamp) -> Event:
    """Units have ended: the dossier goes to those who took over. Its status stays; a new agency's officer takes it over."""
    data: dict[str, object] = {
        "agency": agency_id,
        "one_stop": one_stop_id,
        "agency_before": dossier.agency_id,
        "one_stop_before": dossier.one_stop_id,
        "because": because,
    }
    return next_event(dossier, EventType.DOSSIER_REASSIGNED, stamp, data)


def _opens_parcel(dossier: Dossier, channel: ChannelOut) -> dict[str, object]:
    return {"parcel": dossier.parcels + 1} if channel is ChannelOut.POST else {}
