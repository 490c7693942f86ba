"""The stages of a dossier as its applicant sees them: what happened, when and at which agency, and nobody's name.

They are drawn from the dossier's events. Every type of event is either shown here or declared internal with a reason (a
test checks it).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.event import Event, EventType, moment
from motcua.domain.post.parcel import ParcelState
from motcua.domain.record import dataclass


class StageCode(StrEnum):
    """The kinds of stages, in the order in which a dossier may reach them."""

    SUBMITTED = "submitted"
    RECEIVED_BY_AGENCY = "received_by_agency"
    RECEIVED = "received"
    NOT_ACCEPTED = "not_accepted"
    RECEIPT_CORRECTED = "receipt_corrected"
    TRANSFERRED = "transferred"
    LEG_STARTED = "leg_started"
    LEG_FINISHED = "leg_finished"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    SUPPLEMENT_COMPLETED = "supplement_completed"
    PAYMENT_DUE = "payment_due"
    PAID = "paid"
    PAUSED = "paused"
    RESUMED = "resumed"
    DUE_MOVED = "due_moved"
    HANDED_ON = "handed_on"
    APOLOGISED = "apologised"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    ANSWER_RETURNED = "answer_returned"
    CHANNEL_CHOSEN = "channel_chosen"
    RESULT_READY = "result_ready"
    RESOLUTION_REVERSED = "resolution_reversed"
    COLLECTED = "collected"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPT_FAILED = "attempt_failed"
    RETURNING = "returning"
    LOST = "lost"
    DAMAGED = "damaged"
    DELIVERED = "delivered"
    CAME_BACK = "came_back"
    RETURNED = "returned"
    RETURN_REVERSED = "return_reversed"
    REISSUED = "reissued"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. `agency_id` is where it happened, empty while the post has the result.

    `due_at` is when the next step is due. `reason_of` is the version of the dossier whose reason the applicant may
    read; 0 when there is none for them.
    """

    code: StageCode
    at: datetime
    agency_id: str = ""
    due_at: datetime | None = None
    amount_vnd: int | None = None
    channel: ChannelOut | None = None
    reason_of: int = 0


Shown = Callable[[Dossier, Event], Stage | None]
"""Returns the stage that an event makes, given the state after it; for a parcel's event, the dossier's last state."""


def stages(events: Iterable[Event]) -> list[Stage]:
    """Return the stages of one dossier in the order in which they happened.

    `events` are its own and its parcels' events.
    """
    known = list(events)
    own = sorted((event for event in known if not event.of_parcel), key=lambda event: event.version)
    dated: list[tuple[datetime, bool, int, Stage]] = []
    state: Dossier | None = None
    for event in own:
        before, state = state, evolve(state, event)
        dated += [(stage.at, True, event.version, stage) for stage in _of_dossier(before, state, event)]
    for event in (event for event in known if event.of_parcel):
        stage = SHOWN[event.type](state, event) if state and event.type in SHOWN else None
        dated += [(stage.at, False, event.version, stage)] if stage else []
    return [stage for *_, stage in sorted(dated, key=lambda each: each[:3])]  # at one moment, the parcels' come first


def _of_dossier(before: Dossier | None, after: Dossier, event: Event) -> Iterator[Stage]:
    if event.type is EventType.DOSSIER_RECEIVED and after.transitional and after.received_at:
        yield Stage(StageCode.RECEIVED_BY_AGENCY, after.received_at, after.agency_id)
    shown = SHOWN[event.type](after, event) if event.type in SHOWN else None
    if shown:
        yield shown
    begun_before = [leg.started_at is not None for leg in before.legs] if before else []
    for leg, begun in zip(after.legs, begun_before, strict=False):
        if leg.started_at and not begun:
            yield Stage(StageCode.LEG_STARTED, event.stamp.occurred_at, leg.agency_id, due_at=leg.due_at)


def _at_one_stop(code: StageCode) -> Shown:
    return lambda after, event: Stage(code, event.stamp.occurred_at, after.one_stop_id)


def _at_agency(code: StageCode) -> Shown:
    return lambda after, event: Stage(code, event.stamp.occurred_at, after.agency_id)


def _by_channel(code: StageCode, named: str) -> Shown:
    def shown(after: Dossier, event: Event) -> Stage:
        channel = ChannelOut(str(event.data[named]))
        return Stage(code, event.stamp.occurred_at, after.one_stop_id, channel=channel)

    return shown


def _with_reason(shown: Shown) -> Shown:
    def with_reason(after: Dossier, event: Event) -> Stage | None:
        stage = shown(after, event)
        return replace(stage, reason_of=event.version) if stage else None

    return with_reason


def _dated(shown: Shown) -> Shown:
    """Add to the stage when the result is due from then on."""

    def with_due_date(after: Dossier, event: Event) -> Stage | None:
        stage = shown(after, event)
        return replace(stage, due_at=after.due_at) if stage else None

    return with_due_date


def _submitted(after: Dossier, event: Event) -> Stage | None:
    """Show a submission only when it came online: a refusal at the counter begins with the same event."""
    if after.channel_in is not ChannelIn.ONLINE:
        return None
    return Stage(StageCode.SUBMITTED, event.stamp.occurred_at, after.one_stop_id, due_at=after.answer_by)


def _waits(code: StageCode) -> Shown:
    """Show what the applicant must bring or pay: the one-stop unit asks for it at intake, else the agency."""

    def shown(after: Dossier, event: Event) -> Stage:
        wait = after.waiting
        assert wait is not None
        asking = after.one_stop_id if wait.at_intake else after.agency_id
        at, amount = event.stamp.occurred_at, wait.amount_vnd
        return Stage(code, at, asking, due_at=wait.expires_at, amount_vnd=amount)

    return shown


