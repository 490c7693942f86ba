"""Apologise for a result that will be late: the agency's head sets a new date (form 04). Late stays late."""

from datetime import datetime, timedelta

from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.dossier.acts.processing import ApologyTerms, apologised, due_date
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.errors import RefusedError
from motcua.domain.local_time import local_day
from motcua.domain.rules.values import Apology
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_with_reason, changed
from motcua.usecases.registry.find_service import valid_unit


def apologise(act: StaffCommand, new_due_at: datetime, reason: str, context: DossierContext) -> CommandResult:
    """Set the new date, a moment after the due date at which the agency works. `reason` is what the applicant reads."""

    def decide(dossier: Dossier) -> Change:
        check_actor("apologise", act.by, dossier)
        check_move("apologise", dossier.status)
        registry, day = context.registry, local_day(act.stamp.occurred_at)
        agency = valid_unit(registry, dossier.agency_id, day, "")
        rule = registry.rules().known(Apology, day, agency)
        before = rule.value.latest_working_days_before
        latest = clock.working_days_before(registry, agency, due_date(dossier), before)
        event = apologised(dossier, new_due_at, ApologyTerms(rule.value.times, latest, rule.cited), act.stamp)
        if not _worked(clock.calendar_of(registry, agency, new_due_at), new_due_at):
            raise RefusedError("new_date_not_worked", "/new_due_at")
        return changed(dossier, event, act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def _worked(calendar: WorkingCalendar, moment: datetime) -> bool:
    """Return whether the agency works at `moment` or up to it: a limit may end at a closing hour."""
    up_to = moment - timedelta(seconds=1)
    return calendar.opening(moment) == moment or calendar.opening(up_to) == up_to
