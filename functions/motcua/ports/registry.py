"""Units, procedures, rules and calendars, as the use cases need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # a port says what it is about in annotations only: it loads nothing of the domain
    from collections.abc import Sequence
    from datetime import date

    from motcua.domain.deadline.working_calendar import WorkingCalendar
    from motcua.domain.registry.entry import Entry, EntryKind
    from motcua.domain.registry.procedure import ProcedureVersions
    from motcua.domain.registry.unit import Unit
    from motcua.domain.reports.opening_figure import OpeningFigure
    from motcua.domain.rules.rule_book import RuleBook


class Registry(Protocol):
    """Units, procedures and rules, as of any day; what is read may be 60 seconds old."""

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        """Return the entry with its version: to change it, or for a kind that has no method of its own here."""

    def former(self, kind: EntryKind, entry_id: str, version: int) -> Entry[Any] | None:
        """Return a version of an entry, as its history keeps it; None when there was no such version."""

    def unit(self, unit_id: str) -> Unit | None:
        """Return the unit with all of its past; `Unit.on` gives its state on a day."""

    def procedure(self, code: str) -> ProcedureVersions | None: ...
    def units(self) -> Sequence[Unit]: ...
    def procedures(self) -> Sequence[ProcedureVersions]: ...
    def opening_figures(self, year: int) -> Sequence[OpeningFigure]: ...
    def rules(self) -> RuleBook: ...
    def calendar(self, day: date, unit: Unit | None = None) -> WorkingCalendar:
        """Return the calendar with the hours of `unit` on `day`; without a unit, with the hours that apply to all."""

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        """Return our state for a carrier's code: "" when the code changes nothing, None when it is unknown."""

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        """Load what a command needs into the cache with as few reads as possible."""

    def forget(self) -> None:
        """Empty the cache after a change, so that the next look-up reads anew."""
