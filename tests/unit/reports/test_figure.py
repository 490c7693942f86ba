"""Facts from events: each counts once, for its agency, on the local day.

Only the public post to an address counts as post.
"""

from datetime import UTC, date, datetime

import pytest

from motcua.domain.event import CARRIED_BY, Event, EventType, Queue
from motcua.domain.post.parcel import ParcelState
from motcua.domain.reports.figure import Fact, FactKind, facts_of, post_counts
from motcua.domain.rules.values import TakenAs
from motcua.usecases.post.apply_parcel_event import CarrierReport, KeptCallback, apply_report
from tests.kit.fakes import MORNING, REAL_NOW, MemoryDossiers, dossier_context, stamp
from tests.kit.life.dossiers import ready_for_post
from tests.kit.shipped import EveryState

DATA: dict[str, object] = {
    "procedure": "2.001610", "one_stop": "mc-tinh", "agency": "skhdt", "channel_in": "online", "channel_out": "post",
    "dossier": "D1",
}  # fmt: skip


def event(event_type: EventType, at: datetime = MORNING, **more: object) -> Event:
    subject = "D1-1" if event_type.value.startswith("parcel.") else "D1"
    return Event(event_type, subject, 7, stamp(at), DATA | more)


@pytest.mark.parametrize(
    ("event_type", "kind"),
    [
        (EventType.DOSSIER_RECEIVED, FactKind.RECEIVED),
        (EventType.DOSSIER_RESOLVED, FactKind.BECAME_READY),
        (EventType.DOSSIER_RETURNED, FactKind.RETURNED),
        (EventType.RESOLUTION_REVERSED, FactKind.BECAME_READY),
        (EventType.RETURN_REVERSED, FactKind.RETURNED),
        (EventType.PARCEL_READY, FactKind.REGISTERED_FOR_POST),
        (EventType.PARCEL_COLLECTED, FactKind.HANDED_TO_POST),
    ],
)
def test_an_event_makes_its_fact_for_the_processing_agency(event_type: EventType, kind: FactKind) -> None:
    made = event(event_type)
    assert facts_of(made) == (Fact(kind, "skhdt", date(2020, 4, 23), "2.001610", "online", "post", "D1", made.id),)


def test_exactly_the_events_that_make_facts_are_carried_to_the_figures() -> None:
    counting = {each for each in EventType if facts_of(event(each))}
    assert counting == {each for each, queues in CARRIED_BY.items() if Queue.FIGURES in queues}


def test_a_delivery_that_counts_makes_a_second_fact_of_the_same_day() -> None:
    returned, by_post = facts_of(event(EventType.DOSSIER_RETURNED, post_counts=True, post_why="delivered_to_address"))
    assert (returned.kind, by_post.kind) == (FactKind.RETURNED, FactKind.DELIVERED_BY_POST)
    assert (by_post.day, by_post.dossier_id, by_post.why) == (returned.day, "D1", "delivered_to_address")


def test_a_delivery_that_does_not_count_says_why_on_the_return_alone() -> None:
    (returned,) = facts_of(event(EventType.DOSSIER_RETURNED, post_counts=False, post_why="collected_at_post_office"))
    assert (returned.kind, returned.why) == (FactKind.RETURNED, "collected_at_post_office")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 4, 30, 16, 59, 59, tzinfo=UTC), date(2020, 4, 30)),
        (datetime(2020, 4, 30, 17, 0, 0, tzinfo=UTC), date(2020, 5, 1)),
    ],
)
def test_a_facts_day_is_the_local_day_of_what_happened(moment: datetime, day: date) -> None:
    assert facts_of(event(EventType.DOSSIER_RETURNED, moment))[0].day == day


@pytest.mark.parametrize("event_type", [EventType.RETURN_REVERSED, EventType.RESOLUTION_REVERSED])
def test_a_reversal_takes_its_fact_from_the_day_on_which_it_stood(event_type: EventType) -> None:
    later = datetime(2020, 6, 4, 2, 0, tzinfo=UTC)
    (taken,) = facts_of(event(event_type, later, reverses="D1.5", of_day="2020-05-31"))
    assert (taken.day, taken.reverses, taken.counts) == (date(2020, 5, 31), "D1.5", -1)


def test_what_another_office_had_received_before_counts_on_the_day_of_that_receipt() -> None:
    transitional = event(EventType.DOSSIER_RECEIVED, received_at="2020-04-08T18:00:00+00:00")
    assert facts_of(transitional)[0].day == date(2020, 4, 9)
    assert facts_of(event(EventType.DOSSIER_RECEIVED, received_at=None))[0].day == date(2020, 4, 23)


@pytest.mark.parametrize(
    ("place", "public", "counts", "why"),
    [
        ("address", True, True, "delivered_to_address"),
        ("address", False, False, "carrier_not_public"),
        ("post_office", True, False, "collected_at_post_office"),
        ("post_office", False, False, "collected_at_post_office"),
        ("", True, False, "place_not_told"),
        ("neighbour", True, False, "place_not_told"),
    ],
)
def test_only_an_address_reached_by_the_public_post_counts(place: str, public: bool, counts: bool, why: str) -> None:
    assert post_counts(place=place, missing_place=TakenAs.NOT_COUNTED, carrier_is_public=public) == (counts, why)


@pytest.mark.parametrize(
    ("taken_as", "public", "counts", "why"),
    [
        (TakenAs.ADDRESS, True, True, "taken_as_address"),
        (TakenAs.ADDRESS, False, False, "carrier_not_public"),
        (TakenAs.POST_OFFICE, True, False, "taken_as_post_office"),
        (TakenAs.NOT_COUNTED, True, False, "place_not_told"),
    ],
)
def test_a_delivery_without_a_place_counts_as_the_rule_of_its_carrier_says(
    taken_as: TakenAs, public: bool, counts: bool, why: str
) -> None:
    assert post_counts(place="", missing_place=taken_as, carrier_is_public=public) == (counts, why)
    told = post_counts(place="post_office", missing_place=taken_as, carrier_is_public=public)
    assert told == (False, "collected_at_post_office")


@pytest.mark.parametrize(
    ("place", "public", "kinds"),
    [
        ("address", True, {FactKind.RETURNED, FactKind.DELIVERED_BY_POST}),
        ("post_office", True, {FactKind.RETURNED}),
        ("address", False, {FactKind.RETURNED}),
    ],
)
def test_a_delivered_parcel_returns_its_dossier_and_counts_by_place_and_carrier(
    place: str, public: bool, kinds: set[FactKind]
) -> None:
    store = MemoryDossiers()
    order = ready_for_post(dossier_context(store))
    dossier, parcel, _ = store.load_with_parcel(order) or pytest.fail("no parcel")
    store.owed["callback#parcel_events"] = Queue.PARCEL_EVENTS, None
    report = CarrierReport("simulator", order, ParcelState.DELIVERED, datetime(2020, 5, 8, 2, tzinfo=UTC), place, "")
    registry = EveryState(post_is_public=public)
    kept = KeptCallback("simulator", "msg_1", order, "c", "callback#parcel_events")
    apply_report(report, (dossier, parcel), kept, REAL_NOW, store, registry)
    happened = next(each for each in store.log if each.type is EventType.DOSSIER_RETURNED)
    assert {fact.kind for fact in facts_of(happened)} == kinds
    assert {(fact.agency_id, fact.day) for fact in facts_of(happened)} == {("skhdt", date(2020, 5, 8))}
