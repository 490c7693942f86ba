"""The contract of every store of dossiers: the real one, and the one in memory that the unit tests use."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from motcua.domain.dossier.acts.intake import transferred, withdrawn
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.number import Series
from motcua.domain.dossier.parts import Transitional
from motcua.domain.event import EventType
from motcua.domain.status import Status
from motcua.ports.changes import Change, IdempotencyKey, Original
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import (
    AlreadyDoneError,
    AlreadyRegisteredError,
    AlreadySettledError,
    CounterMovedError,
    VersionMovedError,
)
from motcua.usecases.dossier_command import changed
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from tests.adapters.conftest import Cloud
from tests.kit.fakes import CLERK, MORNING, PERSONS, PROCEDURE, REAL_NOW, MemoryDossiers, dossier_context, key, stamp

ENTRY = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, ChannelOut.POST, PERSONS)
SERIES = Series("000.00.04.H23", MORNING.date())


@pytest.fixture(params=["memory", pytest.param("dynamodb", marks=pytest.mark.engine)])
def desk(request: pytest.FixtureRequest) -> Iterator[DossierContext]:
    """Return the ports of one process with an empty store."""
    if request.param == "memory":
        yield dossier_context(MemoryDossiers())
    else:
        cloud: Cloud = request.getfixturevalue("cloud")
        yield cloud.office(cloud.dossiers(clock=REAL_NOW.timestamp))


def receive(desk: DossierContext, idempotency: IdempotencyKey | None = None) -> Dossier:
    return receive_dossier(ENTRY, CLERK, stamp(), idempotency or key(), desk).dossier


def routing(dossier: Dossier) -> Change:
    change = changed(dossier, transferred(dossier, stamp()))
    return replace(change, settles=f"{dossier.id}.1#routing")


def test_what_was_written_is_read_again_as_it_was(desk: DossierContext) -> None:
    dossier = receive(desk)
    assert desk.dossiers.load(dossier.id) == dossier
    assert desk.dossiers.load_with_persons(dossier.id) == (dossier, PERSONS)
    assert desk.dossiers.find_by_number(dossier.number) == dossier.id
    (event,) = desk.dossiers.events(dossier.id)
    assert (event.type, event.subject, event.version, event.stamp) == (
        *(EventType.DOSSIER_RECEIVED, dossier.id, 1),
        stamp(),
    )


def test_what_was_never_written_is_not_there(desk: DossierContext) -> None:
    assert desk.dossiers.load("0" * 16) is None
    assert desk.dossiers.load_with_persons("0" * 16) is None
    assert desk.dossiers.load_with_parcel(f"{'0' * 16}-1") is None
    assert desk.dossiers.find_by_number(SERIES.number(1)) is None
    assert desk.dossiers.events("0" * 16) == []
    assert desk.dossiers.done_before(key()) is None


def test_of_two_changes_of_one_version_the_second_is_refused_whole(desk: DossierContext) -> None:
    dossier = receive(desk)
    change = replace(routing(dossier), settles="")
    desk.dossiers.commit(change)
    with pytest.raises(VersionMovedError):
        desk.dossiers.commit(change)
    found = desk.dossiers.load(dossier.id)
    assert found is not None
    assert (found.version, found.status) == (2, Status.IN_PROCESS)
    assert [event.version for event in desk.dossiers.events(dossier.id)] == [1, 2]


def test_a_retried_request_is_told_what_was_done_under_its_key_before_anything_else_is_wrong(
    desk: DossierContext,
) -> None:
    idempotency, dossier = key("one-scope", "first"), receive(desk)
    change = replace(routing(dossier), idempotency=idempotency)
    desk.dossiers.commit(change)
    retried = replace(change, idempotency=key("one-scope", "second"), counter=(SERIES, 99))
    with pytest.raises(AlreadyDoneError) as before:
        desk.dossiers.commit(retried)
    done = (before.value.subject, before.value.version, before.value.body_digest)
    assert done == (dossier.id, 2, idempotency.body_digest)
    found = desk.dossiers.done_before(idempotency)
    assert found is not None
    assert (found.subject, found.version, found.body_digest) == done


def test_an_effect_is_paid_off_once(desk: DossierContext) -> None:
    dossier = receive(desk)
    change = routing(dossier)
    desk.dossiers.commit(change)
    with pytest.raises(AlreadySettledError):
        desk.dossiers.commit(change)
    with pytest.raises(AlreadySettledError):
        desk.dossiers.commit(Change(events=(), settles=change.settles))


def test_a_message_may_be_paid_off_without_any_effect(desk: DossierContext) -> None:
    dossier = receive(desk)
    desk.dossiers.commit(Change(events=(), settles=f"{dossier.id}.1#routing"))
    assert desk.dossiers.load(dossier.id) == dossier
    with pytest.raises(AlreadySettledError):
        desk.dossiers.commit(routing(dossier))
    assert desk.dossiers.load(dossier.id) == dossier, "an effect that was paid off before is not written"


def test_a_number_that_is_taken_is_refused_with_the_present_one_and_nothing_is_written(desk: DossierContext) -> None:
    numbers = [receive(desk).number for _ in range(3)]
    dossier = receive(desk)
    late = replace(dossier, id="0" * 16, version=1)
    with pytest.raises(CounterMovedError) as moved:
        desk.dossiers.commit(Change(events=(), dossier=late, counter=(SERIES, 2), persons=PERSONS))
    assert moved.value.last == 4
    assert desk.counters.read(SERIES) == 4
    assert desk.dossiers.load(late.id) is None
    assert desk.dossiers.load_with_persons(late.id) is None
    assert numbers == [SERIES.number(place) for place in (1, 2, 3)]


def test_a_series_that_nobody_began_stands_at_nothing(desk: DossierContext) -> None:
    never = Series("000.00.05.H23", MORNING.date())
    assert (desk.counters.read(never), desk.counters.remembered(never)) == (0, 0)
    desk.counters.saw(never, 7)
    desk.counters.saw(never, 5)
    assert desk.counters.remembered(never) == 7


def test_what_an_agency_received_itself_is_registered_once_and_the_second_is_refused_whole(
    desk: DossierContext,
) -> None:
    first, second = receive(desk), receive(desk)
    original = Original("skhdt", "0123/TN-SKHDT")
    desk.dossiers.commit(replace(routing(first), registers=original))
    same = replace(original, number="0123/tn-skhdt")
    with pytest.raises(AlreadyRegisteredError):
        desk.dossiers.commit(replace(routing(second), registers=same))
    assert desk.dossiers.load(second.id) == second
    desk.dossiers.commit(replace(routing(second), registers=replace(original, agency_id="stp")))


def test_what_was_withdrawn_may_be_registered_again(desk: DossierContext) -> None:
    first, second = receive(desk), receive(desk)
    original = Original("skhdt", "0123/TN-SKHDT")
    change = routing(first)
    assert change.dossier is not None
    former = Transitional(original.number, date(2020, 4, 10), "R3", original.agency_id)
    desk.dossiers.commit(replace(change, dossier=replace(change.dossier, transitional=former), registers=original))
    taken = desk.dossiers.load(first.id)
    assert taken is not None
    desk.dossiers.commit(changed(taken, withdrawn(taken, stamp())))
    desk.dossiers.commit(replace(routing(second), registers=original))
