"""Who may see which dossier. One answer for detail, list and timeline; what one may not see does not exist."""

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import ForbiddenError, NotFoundError
from motcua.domain.status import Status


def may_see(by: Principal, dossier: Dossier) -> bool:
    """A clerk sees the dossiers of the own one-stop unit, officers and heads those that reached their agency, whose part it has,
    or which asks them for an opinion, until they gave it."""
    if by.is_controller or any(by.has(role, dossier.one_stop_id) for role in (Role.CLERK, Role.HEAD)):
        return True
    if dossier.status in (Status.SUBMITTED, Status.NOT_ACCEPTED):
        return False
    return any(by.has(role, agency_id) for role in (Role.OFFICER, Role.HEAD) for agency_id in dossier.readers)


def check_may_see(by: Principal, dossier: Dossier | None) -> Dossier:
    """The dossier, or NotFoundError: whether it exists elsewhere is nobody's business."""
    if dossier is None or not may_see(by, dossier):
        raise NotFoundError("dossier_not_found")
    return dossier


def check_may_list(by: Principal, unit_id: str) -> None:
    """Raise ForbiddenError unless this person works at `unit_id` or controls them all."""
    if unit_id not in by.units() and not by.is_controller:
        raise ForbiddenError("unit_not_yours", unit=unit_id)
