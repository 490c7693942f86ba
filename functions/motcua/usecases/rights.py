"""Who may see which dossier. One answer for detail, list and timeline; what one may not see does not exist."""

from motcua.domain.dossier import Dossier
from motcua.domain.errors import ForbiddenError, NotFoundError
from motcua.domain.principal import Principal, Role
from motcua.domain.status import Status


def may_see(by: Principal, dossier: Dossier) -> bool:
    """A clerk sees the dossiers of the own one-stop unit, officers and heads those that reached their agency."""
    if by.is_controller or by.has(Role.CLERK, dossier.one_stop_id):
        return True
    if dossier.status in (Status.SUBMITTED, Status.NOT_ACCEPTED):
        return False
    return by.has(Role.OFFICER, dossier.agency_id) or by.has(Role.HEAD, dossier.agency_id)


def check_may_see(by: Principal, dossier: Dossier | None) -> Dossier:
    """The dossier, or NotFoundError: whether it exists elsewhere is nobody's business."""
    if dossier is None or not may_see(by, dossier):
        raise NotFoundError("dossier_not_found")
    return dossier


def check_may_list(by: Principal, unit_id: str) -> None:
    """Raise ForbiddenError unless this person works at `unit_id` or controls them all."""
    if unit_id not in by.units() and not by.is_controller:
        raise ForbiddenError("unit_not_yours", unit=unit_id)
