"""The end of a dossier at the one-stop unit: how the result goes out, and its return at the counter or online."""

from motcua.domain.dossier import ChannelOut, Dossier, return_channel_chosen, returned
from motcua.domain.errors import ForbiddenError, NotFoundError, RefusedError
from motcua.domain.event import Stamp
from motcua.domain.principal import Role
from motcua.ports import Change, IdempotencyKey, Office
from motcua.usecases.acting import Act, Done, act_on, changed, check_version, once
from motcua.usecases.parcels import opened_parcel


def return_result(act: Act, channel: ChannelOut, office: Office) -> Done:
    """9→10 at the counter or online, by a clerk. By post a result is returned only when its parcel is delivered."""

    def decide(dossier: Dossier) -> Change:
        act.by.require(Role.CLERK, dossier.one_stop_id)
        if channel is ChannelOut.POST:
            raise RefusedError("post_returns_itself", "/channel")
        return changed(dossier, returned(dossier, channel, act.stamp), act.idempotency)

    return act_on(office.dossiers, act, decide)


def choose_return_channel(act: Act, channel: ChannelOut, office: Office) -> Done:
    """A clerk notes the applicant's choice."""

    def decide(dossier: Dossier) -> Change:
        act.by.require(Role.CLERK, dossier.one_stop_id)
        return _chosen(dossier, channel, act.stamp, act.idempotency, office)

    return act_on(office.dossiers, act, decide)


def choose_own_return_channel(
    dossier_id: str,
    expected_version: int,
    citizen: str,
    channel: ChannelOut,
    stamp: Stamp,
    key: IdempotencyKey,
    office: Office,
) -> Done:
    """The applicant chooses through the portal, for a dossier of the own."""

    def write() -> Dossier:
        found = office.dossiers.load_with_persons(dossier_id)
        if found is None or not found[1].owned_by(citizen):
            raise NotFoundError("dossier_not_found")
        check_version(found[0], expected_version)
        change = _chosen(found[0], channel, stamp, key, office)
        office.dossiers.commit(change)
        assert change.dossier is not None
        return change.dossier

    return once(office.dossiers, key, write)


def _chosen(dossier: Dossier, channel: ChannelOut, stamp: Stamp, key: IdempotencyKey, office: Office) -> Change:
    procedure = office.registry.procedure(dossier.procedure_code)
    if procedure is None:
        raise ForbiddenError("unknown_procedure", procedure=dossier.procedure_code)
    event = return_channel_chosen(dossier, procedure, channel, stamp)
    return opened_parcel(dossier, changed(dossier, event, key), office.registry)
