"""Assign a dossier to an officer, as the head of the agency. What was assigned can be assigned anew."""

from motcua.domain.access.principal import Role
from motcua.domain.dossier.acts.processing import assigned
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import agency_acting, check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed


def assign_dossier(act: StaffCommand, officer: str, context: DossierContext) -> CommandResult:
    """Assign the dossier to `officer`, the identity provider's opaque id.

    Whoever that is, their rights at the agency are checked when they act.
    """

    def decide(dossier: Dossier) -> Change:
        agency_id = agency_acting(act.by, dossier, Role.HEAD)
        check_actor("assign", act.by, dossier, agency_id)
        return changed(dossier, assigned(dossier, officer, act.stamp, agency_id), act.idempotency)

    return act_on(context.dossiers, act, decide)
