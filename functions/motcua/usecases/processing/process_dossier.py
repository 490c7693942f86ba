"""Process a dossier at the agency: an officer takes it over and resolves it."""

from motcua.domain.access.principal import Role
from motcua.domain.dossier.acts.processing import resolved, taken_over
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import agency_acting, check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed
from motcua.usecases.results.open_parcel import opened_parcel


def take_over(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Make the officer who asks the dossier's officer.

    Of a linked dossier, they become the officer of their agency's leg, whose turn it must be.
    """

    def decide(dossier: Dossier) -> Change:
        agency_id = agency_acting(act.by, dossier, Role.OFFICER)
        check_actor("take_over", act.by, dossier, agency_id)
        return changed(dossier, taken_over(dossier, act.stamp, agency_id), act.idempotency)

    return act_on(context.dossiers, act, decide)


def resolve(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Resolve the dossier (4→9) at the agency that issues the result, once every other agency has done its part.

    The result goes to the one-stop unit. When it is registered for post, its parcel is opened in the same transaction.
    """

    def decide(dossier: Dossier) -> Change:
        check_actor("resolve", act.by, dossier)
        change = changed(dossier, resolved(dossier, act.stamp), act.idempotency)
        return opened_parcel(dossier, change, context.registry)

    return act_on(context.dossiers, act, decide)
