"""A mistaken act is reversed by its actor on the same day, later by the head.

Nothing is deleted; the figure follows.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.errors import ForbiddenError, RefusedError
from motcua.domain.event import Event, EventType, Queue
from motcua.domain.local_time import LOCAL
from motcua.domain.post.parcel import ParcelState
from motcua.domain.reports.figure import FactKind, facts_of
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import CommandResult, StaffCommand
from motcua.usecases.post.apply_parcel_event import CarrierReport, KeptCallback, apply_report
from motcua.usecases.processing.process_dossier import resolve
from motcua.usecases.results.choose_return_channel import Choice, choose_return_channel
from motcua.usecases.results.return_result import return_result
from motcua.usecases.results.reverse_act import reverse_resolution, reverse_return
from tests.kit.examples import examples
from tests.kit.fakes import CLERK, OFFICER, REAL_NOW, MemoryDossiers, dossier_context, key, stamp
from tests.kit.life.dossiers import in_process, ready_for_post
from tests.kit.shipped import EveryState

WHY = "bấm nhầm hồ sơ"
THAT_DAY = datetime(2020, 5, 8, 9, 0, tzinfo=LOCAL)
LAST_MINUTE, NEXT_DAY = THAT_DAY.replace(hour=23, minute=59), THAT_DAY.replace(day=9, hour=0)
OTHER_CLERK = Principal("staff-8", CLERK.rights)
HEAD = Principal("staff-9", frozenset({(Role.HEAD, "mc-tinh")}))
AGENCY_HEAD = Principal("staff-9", frozenset({(Role.HEAD, "skhdt")}))
CLERK_AND_HEAD = Principal("staff-9", CLERK.rights | HEAD.rights)
OTHERS_HEAD = Principal("staff-7", frozenset({(Role.HEAD, "stp"), (Role.CLERK, "mc-h288")}))


def act(dossier: Dossier, by: Principal, at: datetime = THAT_DAY) -> StaffCommand:
    return StaffCommand(dossier.id, dossier.version, by, stamp(at, by.subject), key())


def resolved(desk: DossierContext) -> Dossier:
    dossier = in_process(desk)
    return resolve(act(dossier, OFFICER), desk).dossier


def returned(desk: DossierContext, at: datetime = THAT_DAY) -> Dossier:
    dossier = resolved(desk)
    return return_result(act(dossier, CLERK, at), ChannelOut.COUNTER, desk).dossier


def take_back(dossier: Dossier, by: Principal, at: datetime, desk: DossierContext) -> CommandResult:
    reverse = reverse_return if dossier.status is Status.RETURNED else reverse_resolution
    return reverse(act(dossier, by, at), WHY, desk)


def counted(store: MemoryDossiers, kind: FactKind) -> dict[date, int]:
    days: Counter[date] = Counter()
    for event in store.log:
        for fact in facts_of(event):
            days[fact.day] += fact.counts * (fact.kind is kind)
    return {day: times for day, times in days.items() if times}


@pytest.mark.parametrize(
    ("begin", "doer", "head", "status"),
    [(returned, CLERK, HEAD, Status.RESULT_READY), (resolved, OFFICER, AGENCY_HEAD, Status.IN_PROCESS)],
    ids=["10→9", "9→4"],
)
class TestWhoMayTakeItBack:
    def test_its_doer_until_that_day_is_over(
        self,
        begin: Callable[[DossierContext], Dossier],
        doer: Principal,
        head: Principal,
        status: Status,
        desk: DossierContext,
    ) -> None:
        assert head
        assert take_back(begin(desk), doer, LAST_MINUTE, desk).dossier.status is status

    def test_on_the_next_day_its_doer_is_told_who_may(
        self,
        begin: Callable[[DossierContext], Dossier],
        doer: Principal,
        head: Principal,
        status: Status,
        desk: DossierContext,
    ) -> None:
        dossier = begin(desk)
        with pytest.raises(ForbiddenError) as refused:
            take_back(dossier, doer, NEXT_DAY, desk)
        (unit,) = head.units()
        assert refused.value.code == "reversal_day_over"
        assert refused.value.faults[0].params == {"day": "08/05/2020", "unit": unit}
        assert take_back(dossier, head, NEXT_DAY, desk).dossier.status is status

    def test_nobody_else_of_the_unit_even_on_that_day(
        self,
        begin: Callable[[DossierContext], Dossier],
        doer: Principal,
        head: Principal,
        status: Status,
        desk: DossierContext,
    ) -> None:
        assert head
        assert status
        with pytest.raises(ForbiddenError) as refused:
            take_back(begin(desk), Principal("staff-8", doer.rights), THAT_DAY, desk)
        assert refused.value.code == "reversal_not_yours"

    def test_the_head_on_that_day_too_and_years_later(
        self,
        begin: Callable[[DossierContext], Dossier],
        doer: Principal,
        head: Principal,
        status: Status,
        desk: DossierContext,
    ) -> None:
        assert doer
        for at in (THAT_DAY, NEXT_DAY + timedelta(days=800)):
            assert take_back(begin(desk), head, at, desk).dossier.status is status

    def test_the_reason_is_kept_with_the_persons_and_stands_in_no_event(
        self,
        begin: Callable[[DossierContext], Dossier],
        doer: Principal,
        head: Principal,
        status: Status,
        desk: DossierContext,
    ) -> None:
        assert head
        done = take_back(begin(desk), doer, THAT_DAY, desk).dossier
        found = desk.dossiers.load_with_persons(done.id)
        assert found is not None
        assert (found[0].status, found[1].reasons) == (status, {done.version: WHY})
        assert WHY not in str(list(desk.dossiers.events(done.id)))


def test_who_is_clerk_and_head_takes_back_what_somebody_else_did(desk: DossierContext) -> None:
    assert take_back(returned(desk), CLERK_AND_HEAD, NEXT_DAY, desk).dossier.status is Status.RESULT_READY


def test_a_head_of_another_unit_does_not_even_see_it(desk: DossierContext) -> None:
    with pytest.raises(Exception, match="dossier_not_found"):
        take_back(returned(desk), OTHERS_HEAD, NEXT_DAY, desk)


@pytest.mark.parametrize(("dossier", "by"), [(returned, AGENCY_HEAD), (resolved, HEAD)])
def test_a_head_takes_back_only_what_was_done_in_the_own_unit(
    dossier: Callable[[DossierContext], Dossier], by: Principal, desk: DossierContext
) -> None:
    with pytest.raises(ForbiddenError, match="role_needed"):
        take_back(dossier(desk), by, THAT_DAY, desk)


@pytest.mark.parametrize("reverse", [reverse_return, reverse_resolution])
def test_what_has_not_happened_is_not_taken_back(
    reverse: Callable[[StaffCommand, str, DossierContext], CommandResult], desk: DossierContext
) -> None:
    dossier = in_process(desk)
    everyone = Principal("staff-0", CLERK.rights | OFFICER.rights)
    with pytest.raises(RefusedError, match="move_not_allowed"):
        reverse(act(dossier, everyone), WHY, desk)


def test_nothing_is_deleted_and_the_events_replay(store: MemoryDossiers, desk: DossierContext) -> None:
    before = returned(desk)
    log = store.log.copy()
    done = take_back(before, CLERK, THAT_DAY, desk).dossier
    assert store.log[:-1] == log
    state: Dossier | None = None
    for event in store.log:
        state = evolve(state, event)
    assert state == done
    assert (done.returned_at, done.returned_by, done.ready_at) == (None, "", before.ready_at)
    assert store.log[-1].data["reverses"] == f"{before.id}.{before.version}"


def test_the_second_of_two_reversals_finds_that_it_was_done(desk: DossierContext) -> None:
    dossier = returned(desk)
    first = act(dossier, CLERK)
    done = reverse_return(first, WHY, desk)
    assert reverse_return(first, WHY, desk) == CommandResult(done.dossier, replayed=True)
    with pytest.raises(Exception, match="version_differs"):
        reverse_return(act(dossier, HEAD), WHY, desk)


def test_a_reversed_return_leaves_the_choice_as_it_was_before_it(desk: DossierContext) -> None:
    dossier = choose_return_channel(act(resolved(desk), CLERK), Choice(ChannelOut.ONLINE), desk).dossier
    handed_over = return_result(act(dossier, CLERK), ChannelOut.COUNTER, desk).dossier
    assert handed_over.channel_out is ChannelOut.COUNTER
    assert take_back(handed_over, CLERK, THAT_DAY, desk).dossier.channel_out is ChannelOut.ONLINE


def report(order: str, state: ParcelState, at: datetime, store: MemoryDossiers, place: str = "") -> Event:
    found = store.load_with_parcel(order)
    assert found is not None
    store.owed["callback#parcel_events"] = Queue.PARCEL_EVENTS, None
    told = CarrierReport("simulator", order, state, at, place, "")
    kept = KeptCallback("simulator", "msg_1", order, "c", "callback#parcel_events")
    return apply_report(told, found[:2], kept, REAL_NOW, store, EveryState())


def test_what_the_post_delivered_is_not_taken_back_not_even_by_the_head(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    order = ready_for_post(desk)
    report(order, ParcelState.DELIVERED, THAT_DAY, store, "address")
    (dossier,) = store.states.values()
    with pytest.raises(RefusedError, match="delivered_by_post") as refused:
        take_back(dossier, HEAD, THAT_DAY, desk)
    assert refused.value.faults[0].params["parcel"] == order


@pytest.mark.parametrize("state", [None, *ParcelState])
def test_a_resolution_stands_while_a_parcel_has_not_come_to_its_end(
    state: ParcelState | None, store: MemoryDossiers, desk: DossierContext
) -> None:
    """A dossier for post has a parcel immediately, and even a parcel that is only ready holds the result."""
    order = ready_for_post(desk)
    if state:
        report(order, state, THAT_DAY, store)
    (dossier,) = store.states.values()
    if state is ParcelState.DELIVERED:
        assert dossier.status is Status.RETURNED
        return
    if state in (ParcelState.RETURNED, ParcelState.CANCELLED):
        assert take_back(dossier, AGENCY_HEAD, NEXT_DAY, desk).dossier.status is Status.IN_PROCESS
        return
    with pytest.raises(RefusedError, match="parcel_holds_result") as refused:
        take_back(dossier, AGENCY_HEAD, NEXT_DAY, desk)
    assert refused.value.faults[0].params["parcel"] == order


def test_a_fact_is_taken_from_the_day_on_which_it_stood(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = returned(desk, datetime(2020, 5, 31, 23, 0, tzinfo=LOCAL))
    assert counted(store, FactKind.RETURNED) == {date(2020, 5, 31): 1}
    take_back(dossier, HEAD, datetime(2020, 7, 2, 9, 0, tzinfo=LOCAL), desk)
    assert counted(store, FactKind.RETURNED) == {}
    assert counted(store, FactKind.BECAME_READY) == {date(2020, 5, 8): 1}


def test_a_fact_is_taken_from_the_cell_in_which_it_stood(store: MemoryDossiers, desk: DossierContext) -> None:
    """The result was ready for the counter.

    Then the applicant chose another channel, and the resolution is reversed.
    """
    dossier = choose_return_channel(act(resolved(desk), CLERK), Choice(ChannelOut.ONLINE), desk).dossier
    take_back(dossier, OFFICER, THAT_DAY, desk)
    (made,) = [fact for event in store.log for fact in facts_of(event) if event.type is EventType.DOSSIER_RESOLVED]
    (taken,) = facts_of(store.log[-1])
    assert (taken.reverses, taken.counts) == (made.event_id, -1)
    for name in ("kind", "agency_id", "day", "procedure_code", "channel_in", "channel_out", "dossier_id"):
        assert getattr(taken, name) == getattr(made, name), name


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=12)


@given(steps=STEPS)
@examples(60, derandomize=False)
def test_however_often_it_is_returned_and_taken_back_it_counts_once_or_not_at_all(
    steps: list[tuple[bool, int]],
) -> None:
    """Each step takes hours. `True` goes forwards to status 10, `False` backwards to status 4."""
    store = MemoryDossiers()
    desk, now = dossier_context(store), THAT_DAY
    dossier = resolved(desk)
    ready_on, returned_on = THAT_DAY.date(), THAT_DAY.date()
    everyone = Principal("staff-9", CLERK.rights | OFFICER.rights | HEAD.rights | AGENCY_HEAD.rights)
    for forwards, hours in steps:
        now += timedelta(hours=hours)
        this = act(dossier, everyone, now)
        if forwards and dossier.status is Status.IN_PROCESS:
            dossier, ready_on = resolve(this, desk).dossier, now.date()
        elif forwards and dossier.status is Status.RESULT_READY:
            dossier, returned_on = return_result(this, ChannelOut.COUNTER, desk).dossier, now.date()
        elif not forwards and dossier.status is not Status.IN_PROCESS:
            dossier = take_back(dossier, everyone, now, desk).dossier
        is_ready, is_returned = dossier.status is not Status.IN_PROCESS, dossier.status is Status.RETURNED
        assert counted(store, FactKind.BECAME_READY) == ({ready_on: 1} if is_ready else {})
        assert counted(store, FactKind.RETURNED) == ({returned_on: 1} if is_returned else {})
