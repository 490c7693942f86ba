"""The head of the agency says which officer works on a dossier; what was assigned can be assigned anew."""

from motcua.domain.acts_at_the_agency import assigned
from motcua.domain.dossier import Dossier
from motcua.domain.principal import Role
from motcua.ports import Change, Office
from motcua.usecases.acting import Act, Done, act_on, changed
from motcua.usecases.doing import agency_acting, check_doer


def assign_dossier(act: Act, officer: str, office: Office) -> Done:
    """`officer` is the identity provider's opaque id; whoever it is, the agency's rights are checked when they act."""

    def decide(dossier: Dossier) -> Change:
        agency_id = agency_acting(act.by, dossier, Role.HEAD)
        check_doer("assign", act.by, dossier, agency_id)
        return changed(dossier, assigned(dossier, officer, act.stamp, agency_id), act.idempotency)

    return act_on(office.dossiers, act, decide)
