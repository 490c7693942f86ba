"""Find the service that a dossier asks for: the unit and the procedure as they stand that day."""

from datetime import date

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import InvalidError, RefusedError
from motcua.domain.event import Stamp
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import Procedure, ProcedureVersions, has_last_leg
from motcua.domain.registry.processing_agency import processing_agency
from motcua.domain.registry.unit import Unit
from motcua.ports.registry import Registry


@dataclass(frozen=True, slots=True)
class Service:
    """A published procedure, the one-stop unit that receives it and the agency that issues its result."""

    procedure: Procedure
    one_stop: Unit
    agency: Unit


def find_service(
    registry: Registry,
    one_stop_id: str,
    procedure_code: str,
    channel: str,
    stamp: Stamp,
    *,
    received_on: date | None = None,
) -> Service:
    """Return the service that a request names, open on the day of `stamp`.

    With `received_on`, when an agency itself received the dossier (R3), the procedure is that of this day. What was
    replaced or withdrawn since is finished all the same.

    Raises InvalidError when the registry does not know the unit or the procedure. Raises RefusedError, naming the rule,
    when the unit may not receive by `channel` that day, and when the procedure is unpublished or not received here.
    Refuses a linked procedure, too, that nobody could ever resolve, because who issues the result has no part in its
    last step.
    """
    registry.warm(unit_id=one_stop_id, procedure_code=procedure_code)
    day = local_day(stamp.occurred_at)
    one_stop = valid_unit(registry, one_stop_id, day, "/one_stop_id")
    registry.rules().check_reception(one_stop, channel, day)
    known = registry.procedure(procedure_code)
    then = known.in_force(received_on) if known and received_on else None
    procedure = then or receivable(known, procedure_code, day)
    agency_id = processing_agency(procedure, one_stop)
    agency = valid_unit(registry, agency_id, day, "/one_stop_id")
    if procedure.legs and not has_last_leg(procedure, agency.id):
        raise RefusedError("lead_not_last", "/procedure_code", unit=agency.id)
    return Service(procedure, one_stop, agency)


def valid_unit(registry: Registry, unit_id: str, day: date, pointer: str) -> Unit:
    """Return the unit as it stands on `day`.

    Raises InvalidError when it is unknown or does not exist yet. For a unit that has ended, the error names its
    successors.
    """
    unit = registry.unit(unit_id)
    if unit is not None and unit.ended_before(day):
        assert unit.valid_to is not None
        after = ", ".join(unit.successor_ids) or "—"
        raise InvalidError("unit_ended", pointer, unit=unit_id, day=f"{unit.valid_to:%d/%m/%Y}", successors=after)
    if unit is None or not unit.valid_on(day):
        raise InvalidError("unknown_unit", pointer, unit=unit_id)
    return unit.on(day)


def receivable(known: ProcedureVersions | None, code: str, day: date) -> Procedure:
    """Return the version in force on `day`.

    Raises RefusedError when none is published yet, or when it was withdrawn.
    """
    if known is None:
        raise InvalidError("unknown_procedure", "/procedure_code", procedure=code)
    if version := known.in_force(day):
        return version
    withdrawn = [each.withdrawn_on for each in known.versions if each.withdrawn_on and each.withdrawn_on <= day]
    if withdrawn:
        raise RefusedError(
            "procedure_withdrawn", "/procedure_code", procedure=code, rule="R4", day=f"{max(withdrawn):%d/%m/%Y}"
        )
    raise RefusedError("procedure_not_published", "/procedure_code", rule="R4", procedure=code)


def procedure_of(registry: Registry, dossier: Dossier) -> Procedure:
    """Return the version that a dossier was received under, and keeps for its life."""
    known = registry.procedure(dossier.procedure_code)
    if known is None:
        raise RefusedError("unknown_procedure", procedure=dossier.procedure_code)
    try:
        return known.version(dossier.procedure_version)
    except LookupError:
        raise RefusedError("unknown_procedure", procedure=dossier.procedure_code) from None
