"""Return a result, or the written answer of a refusal, through the one-stop unit (R2), at the counter or online."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.dossier.acts.results import returned
from motcua.domain.dossier.acts.waiting import answer_returned
from motcua.domain.dossier.components import due_at_return
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.errors import RefusedError
from motcua.domain.local_time import local_day
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.ports.registry import Registry
from motcua.usecases.access.may_act import check_hands_back
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_on, changed
from motcua.usecases.registry.find_service import procedure_of


def return_result(
    act: StaffCommand, channel: ChannelOut, context: DossierContext, *, originals_taken: bool = False
) -> CommandResult:
    """Return the result (9→10) at the counter or online, as a clerk. By post, only a parcel's delivery returns it.

    Raises RefusedError, naming the closure, while the one-stop unit returns nothing by this channel. Raises it, too,
    until the clerk confirms that the originals which the procedure asks for at the return were handed in.
    """

    def decide(dossier: Dossier) -> Change:
        check_hands_back("return", act.by, dossier, context.registry, act.stamp.occurred_at)
        if channel is ChannelOut.POST:
            raise RefusedError("post_returns_itself", "/channel")
        event = returned(dossier, channel, act.stamp)
        context.registry.warm(unit_id=dossier.one_stop_id, procedure_code=dossier.procedure_code)
        papers = due_at_return(procedure_of(context.registry, dossier))
        if papers and not originals_taken:
            raise RefusedError("originals_due_at_return", "/originals_taken", papers=papers)
        _check_open(dossier, channel, act.stamp.occurred_at, context.registry)
        if papers:
            event = replace(event, data={**event.data, "originals_taken": True})
        return changed(dossier, event, act.idempotency)

    return act_on(context.dossiers, act, decide)


def return_answer(act: StaffCommand, channel: ChannelOut, context: DossierContext) -> CommandResult:
    """Hand the written answer back at the counter or online, as a clerk: parcels carry results only.

    Raises RefusedError, naming the closure, while the one-stop unit returns nothing by this channel.
    """

    def decide(dossier: Dossier) -> Change:
        check_hands_back("return_answer", act.by, dossier, context.registry, act.stamp.occurred_at)
        if channel is ChannelOut.POST:
            raise RefusedError("answer_not_by_post", "/channel")
        event = answer_returned(dossier, channel, act.stamp)
        _check_open(dossier, channel, act.stamp.occurred_at, context.registry)
        return changed(dossier, event, act.idempotency)

    return act_on(context.dossiers, act, decide)


def _check_open(dossier: Dossier, channel: ChannelOut, at: datetime, registry: Registry) -> None:
    """Raise RefusedError, naming the closure, while the one-stop unit hands nothing back by this channel."""
    unit, day = registry.unit(dossier.one_stop_id), local_day(at)
    if unit is None:
        raise RefusedError("unknown_unit", unit=dossier.one_stop_id)
    registry.rules().check_return(unit.on(day), channel.value, day)
