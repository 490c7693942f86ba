"""Decide whether an attempt must succeed, and with which codes it must otherwise be refused: the rules stated again."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time

from motcua.domain.access.principal import Principal, Role
from motcua.domain.deadline.suspension import WaitKind
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.moves.at_the_counter import MOVES_AT_THE_COUNTER
from motcua.domain.dossier.moves.move import Actor
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.dossier.parts import AtFault, LinkedLeg, ReissueKind
from motcua.domain.errors import ForbiddenError, MotcuaError, NotFoundError, RefusedError
from motcua.domain.event import Event, EventType
from motcua.domain.local_time import LOCAL, local_day
from motcua.domain.post.parcel import ParcelState
from motcua.domain.status import OPEN, Status
from tests.kit.fakes import OWNER
from tests.kit.life.whole_life import LEAD, Attempt, Life, persons_of
from tests.unit.deadline.test_deadline_reference import APRIL, Reference

EVERY_DAY, WITH_CLOSURE = Reference(), Reference(APRIL)
"""Naive clocks for dossiers received after the closure of April 2020, and during it."""

Refusals = tuple[type[MotcuaError], set[str]]
ROLES = {Actor.CLERK: Role.CLERK, Actor.OFFICER: Role.OFFICER, Actor.HEAD: Role.HEAD}


def refusals(life: Life, attempt: Attempt) -> Refusals | None:
    """Return the error that the attempt must raise and its possible codes, or None when it must succeed."""
    dossier = life.dossier
    if not sees(attempt.by, dossier):
        return NotFoundError, {"dossier_not_found"}
    if doer_of(life, attempt) is None:
        return ForbiddenError, {"role_needed"}
    if attempt.told is ChannelOut.POST and attempt.act in ("return", "return_answer"):
        return RefusedError, {"post_returns_itself", "answer_not_by_post"}
    if dossier.status not in MOVES[attempt.act].sources:
        return RefusedError, {"move_not_allowed"}
    if codes := set(guards(life, attempt)):
        return RefusedError, codes
    if attempt.act.startswith("reverse") and (codes := set(_not_the_doer(life, attempt))):
        return ForbiddenError, codes
    return None


def sees(by: Principal | str, dossier: Dossier) -> bool:
    """Return whether the dossier exists for this person."""
    if isinstance(by, str):
        return by == OWNER.number
    at_the_agencies = {dossier.agency_id, *(leg.agency_id for leg in dossier.legs)}
    if dossier.status in OPEN:
        at_the_agencies |= {each.agency_id for each in dossier.opinions if each.given_at is None}
    known = {Role.OFFICER: at_the_agencies, Role.HEAD: {*at_the_agencies, dossier.one_stop_id}}
    if dossier.status in (Status.SUBMITTED, Status.NOT_ACCEPTED):
        known = {Role.HEAD: {dossier.one_stop_id}}
    known |= {Role.CLERK: {dossier.one_stop_id}, Role.CONTROLLER: {"tinh"}}
    return any(unit in known.get(role, ()) for role, unit in by.rights)


def doer_of(life: Life, attempt: Attempt) -> Actor | None:
    """Return as which actor this person may do the act, by the table of moves, or None."""
    dossier, by = life.dossier, attempt.by
    if isinstance(by, str):
        return Actor.APPLICANT if Actor.APPLICANT in MOVES[attempt.act].doers else None
    for doer in _doers(dossier, attempt):
        if doer in ROLES and any(by.has(ROLES[doer], unit) for unit in _units(dossier, attempt, doer)):
            return doer
    return None


def _doers(dossier: Dossier, attempt: Attempt) -> tuple[Actor, ...]:
    if attempt.act in ("request_supplement", "request_payment"):
        if attempt.act == "request_supplement" and attempt.told:
            return (Actor.HEAD,)
        if dossier.status in (Status.RECEIVED, Status.IN_PROCESS):
            return (Actor.CLERK if dossier.status is Status.RECEIVED else Actor.OFFICER,)
    return MOVES[attempt.act].doers


def _units(dossier: Dossier, attempt: Attempt, doer: Actor) -> set[str]:
    asks = attempt.act in ("request_supplement", "request_payment")
    if attempt.act == "request_supplement" and attempt.told and dossier.status is Status.RECEIVED:
        return {dossier.one_stop_id}
    if doer is Actor.CLERK or attempt.act in MOVES_AT_THE_COUNTER:
        return {dossier.one_stop_id}
    if attempt.act in ("finish_leg", "give_opinion"):
        return {attempt.told}
    if attempt.act in ("pause", "resume") or (asks and (attempt.told is True or dossier.status is Status.IN_PROCESS)):
        return {dossier.agency_id, *(leg.agency_id for leg in dossier.legs if leg.running)}
    if attempt.act in ("take_over", "assign"):
        return {dossier.agency_id, *(leg.agency_id for leg in dossier.legs)}
    return {dossier.agency_id}


def guards(life: Life, attempt: Attempt) -> Iterator[str]:
    """Yield what else forbids an act that its status and its actor allow."""
    dossier, now, told = life.dossier, life.now, attempt.told
    match attempt.act:
        case "hand_over_paper" | "take_paper":
            yield from _paper(dossier, attempt.act)
        case "correct_receipt":
            if dossier.parcel_open and told.address != persons_of(life).owner.address:
                yield "parcel_under_way"
        case "choose_return_channel":
            if dossier.parcel_open:
                yield "parcel_under_way"
        case "return" | "return_answer" | "reverse_return":
            yield from _way_out(life, attempt)
        case "reverse_resolution":
            if dossier.parcel_open:
                yield "parcel_holds_result"
        case "reissue":
            yield from _another_result(life, told.kind, told.at_fault, told.paid_by)
        case "take_over" | "assign" | "finish_leg" | "resolve":
            yield from _turn(dossier, attempt)
        case "ask_opinion":
            if told == dossier.agency_id:
                yield "own_opinion"
            if _owes(dossier, told):
                yield "opinion_owed_already"
        case "give_opinion":
            if not _owes(dossier, told):
                yield "no_opinion_owed"
        case "request_supplement":
            before = [wait.back_to for wait in dossier.waits if wait.kind is WaitKind.SUPPLEMENT]
            if dossier.status in before and not told:
                yield "supplements_used_up"
        case "refuse_after_appraisal":
            if dossier.status is Status.IN_PROCESS and not dossier.officer and not dossier.legs:
                yield "not_taken_over"
            expires_at = dossier.waits[-1].expires_at if dossier.waits else None
            if dossier.status is Status.SUPPLEMENT_REQUESTED and expires_at and local_day(now) <= local_day(expires_at):
                yield "supplement_not_expired"
        case "apologise":
            yield from _apology(dossier, now, told)


def _paper(dossier: Dossier, act: str) -> Iterator[str]:
    if dossier.paper is None:
        yield "no_paper"
    elif act == "hand_over_paper" and dossier.paper.handed_over_at:
        yield "paper_handed_over_before"
    elif act == "take_paper" and not dossier.paper.handed_over_at:
        yield "paper_not_handed_over"
    elif act == "take_paper" and dossier.paper.taken_at:
        yield "paper_taken_before"


def _way_out(life: Life, attempt: Attempt) -> Iterator[str]:
    dossier = life.dossier
    if attempt.act == "reverse_return":
        done = latest(life, EventType.DOSSIER_RETURNED)
        if "order_number" in done.data:
            yield "delivered_by_post"
        if latest(life, EventType.RESULT_REISSUED, EventType.DOSSIER_RETURNED) is not done:
            yield "reissued_since"
        return
    if attempt.act == "return" and dossier.parcel_open:
        yield "parcel_under_way"
    if attempt.act == "return_answer" and dossier.answered_at:
        yield "answer_returned_before"
    if attempt.told is ChannelOut.COUNTER and local_day(life.now) <= APRIL[1]:
        yield "return_closed"


def _another_result(life: Life, kind: ReissueKind, at_fault: AtFault, paid_by: AtFault) -> Iterator[str]:
    dossier = life.dossier
    if (kind is ReissueKind.LOSS_BY_POST) is not (at_fault is AtFault.POST):
        yield "reissue_fault_contradicts"
    elif paid_by is not at_fault and (kind, at_fault, paid_by) != (
        ReissueKind.CORRECTION,
        AtFault.APPLICANT,
        AtFault.AGENCY,
    ):
        yield "reissue_payer_contradicts"
    if dossier.status is Status.RETURNED:
        went_by_post = "order_number" in latest(life, EventType.DOSSIER_RETURNED).data
    else:
        went_by_post = dossier.parcel_open
    if kind is ReissueKind.LOSS_BY_POST and not went_by_post:
        yield "no_parcel_to_lose"
    if dossier.parcel_open:
        state = life.store.parcels[f"{dossier.id}-{dossier.parcels}"].state
        if state not in (ParcelState.LOST, ParcelState.DAMAGED):
            yield "parcel_not_lost"
        elif kind is not ReissueKind.LOSS_BY_POST:
            yield "lost_by_post"


def _turn(dossier: Dossier, attempt: Attempt) -> Iterator[str]:
    """Yield a refusal unless it is the actor's turn: by the parts of a linked dossier, else by who took it over."""
    act, last = attempt.act, max((leg.step for leg in dossier.legs), default=0)
    if act == "resolve":
        if any(leg.finished_at is None and (leg.step, leg.agency_id) != (last, LEAD) for leg in dossier.legs):
            yield "legs_unfinished"
        if not dossier.officer:
            yield "not_taken_over"
    elif not dossier.legs:
        if act == "finish_leg":
            yield "not_linked"
    elif act == "finish_leg":
        leg = next((leg for leg in dossier.legs if leg.agency_id == attempt.told and leg.running), None)
        if leg is None:
            yield "leg_not_running"
        elif (leg.step, leg.agency_id) == (last, LEAD):
            yield "lead_resolves"
        elif not leg.officer:
            yield "not_taken_over"
    else:
        assert isinstance(attempt.by, Principal)
        role = Role.OFFICER if act == "take_over" else Role.HEAD
        own = [leg for leg in dossier.legs if attempt.by.has(role, leg.agency_id)]
        if not any(leg.running if act == "take_over" else _left(leg) for leg in own):
            yield "leg_not_running"


