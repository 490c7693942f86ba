"""The invariants of a dossier after every step. A witness reads each event once and compares it with the store."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from motcua.domain.deadline.suspension import STATUS_OF, Suspension, WaitKind
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import LinkedLeg
from motcua.domain.event import Event, EventType, moment
from motcua.domain.local_time import LOCAL, local_day
from motcua.domain.post import parcel as parcels
from motcua.domain.post.parcel import FINAL, Parcel, ParcelState
from motcua.domain.reading.inbox import late_there
from motcua.domain.reading.reminders import due_warnings
from motcua.domain.registry.procedure import AfterSupplement, LimitUnit, TimeLimit
from motcua.domain.reports.figure import FactKind, facts_of
from motcua.domain.status import ENDS, OPEN, WAITING, Status
from tests.kit.life.oracle import EVERY_DAY, WITH_CLOSURE, next_working_day, working_days_before
from tests.kit.life.whole_life import AGENCIES, LEAD, ONE_STOP, SECRETS, Life, persons_of
from tests.unit.deadline.test_deadline_reference import APRIL, Reference, moment_of, seconds

ASKS = {
    EventType.SUPPLEMENT_REQUESTED: WaitKind.SUPPLEMENT,
    EventType.PAYMENT_REQUESTED: WaitKind.PAYMENT,
    EventType.DOSSIER_PAUSED: WaitKind.PAUSE,
}
GOES_ON = (EventType.SUPPLEMENT_COMPLETED, EventType.DOSSIER_PAID, EventType.DOSSIER_RESUMED)
WORKED_ON = (Status.RECEIVED, Status.IN_PROCESS)
FAR_AWAY = datetime(2027, 6, 1, tzinfo=LOCAL)


@dataclass
class Witness:
    """What follows from the events alone: the states, the ended suspensions, and the counted figures."""

    life: Life
    read: int = 0
    dossier: Dossier | None = None
    parcels: dict[str, Parcel] = field(default_factory=dict)
    open_wait: Suspension | None = None
    waits: list[Suspension] = field(default_factory=list)
    paper_since: datetime | None = None
    goes_on: bool = False
    facts: Counter[FactKind] = field(default_factory=Counter)
    by_day: Counter[tuple[FactKind, date]] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    number: str = ""

    def looks(self) -> None:
        """Read the new events and compare everything with the store."""
        new, self.read = self.life.store.log[self.read :], len(self.life.store.log)
        for event in new:
            self._reads(event)
        if new:
            for promise in PROMISES:
                promise(self, self.life.dossier)

    def _by_hours(self, what: str, agency_id: str) -> bool:
        limits = {leg.agency_id: leg.limit for leg in self.life.procedure.legs}
        limit = limits[agency_id] if what == "leg_late" else self.life.procedure.whole_limit
        in_hours = limit is not None and limit.unit is LimitUnit.HOUR
        return {"unanswered": True, "paper_late": True, "supplement_expired": False, "opinion_late": False}.get(
            what, in_hours
        )

    def clock(self, dossier: Dossier) -> Reference:
        """Return the naive clock for a dossier.

        The closure of April 2020 pauses it, except for transitional dossiers.
        """
        assert dossier.received_at is not None
        paused = local_day(dossier.received_at) <= APRIL[1] and dossier.transitional is None
        return WITH_CLOSURE if paused else EVERY_DAY

    def _reads(self, event: Event) -> None:
        self._nothing_personal(event)
        event = replace(event, data=json.loads(json.dumps(event.data)))
        if event.subject == self.life.id:
            self._waits(event)
            self._warns(event)
            self._in_order(event)
            self.dossier = evolve(self.dossier, event)
        else:
            parcel = self.parcels.get(event.subject)
            assert event.version == (parcel.version if parcel else 0) + 1
            self.parcels[event.subject] = parcels.evolve(parcel, event)
        for fact in facts_of(event):
            self.facts[fact.kind] += fact.counts
            self.by_day[fact.kind, fact.day] += fact.counts

    def _nothing_personal(self, event: Event) -> None:
        stamp = event.stamp
        told = json.dumps([event.subject, stamp.actor, stamp.correlation_id, event.data], ensure_ascii=False)
        assert [secret for secret in SECRETS if secret in told] == []

    def _in_order(self, event: Event) -> None:
        """Check that versions have no gap, and that only a carrier's report may lie in the past."""
        before = self.dossier
        assert event.version == (before.version if before else 0) + 1
        if before and not event.stamp.actor.startswith("carrier:"):
            assert event.stamp.occurred_at >= before.changed_at

    def _waits(self, event: Event) -> None:
        at, before = event.stamp.occurred_at, self.dossier
        self.goes_on = event.type in GOES_ON
        if kind := ASKS.get(event.type):
            assert before is not None
            anew = kind is WaitKind.SUPPLEMENT and self.life.procedure.after_supplement is AfterSupplement.RESTART
            self.open_wait = Suspension(kind, at, before.status, restarts=anew)
        elif self.goes_on:
            assert before is not None
            assert self.open_wait is not None
            if self.open_wait.at_intake and before.paper and not before.paper.handed_over_at:
                self.paper_since = at
            self.waits.append(replace(self.open_wait, until=at))
            self.open_wait = None

    def _warns(self, event: Event) -> None:
        """Check that a reminder is true of the state in which it is sent, and is sent once."""
        before, at = self.dossier, event.stamp.occurred_at
        if event.type is EventType.DOSSIER_REMINDED:
            assert before is not None
            assert before.ready_at is not None
            assert (before.status, before.parcel_open) == (Status.RESULT_READY, False)
            days = (5, 15, 30)[int(str(event.data["ordinal"])) - 1]
            assert (local_day(at) - local_day(before.ready_at)).days >= days
            assert int(str(event.data["ordinal"])) > before.reminders
        if event.type is not EventType.DOSSIER_WARNED:
            return
        assert before is not None
        said, due = str(event.data["warning"]), moment(event.data["due"])
        self.said[said] += 1
        assert self.said[said] == 1
        what, _, agency_id = said.partition("@")[0].partition(":")
        assert is_past(due, at, by_hours=self._by_hours(what, agency_id)) is not (what == "approaching")
        if what == "approaching":
            assert at >= working_days_before(due, 2)
        assert due in truths(before, what, agency_id)


