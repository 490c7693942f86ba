"""Find the procedures that are received on a day, for anybody: by words, field, level and unit."""

from datetime import date

from motcua.domain.errors import NotFoundError
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import Procedure, ProcedureVersions
from motcua.domain.registry.unit import Level, Unit, UnitKind
from motcua.domain.search.folding import fold, rank, words
from motcua.ports.registry import Registry

LONGEST_PLACE = 150
"""Characters of a name that decide its place: a cursor has room for no more."""


@dataclass(frozen=True, slots=True)
class ProcedureFilter:
    """What is looked for. An empty field stands for anything."""

    text: str = ""
    field_vi: str = ""
    level: Level | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure and its place in the list: the best match first, the shorter name before the longer."""

    place: str
    procedure: Procedure


def in_force(registry: Registry, day: date) -> list[Procedure]:
    """Return the version of every procedure that is received on `day`."""
    return [version for known in registry.procedures() if (version := known.in_force(day)) is not None]


def find_procedures(procedures: list[Procedure], wanted: ProcedureFilter) -> list[Found]:
    """Return those of `procedures` that are looked for, in order."""
    asked, field = words(wanted.text), fold(wanted.field_vi)
    if wanted.text.strip() and not asked:
        return []
    found = []
    for each in procedures:
        if field and fold(each.field_vi) != field:
            continue
        if wanted.level is not None and wanted.level not in each.levels:
            continue
        if wanted.unit is not None and not concerns(each, wanted.unit):
            continue
        if (rated := rank(asked, each.name_vi, each.code)) is not None:
            found.append(Found(_place(each, rated, searched=bool(asked)), each))
    return sorted(found, key=lambda each: each.place)


def concerns(procedure: Procedure, unit: Unit) -> bool:
    """Return whether `unit` receives such dossiers (a one-stop unit), or issues the result or has a leg (an agency)."""
    if unit.kind is UnitKind.ONE_STOP:
        here = not unit.is_provincial_centre or procedure.agency_id in unit.serves
        return unit.level in procedure.levels and here
    if unit.kind in (UnitKind.DISTRICT, UnitKind.COMMUNE):
        return unit.level in procedure.levels and not procedure.counts_in_department
    return unit.id in {procedure.agency_id, *(leg.agency_id for leg in procedure.legs)}


def known_procedure(registry: Registry, code: str) -> ProcedureVersions:
    """Return every version of a procedure. Raises NotFoundError when none of them was ever published."""
    known = registry.procedure(code)
    if known is None or not any(each.published for each in known.versions):
        raise NotFoundError("entry_not_found", kind="procedure", id=code)
    return known


def published_version(registry: Registry, code: str, day: date, number: int | None) -> Procedure:
    """Return the version with this number, or without a number the one in force on `day`.

    Raises NotFoundError when there is none. A draft is shown to nobody here: it is its department's.
    """
    known = known_procedure(registry, code)
    if number is None:
        if version := known.in_force(day):
            return version
        raise NotFoundError("procedure_not_in_force", procedure=code, day=f"{day:%d/%m/%Y}")
    found = [each for each in known.versions if each.published and each.version == number]
    if not found:
        raise NotFoundError("procedure_version_not_found", procedure=code, number=number)
    return found[0]


def _place(procedure: Procedure, rated: int, *, searched: bool) -> str:
    name = words(procedure.name_vi)
    length = len(name) if searched else 0
    return f"{rated}{length:04d} {' '.join(name)[:LONGEST_PLACE]} {procedure.code}"
