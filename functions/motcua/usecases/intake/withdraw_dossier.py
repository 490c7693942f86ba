"""Withdraw a dossier for its applicant (1,2,4,5,6, paused 8→7), through a clerk or the portal. The papers go back."""

from dataclasses import replace

from motcua.domain.dossier.acts.intake import withdrawn
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import (
    ApplicantCommand,
    CommandResult,
    StaffCommand,
    act_on_own,
    act_with_reason,
    changed,
)


def withdraw(act: StaffCommand, reason: str, context: DossierContext) -> CommandResult:
    """Note the withdrawal, with the applicant's reason, as a clerk."""

    def decide(dossier: Dossier) -> Change:
        check_actor("withdraw", act.by, dossier)
        return changed(dossier, withdrawn(dossier, act.stamp), act.idempotency)

    return act_with_reason(context.dossiers, act, reason, decide)


def withdraw_own(act: ApplicantCommand, reason: str, context: DossierContext) -> CommandResult:
    """Withdraw the applicant's own dossier, through the portal."""

    def decide(dossier: Dossier, persons: Persons) -> Change:
        change = changed(dossier, withdrawn(dossier, act.stamp), act.idempotency)
        return replace(change, persons=persons.with_reason(dossier.version + 1, reason), only_reasons=True)

    return act_on_own(context.dossiers, act, decide)
