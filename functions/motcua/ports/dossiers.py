"""Dossiers and counters, as the use cases need them, and the context in which a command works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from motcua.domain.record import dataclass

if TYPE_CHECKING:  # a port says what it is about in annotations only: it loads nothing of the domain
    from collections.abc import Callable, Sequence

    from motcua.domain.dossier.dossier import Dossier
    from motcua.domain.dossier.number import Series
    from motcua.domain.dossier.persons import Persons
    from motcua.domain.event import Event
    from motcua.domain.post.parcel import Parcel
    from motcua.domain.reading.inbox import InboxFilter
    from motcua.domain.status import Status
    from motcua.ports.changes import Change, IdempotencyKey
    from motcua.ports.refusals import AlreadyDoneError
    from motcua.ports.registry import Registry


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an inbox, earliest due date first; the next page begins after the place `after`.

    It may hold fewer dossiers than were asked for, or none.
    """

    dossiers: tuple[Dossier, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are. `at_least` tells that there are more than were counted."""

    number: int
    at_least: bool = False


class Dossiers(Protocol):
    """Dossiers, their events and parcels."""

    def load(self, dossier_id: str) -> Dossier | None: ...
    def load_with_persons(self, dossier_id: str) -> tuple[Dossier, Persons] | None: ...
    def load_with_parcel(self, order_number: str) -> tuple[Dossier, Parcel, Persons] | None: ...
    def find_by_number(self, number: str) -> str | None: ...
    def events(self, dossier_id: str) -> Sequence[Event]: ...
    def done_before(self, key: IdempotencyKey) -> AlreadyDoneError | None:
        """Return what was done under this key: a retried request gets its answer even after the state has changed."""

    def inbox(self, unit_id: str, status: Status, after: str, limit: int, wanted: InboxFilter = ...) -> Page: ...
    def count_inbox(self, unit_id: str, status: Status, wanted: InboxFilter = ...) -> Counted:
        """Count the dossiers in an inbox; `wanted` may filter only by their due dates."""

    def commit(self, change: Change) -> None: ...


class Counters(Protocol):
    """The last number of each series, as far as this environment remembers."""

    def remembered(self, series: Series) -> int: ...
    def read(self, series: Series) -> int: ...
    def saw(self, series: Series, last: int) -> None: ...


@dataclass(frozen=True, slots=True)
class DossierContext:
    """What a command on a dossier works with. `new_id` makes a dossier's id; `pause(n)` waits before attempt n + 1."""

    dossiers: Dossiers
    counters: Counters
    registry: Registry
    new_id: Callable[[], str]
    pause: Callable[[int], None]
