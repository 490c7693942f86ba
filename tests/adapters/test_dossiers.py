"""Behaviour of the real store of dossiers only: races, expiry, the outbox, inboxes page by page."""

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.adapters.dossier import inbox
from motcua.adapters.dynamodb.item import fields
from motcua.domain.dossier.acts.intake import transferred
from motcua.domain.dossier.acts.processing import taken_over
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.event import Event, EventType
from motcua.domain.reading.inbox import InboxFilter
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext, Page
from motcua.ports.refusals import AlreadyDoneError
from motcua.usecases.dossier_command import StaffCommand, changed
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.intake.register_transitional import RegisterTransitional, register_transitional
from motcua.usecases.processing.process_dossier import resolve
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import answers, at_once, errors
from tests.kit.fakes import CLERK, OFFICER, PERSONS, PROCEDURE, REAL_NOW, key, stamp

pytestmark = pytest.mark.engine


def receive(desk: DossierContext, channel: ChannelOut = ChannelOut.COUNTER, **when: float) -> Dossier:
    entry = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, channel, PERSONS)
    moment = stamp()
    moment = replace(moment, occurred_at=moment.occurred_at + timedelta(**when))
    return receive_dossier(entry, CLERK, moment, key(), desk).dossier


def test_of_two_writers_of_one_version_one_wins_and_one_event_is_written(cloud: Cloud) -> None:
    dossier = receive(cloud.office())

    def take_over(place: int) -> str:
        change = changed(in_process, taken_over(in_process, stamp(actor=f"officer-{place}")))
        cloud.dossiers().commit(change)
        return f"officer-{place}"

    routed = changed(dossier, transferred(dossier, stamp()))
    cloud.dossiers().commit(routed)
    assert routed.dossier is not None
    in_process = routed.dossier
    outcomes = at_once(8, take_over)
    (winner,) = [each for each in outcomes if isinstance(each, str)]
    assert errors(outcomes) == ["VersionMovedError"] * 7
    found = cloud.dossiers().load(dossier.id)
    assert found is not None
    assert (found.version, found.officer) == (3, winner)
    assert [event.version for event in cloud.dossiers().events(dossier.id)] == [1, 2, 3]


def test_a_receipt_that_many_clerks_register_at_once_is_registered_once_and_takes_one_number(cloud: Cloud) -> None:
    """R3: a dossier that an agency received itself counts once, and the other clerks use up no number."""
    asked = RegisterTransitional(
        "mc-tinh",
        PROCEDURE,
        ChannelOut.COUNTER,
        PERSONS,
        agency_id="skhdt",
        original_number="0123/TN-SKHDT",
        received_on=date(2020, 4, 10),
        evidence="Giấy biên nhận",
    )

    def register(place: int) -> str:
        command = replace(asked, original_number="0123/tn-skhdt") if place % 2 else asked
        return register_transitional(command, CLERK, stamp(), key(), cloud.office()).dossier.id

    outcomes = at_once(6, register)
    (winner,) = [each for each in outcomes if isinstance(each, str)]
    assert errors(outcomes) == ["ConflictError"] * 5
    desk = cloud.office()
    assert desk.dossiers.load(winner)
    other = replace(asked, original_number="0124/TN-SKHDT")
    assert register_transitional(other, CLERK, stamp(), key(), desk).dossier.number.endswith("-0002")


def test_copies_of_one_request_make_one_dossier(cloud: Cloud) -> None:
    idempotency = key("the same request")
    entry = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, ChannelOut.COUNTER, PERSONS)
    store = cloud.dossiers(clock=REAL_NOW.timestamp)
    outcomes = at_once(8, lambda _: receive_dossier(entry, CLERK, stamp(), idempotency, cloud.office(store)))
    results = answers(outcomes)
    assert len({result.dossier.id for result in results}) == 1
    assert sorted(result.replayed for result in results) == [False] + [True] * 7
    assert len(cloud.items(cloud.dossier, kind="dossier")) == 1


def test_an_idempotency_key_is_free_again_after_seven_days_also_when_ttl_is_late(cloud: Cloud) -> None:
    dossier, idempotency = receive(cloud.office()), key("monthly")
    first = replace(changed(dossier, transferred(dossier, stamp())), idempotency=idempotency)
    cloud.dossiers().commit(first)
    assert first.dossier is not None

    def again(days: float) -> None:
        later = replace(stamp(), recorded_at=REAL_NOW + timedelta(days=days))
        store = cloud.dossiers(clock=later.recorded_at.timestamp)
        assert (store.done_before(idempotency) is None) == (days > 7)
        assert first.dossier is not None
        store.commit(replace(changed(first.dossier, taken_over(first.dossier, later)), idempotency=idempotency))

    with pytest.raises(AlreadyDoneError):
        again(days=6.99)
    again(days=7.01)
    found = cloud.dossiers(clock=REAL_NOW.timestamp).done_before(idempotency)
    assert found is not None
    assert found.version == 3


def test_every_event_has_a_message_for_each_of_its_queues_and_the_effect_settles_each_once(cloud: Cloud) -> None:
    dossier = receive(cloud.office())
    owed = {fields(item)["id"] for item in cloud.items(cloud.dossier, kind="outbox")}
    assert owed == {f"{dossier.id}.1#routing", f"{dossier.id}.1#figures"}
    change = replace(changed(dossier, transferred(dossier, stamp())), settles=f"{dossier.id}.1#routing")
    outcomes = at_once(10, lambda _: cloud.dossiers().commit(change))
    assert errors(outcomes) == ["AlreadySettledError"] * 9
    left = [fields(item)["id"] for item in cloud.items(cloud.dossier, kind="outbox")]
    assert left == [f"{dossier.id}.1#figures"]


