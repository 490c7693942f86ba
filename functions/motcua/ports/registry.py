"""Units, procedures, rules and calendars, as the use cases need them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import ProcedureVersions
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.rules.rule_book import RuleBook


class Registry(Protocol):
    """Units, procedures and rules, as of any day; a read may be 60 seconds old."""

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        """The entry with its version: for those who will change what they read, and for what has no name of its own here."""

    def former(self, kind: EntryKind, entry_id: str, version: int) -> Entry[Any] | None:
        """A version of an entry, as its history keeps it; None when there was no such version."""

    def unit(self, unit_id: str) -> Unit | None:
        """The unit with all of its past; what it is on a day says `Unit.on`."""

    def procedure(self, code: str) -> ProcedureVersions | None: ...
    def units(self) -> Sequence[Unit]: ...
    def procedures(self) -> Sequence[ProcedureVersions]: ...
    def opening_figures(self, year: int) -> Sequence[OpeningFigure]: ...
    def rules(self) -> RuleBook: ...
    def calendar(self, day: date, unit: Unit | None = None) -> WorkingCalendar:
        """The calendar with the hours that `unit` keeps on `day`; without a unit, those that all keep."""

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        """Our state for a carrier's code: "" when the code changes nothing, None when it is unknown."""

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        """Bring what a command needs into the cache with as few reads as possible."""

    def forget(self) -> None:
        """Read anew what is asked for next: it has changed."""