def is_past(due: datetime, at: datetime, *, by_hours: bool) -> bool:
    """Return whether `due` is past: by local dates, or by the moment when the limit counts hours."""
    return at > due if by_hours else local_day(at) > local_day(due)


def truths(dossier: Dossier, what: str, agency_id: str) -> list[datetime | None]:
    """Return the dates to which the reminder `what` may refer."""
    worked_on = dossier.status in WORKED_ON
    match what:
        case "unanswered":
            return [dossier.answer_by] if dossier.status is Status.SUBMITTED else []
        case "supplement_expired":
            waits = dossier.waits[-1:] if dossier.status is Status.SUPPLEMENT_REQUESTED else ()
            return [wait.expires_at for wait in waits]
        case "approaching" | "late":
            return [dossier.due_at] if worked_on else []
        case "paper_late":
            return [dossier.paper.due_at] if worked_on and dossier.paper and not dossier.paper.handed_over_at else []
        case "leg_late":
            return [leg.due_at for leg in dossier.legs if worked_on and leg.running and leg.agency_id == agency_id]
    assert what == "opinion_late"
    return [each.due_at for each in dossier.opinions if worked_on and not each.given_at and each.agency_id == agency_id]


def replaying_all_events_gives_what_is_stored(seen: Witness, dossier: Dossier) -> None:
    assert seen.dossier == dossier
    assert seen.parcels == seen.life.store.parcels
    assert dossier.version == sum(event.subject == dossier.id for event in seen.life.store.log)


def one_number_for_life(seen: Witness, dossier: Dossier) -> None:
    """Check that the dossier gets its number with the receipt, of that day, and keeps it."""
    assert bool(dossier.number) is (dossier.received_at is not None)
    if not seen.number and dossier.number:
        assert dossier.registered_at is not None
        assert dossier.number.endswith(f"-{local_day(dossier.registered_at):%y%m%d}-0001")
        seen.number = dossier.number
    assert dossier.number == seen.number
    assert list(seen.life.store.numbers.items()) == ([(dossier.number, dossier.id)] if dossier.number else [])


