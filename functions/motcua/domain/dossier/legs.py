"""Linked dossiers (hồ sơ liên thông): when each agency's leg is due, whose turn it is, and what is unfinished.

A dossier's legs stand in the order of its procedure's legs, so that each has its limit beside it. Steps follow one
another; the legs of one step run in parallel, each by the calendar of its own agency. The lead agency issues the
result: it finishes last, and the dossier counts there, once.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from motcua.domain.deadline.suspension import Suspension
from motcua.domain.dossier.dossier import Dossier, next_event
from motcua.domain.dossier.due import waits_that_count
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.parts import LinkedLeg
from motcua.domain.errors import RefusedError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.registry.procedure import Procedure, TimeLimit

FIRST = 1
"""The number of the first step; steps are numbered without a gap."""

Count = Callable[[str, datetime, TimeLimit, tuple[Suspension, ...]], datetime]
"""Returns when an agency's limit from a given moment runs out, by that agency's calendar and with these suspensions."""

Starts = tuple[tuple[str, datetime | None], ...]
"""The agencies whose leg begins or goes on, each with the leg's due date."""

Plans = tuple[tuple[int, str, datetime | None], ...]
"""The legs to come, by step and agency, each with its due date."""


def planned(procedure: Procedure, received_at: datetime, count: Count) -> tuple[LinkedLeg, ...]:
    """Return the legs of a dossier received at `received_at`.

    Each is due by its own limit, counted from the latest due date of the step before.
    """
    legs = tuple(LinkedLeg(leg.step, leg.agency_id, None, by_hours=leg.limit.by_hours) for leg in procedure.legs)
    return _dated(legs, procedure, received_at, (), count)


def dated_anew(dossier: Dossier, procedure: Procedure, count: Count) -> tuple[Starts, Plans]:
    """Return when running legs and legs to come are due: after a suspension, or by another calendar.

    All suspensions are counted. A running leg counts from its own beginning, a leg to come from the latest due date of
    the step before. So a late agency takes no time from those after it, nor moves the due date of the whole.
    """
    assert dossier.received_at is not None
    legs = _dated(dossier.legs, procedure, dossier.received_at, waits_that_count(dossier), count)
    left = [leg for leg in legs if not leg.finished_at]
    starts = tuple((leg.agency_id, leg.due_at) for leg in left if leg.running)
    return starts, tuple((leg.step, leg.agency_id, leg.due_at) for leg in left if not leg.running)


def to_event_data(legs: Iterable[LinkedLeg]) -> list[dict[str, object]]:
    """Return the legs as `dossier.received` holds them."""
    return [
        {"step": leg.step, "agency": leg.agency_id, "due_at": _iso(leg.due_at), "by_hours": leg.by_hours}
        for leg in legs
    ]


def starts_told(starts: Starts) -> dict[str, object]:
    """Return the legs that begin as event data; empty when none begins."""
    pairs = [[agency_id, _iso(due_at)] for agency_id, due_at in starts]
    return {"starts": pairs} if pairs else {}


def plans_told(plans: Plans) -> dict[str, object]:
    """Return the due dates of legs to come as event data; empty when there are none."""
    rows = [[step, agency_id, _iso(due_at)] for step, agency_id, due_at in plans]
    return {"plans": rows} if rows else {}


def first_starts(dossier: Dossier) -> Starts:
    """Return the legs that the transfer begins: those of the first step, due as the receipt promised [ours]."""
    return tuple((leg.agency_id, leg.due_at) for leg in dossier.legs if leg.step == FIRST)


def next_starts(dossier: Dossier, procedure: Procedure, agency_id: str, at: datetime, count: Count) -> Starts:
    """Return the legs that begin once `agency_id` has finished its own at `at`.

    None begins while another leg of the step runs. Each is due by its own limit from that moment, so that a late agency
    takes no time from those that come after it.
    """
    left = [leg for leg in dossier.legs if not leg.finished_at and not (leg.running and leg.agency_id == agency_id)]
    if not left or any(leg.running for leg in left):
        return ()
    step = min(leg.step for leg in left)
    pairs = zip(dossier.legs, _limits(procedure), strict=True)
    return tuple((leg.agency_id, count(leg.agency_id, at, limit, ())) for leg, limit in pairs if leg.step == step)


