"""Ask the applicant for what is missing (form 02), as a clerk at intake or an officer during appraisal.

Once more than the rule allows needs the head. A supplement comes in through the one-stop unit (R2), whose clerk
confirms that it is complete.
"""

from datetime import datetime
from decimal import Decimal

from motcua.domain.dossier.acts.waiting import SupplementTerms, supplement_completed, supplement_requested
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import AfterSupplement, LimitUnit, TimeLimit
from motcua.domain.rules.values import SupplementLimit, SupplementWait
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.ports.registry import Registry
from motcua.usecases.access.may_act import check_actor, check_asker
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.deadline.resume_clock import resumption
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, act_with_reason, changed
from motcua.usecases.registry.find_service import procedure_of, valid_unit


@dataclass(frozen=True, slots=True)
class MissingPapers:
    """What is missing, as the applicant reads it. `override` is why a head allows one request more than the rule."""

    missing: str
    override: str = ""

    @property
    def told(self) -> str:
        return f"{self.missing} · Lý do yêu cầu thêm: {self.override}" if self.override else self.missing


def request_supplement(act: StaffCommand, asked: MissingPapers, context: DossierContext) -> CommandResult:
    """Ask for a supplement (2,4→5).

    Raises RefusedError, naming the rule, for one request too many that no head approves.
    """

    def decide(dossier: Dossier) -> Change:
        check_asker("request_supplement", act.by, dossier, as_head=bool(asked.override))
        terms = supplement_terms(context.registry, dossier, act.stamp.occurred_at)
        approved_by = act.by.subject if asked.override else ""
        return changed(dossier, supplement_requested(dossier, terms, act.stamp, approved_by), act.idempotency)

    return act_with_reason(context.dossiers, act, asked.told, decide)


def complete_supplement(act: StaffCommand, context: DossierContext) -> CommandResult:
    """Confirm that everything has come in (5→2,4). Back at 2, the queue routes the dossier."""

    def decide(dossier: Dossier) -> Change:
        check_actor("complete_supplement", act.by, dossier)
        event = supplement_completed(dossier, resumption(context.registry, dossier, act.stamp.occurred_at), act.stamp)
        return changed(dossier, event, act.idempotency)

    return act_on(context.dossiers, act, decide)


def supplement_terms(registry: Registry, dossier: Dossier, at: datetime) -> SupplementTerms:
    """Return the terms of a request made at `at`: the rules of the unit that asks, and the procedure's policy.

    The time to answer is counted by the calendar of the one-stop unit, which the applicant comes to.
    """
    day = local_day(at)
    one_stop = valid_unit(registry, dossier.one_stop_id, day, "")
    at_intake = dossier.status is Status.RECEIVED
    asking = one_stop if at_intake else valid_unit(registry, dossier.agency_id, day, "")
    limit = registry.rules().known(SupplementLimit, day, asking)
    days = registry.rules().known(SupplementWait, day, one_stop).value.days
    expires_at = clock.limit_from(registry, one_stop, at, TimeLimit(Decimal(days), LimitUnit.CALENDAR_DAY))
    assert expires_at is not None
    restarts = procedure_of(registry, dossier).after_supplement is AfterSupplement.RESTART
    return SupplementTerms(limit.value, limit.cited, restarts, expires_at)
