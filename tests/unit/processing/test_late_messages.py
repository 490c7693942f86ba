"""Messages that come twice, late or in another order: each takes effect once, and outdated ones take none."""

from datetime import timedelta

import pytest

from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.dossier.parts import ReissueKind
from motcua.domain.event import EventType, Queue
from motcua.domain.post.parcel import ParcelState
from motcua.domain.reports.figure import FactKind, facts_of
from motcua.domain.status import Status
from motcua.ports.refusals import AlreadySettledError
from tests.kit import scenes
from tests.kit.life.invariants import Witness
from tests.kit.life.whole_life import ANOTHER_RESULT, Life
from tests.kit.scenes import does, order

LOST_BY_POST = next(way for way in ANOTHER_RESULT if way.kind is ReissueKind.LOSS_BY_POST and way.again_by_post)


def types(life: Life) -> list[EventType]:
    return [event.type for event in life.store.log]


def delivered(life: Life, of: str) -> None:
    life.reported(of, ParcelState.DELIVERED, life.now, "address")


def the_parcel_goes(life: Life) -> None:
    ((settles, event),) = life.owed(Queue.DISPATCH)
    life.dispatched(settles, event, "taken", tried=False)
    life.reported(order(life), ParcelState.COLLECTED, life.now, "")


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("withdraw", Status.WITHDRAWN),
        ("request_supplement", Status.SUPPLEMENT_REQUESTED),
        ("request_payment", Status.PAYMENT_DUE),
        ("transfer", Status.IN_PROCESS),
    ],
)
def test_a_routing_message_that_comes_after_the_dossier_has_moved_on_does_nothing(act: str, status: Status) -> None:
    life = scenes.received()
    ((settles, event),) = life.owed(Queue.ROUTING)
    after = does(life, act)
    assert life.routed(settles, event) is False
    assert life.dossier == after
    assert life.dossier.status is status
    with pytest.raises(AlreadySettledError):
        life.routed(settles, event)


def test_of_two_routing_messages_one_moves_the_dossier_whichever_comes_first() -> None:
    """One is of the receipt, the other of a supplement that came meanwhile."""
    for first, second in ((0, 1), (1, 0)):
        life = scenes.received()
        does(life, "request_supplement")
        life.now += timedelta(hours=2)
        back = does(life, "complete_supplement")
        owed = life.owed(Queue.ROUTING)
        assert life.routed(*owed[first])
        assert not life.routed(*owed[second])
        assert types(life).count(EventType.DOSSIER_TRANSFERRED) == 1
        assert life.dossier.changed_at >= back.changed_at, "it is not transferred before it came back"


def test_an_order_message_that_comes_twice_orders_once() -> None:
    life = scenes.ready(ChannelOut.POST)
    ((settles, event),) = life.owed(Queue.DISPATCH)
    life.dispatched(settles, event, "taken", tried=False)
    written = types(life)
    with pytest.raises(AlreadySettledError):
        life.dispatched(settles, event, "taken", tried=True)
    assert types(life) == written


def test_an_order_that_is_refused_after_the_carrier_spoke_of_it_still_ends_the_parcel() -> None:
    life = scenes.ready(ChannelOut.POST)
    ((settles, event),) = life.owed(Queue.DISPATCH)
    life.now += timedelta(hours=3)
    life.reported(order(life), ParcelState.READY, life.now, "")
    corrected = does(life, "correct_receipt")
    life.dispatched(settles, event, "refused", tried=False)
    assert life.store.parcels[order(life)].state is ParcelState.CANCELLED
    assert not life.dossier.parcel_open
    assert life.dossier.changed_at >= corrected.changed_at


def test_a_delivery_that_is_told_twice_returns_once() -> None:
    life = scenes.ready(ChannelOut.POST)
    the_parcel_goes(life)
    for _ in range(2):
        delivered(life, order(life))
    life.reported(order(life), ParcelState.LOST, life.now, "")
    assert types(life).count(EventType.DOSSIER_RETURNED) == 1
    assert life.dossier.status is Status.RETURNED
    facts = [fact.kind for event in life.store.log for fact in facts_of(event)]
    assert facts.count(FactKind.DELIVERED_BY_POST) == 1


@pytest.mark.parametrize("state", [ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.CANCELLED])
def test_a_parcel_that_turns_up_after_the_result_was_made_anew_moves_by_itself_alone(state: ParcelState) -> None:
    """The new result is on its way. Reports on the old parcel neither return it nor bring it back."""
    life = scenes.lost_by_the_post()
    lost = order(life)
    after = does(life, "reissue", LOST_BY_POST)
    life.now += timedelta(days=2)
    life.reported(lost, state, life.now, "address")
    assert life.dossier == after
    assert life.dossier.parcel_open
    the_parcel_goes(life)
    delivered(life, order(life))
    assert life.dossier.status is Status.RETURNED
    assert types(life).count(EventType.DOSSIER_RETURNED) == 1
    Witness(life).looks()


def test_a_report_of_the_old_parcel_after_the_new_one_was_delivered_changes_nothing() -> None:
    life = scenes.lost_by_the_post()
    lost = order(life)
    does(life, "reissue", LOST_BY_POST)
    the_parcel_goes(life)
    delivered(life, order(life))
    after = life.dossier
    delivered(life, lost)
    assert life.dossier == after
    facts = [fact.kind for event in life.store.log for fact in facts_of(event)]
    assert (facts.count(FactKind.RETURNED), facts.count(FactKind.DELIVERED_BY_POST)) == (1, 1)


def test_a_delivery_that_is_told_after_the_parcel_came_back_changes_nothing() -> None:
    """The clerk has handed it over at the counter meanwhile.

    That return may be reversed; the post's report moves nothing.
    """
    life = scenes.ready(ChannelOut.POST)
    the_parcel_goes(life)
    gone = order(life)
    life.reported(gone, ParcelState.RETURNED, life.now, "")
    does(life, "return", ChannelOut.COUNTER, by="clerk-1")
    after = life.dossier
    delivered(life, gone)
    assert life.dossier == after
    does(life, "reverse_return", by="clerk-1")
    delivered(life, gone)
    assert life.dossier.status is Status.RESULT_READY
    Witness(life).looks()
