"""A dossier that is not eligible: the agency answers in writing, and the one-stop unit hands that answer back (R2)."""

from motcua.domain.acts_waiting import answer_returned, refused
from motcua.domain.calendar import local_day
from motcua.domain.dossier import ChannelOut, Dossier
from motcua.domain.errors import RefusedError
from motcua.domain.rule_values import SupplementWait
from motcua.ports import Change, Office, Registry
from motcua.usecases.acting import Act, Done, act_for_a_reason, act_on, changed
from motcua.usecases.doing import check_doer, check_hands_back


def refuse_after_appraisal(act: Act, reason: str, office: Office) -> Done:
    """4→8 (refused), or 5→8 when the supplement never came; the reason is what the applicant reads."""

    def decide(dossier: Dossier) -> Change:
        check_doer("refuse_after_appraisal", act.by, dossier)
        return changed(dossier, refused(dossier, act.stamp, _wait_rule(dossier, office.registry)), act.idempotency)

    return act_for_a_reason(office.dossiers, act, reason, decide)


def _wait_rule(dossier: Dossier, registry: Registry) -> str:
    """The rule that says how long the applicant may take, as it stood when the supplement was asked for."""
    if dossier.waiting is None:
        return ""
    day = local_day(dossier.waiting.since)
    rule = registry.rules().applying(SupplementWait, day, registry.unit(dossier.one_stop_id))
    return rule.cited if rule else ""


def return_answer(act: Act, channel: ChannelOut, office: Office) -> Done:
    """The clerk hands the written answer back at the counter or online: parcels carry results only.

    RefusedError, naming the closure, while the one-stop unit returns nothing by this channel.
    """

    def decide(dossier: Dossier) -> Change:
        check_hands_back("return_answer", act.by, dossier, office.registry, act.stamp.occurred_at)
        if channel is ChannelOut.POST:
            raise RefusedError("answer_not_by_post", "/channel")
        event = answer_returned(dossier, channel, act.stamp)
        unit = office.registry.unit(dossier.one_stop_id)
        if unit is None:
            raise RefusedError("unknown_unit", unit=dossier.one_stop_id)
        day = local_day(act.stamp.occurred_at)
        office.registry.rules().check_return(unit.on(day), channel.value, day)
        return changed(dossier, event, act.idempotency)

    return act_on(office.dossiers, act, decide)
