"""Search within one's own unit: hits, hidden dossiers, pages, and the record of each search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ID_LENGTH, ChannelOut, Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import ForbiddenError, InvalidError
from motcua.domain.local_time import local_day
from motcua.domain.search.person_keys import PersonKey, Search, SearchBy, keys_of
from motcua.domain.status import Status
from motcua.ports.search import Row, SearchRecord
from motcua.usecases.reading import find_dossiers as finding
from motcua.usecases.reading.find_dossiers import Asking, Found, find_dossiers, read_searches
from tests.kit.fakes import CLERK, CONTROLLER, OFFICER, OWNER, MemoryDossiers, dossier_context, stamp
from tests.kit.life import dossiers as lives
from tests.kit.shipped import UNITS, ShippedRegistry

NAME = Search(SearchBy.NAME, "nguyen van mau")
HEAD = Principal("staff-4", frozenset({(Role.HEAD, "mc-tinh")}))


@dataclass
class MemoryFinder:
    """The port `Finder` over dossiers in memory. `indexed` holds the entries written with the persons."""

    store: MemoryDossiers
    indexed: dict[tuple[str, PersonKey], list[str]] = field(default_factory=dict)
    written: list[SearchRecord] = field(default_factory=list)
    fails: bool = False

    def index(self, dossier_id: str, *units: str) -> None:
        for unit_id in units:
            for key in keys_of(self.store.persons[dossier_id]):
                self.indexed.setdefault((unit_id, key), []).append(dossier_id)

    def rows(self, unit_id: str, key: PersonKey, after: str, limit: int) -> Sequence[Row]:
        places = [
            (f"{each[-4:]}#{each}", each) for each in self.indexed.get((unit_id, key), [])
        ]  # ordered by the time of opening
        return [Row(*each) for each in sorted(places, reverse=True) if not after or each[0] < after][:limit]

    def behind(self, rows: Sequence[Row]) -> Mapping[str, tuple[Dossier, Persons]]:
        found = {row.dossier_id: self.store.load_with_persons(row.dossier_id) for row in rows}
        return {dossier_id: pair for dossier_id, pair in found.items() if pair}

    def record(self, record: SearchRecord) -> None:
        if self.fails:
            raise OSError
        self.written.append(record)

    def records(self, unit_id: str, day: date, after: str, limit: int) -> tuple[Sequence[SearchRecord], str]:
        there = [each for each in self.written if each.unit_id == unit_id and local_day(each.at) == day]
        return there[:limit], after


class Desk:
    """Some dossiers of the same owner, received at the provincial centre, and a finder over them."""

    def __init__(self, number: int = 1) -> None:
        self.store = MemoryDossiers()
        self.finder = MemoryFinder(self.store)
        self.ids = [self.receive() for _ in range(number)]
        self.registry = ShippedRegistry()

    def receive(self) -> str:
        dossier = lives.received(dossier_context(self.store), ChannelOut.COUNTER)
        self.finder.index(dossier.id, "mc-tinh", "skhdt")
        return dossier.id

    def find(
        self,
        search: Search = NAME,
        by: Principal = CLERK,
        unit: str = "mc-tinh",
        limit: int = 20,
        after: tuple[str, str] | None = None,
    ) -> Found:
        asking = Asking(unit, by, stamp(actor=by.subject), "record-1")
        return find_dossiers(asking, search, (after, limit), self.finder, self.store, self.registry)

    def found(self, *asked: object, **more: object) -> list[str]:
        return [dossier.id for dossier in self.find(*asked, **more).dossiers]  # type: ignore[arg-type]

    def change(self, dossier_id: str, **more: object) -> None:
        self.store.states[dossier_id] = replace(self.store.states[dossier_id], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "value"),
    [("identity_number", "030099000001"), ("phone_end", "5678"), ("name", "Nguyễn Văn Mẫu"), ("name", "van mau")],
)
def test_a_person_is_found_by_whatever_is_whole_of_them(by: str, value: str) -> None:
    desk = Desk()
    assert desk.found(Search(SearchBy(by), value)) == desk.ids


def test_a_dossier_is_found_by_its_number_and_by_its_parcel() -> None:
    desk = Desk()
    (dossier_id,) = desk.ids
    number = Search(SearchBy.DOSSIER_NUMBER, desk.store.states[dossier_id].number)
    parcel = Search(SearchBy.PARCEL, f"{dossier_id}-1")
    assert desk.found(number) == [dossier_id]
    assert desk.found(parcel) == [], "it has none yet"
    desk.change(dossier_id, parcels=1)
    assert desk.found(parcel) == [dossier_id]


def test_the_agency_finds_it_once_it_may_see_it() -> None:
    desk = Desk()
    assert desk.found(by=OFFICER, unit="skhdt") == desk.ids
    desk.change(desk.ids[0], status=Status.SUBMITTED)
    assert desk.found(by=OFFICER, unit="skhdt") == []


@pytest.mark.parametrize("search", [NAME, Search(SearchBy.DOSSIER_NUMBER, "")])
def test_another_units_dossier_is_not_found(search: Search) -> None:
    desk = Desk()
    number = desk.store.states[desk.ids[0]].number
    stranger = Principal("staff-9", frozenset({(Role.CLERK, "mc-h288")}))
    asked = replace(search, value=search.value or number)
    assert desk.found(asked, stranger, "mc-h288") == []
    assert desk.found(asked, CONTROLLER, "mc-h288") == [], "the controller searches in a unit, too"
    assert desk.found(asked, CONTROLLER, "mc-tinh") == desk.ids


def test_nobody_searches_in_a_unit_of_others() -> None:
    desk = Desk()
    with pytest.raises(ForbiddenError):
        desk.find(unit="mc-h288")
    assert desk.finder.written == []


def test_a_person_who_is_no_longer_in_it_is_not_found() -> None:
    desk = Desk()
    desk.store.persons[desk.ids[0]] = Persons(replace(OWNER, name="Trần Thị Thử"))
    assert desk.found() == []


def test_a_reassigned_dossier_is_found_where_it_went_by_what_the_ended_unit_had_indexed() -> None:
    desk = Desk()
    heir = replace(UNITS["mc-h288"], id="mc-heir")
    ended = replace(UNITS["mc-tinh"], successor_ids=("mc-heir",))
    desk.registry = ShippedRegistry(units=(heir, ended))
    desk.change(desk.ids[0], one_stop_id="mc-heir")
    clerk = Principal("staff-8", frozenset({(Role.CLERK, "mc-heir")}))
    assert desk.found(by=clerk, unit="mc-heir") == desk.ids
    assert desk.found() == [], "it is not the former unit's any more"


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize("at_once", [1, 2, 50])
def test_pages_show_each_dossier_once(monkeypatch: pytest.MonkeyPatch, limit: int, at_once: int) -> None:
    """This holds whatever is hidden between them, and however few rows one page reads."""
    monkeypatch.setattr(finding, "READ_AT_ONCE", at_once)
    monkeypatch.setattr(finding, "READS", 2)
    desk = Desk(9)
    hidden = desk.ids[2], *desk.ids[5:8]
    for dossier_id in hidden:
        desk.change(dossier_id, one_stop_id="mc-h288")
    assert len(desk.ids[0]) == ID_LENGTH
    shown: list[str] = []
    after: tuple[str, str] | None = None
    for _ in range(100):
        page = desk.find(limit=limit, after=after)
        assert len(page.dossiers) <= limit
        shown += [dossier.id for dossier in page.dossiers]
        after = page.after
        assert after is None or not any(each in after[1] for each in hidden), (
            "where it goes on tells of none that is hidden"
        )
        if after is None:
            break
    assert shown == sorted((each for each in desk.ids if each not in hidden), reverse=True)


def test_pages_go_on_where_another_units_index_begins() -> None:
    desk = Desk(2)
    ended = replace(UNITS["mc-h288"], id="mc-ended", successor_ids=("mc-tinh",))
    desk.registry = ShippedRegistry(units=(ended,))
    former = lives.received(dossier_context(desk.store)).id
    desk.finder.index(former, "mc-ended")
    first = desk.find(limit=2)
    assert first.after == ("mc-ended", finding.FIRST)
    assert desk.found(limit=2, after=first.after) == [former]


def test_a_page_that_begins_in_another_unit_is_refused() -> None:
    with pytest.raises(InvalidError):
        Desk().find(after=("mc-h288", "x"))


@pytest.mark.parametrize(("value", "hits"), [("nguyen van mau", 1), ("tran thi thu", 0)])
def test_each_search_leaves_a_record_without_its_value(value: str, hits: int) -> None:
    desk = Desk()
    desk.find(Search(SearchBy.NAME, value))
    (record,) = desk.finder.written
    assert (record.unit_id, record.by, record.search_by, record.hits) == ("mc-tinh", "staff-1", SearchBy.NAME, hits)
    assert value not in repr(record)


def test_a_search_that_cannot_be_recorded_answers_nothing() -> None:
    desk = Desk()
    desk.finder.fails = True
    with pytest.raises(OSError):  # noqa: PT011 - whatever the store raises
        desk.find()


@pytest.mark.parametrize("by", [HEAD, CONTROLLER], ids=["head", "controller"])
def test_the_head_and_the_controller_read_who_searched(by: Principal) -> None:
    desk = Desk()
    desk.find()
    records, _ = read_searches("mc-tinh", date(2020, 4, 23), "", 10, by, desk.finder)
    assert [record.by for record in records] == ["staff-1"]


@pytest.mark.parametrize("by", [CLERK, OFFICER], ids=["clerk", "officer"])
def test_others_do_not(by: Principal) -> None:
    with pytest.raises(ForbiddenError):
        read_searches("mc-tinh", date(2020, 4, 23), "", 10, by, Desk().finder)
