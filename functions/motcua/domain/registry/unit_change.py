"""Changes of a unit: former states stay on record, and no dossiers are left behind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from motcua.domain.errors import Fault
from motcua.domain.registry.unit import DATED, FormerUnit, Unit, UnitKind

WITHOUT_DESK = (UnitKind.PROVINCE, UnitKind.DEPARTMENT_UNIT)
"""The kinds of units without an inbox, which neither receive nor process: a department's unit acts in the department's
name."""


def changed(before: Unit, wanted: Unit, day: date | None) -> Unit:
    """Return `before` as it is `wanted` from `day` on; its state until then stays on record.

    A change from the first day of its present state (`span`) is a correction: the state on record was never true.
    """
    past = before.former
    if day is not None and day > before.span(date.max)[0] and _dated(before) != _dated(wanted):
        past = (*past, FormerUnit(last=day - timedelta(days=1), **_dated(before)))
    return replace(wanted, former=past)


def faults_of_day(before: Unit, wanted: Unit, day: date | None) -> Iterator[Fault]:
    """Yield the faults of the day of a change.

    Dated fields change only from a given day, which may not lie before the state on record, nor after the unit's end.
    """
    first = before.span(date.max)[0]
    differing = [name for name in DATED if getattr(before, name) != getattr(wanted, name)]
    shown = f"{first:%d/%m/%Y}"
    if day is None and differing:
        yield Fault("changes_from_needed", "/changes_from", {"first": shown, "fields": ", ".join(differing)})
    if day is not None and (day < first or (wanted.valid_to and wanted.valid_to < day)):
        yield Fault("changes_from_outside", "/changes_from", {"first": shown})


def faults_of_change(
    before: Unit, after: Unit, today: date, *, no_successor: bool = False, at: str = ""
) -> Iterator[Fault]:
    """Yield the faults of changing a known unit, whoever changes it; pointers begin with `at`.

    A unit where dossiers may lie ends only by a reorganisation, which hands them on. A unit that has not begun, or has
    ended, may be corrected.
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
