"""Refuse a dossier that is not eligible: the agency answers in writing, and the one-stop unit hands that back (R2)."""

from motcua.domain.dossier.acts.waiting import refused
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.local_time import local_day
from motcua.domain.rules.values import SupplementWait
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.ports.registry import Registry
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_with_reason, changed


def refuse_after_appraisal(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """Refuse the dossier (4→8), or (5→8) when the supplement never came. `reason` is what the applicant reads."""

    def decide(dossier: Dossier) -> Change:
        check_actor("refuse_after_appraisal", act.by, dossier)
        return changed(dossier, refused(dossier, act.stamp, _wait_rule(dossier, context.registry)), act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def _wait_rule(dossier: Dossier, registry: Registry) -> str:
    """Return the rule on how long the applicant may take, as it stood when the supplement was asked for."""
    if dossier.waiting is None:
        return ""
    day = local_day(dossier.waiting.since)
    rule = registry.rules().applying(SupplementWait, day, registry.unit(dossier.one_stop_id))
    return rule.cited if rule else ""
