"""The registry as it ships: data/ read by the seed's own loader, without a store."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from infra.registry.seed import registry_entries
from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.registry.carrier import Carrier
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import Procedure, ProcedureVersions
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.rules.rule_book import RuleBook

ENTRIES = registry_entries()


def things(kind: EntryKind) -> dict[str, Any]:
    """Return the shipped things of a kind, by id."""
    return {entry.id: entry.thing for entry in ENTRIES if entry.kind is kind}


RULES = RuleBook(tuple(things(EntryKind.RULE).values()))
UNITS: dict[str, Unit] = things(EntryKind.UNIT)
VERSIONS: dict[str, ProcedureVersions] = things(EntryKind.PROCEDURE)
PROCEDURES: dict[str, Procedure] = {code: known.latest for code, known in VERSIONS.items()}
CARRIERS: dict[str, Carrier] = things(EntryKind.CARRIER)
CARRIER_CODES: dict[tuple[str, str], str] = {
    (code.carrier_system, code.code): code.our_state for code in things(EntryKind.CARRIER_CODE).values()
}
CALENDAR: WorkingCalendar = WorkingCalendar.of((year, 1) for year in things(EntryKind.CALENDAR).values())


class ShippedRegistry:
    """The port `Registry` over the shipped files. Without `post_is_public` no carrier is the public postal service.

    `opening`, `rule_book`, `units`, `procedures` and `calendar` are a test's own additions.
    """

    def __init__(
        self,
        *,
        post_is_public: bool = True,
        opening: Sequence[OpeningFigure] = (),
        rule_book: RuleBook = RULES,
        units: Sequence[Unit] = (),
        procedures: Sequence[ProcedureVersions] = (),
        calendar: WorkingCalendar = CALENDAR,
    ) -> None:
        self._units = UNITS | {unit.id: unit for unit in units}
        self._procedures = {known.code: known for known in procedures}
        self.known_calendar = calendar
        hidden = () if post_is_public else ("public_postal_service",)
        self._rules = RuleBook(tuple(rule for rule in rule_book.rules if rule.kind not in hidden))
        self._opening = opening

    def entry(self, kind: EntryKind, entry_id: str) -> Entry[Any] | None:
        return next((entry for entry in ENTRIES if entry.kind is kind and entry.id == entry_id), None)

    def former(self, kind: EntryKind, entry_id: str, version: int) -> Entry[Any] | None:  # noqa: ARG002
        return None

    def unit(self, unit_id: str) -> Unit | None:
        return self._units.get(unit_id)

    def procedure(self, code: str) -> ProcedureVersions | None:
        return self._procedures.get(code) or VERSIONS.get(code)

    def units(self) -> Sequence[Unit]:
        return list(self._units.values())

    def procedures(self) -> Sequence[ProcedureVersions]:
        return list((VERSIONS | self._procedures).values())

    def opening_figures(self, year: int) -> Sequence[OpeningFigure]:
        return [figure for figure in self._opening if figure.year == year]

    def rules(self) -> RuleBook:
        return self._rules

    def calendar(self, day: date, unit: Unit | None = None) -> WorkingCalendar:
        return self.known_calendar.with_hours(*self._rules.hours(day, unit))

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        return CARRIER_CODES.get((carrier_system, code))

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        pass

    def forget(self) -> None:
        pass


class EveryState(ShippedRegistry):
    """Has a code for every state, also for those without a known carrier's code (lost, damaged)."""

    def parcel_state(self, carrier_system: str, code: str) -> str | None:  # noqa: ARG002
        return None if code == "unheard of" else code
