"""The processing agency's acts: an officer takes a dossier over and resolves it."""

from motcua.domain.access.principal import Role
from motcua.domain.dossier.acts.processing import resolved, taken_over
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import agency_acting, check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed
from motcua.usecases.results.open_parcel import opened_parcel


def take_over(act: StaffCommand, context: DossierContext) -> CommandResult:
    """The officer who asks becomes the dossier's officer; of a linked one, that of their agency's leg, whose turn it must be."""

    def decide(dossier: Dossier) -> Change:
        agency_id = agency_acting(act.by, dossier, Role.OFFICER)
        check_actor("take_over", act.by, dossier, agency_id)
        return changed(dossier, taken_over(dossier, act.stamp, agency_id), act.idempotency)

    return act_on(context.dossiers, act, decide)


def resolve(act: StaffCommand, context: DossierContext) -> CommandResult:
    """4→9, by the agency that issues the result, once every other one has done its part: the result goes to the one-stop unit;
    registered for post, its parcel is opened in the same transaction."""

    def decide(dossier: Dossier) -> Change:
        check_actor("resolve", act.by, dossier)
        change = changed(dossier, resolved(dossier, act.stamp), act.idempotency)
        return opened_parcel(dossier, change, context.registry)

    return act_on(context.dossiers, act, decide)
