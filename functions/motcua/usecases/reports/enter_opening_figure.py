"""Enter what an agency returned before this system went live, from a document, as its head or the controller."""

from collections.abc import Sequence
from datetime import date, timedelta

from motcua.domain.access.principal import Role
from motcua.domain.errors import ConflictError, InvalidError
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.opening_figure import Document, OpeningFigure, faults_of_opening
from motcua.domain.reports.target_report import COUNTED
from motcua.ports.ledger import Amendments, Ledger
from motcua.ports.registry import Registry
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    require_one_of,
    run_registry_command,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the document says of the agency, and who drew it up."""

    returned: int
    delivered_by_post: int
    document: Document
    author: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The days before go-live in a year, the figures that were entered, and the agencies whose figures are missing.

    A figure that was entered before go-live was moved covers other days: it is outdated and counts nowhere until
    corrected.
    """

    first: date
    last: date
    entered: Sequence[Entry[OpeningFigure]]
    missing: Sequence[Unit]

    def is_outdated(self, figure: OpeningFigure) -> bool:
        return figure.last != self.last


def enter_opening_figure(
    command: RegistryCommand, year: int, agency_id: str, told: Told, ledger: Ledger, registry: Registry
) -> RegistryResult:
    """Enter the agency's figure, or its correction. The caller names the version that it saw, 0 when there was none.

    Its days are not typed in: they end on the day before go-live. A month that was closed meanwhile is restated by its
    next close with a reason.
    """

    def decide() -> Amendments:
        require_one_of(command, (Role.HEAD, agency_id))
        first, last = days_before_go_live(year, registry)
        agency = registry.unit(agency_id)
        if agency is None:
            raise InvalidError("unknown_unit", "/agency_id", unit=agency_id)
        if not _counts(agency, first, last):
            span = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
            raise InvalidError("agency_not_counted", "/agency_id", unit=agency_id, **span)
        figure = OpeningFigure(
            agency_id, year, first, last, told.returned, told.delivered_by_post, told.document, told.author
        )
        if faults := faults_of_opening(figure):
            raise InvalidError.of(faults)
        former = ledger.entry(EntryKind.OPENING_FIGURE, figure.id)
        version = former.version if former else 0
        if version != command.expected_version:
            raise ConflictError("entry_version_differs", expected=command.expected_version, version=version)
        following = former.next(figure) if former else new_entry(EntryKind.OPENING_FIGURE, figure.id, figure)
        return amendments(command, following)

    return run_registry_command(ledger, command, decide)


def opening_figures(year: int, ledger: Ledger, registry: Registry) -> Opening:
    """Return every figure of the year, and every agency with a line in the reports that has none."""
    first, last = days_before_go_live(year, registry)
    entered = ledger.entries(EntryKind.OPENING_FIGURE, f"{year}#")
    known = {entry.thing.agency_id for entry in entered}
    missing = [unit.on(last) for unit in registry.units() if _counts(unit, first, last) and unit.id not in known]
    missing.sort(key=lambda unit: (COUNTED.index(unit.kind), unit.identifier, unit.id))
    return Opening(first, last, entered, missing)


def days_before_go_live(year: int, registry: Registry) -> tuple[date, date]:
    """Return 1 January and the day before go-live.

    Raises InvalidError when the system did not go live within the year.
    """
    first = date(year, 1, 1)
    go_live = registry.rules().figures_from(first)
    if go_live == first:
        raise InvalidError("no_opening_figures_of_year", "/year", year=year)
    return first, go_live - timedelta(days=1)


def _counts(agency: Unit, first: date, last: date) -> bool:
    return agency.on(last).kind in COUNTED and agency.existed_within(first, last)
