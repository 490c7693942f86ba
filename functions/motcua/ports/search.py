"""What a search for dossiers needs from outside: rows under a key, the dossiers behind them, records of searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from motcua.domain.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from motcua.domain.dossier.dossier import Dossier
    from motcua.domain.dossier.persons import Persons
    from motcua.domain.search.person_keys import PersonKey, SearchBy


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier under a key; `place` is its position there, the latest opened first."""

    place: str
    dossier_id: str


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """The record of one search: who, when, where, by which kind of value and with how many hits; never the value."""

    id: str
    unit_id: str
    at: datetime
    by: str
    search_by: SearchBy
    hits: int


class Finder(Protocol):
    """The index of persons. A row may be older than the persons behind it, so what is found must be checked."""

    def rows(self, unit_id: str, key: PersonKey, after: str, limit: int) -> Sequence[Row]:
        """Return up to `limit` rows of the unit under the key, after the place `after`."""

    def behind(self, rows: Sequence[Row]) -> Mapping[str, tuple[Dossier, Persons]]:
        """Return the dossiers behind at most fifty rows, by id."""

    def record(self, record: SearchRecord) -> None: ...
    def records(self, unit_id: str, day: date, after: str, limit: int) -> tuple[Sequence[SearchRecord], str]:
        """Return the searches in the unit on a local day, in the order of time, and where the next page begins."""
