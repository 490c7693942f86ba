"""What may become of a unit: what changes from a day on is kept as it was before, and nobody's dossiers are left behind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from motcua.domain.errors import Fault
from motcua.domain.registry.unit import DATED, FormerUnit, Unit, UnitKind

WITHOUT_DESK = (UnitKind.PROVINCE, UnitKind.DEPARTMENT_UNIT)
"""Kinds of units that neither receive nor process: a department's unit does so in the department's name."""


def changed(before: Unit, wanted: Unit, day: date | None) -> Unit:
    """`before` as it is `wanted` from `day` on; what it was until then stays on record.

    From the first day of its present state (`span`) it is a correction: that state never was as it stands.
    """
    past = before.former
    if day is not None and day > before.span(date.max)[0] and _dated(before) != _dated(wanted):
        past = (*past, FormerUnit(last=day - timedelta(days=1), **_dated(before)))
    return replace(wanted, former=past)


def faults_of_day(before: Unit, wanted: Unit, day: date | None) -> Iterator[Fault]:
    """What is dated changes from a day, never by omission; not before what is on record, nor after the unit has ended."""
    first = before.span(date.max)[0]
    differing = [name for name in DATED if getattr(before, name) != getattr(wanted, name)]
    told = f"{first:%d/%m/%Y}"
    if day is None and differing:
        yield Fault("changes_from_needed", "/changes_from", {"first": told, "fields": ", ".join(differing)})
    if day is not None and (day < first or (wanted.valid_to and wanted.valid_to < day)):
        yield Fault("changes_from_outside", "/changes_from", {"first": told})


def faults_of_change(
    before: Unit, after: Unit, today: date, *, no_successor: bool = False, at: str = ""
) -> Iterator[Fault]:
    """What must not become of a unit that is known, whoever changes it; pointers begin with `at`.

    Where dossiers may lie the unit ends by a reorganisation, which hands them on. One that has not begun, or has ended,
    may be mended.
    """
    if before.valid_from <= today and (before.kind is UnitKind.ONE_STOP) is not (after.kind is UnitKind.ONE_STOP):
        yield Fault("counter_stays", f"{at}/kind", {"unit": before.id})
    if before.kind not in WITHOUT_DESK and before.valid_on(today) and _ends_sooner(before, after, today):
        yield Fault("ended_by_reorganisation", f"{at}/valid_to", {"unit": before.id})
    ends = after.valid_to is not None and after.valid_to != before.valid_to
    if ends and not after.successor_ids and not no_successor:
        yield Fault("successor_needed", f"{at}/successor_ids")


def _ends_sooner(before: Unit, after: Unit, today: date) -> bool:
    sooner = after.valid_to is not None and (before.valid_to is None or after.valid_to < before.valid_to)
    return sooner or not after.valid_on(today)


def _dated(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in DATED}
