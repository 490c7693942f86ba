"""Numbers under load: no gaps and no doubles, with concurrent receipts and conflicts in the store."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.dossier.dossier import ChannelIn, ChannelOut
from motcua.domain.registry.unit_change import changed
from motcua.ports.changes import IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import CounterMovedError, StoreBusyError
from motcua.usecases.dossier_command import CommandResult
from motcua.usecases.intake.give_number import TRIES, NumberBusyError
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from tests.kit.examples import examples
from tests.kit.fakes import (
    CLERK,
    MORNING,
    PERSONS,
    PROCEDURE,
    MemoryCounters,
    MemoryDossiers,
    dossier_context,
    key,
    stamp,
)
from tests.kit.shipped import UNITS, ShippedRegistry

SERIES = "000.00.04.H23-200423"
ENTRY = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, ChannelOut.COUNTER, PERSONS)


def receive(desk: DossierContext, idempotency: IdempotencyKey | None = None, days: int = 0) -> CommandResult:
    return receive_dossier(ENTRY, CLERK, stamp(MORNING + timedelta(days=days)), idempotency or key(), desk)


def counters(desk: DossierContext) -> MemoryCounters:
    assert isinstance(desk.counters, MemoryCounters)
    return desk.counters


def test_the_first_number_of_a_day_is_0001_and_each_day_has_its_own_series() -> None:
    desk = dossier_context(MemoryDossiers())
    numbers = [receive(desk, days=days).dossier.number for days in (0, 0, 1)]
    assert numbers == [f"{SERIES}-0001", f"{SERIES}-0002", "000.00.04.H23-200424-0001"]


def test_a_number_opens_with_the_identifier_of_its_day() -> None:
    department = UNITS["skhdt"]
    since = replace(department, identifier="000.00.98.H23", identifier_is_sample=False)
    changes = changed(department, since, MORNING.date() + timedelta(days=1))
    desk = replace(dossier_context(MemoryDossiers()), registry=ShippedRegistry(units=[changes]))
    numbers = [receive(desk, days=days).dossier.number for days in (0, 1)]
    assert numbers == [f"{SERIES}-0001", "000.00.98.H23-200424-0001"]


def test_a_process_that_remembers_the_last_number_reads_nothing_and_writes_once() -> None:
    store = MemoryDossiers()
    desk = dossier_context(store)
    for _ in range(5):
        receive(desk)
    assert (store.commits, counters(desk).reads) == (5, 1), "the first, of a process that had seen none, is read for"


def test_a_process_that_knows_nothing_reads_the_present_number_and_is_not_refused() -> None:
    store, pauses = MemoryDossiers(), list[int]()
    busy = dossier_context(store)
    for _ in range(7):
        receive(busy)
    late = dossier_context(store, pauses)
    before = store.commits
    assert receive(late).dossier.number == f"{SERIES}-0008"
    assert (pauses, counters(late).reads, store.commits - before) == ([], 1, 1)


def test_a_process_whose_number_another_took_learns_the_present_one_from_its_refusal() -> None:
    store, pauses = MemoryDossiers(), list[int]()
    desk, other = dossier_context(store, pauses), dossier_context(store)
    receive(desk)
    for _ in range(3):
        receive(other)
    reads, before = counters(desk).reads, store.commits
    assert receive(desk).dossier.number == f"{SERIES}-0005"
    assert (pauses, counters(desk).reads - reads, store.commits - before) == ([], 0, 2)


def test_a_store_that_cannot_decide_is_waited_for_and_read() -> None:
    store, pauses = MemoryDossiers(interruptions=[StoreBusyError(), StoreBusyError(), None]), list[int]()
    desk = dossier_context(store, pauses)
    assert receive(desk).dossier.number == f"{SERIES}-0001"
    assert (pauses, counters(desk).reads, store.commits) == ([0, 1], 3, 3)


def test_who_is_refused_a_second_time_stands_in_a_crowd_and_waits_too() -> None:
    store, pauses = MemoryDossiers(interruptions=[CounterMovedError(3), CounterMovedError(4)]), list[int]()
    store.counters[SERIES] = 5
    assert receive(dossier_context(store, pauses)).dossier.number == f"{SERIES}-0006"
    assert pauses == [1]


def test_the_eighth_try_may_still_succeed() -> None:
    store = MemoryDossiers(interruptions=[StoreBusyError() for _ in range(TRIES - 1)])
    assert receive(dossier_context(store)).dossier.number == f"{SERIES}-0001"
    assert store.commits == 8


def test_after_eight_tries_it_gives_up_with_nothing_written() -> None:
    store = MemoryDossiers(interruptions=[StoreBusyError() for _ in range(TRIES)])
    with pytest.raises(NumberBusyError, match=SERIES):
        receive(dossier_context(store))
    assert store.commits == 8
    assert replace(store, commits=0, interruptions=[]) == MemoryDossiers()


def test_a_try_whose_answer_was_lost_takes_no_second_number() -> None:
    store, idempotency = MemoryDossiers(), key()
    first = receive(dossier_context(store), idempotency)
    again = receive(dossier_context(store), idempotency)
    assert (again.dossier, again.replayed) == (first.dossier, True)
    assert store.counters == {SERIES: 1}


DESKS = 3
REFUSALS = st.lists(st.sampled_from([False, False, True]), max_size=60)


@examples(120)
@given(turns=st.lists(st.integers(0, DESKS - 1), max_size=40), busy=REFUSALS)
def test_many_processes_and_a_busy_store_leave_no_gap_and_no_double(turns: list[int], busy: list[bool]) -> None:
    store = MemoryDossiers(interruptions=[StoreBusyError() if each else None for each in busy])
    inboxes, numbers = [dossier_context(store) for _ in range(DESKS)], []
    for turn in turns:
        before = len(store.log)
        try:
            numbers.append(receive(inboxes[turn]).dossier.number)
        except NumberBusyError:
            assert len(store.log) == before
    assert numbers == [f"{SERIES}-{count:04d}" for count in range(1, len(numbers) + 1)]
    assert set(store.numbers) == set(numbers)
    assert store.counters.get(SERIES, 0) == len(numbers) == len(store.states)
