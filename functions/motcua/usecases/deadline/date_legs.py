"""Date the legs of a linked dossier: planned at receipt, set when a leg begins, counted anew after a suspension."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.domain.deadline.deadline import counted
from motcua.domain.deadline.suspension import Suspension
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.legs import Count, Plans, Starts, dated_anew, next_starts, planned, to_event_data
from motcua.domain.dossier.parts import LinkedLeg
from motcua.domain.errors import RefusedError
from motcua.domain.local_time import local_day
from motcua.domain.registry.procedure import Procedure, TimeLimit
from motcua.domain.registry.unit import Unit
from motcua.ports.registry import Registry
from motcua.usecases.deadline.count_deadline import calendar_of, with_reception
from motcua.usecases.registry.find_service import procedure_of, valid_unit


def legs_at_receipt(
    registry: Registry,
    procedure: Procedure,
    one_stop: Unit,
    received_at: datetime,
    at: datetime,
    *,
    transitional: bool = False,
) -> tuple[LinkedLeg, ...]:
    """Return the legs of a dossier that `one_stop` receives at `at`, counted from `received_at`.

    There are none where the procedure is not linked. Raises InvalidError when an agency does not exist on that day.
    """
    if not procedure.legs:
        return ()
    for leg in procedure.legs:
        valid_unit(registry, leg.agency_id, local_day(at), "/procedure_code")
    return planned(procedure, received_at, _count(registry, one_stop, received_at, transitional=transitional))


def told_at_receipt(
    registry: Registry, procedure: Procedure, one_stop: Unit, received_at: datetime, at: datetime, **more: bool
) -> dict[str, Any]:
    """Return the legs as data of a receipt's event; nothing where the procedure is not linked."""
    legs = legs_at_receipt(registry, procedure, one_stop, received_at, at, **more)
    return {"legs": to_event_data(legs)} if legs else {}


def legs_that_follow(registry: Registry, dossier: Dossier, agency_id: str, at: datetime) -> Starts:
    """Return the legs that begin when `agency_id` finishes its own at `at`."""
    return next_starts(dossier, procedure_of(registry, dossier), agency_id, at, _count_for(registry, dossier))


def legs_anew(registry: Registry, dossier: Dossier) -> tuple[Starts, Plans]:
    """Return the dates of unfinished legs, by the calendar that is in force now and with every suspension."""
    if not dossier.legs or dossier.received_at is None:
        return (), ()
    return dated_anew(dossier, procedure_of(registry, dossier), _count_for(registry, dossier))


def legs_after_wait(registry: Registry, dossier: Dossier, until: datetime) -> tuple[Starts, Plans]:
    """Return the dates of unfinished legs when the open suspension ends at `until`."""
    if dossier.waiting is None:
        return (), ()
    ended = replace(dossier, waits=(*dossier.waits[:-1], replace(dossier.waiting, until=until)))
    return legs_anew(registry, ended)


def _count_for(registry: Registry, dossier: Dossier) -> Count:
    assert dossier.received_at is not None
    one_stop = registry.unit(dossier.one_stop_id)
    return _count(registry, one_stop, dossier.received_at, transitional=dossier.transitional is not None)


def _count(registry: Registry, one_stop: Unit | None, received_at: datetime, *, transitional: bool) -> Count:
    """Return how a leg is counted: by its agency's own calendar.

    As for the whole dossier, closures pause what was received before they ended.
    """

    def count(agency_id: str, start: datetime, limit: TimeLimit, waits: tuple[Suspension, ...]) -> datetime:
        agency = registry.unit(agency_id)
        if agency is None:
            raise RefusedError("unknown_unit", unit=agency_id)
        calendar = calendar_of(registry, agency, received_at, transitional=transitional)
        starts = (start, *(wait.until for wait in waits if wait.until and wait.restarts))
        due = counted(start, limit, with_reception(registry, calendar, one_stop, starts), waits).at
        assert due is not None
        return due

    return count
