"""The index of persons and the inbox filters on the real store: writes, searches, counts; no key is personal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from motcua.adapters.dossier import inbox
from motcua.adapters.dossier.finder import DynamoFinder
from motcua.adapters.secrets.search_keys import SearchKeys
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Event, EventType
from motcua.domain.reading.inbox import InboxFilter
from motcua.domain.search.person_keys import KeyKind, PersonKey, Search, SearchBy
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.ports.search import Finder, SearchRecord
from motcua.usecases.dossier_command import changed
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.reading.find_dossiers import Asking, find_dossiers
from tests.adapters.conftest import Cloud
from tests.kit.fakes import CLERK, MORNING, OWNER, PERSONS, PROCEDURE, key, stamp
from tests.kit.shipped import ShippedRegistry

pytestmark = pytest.mark.engine

NAME = PersonKey(KeyKind.NAME, "nguyen van mau")
THIRD = replace(OWNER, name="Trần Thị Thử", number="030099000002", phone="0987654321")


@pytest.fixture(scope="module")
def secret(make_client: Callable[[str], Any]) -> str:
    made = make_client("secretsmanager").create_secret(Name="search", SecretString=f'{{"key": "{"k" * 40}"}}')
    return str(made["ARN"])


@pytest.fixture
def search_keys(make_client: Callable[[str], Any], secret: str) -> SearchKeys:
    return SearchKeys(make_client("secretsmanager"), secret)


@pytest.fixture
def desk(cloud: Cloud, search_keys: SearchKeys) -> DossierContext:
    return cloud.office(cloud.dossiers(search_keys=lambda: search_keys))


@pytest.fixture
def finder(cloud: Cloud, search_keys: SearchKeys) -> Finder:
    return DynamoFinder(cloud.client, cloud.dossier, cloud.person, lambda: search_keys)


def receive(
    desk: DossierContext, persons: Persons = PERSONS, channel: ChannelIn = ChannelIn.COUNTER, **when: float
) -> Dossier:
    entry = ReceiveDossier("mc-tinh", PROCEDURE, channel, ChannelOut.COUNTER, persons)
    return receive_dossier(entry, CLERK, stamp(MORNING + timedelta(**when)), key(), desk).dossier


def test_who_is_entered_is_found_at_the_counter_and_at_the_agency_the_latest_first(
    desk: DossierContext, finder: Finder
) -> None:
    first, second = receive(desk), receive(desk, minutes=1)
    for unit_id in ("mc-tinh", "skhdt"):
        rows = finder.rows(unit_id, NAME, "", 10)
        assert [row.dossier_id for row in rows] == [second.id, first.id]
        assert [row.dossier_id for row in finder.rows(unit_id, NAME, rows[0].place, 10)] == [first.id]
        assert finder.behind(rows) == {first.id: (first, PERSONS), second.id: (second, PERSONS)}
    assert finder.rows("mc-h288", NAME, "", 10) == []
    assert finder.rows("mc-tinh", PersonKey(KeyKind.NUMBER, "nguyen van mau"), "", 10) == []


def test_no_key_says_who_it_is_about_and_units_have_different_ones(desk: DossierContext, cloud: Cloud) -> None:
    receive(desk, Persons(OWNER, submitter=THIRD))
    rows = cloud.items(cloud.person, kind="search")
    assert len(rows) == 16, "number, end of phone, name and its end, of two persons at two units"
    told = " ".join(f"{row['PK']['S']} {row['SK']['S']}".lower() for row in rows)
    for personal in (OWNER.number, THIRD.number, "5678#", "nguyen", "mau"):
        assert personal not in told
    digests = [row["PK"]["S"].rpartition("#")[2] for row in rows]
    assert len(set(digests)) == len(digests)
    assert {name for row in rows for name in row} == {"PK", "SK", "kind"}


def test_another_recipient_is_found_and_the_former_one_is_not_shown(desk: DossierContext, finder: Finder) -> None:
    dossier = receive(desk, Persons(OWNER, recipient=THIRD))
    fourth = replace(THIRD, name="Lê Văn Khác")
    change = replace(changed(dossier, _event(dossier)), persons=Persons(OWNER, recipient=fourth))
    desk.dossiers.commit(change)

    def found(name: str) -> list[str]:
        asking = Asking("mc-tinh", CLERK, stamp(), f"record of {name}")
        asked = (asking, Search(SearchBy.NAME, name), (None, 10), finder, desk.dossiers, ShippedRegistry())
        return [each.id for each in find_dossiers(*asked).dossiers]

    assert found("van khac") == [dossier.id]
    assert found("tran thi thu") == [], "its row is still there, and finds nothing"
    assert found("nguyen van mau") == [dossier.id], "once, though it was written twice"


def test_a_reason_is_written_without_a_look_at_the_secret(cloud: Cloud, desk: DossierContext) -> None:
    dossier = receive(desk)

    def no_secret() -> SearchKeys:
        raise AssertionError("nobody new is to be found")

    told = replace(changed(dossier, _event(dossier)), persons=PERSONS.with_reason(2, "vì sao"), only_reasons=True)
    cloud.dossiers(search_keys=no_secret).commit(told)
    assert len(cloud.items(cloud.person, kind="search")) == 8


def test_searches_are_recorded_by_unit_and_local_day_in_the_order_of_time(finder: Finder) -> None:
    times = [MORNING + timedelta(hours=hours) for hours in (0, 2, 1, 17)]
    for number, at in enumerate(times):
        finder.record(SearchRecord(f"record-{number}", "mc-tinh", at, "staff-1", SearchBy.NAME, number))
    first, cursor = finder.records("mc-tinh", MORNING.date(), "", 2)
    rest, end = finder.records("mc-tinh", MORNING.date(), cursor, 2)
    assert [each.id for each in (*first, *rest)] == ["record-0", "record-2", "record-1"]
    assert (first[0].at, first[0].hits, first[0].search_by, end) == (MORNING, 0, SearchBy.NAME, "")
    assert [each.id for each in finder.records("mc-tinh", times[-1].date(), "", 9)[0]] == ["record-3"]
    assert finder.records("mc-h288", MORNING.date(), "", 9)[0] == []


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_an_inbox_by_channel_shows_each_once_and_skips_none(
    desk: DossierContext, monkeypatch: pytest.MonkeyPatch, limit: int, at_once: int
) -> None:
    """However few rows one page reads."""
    monkeypatch.setattr(inbox, "READ_AT_ONCE", at_once)
    monkeypatch.setattr(inbox, "READS", 3)
    channels = [ChannelIn.POST if minutes in (1, 4, 5, 8) else ChannelIn.COUNTER for minutes in range(9)]
    ids = [receive(desk, channel=channel, minutes=minutes).id for minutes, channel in enumerate(channels)]
    wanted = InboxFilter(channel_in=ChannelIn.POST)
    shown: list[str] = []
    cursor, pages = "", 0
    while pages == 0 or cursor:
        page = desk.dossiers.inbox("mc-tinh", Status.RECEIVED, cursor, limit, wanted)
        assert len(page.dossiers) <= limit
        shown += [dossier.id for dossier in page.dossiers]
        cursor, pages = page.after, pages + 1
        assert pages < 50
    assert shown == [ids[place] for place in (1, 4, 5, 8)]


def test_an_inbox_is_counted_whole_and_late_by_its_key(desk: DossierContext) -> None:
    received = [receive(desk, minutes=minutes) for minutes in range(3)]
    due = received[1].due_at
    assert due is not None
    assert desk.dossiers.count_inbox("mc-tinh", Status.RECEIVED).number == 3
    for dossier in received[:2]:
        by_hours = replace(dossier, version=2, due_by_hours=True)
        desk.dossiers.commit(replace(changed(dossier, _event(dossier)), dossier=by_hours))
    for moment, number, why in (
        (due, 1, "due at this moment is not late"),
        (due + timedelta(hours=1), 2, "a limit in days is not late on its last day"),
        (due + timedelta(days=1), 3, "on the next day all are"),
    ):
        late = InboxFilter(late_at=moment)
        assert desk.dossiers.count_inbox("mc-tinh", Status.RECEIVED, late).number == number, why
        page = desk.dossiers.inbox("mc-tinh", Status.RECEIVED, "", 10, late)
        assert [dossier.id for dossier in page.dossiers] == [each.id for each in received[:number]]


def test_what_has_no_due_date_is_counted_and_never_late(desk: DossierContext) -> None:
    dossier = receive(desk)
    desk.dossiers.commit(replace(changed(dossier, _event(dossier)), dossier=replace(dossier, version=2, due_at=None)))
    late = InboxFilter(late_at=MORNING + timedelta(days=3650))
    assert desk.dossiers.count_inbox("mc-tinh", Status.RECEIVED).number == 1
    assert desk.dossiers.count_inbox("mc-tinh", Status.RECEIVED, late).number == 0


def _event(dossier: Dossier) -> Event:
    """Return an event that leaves the dossier in its inbox."""
    return Event(EventType.RETURN_CHANNEL_CHOSEN, dossier.id, dossier.version + 1, stamp(), {"channel_out": "counter"})