def _leg_finished(_: Dossier, event: Event) -> Stage:
    return Stage(StageCode.LEG_FINISHED, event.stamp.occurred_at, str(event.data["agency"]))


def _apologised(after: Dossier, event: Event) -> Stage:
    new = moment(event.data["new_due_at"])
    return Stage(StageCode.APOLOGISED, event.stamp.occurred_at, after.agency_id, due_at=new)


_ON_ITS_WAY = {
    ParcelState.COLLECTED: StageCode.COLLECTED,
    ParcelState.IN_TRANSIT: StageCode.IN_TRANSIT,
    ParcelState.OUT_FOR_DELIVERY: StageCode.OUT_FOR_DELIVERY,
    ParcelState.ATTEMPT_FAILED: StageCode.ATTEMPT_FAILED,
    ParcelState.RETURNING: StageCode.RETURNING,
    ParcelState.LOST: StageCode.LOST,
    ParcelState.DAMAGED: StageCode.DAMAGED,
    ParcelState.DELIVERED: StageCode.DELIVERED,
}


def _moved(_: Dossier, event: Event) -> Stage | None:
    code = _ON_ITS_WAY.get(ParcelState(str(event.data["state"])))
    return Stage(code, event.stamp.occurred_at) if code else None


SHOWN: Mapping[EventType, Shown] = {
    EventType.DOSSIER_SUBMITTED: _submitted,
    EventType.DOSSIER_RECEIVED: _dated(_at_one_stop(StageCode.RECEIVED)),
    EventType.DOSSIER_NOT_ACCEPTED: _with_reason(_at_one_stop(StageCode.NOT_ACCEPTED)),
    EventType.RECEIPT_CORRECTED: _at_one_stop(StageCode.RECEIPT_CORRECTED),
    EventType.DOSSIER_TRANSFERRED: _at_agency(StageCode.TRANSFERRED),
    EventType.LEG_FINISHED: _leg_finished,
    EventType.SUPPLEMENT_REQUESTED: _with_reason(_waits(StageCode.SUPPLEMENT_REQUESTED)),
    EventType.SUPPLEMENT_COMPLETED: _dated(_at_one_stop(StageCode.SUPPLEMENT_COMPLETED)),
    EventType.PAYMENT_REQUESTED: _waits(StageCode.PAYMENT_DUE),
    EventType.DOSSIER_PAID: _dated(_at_one_stop(StageCode.PAID)),
    EventType.DOSSIER_PAUSED: _with_reason(_at_agency(StageCode.PAUSED)),
    EventType.DOSSIER_RESUMED: _dated(_at_agency(StageCode.RESUMED)),
    EventType.DOSSIER_DUE_MOVED: _dated(_at_agency(StageCode.DUE_MOVED)),
    EventType.DOSSIER_REASSIGNED: _at_agency(StageCode.HANDED_ON),
    EventType.DOSSIER_APOLOGISED: _with_reason(_apologised),
    EventType.DOSSIER_WITHDRAWN: _with_reason(_at_one_stop(StageCode.WITHDRAWN)),
    EventType.DOSSIER_REFUSED: _with_reason(_at_agency(StageCode.REFUSED)),
    EventType.ANSWER_RETURNED: _by_channel(StageCode.ANSWER_RETURNED, "channel"),
    EventType.RETURN_CHANNEL_CHOSEN: _by_channel(StageCode.CHANNEL_CHOSEN, "channel_out"),
    EventType.DOSSIER_RESOLVED: _at_one_stop(StageCode.RESULT_READY),
    EventType.RESOLUTION_REVERSED: _dated(_at_agency(StageCode.RESOLUTION_REVERSED)),
    EventType.PARCEL_COLLECTED: _moved,
    EventType.PARCEL_MOVED: _moved,
    EventType.PARCEL_DELIVERED: _moved,
    EventType.DOSSIER_RESULT_CAME_BACK: _at_one_stop(StageCode.CAME_BACK),
    EventType.DOSSIER_RETURNED: _by_channel(StageCode.RETURNED, "channel_out"),
    EventType.RETURN_REVERSED: _at_one_stop(StageCode.RETURN_REVERSED),
    EventType.RESULT_REISSUED: _at_one_stop(StageCode.REISSUED),
}

INTERNAL: Mapping[EventType, str] = {
    EventType.DOSSIER_TAKEN_OVER: "which officer works on it",
    EventType.DOSSIER_ASSIGNED: "which officer works on it",
    EventType.OPINION_ASKED: "between agencies",
    EventType.OPINION_GIVEN: "between agencies",
    EventType.PAPER_HANDED_OVER: "between the one-stop unit and the agency",
    EventType.PAPER_TAKEN: "between the one-stop unit and the agency",
    EventType.DOSSIER_WARNED: "a warning to staff",
    EventType.DOSSIER_REMINDED: "repeats that the result is ready",
    EventType.PARCEL_READY: "between the one-stop unit and the post, which has nothing yet",
    EventType.PARCEL_ORDERED: "between the one-stop unit and the post, which has nothing yet",
    EventType.PARCEL_REFUSED: "the dossier's own event says that the result is at the one-stop unit again",
    EventType.PARCEL_CLOSED: "the dossier's own event says that the result is at the one-stop unit again",
    EventType.PARCEL_NOTED: "came too late to change anything",
}
"""The events that an applicant is not shown, and why."""
