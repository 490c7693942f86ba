"""What every way into the one-stop unit shares: the service asked for, the date it is due, the number it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.calendar import local_day
from motcua.domain.deadline import due_at
from motcua.domain.dossier import Dossier, processing_agency
from motcua.domain.errors import InvalidError, RefusedError
from motcua.domain.event import Stamp
from motcua.domain.number import GivenNumber
from motcua.domain.registry import Procedure, Unit
from motcua.ports import Change, Office, Registry
from motcua.usecases.numbering import commit_numbered, series_of


@dataclass(frozen=True, slots=True)
class Service:
    """A published procedure, the one-stop unit that receives it and the agency that issues its result."""

    procedure: Procedure
    one_stop: Unit
    agency: Unit


def find_service(registry: Registry, one_stop_id: str, procedure_code: str, channel: str, stamp: Stamp) -> Service:
    """The service that a request names, open on the day of `stamp`.

    InvalidError for a unit or procedure that the registry does not know; RefusedError, naming the rule, for a unit that
    may not receive by `channel` that day, an unpublished procedure, or one that is not received here.
    """
    registry.warm(unit_id=one_stop_id, procedure_code=procedure_code)
    one_stop, procedure = registry.unit(one_stop_id), registry.procedure(procedure_code)
    if one_stop is None or not one_stop.valid_on(local_day(stamp.occurred_at)):
        raise InvalidError("unknown_unit", "/one_stop_id", unit=one_stop_id)
    registry.rules().check_reception(one_stop, channel, local_day(stamp.occurred_at))
    if procedure is None:
        raise InvalidError("unknown_procedure", "/procedure_code", procedure=procedure_code)
    agency = registry.unit(processing_agency(procedure, one_stop))
    if agency is None:
        raise RefusedError(
            "procedure_not_received_here", "/one_stop_id", procedure=procedure.code, unit=one_stop.name_vi
        )
    return Service(procedure, one_stop, agency)


def receive_now(
    office: Office, service: Service, stamp: Stamp, change_for: Callable[[GivenNumber, datetime | None], Change]
) -> Dossier:
    """Write the change that receipt with this number and due date makes; the dossier as received."""
    due = due_at(stamp.occurred_at, service.procedure.limit, office.registry.calendar())
    day = local_day(stamp.occurred_at)
    series = series_of(office.registry.rules().number(day), service.one_stop, service.agency, day)
    change = commit_numbered(office, series, lambda given: change_for(given, due))
    assert change.dossier is not None
    return change.dossier