def due_by_a_naive_count_without_the_time_that_stood_still(seen: Witness, dossier: Dossier) -> None:
    if dossier.received_at is None:
        assert dossier.due_at is None
        return
    limit = seen.life.procedure.whole_limit
    assert limit is not None
    assert dossier.due_at == seen.clock(dossier).due(dossier.received_at, limit, seen.waits)
    assert dossier.due_at >= dossier.received_at
    if dossier.new_due_at:
        assert dossier.new_due_at > dossier.received_at


def intake_dates_by_a_naive_count(seen: Witness, dossier: Dossier) -> None:
    """Check the intake dates: eight working hours for the answer, and for the paper the same day.

    After 15:00 the paper is due at the start of the next day. It counts from the end of the last suspension during
    which the paper was still at the one-stop unit.
    """
    clock = EVERY_DAY
    if dossier.channel_in is ChannelIn.ONLINE and dossier.submitted_at:
        assert dossier.answer_by == moment_of(clock.hours.after(seconds(dossier.submitted_at), 8 * 3600))
    if dossier.registered_at is None or dossier.channel_in is ChannelIn.ONLINE or dossier.transitional:
        assert dossier.paper is None
        return
    assert dossier.paper is not None
    start = moment_of(clock.hours.opening(seconds(seen.paper_since or dossier.registered_at)))
    same_day = datetime.combine(start.date(), time(17), LOCAL)
    next_day = datetime.combine(next_working_day(start.date()), time(7), LOCAL)
    assert dossier.paper.due_at == (same_day if start.time() <= time(15) else next_day)
    assert dossier.paper.handed_over_at is not None or dossier.paper.taken_at is None


def while_it_waits_nothing_is_late(seen: Witness, dossier: Dossier) -> None:
    wait = dossier.waiting
    assert (dossier.status in WAITING) is (wait is not None)
    if wait is None:
        return
    assert seen.open_wait is not None
    assert dossier.status is STATUS_OF[wait.kind]
    assert (wait.kind, wait.since, wait.back_to, wait.restarts) == (
        seen.open_wait.kind,
        seen.open_wait.since,
        seen.open_wait.back_to,
        seen.open_wait.restarts,
    )
    assert not any(late_there(dossier, unit, FAR_AWAY) for unit in (ONE_STOP, *AGENCIES))
    said = {each.what for each in due_warnings(dossier, FAR_AWAY, FAR_AWAY)}
    assert said <= ({"supplement_expired"} if wait.kind is WaitKind.SUPPLEMENT else set())


def legs_run_in_their_turn(seen: Witness, dossier: Dossier) -> None:
    legs = dossier.legs
    planned = [(leg.step, leg.agency_id) for leg in seen.life.procedure.legs] if dossier.received_at else []
    assert [(leg.step, leg.agency_id) for leg in legs] == planned
    if not legs:
        return
    for leg in legs:
        before = [each for each in legs if each.step < leg.step]
        assert leg.started_at is not None or leg.finished_at is None
        if leg.started_at:
            assert all(each.finished_at and each.finished_at <= leg.started_at for each in before)
    reached = dossier.status in (Status.IN_PROCESS, Status.PAUSED) or (
        dossier.waiting is not None and not dossier.waiting.at_intake
    )
    assert any(leg.running for leg in legs) or not reached
    running = [leg.step for leg in legs if leg.running]
    assert len(set(running)) <= 1
    resolved = dossier.status in (Status.RESULT_READY, Status.RETURNED)
    assert all(leg.finished_at for leg in legs) is resolved


def legs_sum_up(seen: Witness, dossier: Dossier) -> None:
    """Check the due dates of the parts of a linked dossier.

    A running part is due by its own limit from its beginning. A coming part, planned anew after a suspension, counts
    from the latest due date of the step before, whoever was early or late in it. While nothing is finished, the last
    part is due with the whole: the end of one working day and the beginning of the next are the same moment for the
    clock.
    """
    if not dossier.legs:
        return
    assert dossier.received_at is not None
    clock, limits = seen.clock(dossier), [leg.limit for leg in seen.life.procedure.legs]
    for leg, limit in zip(dossier.legs, limits, strict=True):
        if leg.running:
            assert leg.due_at == leg_due(seen, clock, leg, limit, dossier.received_at)
        elif seen.goes_on and not leg.finished_at:
            before = [each.due_at for each in dossier.legs if each.step == leg.step - 1 and each.due_at]
            waits = seen.waits if leg.step == 1 else []
            assert leg.due_at == clock.due(max(before, default=dossier.received_at), limit, waits)
    if not any(leg.finished_at for leg in dossier.legs) and dossier.status in OPEN:
        last = max(leg.due_at for leg in dossier.legs if leg.due_at)
        assert dossier.due_at is not None
        assert clock.hours.before(seconds(last)) == clock.hours.before(seconds(dossier.due_at))


