"""What events do to the legs of a linked dossier: planned, begun, given to an officer, finished, begun again, handed on.

Legs keep the order of the procedure's own, so that each stands beside its limit. An agency may have a leg in several steps:
what is told of an agency is told of its first leg that is not finished.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from motcua.domain.dossier.parts import LinkedLeg
from motcua.domain.event import Event, when

Legs = tuple[LinkedLeg, ...]


def legs_planned(event: Event) -> Legs:
    """The legs that a receipt plans: `legs` is a list of {step, agency, due_at}."""
    return tuple(
        LinkedLeg(
            int(str(told["step"])),
            str(told["agency"]),
            when(told.get("due_at")),
            by_hours=bool(told.get("by_hours")),
        )
        for told in _entries(event.data.get("legs"))
    )


def legs_begun(legs: Legs, event: Event) -> Legs:
    """The legs that the event begins, or that go on after a wait, with their due dates: `starts` is a list of (agency, due
    date). `plans`, a list of (step, agency, due date), says when those that come later are due."""
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
    """What the agency has still to do is this officer's; who did what is finished stays."""
    return tuple(
        replace(leg, officer=officer) if leg.agency_id == agency_id and leg.finished_at is None else leg for leg in legs
    )


def last_leg_reopened(legs: Legs, agency_id: str) -> Legs:
    """A mistaken resolution is reversed: the lead agency's leg of the last step goes on, with its due date."""
    last = max((leg.step for leg in legs), default=0)
    return tuple(
        replace(leg, finished_at=None) if leg.agency_id == agency_id and leg.step == last else leg for leg in legs
    )


def legs_handed_on(legs: Legs, before: str, after: str) -> Legs:
    """An agency has ended: what it had still to do is its successor's."""
    return tuple(
        replace(leg, agency_id=after, officer="") if leg.agency_id == before and leg.finished_at is None else leg
        for leg in legs
    )


def _begun(legs: Legs, agency_id: str, at: datetime, due_at: datetime | None) -> Legs:
    """The agency's first leg that is not finished runs, since `at` unless it does already."""
    known = [(leg.step, place) for place, leg in enumerate(legs) if leg.agency_id == agency_id and not leg.finished_at]
    if not known:
        return legs
    _, place = min(known)
    begun = replace(legs[place], started_at=legs[place].started_at or at, due_at=due_at)
    return (*legs[:place], begun, *legs[place + 1 :])


def _entries(told: object) -> Iterable[Mapping[str, object]]:
    return told if isinstance(told, list | tuple) else ()


def _lists(told: object) -> Iterable[list[object]]:
    return told if isinstance(told, list | tuple) else ()