def _left(leg: LinkedLeg) -> bool:
    return leg.finished_at is None


def _owes(dossier: Dossier, agency_id: str) -> bool:
    return any(each.agency_id == agency_id and each.given_at is None for each in dossier.opinions)


def _apology(dossier: Dossier, now: datetime, new_due_at: datetime) -> Iterator[str]:
    due = dossier.due_at
    assert due is not None, "each procedure of this life has a limit"
    if dossier.apologies:
        yield "apologised_before"
    if now > working_days_before(due, 1):
        yield "apology_too_late"
    if new_due_at <= due:
        yield "new_date_not_later"
    if not worked(new_due_at):
        yield "new_date_not_worked"


def working_days_before(moment: datetime, count: int) -> datetime:
    """Return the moment `count` working days before `moment`, at its hour. None of them is a day of the closure."""
    here = moment.astimezone(LOCAL)
    days = WITH_CLOSURE.working
    return datetime.combine(days[bisect_left(days, here.date()) - count], here.timetz())


def worked(moment: datetime) -> bool:
    """Return whether `moment` is in working hours, their last moment included."""
    here = moment.astimezone(LOCAL)
    morning, afternoon = (time(7), time(11, 30)), (time(13, 30), time(17))
    return here.date() in EVERY_DAY.working_set and any(a <= here.time() <= b for a, b in (morning, afternoon))


def _not_the_doer(life: Life, attempt: Attempt) -> Iterator[str]:
    """Yield a refusal unless the actor may reverse the act: its doer on the same day, the unit's head on any day."""
    dossier, by = life.dossier, attempt.by
    assert isinstance(by, Principal)
    of_return = attempt.act == "reverse_return"
    if by.has(Role.HEAD, dossier.one_stop_id if of_return else dossier.agency_id):
        return
    done = latest(life, EventType.DOSSIER_RETURNED if of_return else EventType.DOSSIER_RESOLVED)
    if done.stamp.actor != by.subject:
        yield "reversal_not_yours"
    elif local_day(done.stamp.occurred_at) != local_day(life.now):
        yield "reversal_day_over"


def latest(life: Life, *types: EventType) -> Event:
    return [event for event in life.store.log if event.type in types][-1]


def next_working_day(day: date) -> date:
    return next(each for each in EVERY_DAY.working if each > day)