def unfinished(dossier: Dossier) -> tuple[LinkedLeg, ...]:
    """Return the legs that run and those to come."""
    return tuple(leg for leg in dossier.legs if leg.finished_at is None)


def at_work(dossier: Dossier) -> tuple[str, ...]:
    """Return the agencies whose turn it is; for a dossier that is not linked, its agency."""
    if not dossier.legs:
        return (dossier.agency_id,)
    return tuple(leg.agency_id for leg in dossier.legs if leg.running)


def check_turn(dossier: Dossier, agency_id: str) -> None:
    """Raise RefusedError, naming whose turn it is, unless it is this agency's turn."""
    if agency_id not in at_work(dossier):
        raise RefusedError("leg_not_running", unit=agency_id, running=", ".join(at_work(dossier)) or "—")


def check_legs_finished(dossier: Dossier) -> None:
    """Raise RefusedError, naming the agencies, while any has work left before the lead agency resolves the whole."""
    own = _last_leg_of_lead(dossier)
    left = [leg.agency_id for leg in dossier.legs if not leg.finished_at and leg is not own]
    if left:
        raise RefusedError("legs_unfinished", units=", ".join(dict.fromkeys(left)))


def leg_finished(dossier: Dossier, agency_id: str, starts: Starts, stamp: Stamp) -> Event:
    """Finish one agency's leg; with the last leg of a step, the next step's legs begin.

    The event's `late` tells whether this leg was late.
    """
    check_move("finish_leg", dossier.status)
    if not dossier.legs:
        raise RefusedError("not_linked")
    check_turn(dossier, agency_id)
    leg = _running(dossier, agency_id)
    late = leg.late_at(stamp.occurred_at)
    if leg is _last_leg_of_lead(dossier):
        raise RefusedError("lead_resolves", unit=agency_id)
    if not leg.officer:
        raise RefusedError("not_taken_over")
    data = {"agency": agency_id, "step": leg.step, "late": late} | starts_told(starts)
    return next_event(dossier, EventType.LEG_FINISHED, stamp, data)


def _limits(procedure: Procedure) -> list[TimeLimit]:
    return [leg.limit for leg in procedure.legs]


def _dated(
    legs: tuple[LinkedLeg, ...],
    procedure: Procedure,
    received_at: datetime,
    waits: tuple[Suspension, ...],
    count: Count,
) -> tuple[LinkedLeg, ...]:
    """Return the legs, with new due dates for those that are not finished."""
    due = {place: leg.due_at for place, leg in enumerate(legs)}
    limits, start = _limits(procedure), received_at
    for step in sorted({leg.step for leg in legs}):
        of_step = {place: leg for place, leg in enumerate(legs) if leg.step == step}
        for place, leg in of_step.items():
            if not leg.finished_at:
                since = received_at if step == FIRST else leg.started_at
                begun = [wait for wait in waits if since and (wait.until is None or wait.until > since)]
                due[place] = count(leg.agency_id, since or start, limits[place], tuple(begun))
        start = max([at for place in of_step if (at := due[place])], default=start)
    return tuple(replace(leg, due_at=due[place]) for place, leg in enumerate(legs))


def _last_leg_of_lead(dossier: Dossier) -> LinkedLeg | None:
    """Return the lead agency's leg of the last step, which is finished by resolving the whole."""
    last = max((leg.step for leg in dossier.legs), default=0)
    return next((leg for leg in dossier.legs if leg.step == last and leg.agency_id == dossier.agency_id), None)


def _running(dossier: Dossier, agency_id: str) -> LinkedLeg:
    return next(leg for leg in dossier.legs if leg.running and leg.agency_id == agency_id)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
