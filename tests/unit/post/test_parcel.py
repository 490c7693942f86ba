"""A parcel and carriers' reports: credible or not, applied or only recorded, and never undone at the end."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.domain.errors import InvalidError
from motcua.domain.event import Event, EventType
from motcua.domain.post.parcel import (
    BEFORE_COLLECTION,
    FINAL,
    Parcel,
    ParcelState,
    TrackingUpdate,
    check_credible,
    dossier_id_of,
    evolve,
    order_number,
    ordered,
    ready,
    refused,
    reported,
)
from tests.kit.fakes import MORNING, REAL_NOW, stamp

DOSSIER = "7ZQ4M1K9PXW2AB3C"
FACTS: dict[str, object] = {"procedure": "2.001610", "agency": "skhdt", "channel_in": "counter", "channel_out": "post"}
S = ParcelState


def day(n: float) -> datetime:
    """Return the moment `n` days after the result was ready."""
    return MORNING + timedelta(days=n)


def report(state: ParcelState | None, n: float, **more: str) -> TrackingUpdate:
    return TrackingUpdate(state, "C", day(n), **more)


def fresh() -> Parcel:
    parcel = evolve(None, ready(DOSSIER, 1, "vnpost", FACTS, stamp()))
    return evolve(parcel, ordered(parcel, stamp()))


def tell(parcel: Parcel, told: TrackingUpdate) -> tuple[Parcel, Event]:
    event = reported(parcel, told, FACTS | {"dossier": DOSSIER}, stamp(told.occurred_at))
    return evolve(parcel, event), event


def after(*states: ParcelState) -> Parcel:
    """Return a parcel that went through `states`, one a day."""
    parcel = fresh()
    for n, state in enumerate(states, start=1):
        parcel, _ = tell(parcel, report(state, n))
    return parcel


def test_the_common_way_ends_at_the_address() -> None:
    parcel, seen = fresh(), []
    for n, state in enumerate([S.COLLECTED, S.IN_TRANSIT, S.OUT_FOR_DELIVERY], start=1):
        parcel, event = tell(parcel, report(state, n))
        seen.append(event.type)
    parcel, event = tell(parcel, report(S.DELIVERED, 4, place="address"))
    assert [*seen, event.type] == [
        EventType.PARCEL_COLLECTED, EventType.PARCEL_MOVED, EventType.PARCEL_MOVED, EventType.PARCEL_DELIVERED,
    ]  # fmt: skip
    assert (parcel.state, parcel.place, parcel.collected_at, parcel.version) == (S.DELIVERED, "address", day(1), 6)


def test_an_order_number_is_the_same_at_every_try_and_leads_back_to_its_dossier() -> None:
    assert order_number(DOSSIER, 2) == f"{DOSSIER}-2"
    assert dossier_id_of(f"{DOSSIER}-2") == DOSSIER


@pytest.mark.parametrize("order", ["", DOSSIER, f"{DOSSIER}-", f"{DOSSIER}-x", f"{DOSSIER}-1 "])
def test_an_order_number_that_is_none_of_ours_is_an_unknown_parcel(order: str) -> None:
    with pytest.raises(InvalidError, match="unknown_parcel"):
        dossier_id_of(order)


def test_a_refused_order_ends_the_parcel_with_the_carriers_own_code() -> None:
    parcel = evolve(None, ready(DOSSIER, 1, "vnpost", FACTS, stamp()))
    ended = evolve(parcel, refused(parcel, "422", stamp()))
    assert (ended.state, ended.reason) == (S.CANCELLED, "carrier:422")


def test_every_failed_attempt_is_counted_and_the_last_reason_kept() -> None:
    parcel = after(S.COLLECTED)
    parcel, _ = tell(parcel, report(S.ATTEMPT_FAILED, 2, reason="recipient_absent"))
    parcel, _ = tell(parcel, report(S.ATTEMPT_FAILED, 3, reason="wrong_address"))
    assert (parcel.attempts, parcel.reason) == (2, "wrong_address")


@pytest.mark.parametrize("word", ["nguyen_van_mau", "Nguyễn Văn Mẫu", "0912345678"])
def test_a_word_that_is_not_of_the_list_reaches_no_event(word: str) -> None:
    parcel, event = tell(after(S.COLLECTED), report(S.ATTEMPT_FAILED, 2, place=word, reason=word))
    assert (event.data["place"], event.data["reason"]) == ("", "")
    assert (parcel.place, parcel.reason) == ("", "")


def test_an_event_of_an_older_version_is_replayed_with_its_word() -> None:
    parcel = after(S.COLLECTED)
    _, event = tell(parcel, report(S.ATTEMPT_FAILED, 2))
    stored = replace(event, data={**event.data, "reason": "dog_in_the_yard", "place": "neighbour"})
    assert (evolve(parcel, stored).reason, evolve(parcel, stored).place) == ("dog_in_the_yard", "neighbour")


@pytest.mark.parametrize("final", sorted(FINAL))
@pytest.mark.parametrize("state", list(ParcelState))
def test_nothing_undoes_a_final_state(final: ParcelState, state: ParcelState) -> None:
    ended = after(S.COLLECTED, final)
    parcel, event = tell(ended, report(state, 9, place="post_office", reason="refused"))
    assert event.type is EventType.PARCEL_NOTED
    assert parcel == replace(ended, version=ended.version + 1)


@pytest.mark.parametrize("state", [S.OUT_FOR_DELIVERY, S.DELIVERED, S.RETURNED, S.ATTEMPT_FAILED])
def test_an_older_event_that_arrives_late_is_recorded_and_not_applied(state: ParcelState) -> None:
    moved = after(S.COLLECTED, S.IN_TRANSIT)
    parcel, event = tell(moved, report(state, 1.5))
    assert (event.type, event.data["code"]) == (EventType.PARCEL_NOTED, "C")
    assert parcel == replace(moved, version=moved.version + 1)


def test_a_code_that_changes_nothing_is_only_noted() -> None:
    parcel, event = tell(after(S.COLLECTED), report(None, 2))
    assert (event.type, parcel.state) == (EventType.PARCEL_NOTED, S.COLLECTED)


@pytest.mark.parametrize("state", [S.RETURNED, S.CANCELLED])
def test_an_end_without_delivery_closes_the_parcel(state: ParcelState) -> None:
    parcel, event = tell(after(S.COLLECTED, S.RETURNING), report(state, 3))
    assert (event.type, parcel.state) == (EventType.PARCEL_CLOSED, state)


@pytest.mark.parametrize("mishap", [S.LOST, S.DAMAGED])
def test_lost_and_damaged_yield_to_a_later_delivery_and_to_nothing_else(mishap: ParcelState) -> None:
    lost = after(S.COLLECTED, mishap)
    still, noted = tell(lost, report(S.IN_TRANSIT, 3))
    assert (still.state, noted.type) == (mishap, EventType.PARCEL_NOTED)
    found, delivered = tell(still, report(S.DELIVERED, 4, place="address"))
    assert (found.state, delivered.type) == (S.DELIVERED, EventType.PARCEL_DELIVERED)


def test_a_delivery_from_before_the_loss_does_not_find_it_again() -> None:
    parcel, event = tell(after(S.COLLECTED, S.LOST), report(S.DELIVERED, 1.5, place="address"))
    assert (parcel.state, event.type) == (S.LOST, EventType.PARCEL_NOTED)


def test_a_collection_told_late_counts_as_handed_over_and_moves_nothing() -> None:
    parcel, _ = tell(fresh(), report(S.IN_TRANSIT, 2))
    parcel, event = tell(parcel, report(S.COLLECTED, 1))
    assert event.type is EventType.PARCEL_COLLECTED
    assert (parcel.state, parcel.collected_at, parcel.reported_at) == (S.IN_TRANSIT, day(1), day(2))


def test_a_collection_told_after_the_delivery_leaves_it_delivered() -> None:
    parcel, _ = tell(fresh(), report(S.DELIVERED, 2, place="address"))
    parcel, event = tell(parcel, report(S.COLLECTED, 1))
    assert (event.type, parcel.state, parcel.collected_at) == (EventType.PARCEL_COLLECTED, S.DELIVERED, day(1))


def test_a_second_collection_is_no_second_handing_over() -> None:
    parcel, event = tell(after(S.COLLECTED), report(S.COLLECTED, 2))
    assert (event.type, parcel.collected_at) == (EventType.PARCEL_MOVED, day(1))


@pytest.mark.parametrize(
    ("ahead", "believed"), [(timedelta(minutes=5), True), (timedelta(minutes=5, seconds=1), False)]
)
def test_a_report_may_be_five_minutes_ahead_of_real_time(ahead: timedelta, believed: bool) -> None:
    told = TrackingUpdate(S.IN_TRANSIT, "C30", REAL_NOW + ahead)
    if believed:
        check_credible(fresh(), told, REAL_NOW)
    else:
        with pytest.raises(InvalidError, match="report_from_the_future"):
            check_credible(fresh(), told, REAL_NOW)


@pytest.mark.parametrize(("minutes", "credible"), [(0, True), (5, True), (6, False)])
def test_the_carrier_cannot_have_had_a_result_before_it_was_ready(minutes: int, credible: bool) -> None:
    parcel = fresh()
    assert parcel.ready_at is not None
    told = TrackingUpdate(S.COLLECTED, "C20", parcel.ready_at - timedelta(minutes=minutes))
    if credible:
        check_credible(parcel, told, REAL_NOW)
    else:
        with pytest.raises(InvalidError, match="report_before_ready"):
            check_credible(parcel, told, REAL_NOW)


@pytest.mark.parametrize("state", list(ParcelState))
def test_what_follows_collection_cannot_have_happened_before_it(state: ParcelState) -> None:
    parcel, told = after(S.COLLECTED), report(state, 0.5)
    if state in BEFORE_COLLECTION | {S.COLLECTED}:
        check_credible(parcel, told, REAL_NOW)
    else:
        with pytest.raises(InvalidError, match="report_before_collection"):
            check_credible(parcel, told, REAL_NOW)


def test_before_the_collection_is_known_nothing_can_contradict_it() -> None:
    check_credible(fresh(), report(S.IN_TRANSIT, 0), REAL_NOW)


def test_a_collection_after_the_parcel_ended_hands_nothing_over() -> None:
    cancelled = after(S.CANCELLED)
    _, event = tell(cancelled, report(S.COLLECTED, 9))
    assert event.type is EventType.PARCEL_NOTED
    delivered = after(S.DELIVERED)
    assert delivered.collected_at is None
    _, late = tell(delivered, TrackingUpdate(S.COLLECTED, "C20", delivered.reported_at + timedelta(hours=1)))
    _, early = tell(delivered, TrackingUpdate(S.COLLECTED, "C20", delivered.reported_at - timedelta(hours=1)))
    assert (late.type, early.type) == (EventType.PARCEL_NOTED, EventType.PARCEL_COLLECTED)
