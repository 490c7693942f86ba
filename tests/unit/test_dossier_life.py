"""A dossier lives through every act and every report that a carrier may send, in any order; what must hold, holds."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from motcua.domain import dossier as dossiers
from motcua.domain import parcel as parcels
from motcua.domain.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.errors import ConflictError, InvalidError, MotcuaError
from motcua.domain.event import Event, EventType, Queue
from motcua.domain.figure import FactKind, facts_of
from motcua.domain.parcel import FINAL, ParcelState
from motcua.domain.principal import Principal
from motcua.domain.status import MOVES, Status
from motcua.ports import AlreadySettledError, Office
from motcua.ports.post import OrderUnknownError
from motcua.usecases.acting import Act, Done
from motcua.usecases.apply_parcel_event import CarrierReport, apply_parcel_event
from motcua.usecases.choose_return_channel import Choice, choose_return_channel
from motcua.usecases.decide_submission import accept_submission, refuse_submission
from motcua.usecases.dispatch_parcel import dispatch_parcel
from motcua.usecases.process_dossier import resolve, take_over
from motcua.usecases.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.return_result import return_result
from motcua.usecases.route_dossier import route_dossier
from motcua.usecases.submit_dossier import SubmitDossier, submit_dossier
from tests.unit.fakes import (
    CLERK,
    CONTROLLER,
    MORNING,
    OFFICER,
    OWNER,
    PERSONS,
    PROCEDURE,
    MemoryDossiers,
    Partner,
    key,
    office,
    stamp,
)  # fmt: skip
from tests.unit.shipped import EveryState

EVERYONE = Principal("staff-0", CLERK.rights | OFFICER.rights | CONTROLLER.rights)
OTHER_REASONS = {"not_taken_over", "parcel_under_way", "post_returns_itself"}
ACTS: dict[str, Callable[[Act, Office, ChannelOut], Done]] = {
    "accept": lambda act, office, _: accept_submission(act, office),
    "refuse": lambda act, office, _: refuse_submission(act, "thiếu giấy tờ", office),
    "take_over": lambda act, office, _: take_over(act, office),
    "resolve": lambda act, office, _: resolve(act, office),
    "return": lambda act, office, channel: return_result(act, channel, office),
    "choose_return_channel": lambda act, office, channel: choose_return_channel(act, Choice(channel), office),
}
STATES = st.sampled_from([*ParcelState, "", "unheard of"])
TOLD = st.tuples(STATES, st.sampled_from([0, 1, 24, -1]), st.sampled_from(["address", "post_office", ""]))
INCREDIBLE = {"report_from_the_future", "report_before_ready", "report_before_collection", "unknown_carrier_code"}


def replayed(events: list[Event]) -> Dossier:
    state = None
    for event in events:
        state = dossiers.evolve(state, event)
    assert state is not None
    return state


class LifeOfADossier(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.store, self.now, self.registry = MemoryDossiers(), MORNING, EveryState()
        self.office = office(self.store)
        self.id, self.ended = "", dict[str, ParcelState]()
        self.repeat: tuple[Callable[[], Done], Dossier] | None = None

    @property
    def dossier(self) -> Dossier:
        return self.store.states[self.id]

    def perform(self, name: str, channel: ChannelOut = ChannelOut.COUNTER) -> None:
        """Do it as a person who may do everything: it succeeds exactly where the table of moves lets it."""
        sources, target = MOVES[name]
        before, act = self.dossier, Act(self.id, self.dossier.version, EVERYONE, stamp(self.now), key())
        try:
            done = ACTS[name](act, self.office, channel)
        except MotcuaError as error:
            assert self.dossier == before
            assert before.status not in sources or error.code in OTHER_REASONS  # noqa: PT017 - see `report`
            return
        assert before.status in sources
        assert self.dossier == done.dossier
        assert self.dossier.version == before.version + 1
        assert self.dossier.status is (before.status if target is None else target)
        self.repeat = lambda: ACTS[name](act, self.office, channel), done.dossier

    @initialize(start=st.sampled_from(["post", "online", "counter", "ready"]), channel=st.sampled_from(ChannelOut))
    def begins(self, start: str, channel: ChannelOut) -> None:
        """At its beginning, or far enough on its way that its end is within reach."""
        channel = ChannelOut.POST if start == "post" else channel
        if start == "online":
            wish = SubmitDossier("mc-tinh", PROCEDURE, channel, PERSONS, OWNER.number)
            self.id = submit_dossier(wish, stamp(self.now), key(), self.office).dossier.id
        else:
            entry = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, channel, PERSONS)
            self.id = receive_dossier(entry, CLERK, stamp(self.now), key(), self.office).dossier.id
        if start in ("post", "ready"):
            self.the_queue_routes(twice=False)
            self.perform("take_over")
            self.perform("resolve")
        if start == "post":
            self.the_queue_orders_the_parcel("taken", tried=False)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.allowed())
    @rule(data=st.data(), channel=st.sampled_from(ChannelOut))
    def somebody_acts(self, data: st.DataObject, channel: ChannelOut) -> None:
        self.perform(data.draw(st.sampled_from(self.allowed())), channel)

    @rule(name=st.sampled_from(sorted(ACTS)), channel=st.sampled_from(ChannelOut))
    def somebody_acts_perhaps_out_of_turn(self, name: str, channel: ChannelOut) -> None:
        self.perform(name, channel)

    def allowed(self) -> list[str]:
        return [name for name in sorted(ACTS) if self.dossier.status in MOVES[name][0]]

    @precondition(lambda self: self.repeat)
    @rule()
    def the_last_command_comes_again_and_is_answered_as_it_was(self) -> None:
        assert self.repeat is not None
        commits, (again, answered) = self.store.log.copy(), self.repeat
        assert again() == Done(answered, repeated=True)
        assert self.store.log == commits

    @rule(seen=st.integers(1, 3))
    def somebody_acts_on_an_old_sight_of_it(self, seen: int) -> None:
        before, act = self.dossier, Act(self.id, seen, EVERYONE, stamp(self.now), key())
        if seen < before.version:
            with pytest.raises(ConflictError, match="version_differs"):
                take_over(act, self.office)
            assert self.dossier == before

    def owed(self, queue: Queue) -> list[tuple[str, Event]]:
        return [(owed_id, event) for owed_id, (of, event) in self.store.owed.items() if of is queue and event]

    @precondition(lambda self: self.owed(Queue.ROUTING))
    @rule(twice=st.booleans())
    def the_queue_routes(self, twice: bool) -> None:
        settles, event = self.owed(Queue.ROUTING)[0]
        before = self.dossier
        assert route_dossier(event, settles, self.now, self.store) is (before.status is Status.RECEIVED)
        if before.status is Status.RECEIVED:
            assert (self.dossier.status, self.dossier.version) == (Status.IN_PROCESS, before.version + 1)
        if twice:
            self.comes_too_late(lambda: route_dossier(event, settles, self.now, self.store))

    @precondition(lambda self: self.owed(Queue.DISPATCH))
    @rule(answer=st.sampled_from(["taken", "refused", "silent"]), tried=st.booleans())
    def the_queue_orders_the_parcel(self, answer: str, tried: bool) -> None:
        settles, event = self.owed(Queue.DISPATCH)[0]
        arguments = (event, settles, self.now, tried, self.store, self.registry, Partner(answer))
        try:
            dispatch_parcel(*arguments)
        except OrderUnknownError:
            assert settles in self.store.owed
            assert (answer, tried) == ("silent", False)
        else:
            self.comes_too_late(lambda: dispatch_parcel(*arguments))

    def comes_too_late(self, message: Callable[[], object]) -> None:
        written = self.store.log.copy()
        with pytest.raises(AlreadySettledError):
            message()
        assert self.store.log == written

    @precondition(lambda self: self.store.parcels)
    @rule(told=st.lists(TOLD, min_size=1, max_size=4), data=st.data())
    def the_carrier_reports(self, told: list[tuple[str, int, str]], data: st.DataObject) -> None:
        for state, hours_ago, place in told:
            order = data.draw(st.sampled_from(sorted(self.store.parcels)))
            self.report(CarrierReport("simulator", order, state, self.now - timedelta(hours=hours_ago), place, ""))

    def report(self, report: CarrierReport) -> None:
        found = before, parcel = self.dossier, self.store.parcels[report.order_number]
        settles = "callback#parcel_events"
        self.store.owed[settles] = Queue.PARCEL_EVENTS, None
        try:
            apply_parcel_event(report, found, settles, self.now, "correlation-1", self.store, self.registry)
        except InvalidError as error:
            assert error.code in INCREDIBLE  # noqa: PT017 - either outcome is right, and each has its own promise
            assert (self.dossier, self.store.parcels[parcel.order_number]) == (before, parcel)
            return
        assert self.store.parcels[parcel.order_number].version == parcel.version + 1
        assert self.dossier.version - before.version in (0, 1)
        self.replaying_all_events_gives_the_present_state()
        self.nothing_undoes_a_final_state_and_one_delivery_returns_once()

    @invariant()
    def replaying_all_events_gives_the_present_state(self) -> None:
        for subject in {event.subject for event in self.store.log}:
            events = [event for event in self.store.log if event.subject == subject]
            assert [event.version for event in events] == list(range(1, len(events) + 1))
            if subject == self.id:
                assert replayed(events) == self.dossier
            else:
                parcel = None
                for event in events:
                    parcel = parcels.evolve(parcel, event)
                assert parcel == self.store.parcels[subject]

    @invariant()
    def nothing_undoes_a_final_state_and_one_delivery_returns_once(self) -> None:
        for order, state in self.ended.items():
            assert self.store.parcels[order].state is state
        self.ended = {order: each.state for order, each in self.store.parcels.items() if each.state in FINAL}
        happened = Counter(event.type for event in self.store.log)
        assert happened[EventType.DOSSIER_RETURNED] == (bool(self.id) and self.dossier.status is Status.RETURNED)
        assert happened[EventType.PARCEL_DELIVERED] <= happened[EventType.DOSSIER_RETURNED]
        delivered = [each for each in self.store.parcels.values() if each.state is ParcelState.DELIVERED]
        assert len(delivered) == happened[EventType.PARCEL_DELIVERED]
        assert not delivered or self.dossier.channel_out is ChannelOut.POST

    @invariant()
    def the_post_has_it_exactly_while_its_parcel_is_not_at_an_end(self) -> None:
        open_ones = [order for order, each in self.store.parcels.items() if each.state not in FINAL]
        assert open_ones == ([f"{self.id}-{self.dossier.parcels}"] if self.id and self.dossier.parcel_open else [])

    @invariant()
    def a_dossier_counts_once_and_by_post_only_if_returned(self) -> None:
        facts = Counter(fact.kind for event in self.store.log for fact in facts_of(event))
        assert all(facts[kind] <= 1 for kind in (FactKind.RECEIVED, FactKind.BECAME_READY, FactKind.RETURNED))
        assert facts[FactKind.DELIVERED_BY_POST] <= facts[FactKind.RETURNED] <= facts[FactKind.BECAME_READY]
        assert facts[FactKind.HANDED_TO_POST] <= facts[FactKind.REGISTERED_FOR_POST] == len(self.store.parcels)


LifeOfADossier.TestCase.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, derandomize=True, phases=[Phase.generate, Phase.shrink]
)
TestLifeOfADossier = LifeOfADossier.TestCase