def test_a_parcel_is_read_with_its_dossier_and_persons(cloud: Cloud) -> None:
    desk = cloud.office(cloud.dossiers(clock=REAL_NOW.timestamp))
    dossier = receive(desk, ChannelOut.POST)
    for event_of in (transferred, taken_over):
        change = changed(dossier, event_of(dossier, stamp(actor=OFFICER.subject)))
        desk.dossiers.commit(change)
        assert change.dossier is not None
        dossier = change.dossier
    resolved = resolve(StaffCommand(dossier.id, 3, OFFICER, stamp(), key()), desk).dossier
    found = desk.dossiers.load_with_parcel(f"{dossier.id}-1")
    assert found is not None
    assert (found[0], found[1].state.value, found[2]) == (resolved, "ready", PERSONS)
    types = [event.type for event in desk.dossiers.events(dossier.id)]
    assert types[-2:] == [EventType.DOSSIER_RESOLVED, EventType.PARCEL_READY]
    assert replayed(desk.dossiers.events(dossier.id)) == resolved


def replayed(events: Sequence[Event]) -> Dossier | None:
    state = None
    for event in events:
        state = evolve(state, event) if event.type.value.startswith("dossier.") else state
    return state


def test_an_inbox_shows_the_oldest_due_first_page_after_page(cloud: Cloud) -> None:
    desk = cloud.office()
    due = {receive(desk, minutes=minutes).id: minutes for minutes in (5, 1, 4, 2, 3)}
    seen: list[str] = []
    cursor, pages = "", 0
    while pages == 0 or cursor:
        page = desk.dossiers.inbox("mc-tinh", Status.RECEIVED, cursor, 2)
        seen += [dossier.id for dossier in page.dossiers]
        cursor, pages = page.after, pages + 1
    assert [due[dossier_id] for dossier_id in seen] == [1, 2, 3, 4, 5]
    assert pages == 3


def test_a_dossier_is_in_one_inbox_at_a_time_and_in_none_at_its_end(cloud: Cloud) -> None:
    store, dossier = cloud.dossiers(), receive(cloud.office())
    change = changed(dossier, transferred(dossier, stamp()))
    store.commit(change)
    assert store.inbox("mc-tinh", Status.RECEIVED, "", 10).dossiers == ()
    assert store.inbox("skhdt", Status.IN_PROCESS, "", 10).dossiers == (change.dossier,)
    assert change.dossier is not None
    gone = replace(change.dossier, status=Status.RETURNED, version=3)
    store.commit(Change(events=(), dossier=gone))
    assert store.inbox("skhdt", Status.IN_PROCESS, "", 10).dossiers == ()
    assert "inbox_pk" not in cloud.items(cloud.dossier, kind="dossier")[0]


def test_a_page_tells_of_none_that_its_reader_may_not_see(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its dossiers nor its cursor reveal one, even when the page has read as many as it may."""
    monkeypatch.setattr(inbox, "READ_AT_ONCE", 2)
    monkeypatch.setattr(inbox, "READS", 2)
    desk = cloud.office()
    ids = [receive(desk, minutes=minutes).id for minutes in range(12)]
    hidden = {ids[0], ids[2], *ids[4:10], ids[11]}
    wanted, shown, after, pages = InboxFilter(seen=lambda dossier: dossier.id not in hidden), [], "", 0
    while pages == 0 or after:
        page = desk.dossiers.inbox("mc-tinh", Status.RECEIVED, after, 2, wanted)
        assert len(page.dossiers) <= 2
        shown += [dossier.id for dossier in page.dossiers]
        after, pages = page.after, pages + 1
        assert not any(each in after for each in hidden)
        assert pages < 20
    assert shown == [each for each in ids if each not in hidden]


def test_paging_goes_on_after_a_dossier_has_left_the_inbox_meanwhile(cloud: Cloud) -> None:
    desk = cloud.office()
    first, second = (receive(desk, minutes=minutes) for minutes in (1, 2))
    after = desk.dossiers.inbox("mc-tinh", Status.RECEIVED, "", 1).after
    desk.dossiers.commit(changed(first, transferred(first, stamp())))
    assert [each.id for each in desk.dossiers.inbox("mc-tinh", Status.RECEIVED, after, 1).dossiers] == [second.id]


def test_a_traversal_that_an_older_version_began_goes_on(cloud: Cloud) -> None:
    desk = cloud.office()
    first, second = (receive(desk, minutes=minutes) for minutes in (1, 2))
    after = desk.dossiers.inbox("mc-tinh", Status.RECEIVED, "", 1).after
    told = json.dumps({"of": "0123456789ab", "at": [after, f"DOSSIER#{first.id}", "STATE"]})
    as_it_was = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
    assert [each.id for each in desk.dossiers.inbox("mc-tinh", Status.RECEIVED, as_it_was, 1).dossiers] == [second.id]


def test_what_was_due_after_the_readers_now_ends_a_list_and_breaks_nothing(cloud: Cloud) -> None:
    """In the embedded run, the reader's time may go backwards between two pages."""
    desk = cloud.office()
    due = [receive(desk, minutes=minutes).due_at for minutes in (1, 2)]
    after = desk.dossiers.inbox("mc-tinh", Status.RECEIVED, "", 1).after
    assert desk.dossiers.inbox("mc-tinh", Status.RECEIVED, after, 1, InboxFilter(due_before=due[0])) == Page(())