def leg_due(seen: Witness, clock: Reference, leg: LinkedLeg, limit: TimeLimit, received_at: datetime) -> datetime:
    assert leg.started_at is not None
    since = received_at if leg.step == 1 else leg.started_at
    return clock.due(since, limit, [wait for wait in seen.waits if wait.until and wait.until > since])


def it_lies_once_on_each_desk_and_on_none_at_an_end(_: Witness, dossier: Dossier) -> None:
    inboxes = [dossier.inbox_unit_id, *dossier.other_inboxes]
    assert len(inboxes) == len(set(inboxes))
    if dossier.status in ENDS:
        answer_waits = dossier.status is Status.REFUSED and dossier.answered_at is None
        assert inboxes == [ONE_STOP if answer_waits else ""]
    else:
        assert inboxes[0] == (LEAD if dossier.status in (Status.IN_PROCESS, Status.PAUSED) else ONE_STOP)
    if dossier.status in OPEN:
        owing = {each.agency_id for each in dossier.opinions if each.given_at is None}
        assert owing | {leg.agency_id for leg in dossier.legs if leg.running} <= set(inboxes)


def facts_count_what_is_true_once_and_on_its_day(seen: Witness, dossier: Dossier) -> None:
    ready = dossier.status in (Status.RESULT_READY, Status.RETURNED)
    returned = dossier.status is Status.RETURNED
    by_post = returned and dossier.channel_out is ChannelOut.POST
    assert seen.facts[FactKind.RECEIVED] == (dossier.received_at is not None)
    assert seen.facts[FactKind.BECAME_READY] == ready
    assert seen.facts[FactKind.RETURNED] == returned
    assert seen.facts[FactKind.DELIVERED_BY_POST] <= by_post
    assert seen.facts[FactKind.REGISTERED_FOR_POST] == len(seen.parcels) == dossier.parcels
    assert seen.facts[FactKind.HANDED_TO_POST] == sum(bool(each.collected_at) for each in seen.parcels.values())
    days = {
        FactKind.RECEIVED: dossier.received_at,
        FactKind.BECAME_READY: dossier.ready_at,
        FactKind.RETURNED: dossier.returned_at,
        FactKind.DELIVERED_BY_POST: dossier.returned_at,
    }
    for (kind, day), count in seen.by_day.items():
        if kind in days:
            true_day = days[kind]
            assert count == (seen.facts[kind] if true_day and day == local_day(true_day) else 0)


def a_parcel_is_open_only_while_the_result_is_ready(seen: Witness, dossier: Dossier) -> None:
    latest = f"{dossier.id}-{dossier.parcels}"
    assert not dossier.parcel_open or dossier.status is Status.RESULT_READY
    under_way = {order for order, each in seen.parcels.items() if each.state not in FINAL} - seen.life.given_up
    assert under_way == ({latest} if dossier.parcel_open else set())
    delivered = {order for order, each in seen.parcels.items() if each.state is ParcelState.DELIVERED}
    assert len(delivered - seen.life.given_up) == (
        dossier.status is Status.RETURNED and dossier.channel_out is ChannelOut.POST
    )


def each_reason_is_kept_under_its_version(seen: Witness, _: Dossier) -> None:
    assert dict(persons_of(seen.life).reasons) == seen.life.reasons


PROMISES: tuple[Callable[[Witness, Dossier], None], ...] = (
    replaying_all_events_gives_what_is_stored,
    one_number_for_life,
    due_by_a_naive_count_without_the_time_that_stood_still,
    intake_dates_by_a_naive_count,
    while_it_waits_nothing_is_late,
    legs_run_in_their_turn,
    legs_sum_up,
    it_lies_once_on_each_desk_and_on_none_at_an_end,
    facts_count_what_is_true_once_and_on_its_day,
    a_parcel_is_open_only_while_the_result_is_ready,
    each_reason_is_kept_under_its_version,
)
