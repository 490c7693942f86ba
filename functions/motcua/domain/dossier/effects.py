"""What each type of event does to a dossier: the steps that `motcua.domain.dossier.evolution` applies."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from motcua.domain.deadline.suspension import STATUS_OF, Suspension, WaitKind
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.leg_effects import (
    last_leg_reopened,
    leg_finished,
    legs_begun,
    legs_given,
    legs_handed_on,
    legs_planned,
)
from motcua.domain.dossier.parts import AtFault, Opinion, PaperLeg, Reissue, ReissueKind, Transitional
from motcua.domain.event import Event, EventType, moment, when
from motcua.domain.status import Status


def _received(dossier: Dossier, event: Event) -> Dossier:
    data, at = event.data, event.stamp.occurred_at
    started = replace(
        dossier,
        status=Status.RECEIVED,
        number=str(data["number"]),
        number_is_sample=bool(data["number_is_sample"]),
        registered_at=at,
        received_at=when(data.get("received_at")) or at,
        receipt_version=1,
        legs=legs_planned(event),
        due_by_hours=bool(data.get("due_by_hours")),
    )
    if paper_due := when(data.get("paper_due_at")):
        started = replace(started, paper=PaperLeg(paper_due))
    if number := data.get("original_number"):
        received_on = date.fromisoformat(str(data["original_day"]))
        started = replace(
            started, transitional=Transitional(str(number), received_on, str(data["rule"]), str(data["agency"]))
        )
    return started


def _transferred(dossier: Dossier, event: Event) -> Dossier:
    return replace(dossier, status=Status.IN_PROCESS, legs=legs_begun(dossier.legs, event))


def _leg_finished(dossier: Dossier, event: Event) -> Dossier:
    finished = leg_finished(dossier.legs, str(event.data["agency"]), event.stamp.occurred_at)
    return replace(dossier, legs=legs_begun(finished, event))


def _given_to(dossier: Dossier, event: Event) -> Dossier:
    """Give the dossier to the officer of the agency that is named, else of the agency that issues the result."""
    officer, agency_id = str(event.data["officer"]), str(event.data.get("agency", dossier.agency_id))
    legs = legs_given(dossier.legs, agency_id, officer)
    if agency_id != dossier.agency_id:
        return replace(dossier, legs=legs)
    return replace(dossier, officer=officer, legs=legs)


def _opinion_asked(dossier: Dossier, event: Event) -> Dossier:
    data, by_hours = event.data, bool(event.data.get("by_hours"))
    asked = Opinion(str(data["agency"]), event.stamp.occurred_at, moment(data["due_at"]), by_hours=by_hours)
    return replace(dossier, opinions=(*dossier.opinions, asked))


def _opinion_given(dossier: Dossier, event: Event) -> Dossier:
    agency_id, at = str(event.data["agency"]), event.stamp.occurred_at
    opinions = (
        replace(each, given_at=at) if each.agency_id == agency_id and each.given_at is None else each
        for each in dossier.opinions
    )
    return replace(dossier, opinions=tuple(opinions))


def _paper_handed_over(dossier: Dossier, event: Event) -> Dossier:
    assert dossier.paper is not None
    stamp = event.stamp
    paper = replace(dossier.paper, handed_over_at=stamp.occurred_at, handed_over_by=stamp.actor)
    return replace(dossier, paper=paper)


def _paper_taken(dossier: Dossier, event: Event) -> Dossier:
    assert dossier.paper is not None
    stamp = event.stamp
    return replace(dossier, paper=replace(dossier.paper, taken_at=stamp.occurred_at, taken_by=stamp.actor))


def _waits(kind: WaitKind) -> Callable[[Dossier, Event], Dossier]:
    """Return the step that begins a suspension of this kind."""

    def begun(dossier: Dossier, event: Event) -> Dossier:
        amount = event.data.get("amount_vnd")
        wait = Suspension(
            kind,
            event.stamp.occurred_at,
            back_to=dossier.status,
            restarts=bool(event.data.get("restarts")),
            expires_at=when(event.data.get("expires_at")),
            amount_vnd=None if amount is None else whole(amount),
            asked_in=event.version,
        )
        return replace(dossier, status=STATUS_OF[kind], waits=(*dossier.waits, wait))

    return begun


def _resumed(dossier: Dossier, event: Event) -> Dossier:
    """End the suspension: the dossier has its former status again, and a paper that waited with it a new due date."""
    wait, paper, paper_due = dossier.waiting, dossier.paper, when(event.data.get("paper_due_at"))
    assert wait is not None
    waits = (*dossier.waits[:-1], replace(wait, until=event.stamp.occurred_at))
    if paper and paper_due:
        paper = replace(paper, due_at=paper_due)
    return replace(dossier, status=wait.back_to, waits=waits, legs=legs_begun(dossier.legs, event), paper=paper)


def _ended(dossier: Dossier, status: Status, event: Event) -> Dossier:
    """Record a decision that ends the agency's work; an open suspension ends with it."""
    at = event.stamp.occurred_at
    waits = dossier.waits
    if wait := dossier.waiting:
        waits = (*waits[:-1], replace(wait, until=at))
    return replace(dossier, status=status, waits=waits, decided_at=at)


