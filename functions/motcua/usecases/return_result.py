"""The end of a dossier at the one-stop unit: its result is returned at the counter or online."""

from motcua.domain.acts import returned
from motcua.domain.calendar import local_day
from motcua.domain.dossier import ChannelOut, Dossier
from motcua.domain.errors import RefusedError
from motcua.domain.principal import Role
from motcua.ports import Change, Office
from motcua.usecases.acting import Act, Done, act_on, changed


def return_result(act: Act, channel: ChannelOut, office: Office) -> Done:
    """9→10 at the counter or online, by a clerk. By post a result is returned only when its parcel is delivered.

    RefusedError, naming the closure, while the one-stop unit returns nothing by this channel.
    """

    def decide(dossier: Dossier) -> Change:
        act.by.require(Role.CLERK, dossier.one_stop_id)
        if channel is ChannelOut.POST:
            raise RefusedError("post_returns_itself", "/channel")
        event = returned(dossier, channel, act.stamp)
        unit = office.registry.unit(dossier.one_stop_id)
        if unit is None:
            raise RefusedError("unknown_unit", unit=dossier.one_stop_id)
        day = local_day(act.stamp.occurred_at)
        office.registry.rules().check_return(unit.on(day), channel.value, day)
        return changed(dossier, event, act.idempotency)

    return act_on(office.dossiers, act, decide)
