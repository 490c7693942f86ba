"""The agency's acts: assigning a dossier, asking opinions, apologising, moving the paper, and resolving."""

from datetime import datetime

from motcua.domain.dossier.acts.results import opens_parcel
from motcua.domain.dossier.dossier import Dossier, facts_for_figures, next_event
from motcua.domain.dossier.legs import check_legs_finished, check_turn, unfinished
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.parts import PaperLeg
from motcua.domain.errors import RefusedError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.local_time import LOCAL
from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class ApologyTerms:
    """How often, and until when, the rule cited as `rule` lets an apology set a new date."""

    times: int
    latest_at: datetime
    rule: str


def assigned(dossier: Dossier, officer: str, stamp: Stamp, agency_id: str = "") -> Event:
    """Assign or reassign the dossier to an officer, named by opaque id.

    Of a linked dossier, the head assigns what the agency named has still to do.
    """
    check_move("assign", dossier.status)
    if not dossier.legs:
        return next_event(dossier, EventType.DOSSIER_ASSIGNED, stamp, {"officer": officer})
    agency_id = agency_id or dossier.agency_id
    if agency_id not in {leg.agency_id for leg in unfinished(dossier)}:
        check_turn(dossier, agency_id)
    return next_event(dossier, EventType.DOSSIER_ASSIGNED, stamp, {"officer": officer, "agency": agency_id})


def opinion_asked(dossier: Dossier, agency_id: str, due_at: datetime, stamp: Stamp, *, by_hours: bool = False) -> Event:
    """Ask another agency for its opinion by `due_at`; the dossier's own clock goes on.

    With a limit in hours (`by_hours`) `due_at` is the exact moment; else the opinion is in time until that day ends.
    """
    check_move("ask_opinion", dossier.status)
    if agency_id == dossier.agency_id:
        raise RefusedError("own_opinion", "/agency_id", unit=agency_id)
    if owes_opinion(dossier, agency_id):
        raise RefusedError("opinion_owed_already", "/agency_id", unit=agency_id)
    data: dict[str, object] = {"agency": agency_id, "due_at": due_at.isoformat()}
    return next_event(dossier, EventType.OPINION_ASKED, stamp, data | ({"by_hours": True} if by_hours else {}))


def opinion_given(dossier: Dossier, agency_id: str, stamp: Stamp) -> Event:
    """Record that the agency that was asked has given its opinion."""
    check_move("give_opinion", dossier.status)
    if not owes_opinion(dossier, agency_id):
        raise RefusedError("no_opinion_owed", unit=agency_id)
    return next_event(dossier, EventType.OPINION_GIVEN, stamp, {"agency": agency_id})


def owes_opinion(dossier: Dossier, agency_id: str) -> bool:
    return any(opinion.agency_id == agency_id and opinion.given_at is None for opinion in dossier.opinions)


def apologised(dossier: Dossier, new_due_at: datetime, terms: ApologyTerms, stamp: Stamp) -> Event:
    """Apologise and set a new date (form 04). The original date still decides what is early or late.

    Raises RefusedError, naming the rule, when the apology is one too many or too late. It is also raised when the new
    date is not after the due date.
    """
    check_move("apologise", dossier.status)
    due_at = due_date(dossier)
    if dossier.apologies >= terms.times:
        raise RefusedError("apologised_before", rule=terms.rule, times=terms.times)
    if stamp.occurred_at > terms.latest_at:
        raise RefusedError("apology_too_late", rule=terms.rule, latest=_shown(terms.latest_at))
    if new_due_at <= due_at:
        raise RefusedError("new_date_not_later", "/new_due_at", due=_shown(due_at))
    data: dict[str, object] = {"new_due_at": new_due_at.isoformat(), "rule": terms.rule}
    return next_event(dossier, EventType.DOSSIER_APOLOGISED, stamp, data)


def due_date(dossier: Dossier) -> datetime:
    """Return the due date. Raises RefusedError when the dossier has none, because its procedure has no known limit."""
    if dossier.due_at is None:
        raise RefusedError("no_due_date")
    return dossier.due_at


def paper_handed_over(dossier: Dossier, stamp: Stamp) -> Event:
    """Sign the paper over to the agency. The event's `late` tells whether its due time had passed.

    Source: Decree 61, art. 18 [unchecked].
    """
    check_move("hand_over_paper", dossier.status)
    paper = _paper(dossier)
    if paper.handed_over_at:
        raise RefusedError("paper_handed_over_before", at=_shown(paper.handed_over_at))
    return next_event(dossier, EventType.PAPER_HANDED_OVER, stamp, {"late": paper.late_at(stamp.occurred_at)})


def paper_taken(dossier: Dossier, stamp: Stamp) -> Event:
    """Sign, at the agency, for the paper that was handed over."""
    check_move("take_paper", dossier.status)
    paper = _paper(dossier)
    if paper.handed_over_at is None:
        raise RefusedError("paper_not_handed_over")
    if paper.taken_at:
        raise RefusedError("paper_taken_before", at=_shown(paper.taken_at))
    return next_event(dossier, EventType.PAPER_TAKEN, stamp, {})


def _paper(dossier: Dossier) -> PaperLeg:
    if dossier.paper is None:
        raise RefusedError("no_paper")
    return dossier.paper


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%H:%M %d/%m/%Y}"


def taken_over(dossier: Dossier, stamp: Stamp, agency_id: str = "") -> Event:
    """Take the dossier over as its officer; taking over again gives it to the new officer.

    Of a linked dossier, the officer takes the part of the agency that is named, whose turn it must be.
    """
    check_move("take_over", dossier.status)
    if not dossier.legs:
        return next_event(dossier, EventType.DOSSIER_TAKEN_OVER, stamp, {"officer": stamp.actor})
    agency_id = agency_id or dossier.agency_id
    check_turn(dossier, agency_id)
    return next_event(dossier, EventType.DOSSIER_TAKEN_OVER, stamp, {"officer": stamp.actor, "agency": agency_id})


def resolved(dossier: Dossier, stamp: Stamp) -> Event:
    """Resolve the dossier: the result is at the one-stop unit (4→9), once every other agency has done its part.

    A result registered for post opens a parcel.
    """
    check_move("resolve", dossier.status)
    check_legs_finished(dossier)
    if not dossier.officer:
        raise RefusedError("not_taken_over")
    return next_event(
        dossier,
        EventType.DOSSIER_RESOLVED,
        stamp,
        facts_for_figures(dossier) | opens_parcel(dossier, dossier.channel_out),
    )
