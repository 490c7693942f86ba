"""Search for a dossier by its numbers or by a person, within one's own unit. Each search leaves a record."""

from collections.abc import Sequence
from datetime import date

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import Dossier, nameless
from motcua.domain.errors import InvalidError
from motcua.domain.event import Stamp
from motcua.domain.post.parcel import dossier_id_of
from motcua.domain.record import dataclass
from motcua.domain.search.person_keys import (
    PersonKey,
    Search,
    SearchBy,
    belongs_to_unit,
    key_of,
    keys_of,
    normalised,
    scopes,
)
from motcua.ports.dossiers import Dossiers
from motcua.ports.registry import Registry
from motcua.ports.search import Finder, Row, SearchRecord
from motcua.usecases.access.may_see import check_may_list, may_see

READ_AT_ONCE = 50
"""Rows looked at together: each is a state and its persons, and one read takes a hundred items."""

READS = 10
"""Chunks of one page at most: 500 rows, about 300 ms. Such a page may hold fewer than its limit, and has a next one."""

FIRST = "~"
"""The place before the first row of a unit."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page, the latest opened first, then the dossiers taken over from each unit that has ended. A dossier that a unit
    both had and took over may appear on two pages.

    `after` is where the next page begins: a unit, and the place of the last row shown or one that no row has.
    It is None after the last page.
    """

    dossiers: tuple[Dossier, ...]
    after: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who searches, in which unit, and the id of the record that this leaves."""

    unit_id: str
    by: Principal
    stamp: Stamp
    record_id: str


def find_dossiers(
    asking: Asking,
    search: Search,
    page: tuple[tuple[str, str] | None, int],
    finder: Finder,
    dossiers: Dossiers,
    registry: Registry,
) -> Found:
    """Return dossiers of the unit that fit `search` and that this person may see.

    `page` is where it begins, and its limit. Each dossier found under a key is read, because its persons may have
    changed since it was indexed. The record is written first: where it cannot be written, nothing is answered.
    """
    check_may_list(asking.by, asking.unit_id)
    search = normalised(search)
    if key := key_of(search):
        found = _by_key(asking, key, page, finder, scopes(asking.unit_id, {each.id: each for each in registry.units()}))
    else:
        dossier = _numbered(search, dossiers)
        found = Found((dossier,) if dossier and _is_theirs(asking, dossier) else ())
    at, by = asking.stamp.occurred_at, asking.by.subject
    finder.record(SearchRecord(asking.record_id, asking.unit_id, at, by, search.by, len(found.dossiers)))
    return found


def read_searches(
    unit_id: str, day: date, after: str, limit: int, by: Principal, finder: Finder
) -> tuple[Sequence[SearchRecord], str]:
    """Return who searched in the unit on a day, for its head and for the controller."""
    if not by.is_controller:
        by.require(Role.HEAD, unit_id)
    return finder.records(unit_id, day, after, limit)


def _numbered(search: Search, dossiers: Dossiers) -> Dossier | None:
    if search.by is SearchBy.DOSSIER_NUMBER:
        dossier_id = dossiers.find_by_number(search.value)
        return dossiers.load(dossier_id) if dossier_id else None
    dossier, ordinal = dossiers.load(dossier_id_of(search.value)), int(search.value.rpartition("-")[2])
    return dossier if dossier and 1 <= ordinal <= dossier.parcels else None


def _by_key(
    asking: Asking, key: PersonKey, page: tuple[tuple[str, str] | None, int], finder: Finder, units: list[str]
) -> Found:
    begin, limit = page
    place = ""
    if begin:
        if begin[0] not in units:  # a succession to another unit was recorded meanwhile
            raise InvalidError("malformed_cursor", "/cursor")
        units = units[units.index(begin[0]) :]
        place = "" if begin[1] == FIRST else begin[1]
    found: dict[str, Dossier] = {}
    reads = READS
    for unit_id in units:
        looked_at = shown = place
        while reads:
            reads -= 1
            rows = finder.rows(unit_id, key, looked_at, READ_AT_ONCE)
            hits = _looked_at(asking, key, rows, finder)
            for row in rows:
                if row.dossier_id in hits and len(found) == limit:
                    return Found(tuple(found.values()), (unit_id, shown or FIRST))
                if row.dossier_id in hits:
                    found[row.dossier_id] = hits[row.dossier_id]
                    shown = row.place
                looked_at = row.place
            if len(rows) < READ_AT_ONCE:
                break
        else:
            return Found(tuple(found.values()), (unit_id, min(shown or FIRST, _before(looked_at))))
        place = ""
    return Found(tuple(found.values()))


def _before(place: str) -> str:
    """Return a place that no row has, shortly before `place` in an order with the latest first."""
    return f"{nameless(place)}~" if place else FIRST


def _looked_at(asking: Asking, key: PersonKey, rows: Sequence[Row], finder: Finder) -> dict[str, Dossier]:
    """Return the dossiers behind the rows whose persons still have the key, and that may be shown."""
    behind = finder.behind(rows)
    return {
        dossier_id: dossier
        for dossier_id, (dossier, persons) in behind.items()
        if key in keys_of(persons) and _is_theirs(asking, dossier)
    }


def _is_theirs(asking: Asking, dossier: Dossier) -> bool:
    return belongs_to_unit(dossier, asking.unit_id) and may_see(asking.by, dossier)
