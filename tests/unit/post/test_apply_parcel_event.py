"""A kept callback is applied, or quarantined with a code.

Two results of one dossier and contradictions are reported.
"""

from dataclasses import dataclass, field, replace

import pytest

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.event import EventType, Queue
from motcua.domain.post.parcel import Parcel, ParcelState
from motcua.domain.status import Status
from motcua.usecases.post.apply_parcel_event import Applied, CarrierReport, KeptCallback, apply_parcel_event
from tests.kit.fakes import REAL_NOW, MemoryDossiers, dossier_context
from tests.kit.life.dossiers import ready_for_post
from tests.kit.shipped import EveryState

SETTLES = "callback:simulator:msg_1#parcel_events"


@dataclass
class MemoryCallbacks:
    """The port `Callbacks`, with one callback."""

    found: tuple[Dossier, Parcel] | None
    quarantined: list[tuple[str, str, str, str]] = field(default_factory=list)

    def keep(self, _: object) -> None:
        raise AssertionError("nothing is kept here")

    def load(self, partner: str, webhook_id: str, order_number: str) -> tuple[str, tuple[Dossier, Parcel] | None]:
        assert (partner, webhook_id) == ("simulator", "msg_1")
        return "the raw body", self.found if order_number else None

    def quarantine(self, partner: str, webhook_id: str, why: str, settles: str) -> None:
        self.quarantined.append((partner, webhook_id, why, settles))


@pytest.fixture
def order(store: MemoryDossiers) -> str:
    return ready_for_post(dossier_context(store))


def applied(store: MemoryDossiers, callbacks: MemoryCallbacks, report: CarrierReport | None, order: str) -> Applied:
    def read(body: str) -> CarrierReport | None:
        assert body == "the raw body"
        return report

    store.owed[SETTLES] = Queue.PARCEL_EVENTS, None
    kept = KeptCallback("simulator", "msg_1", order, "correlation-1", SETTLES)
    return apply_parcel_event(kept, REAL_NOW, read, callbacks, store, EveryState())


def found(store: MemoryDossiers, order: str) -> tuple[Dossier, Parcel]:
    dossier, parcel, _ = store.load_with_parcel(order) or pytest.fail("no parcel")
    return dossier, parcel


def report(order: str, code: str) -> CarrierReport:
    return CarrierReport("simulator", order, code, REAL_NOW, "address", "")


def test_a_delivery_that_is_awaited_returns_the_dossier_and_settles_its_message(
    store: MemoryDossiers, order: str
) -> None:
    callbacks = MemoryCallbacks(found(store, order))
    result = applied(store, callbacks, report(order, ParcelState.DELIVERED), order)
    assert result.event is not None
    assert result == Applied(result.event)
    assert (result.event.type, result.event.subject) == (EventType.PARCEL_DELIVERED, order)
    assert result.event.stamp.correlation_id == "correlation-1"
    assert found(store, order)[0].status is Status.RETURNED
    assert SETTLES not in store.owed
    assert callbacks.quarantined == []


@pytest.mark.parametrize(
    ("code", "named", "why"),
    [
        (None, True, "unreadable_callback"),
        ("unheard of", True, "unknown_carrier_code"),
        (ParcelState.DELIVERED, False, "unknown_parcel"),
    ],
)
def test_what_cannot_be_read_or_believed_is_quarantined_and_moves_nothing(
    store: MemoryDossiers, order: str, code: str | None, named: bool, why: str
) -> None:
    callbacks, before = MemoryCallbacks(found(store, order)), store.commits
    sent = report(order, code) if code else None
    assert applied(store, callbacks, sent, order if named else "") == Applied(quarantined=why)
    assert callbacks.quarantined == [("simulator", "msg_1", why, SETTLES)]
    assert store.commits == before


def test_a_report_on_a_parcel_whose_order_was_refused_contradicts_that(store: MemoryDossiers, order: str) -> None:
    dossier, parcel = found(store, order)
    store.parcels[order] = replace(parcel, state=ParcelState.CANCELLED)
    callbacks = MemoryCallbacks((dossier, store.parcels[order]))
    result = applied(store, callbacks, report(order, ParcelState.IN_TRANSIT), order)
    assert result.event is not None
    assert result == Applied(result.event, contradicts_cancellation=True)
    assert result.event.type is EventType.PARCEL_NOTED


@pytest.mark.parametrize("change", [{"parcel_open": False}, {"parcels": 2}])
def test_a_delivery_of_what_was_given_up_for_lost_is_told_and_returns_nothing(
    store: MemoryDossiers, order: str, change: dict[str, int]
) -> None:
    dossier, parcel = found(store, order)
    store.states[dossier.id] = given_up = replace(dossier, **change)  # type: ignore[arg-type]
    result = applied(store, MemoryCallbacks((given_up, parcel)), report(order, ParcelState.DELIVERED), order)
    assert result.event is not None
    assert result == Applied(result.event, after_reissue=True)
    assert store.states[dossier.id] == given_up
