"""Who may see which dossier: one answer for detail, list and timeline. What one may not see does not exist."""

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import ForbiddenError, NotFoundError
from motcua.domain.status import Status


def may_see(by: Principal, dossier: Dossier) -> bool:
    """Return whether this person may see the dossier.

    A clerk sees the dossiers of their own one-stop unit. Officers and heads see those that have reached their agency,
    those of which it has a part, and those on which its opinion is asked, until it is given.
    """
    if by.is_controller or any(by.has(role, dossier.one_stop_id) for role in (Role.CLERK, Role.HEAD)):
        return True
    if dossier.status in (Status.SUBMITTED, Status.NOT_ACCEPTED):
        return False
    return any(by.has(role, agency_id) for role in (Role.OFFICER, Role.HEAD) for agency_id in dossier.readers)


def check_may_see(by: Principal, dossier: Dossier | None) -> Dossier:
    """Return the dossier.

    Raises NotFoundError unless this person may see it: its existence is nobody else's business.
    """
    if dossier is None or not may_see(by, dossier):
        raise NotFoundError("dossier_not_found")
    return dossier


def check_may_list(by: Principal, unit_id: str) -> None:
    """Raise ForbiddenError unless this person works at `unit_id` or controls all units."""
    if unit_id not in by.units() and not by.is_controller:
        raise ForbiddenError("unit_not_yours", unit=unit_id)
