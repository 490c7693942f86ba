"""The applicant chooses how the result comes (R5): noted by a clerk, or chosen through the portal, until it is under way."""

from dataclasses import dataclass, replace

from motcua.domain.acts import return_channel_chosen
from motcua.domain.dossier import ChannelOut, Dossier
from motcua.domain.errors import NotFoundError, RefusedError
from motcua.domain.event import Stamp
from motcua.domain.person import Person, Persons
from motcua.domain.principal import Role
from motcua.ports import Change, IdempotencyKey, Office
from motcua.usecases.acting import Act, Done, act_with_persons, changed, check_version, once
from motcua.usecases.intake import procedure_of
from motcua.usecases.parcels import opened_parcel


@dataclass(frozen=True, slots=True)
class Choice:
    """The channel, and by choice another recipient: whoever gets a result by post needs an address and a phone."""

    channel: ChannelOut
    recipient: Person | None = None


def choose_return_channel(act: Act, choice: Choice, office: Office) -> Done:
    """A clerk notes the applicant's choice."""

    def decide(dossier: Dossier, persons: Persons) -> Change:
        act.by.require(Role.CLERK, dossier.one_stop_id)
        return _chosen(dossier, persons, choice, act.stamp, act.idempotency, office)

    return act_with_persons(office.dossiers, act, decide)


def choose_own_return_channel(
    dossier_id: str,
    expected_version: int,
    citizen: str,
    choice: Choice,
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
        change = _chosen(*found, choice, stamp, key, office)
        office.dossiers.commit(change)
        assert change.dossier is not None
        return change.dossier

    return once(office.dossiers, key, write)


def _chosen(
    dossier: Dossier, persons: Persons, choice: Choice, stamp: Stamp, key: IdempotencyKey, office: Office
) -> Change:
    procedure = procedure_of(office.registry, dossier)
    event = return_channel_chosen(dossier, procedure, choice.channel, stamp)
    if choice.recipient:
        persons = replace(persons, recipient=choice.recipient)
    if choice.channel is ChannelOut.POST and not persons.result_goes_to.reachable_by_post:
        raise RefusedError("address_needed_for_post", "/recipient")
    change = opened_parcel(dossier, changed(dossier, event, key), office.registry)
    return replace(change, persons=persons if choice.recipient else None)
