"""What events do to the legs of a linked dossier: plan, begin, give to an officer, finish, reopen, hand on.

The legs keep the order of the procedure's legs, so that each stands beside its limit. An agency may have a leg in
several steps: an event about an agency concerns its first unfinished leg.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from motcua.domain.dossier.parts import LinkedLeg
from motcua.domain.event import Event, when

Legs = tuple[LinkedLeg, ...]


def legs_planned(event: Event) -> Legs:
    """Return the legs that a receipt plans. Its `legs` is a list of {step, agency, due_at, by_hours}."""
    return tuple(
        LinkedLeg(
            int(str(entry["step"])),
            str(entry["agency"]),
            when(entry.get("due_at")),
            by_hours=bool(entry.get("by_hours")),
        )
        for entry in _entries(event.data.get("legs"))
    )


def legs_begun(legs: Legs, event: Event) -> Legs:
    """Begin the legs that the event names, or let them go on after a suspension, with their due dates.

    The event's `starts` is a list of (agency, due date). Its `plans`, a list of (step, agency, due date), gives the due
    dates of later legs.
    """
    for agency, due in _lists(event.data.get("starts")):
        legs = _begun(legs, str(agency), event.stamp.occurred_at, when(due))
    plans = {(int(str(step)), str(agency)): when(due) for step, agency, due in _lists(event.data.get("plans"))}
    return tuple(
        replace(leg, due_at=plans[leg.step, leg.agency_id])
        if (leg.step, leg.agency_id) in plans and leg.started_at is None
        else leg
        for leg in legs
    )


def leg_finished(legs: Legs, agency_id: str, at: datetime) -> Legs:
    return tuple(replace(leg, finished_at=at) if leg.agency_id == agency_id and leg.running else leg for leg in legs)


def legs_given(legs: Legs, agency_id: str, officer: str) -> Legs:
    """Give the agency's unfinished legs to this officer; finished legs keep theirs."""
    return tuple(
        replace(leg, officer=officer) if leg.agency_id == agency_id and leg.finished_at is None else leg for leg in legs
    )


def last_leg_reopened(legs: Legs, agency_id: str) -> Legs:
    """Reopen the lead agency's leg of the last step, with its due date, when a mistaken resolution is reversed."""
    last = max((leg.step for leg in legs), default=0)
    return tuple(
        replace(leg, finished_at=None) if leg.agency_id == agency_id and leg.step == last else leg for leg in legs
    )


def legs_handed_on(legs: Legs, before: str, after: str) -> Legs:
    """Hand the unfinished legs of an agency that has ended on to its successor."""
    return tuple(
        replace(leg, agency_id=after, officer="") if leg.agency_id == before and leg.finished_at is None else leg
        for leg in legs
    )


def _begun(legs: Legs, agency_id: str, at: datetime, due_at: datetime | None) -> Legs:
    """Let the agency's first unfinished leg run from `at`, unless it runs already, and set its due date."""
    known = [(leg.step, place) for place, leg in enumerate(legs) if leg.agency_id == agency_id and not leg.finished_at]
    if not known:
        return legs
    _, place = min(known)
    begun = replace(legs[place], started_at=legs[place].started_at or at, due_at=due_at)
    return (*legs[:place], begun, *legs[place + 1 :])


def _entries(data: object) -> Iterable[Mapping[str, object]]:
    return data if isinstance(data, list | tuple) else ()


def _lists(data: object) -> Iterable[list[object]]:
    return data if isinstance(data, list | tuple) else ()
