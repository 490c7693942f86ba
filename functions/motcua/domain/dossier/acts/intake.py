"""The acts at intake: each checks the rules and returns the event from which `evolve` makes the new state."""

from collections.abc import Mapping
from datetime import datetime

from motcua.domain.dossier.acts.results import check_post_offered
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier, facts_for_figures, next_event
from motcua.domain.dossier.legs import first_starts, starts_told
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.number import GivenNumber
from motcua.domain.errors import RefusedError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.registry.procedure import Procedure
from motcua.domain.registry.processing_agency import processing_agency
from motcua.domain.registry.unit import Unit


def opened(
    event_type: EventType,
    dossier_id: str,
    procedure: Procedure,
    one_stop: Unit,
    channels: tuple[ChannelIn, ChannelOut],
    stamp: Stamp,
    **more: object,
) -> Event:
    """Return the first event of a dossier: `dossier.received` or `dossier.submitted`.

    A dossier from the counter or by post is received, with its number and due date. An online one is submitted; so is
    one that is refused at the counter or from the post, where a procedure that takes none by post is a good reason.
    """
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
    """Accept an online submission as a received dossier (1→2). `received` is what `reception` returns."""
    check_move("accept", dossier.status)
    return next_event(dossier, EventType.DOSSIER_RECEIVED, stamp, {**facts_for_figures(dossier), **received})


def reception(given: GivenNumber, due_at: datetime | None, calendar: str = "", **more: object) -> dict[str, object]:
    """Return what acceptance adds to a dossier: its number, its due date, the calendar by which that was counted, and
    whatever else is promised at receipt."""
    due = due_at.isoformat() if due_at else None
    dated = {"due_at": due, "calendar": calendar} if calendar else {"due_at": due}
    return {"number": given.number, "number_is_sample": given.is_sample} | dated | more


def not_accepted(dossier: Dossier, stamp: Stamp) -> Event:
    """Refuse a submission at intake (1→3, form 03). The mandatory reason is kept with the persons."""
    check_move("refuse", dossier.status)
    return next_event(dossier, EventType.DOSSIER_NOT_ACCEPTED, stamp, {})


def withdrawn(dossier: Dossier, stamp: Stamp) -> Event:
    """Withdraw the dossier at the applicant's request (1,2,4,5,6, paused 8→7). A suspension ends with it.

    No parcel is open: parcels open with the result.
    """
    check_move("withdraw", dossier.status)
    return next_event(dossier, EventType.DOSSIER_WITHDRAWN, stamp, facts_for_figures(dossier))


def receipt_corrected(dossier: Dossier, stamp: Stamp, **corrected: object) -> Event:
    """Correct a mistaken receipt, which is printed again as version n+1; the number never changes."""
    check_move("correct_receipt", dossier.status)
    return next_event(
        dossier, EventType.RECEIPT_CORRECTED, stamp, {"receipt_version": dossier.receipt_version + 1} | corrected
    )


def transferred(dossier: Dossier, stamp: Stamp) -> Event:
    """Transfer the electronic dossier to the processing agency's inbox (2→4); the first legs of a linked one begin."""
    check_move("transfer", dossier.status)
    starts = starts_told(first_starts(dossier))
    return next_event(dossier, EventType.DOSSIER_TRANSFERRED, stamp, {"agency": dossier.agency_id} | starts)
