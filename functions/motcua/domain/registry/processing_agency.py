"""Which agency processes a procedure that a one-stop unit receives."""

from motcua.domain.errors import RefusedError
from motcua.domain.registry.procedure import Procedure
from motcua.domain.registry.unit import Level, Unit


def processing_agency(procedure: Procedure, one_stop: Unit) -> str:
    """Return the id of the agency that issues the result of `procedure` received at `one_stop`.

    At the provincial level it is the department that owns the procedure; also at every level, when the owner is one of
    the department's own units. Elsewhere it is the committee of the receiving one-stop unit. Raises RefusedError when
    the procedure is not received at this level or unit.
    """
    level = one_stop.level
    of_department = level is Level.PROVINCE or procedure.counts_in_department
    agency_id = procedure.agency_id if of_department else one_stop.committee_id
    served = level is not Level.PROVINCE or agency_id in one_stop.serves
    if level not in procedure.levels or not agency_id or not served:
        raise RefusedError(
            "procedure_not_received_here", "/one_stop_id", procedure=procedure.code, unit=one_stop.name_vi
        )
    return agency_id
