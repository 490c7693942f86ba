"""What a search for dossiers needs from outside: rows found under a key, the dossiers behind them, and the record of it."""

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
    """One dossier under a key; `place` is where it stands there, the latest opened first."""

    place: str
    dossier_id: str


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """That somebody has searched: who, when, where, by which kind of value and with how many hits; never the value."""

    id: str
    unit_id: str
    at: datetime
    by: str
    search_by: SearchBy
    hits: int


class Finder(Protocol):
    """The index of persons: a row may be older than the persons behind it, so what is found must be looked at."""

    def rows(self, unit_id: str, key: PersonKey, after: str, limit: int) -> Sequence[Row]:
        """Up to `limit` rows of the unit under the key, those after the place `after`."""

    def behind(self, rows: Sequence[Row]) -> Mapping[str, tuple[Dossier, Persons]]:
        """The dossiers behind rows, at most fifty, by id."""

    def record(self, record: SearchRecord) -> None: ...
    def records(self, unit_id: str, day: date, after: str, limit: int) -> tuple[Sequence[SearchRecord], str]:
        """Who searched in the unit on a local day, in the order of time; and the place after which the next page begins."""
