"""Ask another agency's opinion (lấy ý kiến) within a time limit, and note it as given.

The dossier's own clock goes on.
"""

from motcua.domain.dossier.acts.processing import opinion_asked, opinion_given
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import local_day
from motcua.domain.registry.procedure import TimeLimit
from motcua.domain.registry.unit import UnitKind
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed
from motcua.usecases.registry.find_service import valid_unit


def ask_opinion(act: StaffCommand, agency_id: str, limit: TimeLimit, context: DossierContext) -> CommandResult:
    """Ask an agency, which answers within `limit` by its own calendar and finds the dossier in its inbox."""

    def decide(dossier: Dossier) -> Change:
        check_actor("ask_opinion", act.by, dossier)
        at = act.stamp.occurred_at
        agency = valid_unit(context.registry, agency_id, local_day(at), "/agency_id")
        if agency.kind is UnitKind.ONE_STOP:
            raise InvalidError("counter_gives_no_opinion", "/agency_id", unit=agency_id)
        due_at = clock.limit_from(context.registry, agency, at, limit)
        assert due_at is not None
        event = opinion_asked(dossier, agency_id, due_at, act.stamp, by_hours=limit.by_hours)
        return changed(dossier, event, act.idempotency)

    return act_on(context.dossiers, act, decide)


def give_opinion(act: StaffCommand, agency_id: str, context: DossierContext) -> CommandResult:
    """Note, as an officer of the agency that was asked, that its opinion is given. The document goes its own way."""

    def decide(dossier: Dossier) -> Change:
        check_actor("give_opinion", act.by, dossier, agency_id)
        return changed(dossier, opinion_given(dossier, agency_id, act.stamp), act.idempotency)

    return act_on(context.dossiers, act, decide)