def _resolved(dossier: Dossier, event: Event) -> Dossier:
    at = event.stamp.occurred_at
    finished = replace(dossier, legs=leg_finished(dossier.legs, dossier.agency_id, at))
    return replace(finished, status=Status.RESULT_READY, ready_at=at, resolved_by=event.stamp.actor, reminders=0)


def _returned(dossier: Dossier, event: Event) -> Dossier:
    return replace(
        dossier,
        status=Status.RETURNED,
        returned_at=event.stamp.occurred_at,
        returned_by=event.stamp.actor,
        channel_out=ChannelOut(str(event.data["channel_out"])),
        parcel_open=False,
    )


def _return_reversed(dossier: Dossier, event: Event) -> Dossier:
    channel_out = ChannelOut(str(event.data["channel_before"]))
    return replace(dossier, status=Status.RESULT_READY, returned_at=None, returned_by="", channel_out=channel_out)


def _resolution_reversed(dossier: Dossier, _: Event) -> Dossier:
    """Restore the state before the resolution: the leg that it finished runs again, and reminders start anew."""
    legs = last_leg_reopened(dossier.legs, dossier.agency_id)
    return replace(dossier, status=Status.IN_PROCESS, ready_at=None, resolved_by="", legs=legs, reminders=0)


def _reassigned(dossier: Dossier, event: Event) -> Dossier:
    agency_id, one_stop_id = str(event.data["agency"]), str(event.data["one_stop"])
    officer = dossier.officer if agency_id == dossier.agency_id else ""
    legs = legs_handed_on(dossier.legs, dossier.agency_id, agency_id)
    return replace(dossier, agency_id=agency_id, one_stop_id=one_stop_id, officer=officer, legs=legs)


def _reissued(dossier: Dossier, event: Event) -> Dossier:
    """Note that another result is made. A parcel lost on its way is given up, so that the next one can go."""
    data = event.data
    reissue = Reissue(
        ReissueKind(str(data["reissue"])),
        AtFault(str(data["at_fault"])),
        AtFault(str(data["paid_by"])),
        event.stamp.occurred_at,
        whole(data["of"]),
    )
    return replace(dossier, reissues=(*dossier.reissues, reissue), parcel_open="parcel" in data)


EFFECTS: Mapping[EventType, Callable[[Dossier, Event], Dossier]] = {
    EventType.DOSSIER_RECEIVED: _received,
    EventType.DOSSIER_NOT_ACCEPTED: lambda dossier, event: _ended(dossier, Status.NOT_ACCEPTED, event),
    EventType.DOSSIER_WITHDRAWN: lambda dossier, event: _ended(dossier, Status.WITHDRAWN, event),
    EventType.RECEIPT_CORRECTED: lambda dossier, _: replace(dossier, receipt_version=dossier.receipt_version + 1),
    EventType.DOSSIER_TRANSFERRED: _transferred,
    EventType.PAPER_HANDED_OVER: _paper_handed_over,
    EventType.PAPER_TAKEN: _paper_taken,
    EventType.DOSSIER_TAKEN_OVER: _given_to,
    EventType.DOSSIER_ASSIGNED: _given_to,
    EventType.OPINION_ASKED: _opinion_asked,
    EventType.OPINION_GIVEN: _opinion_given,
    EventType.LEG_FINISHED: _leg_finished,
    EventType.SUPPLEMENT_REQUESTED: _waits(WaitKind.SUPPLEMENT),
    EventType.SUPPLEMENT_COMPLETED: _resumed,
    EventType.PAYMENT_REQUESTED: _waits(WaitKind.PAYMENT),
    EventType.DOSSIER_PAID: _resumed,
    EventType.DOSSIER_PAUSED: _waits(WaitKind.PAUSE),
    EventType.DOSSIER_RESUMED: _resumed,
    EventType.DOSSIER_REFUSED: lambda dossier, event: _ended(dossier, Status.REFUSED, event),
    EventType.ANSWER_RETURNED: lambda dossier, event: replace(dossier, answered_at=event.stamp.occurred_at),
    EventType.DOSSIER_APOLOGISED: lambda dossier, event: replace(
        dossier, new_due_at=moment(event.data["new_due_at"]), apologies=dossier.apologies + 1
    ),
    EventType.DOSSIER_RESOLVED: _resolved,
    EventType.DOSSIER_DUE_MOVED: lambda dossier, event: replace(dossier, legs=legs_begun(dossier.legs, event)),
    EventType.DOSSIER_REASSIGNED: _reassigned,
    EventType.RETURN_CHANNEL_CHOSEN: lambda dossier, event: replace(
        dossier, channel_out=ChannelOut(str(event.data["channel_out"]))
    ),
    EventType.DOSSIER_RESULT_CAME_BACK: lambda dossier, _: replace(dossier, parcel_open=False),
    EventType.DOSSIER_RETURNED: _returned,
    EventType.RETURN_REVERSED: _return_reversed,
    EventType.RESOLUTION_REVERSED: _resolution_reversed,
    EventType.RESULT_REISSUED: _reissued,
    EventType.DOSSIER_WARNED: lambda dossier, event: replace(
        dossier, warned=(*dossier.warned, str(event.data["warning"]))
    ),
    EventType.DOSSIER_REMINDED: lambda dossier, event: replace(dossier, reminders=whole(event.data["ordinal"])),
}


def whole(value: object) -> int:
    return int(str(value))
