"""Receive a dossier at the counter or from the post: it is checked, numbered, dated and owed to its agency at once."""

from dataclasses import dataclass
from datetime import datetime

from motcua.domain.acts import opened, reception
from motcua.domain.dossier import ChannelIn, ChannelOut, Dossier, evolve
from motcua.domain.event import EventType, Stamp
from motcua.domain.number import GivenNumber
from motcua.domain.person import Persons
from motcua.domain.principal import Principal, Role
from motcua.ports import Change, IdempotencyKey, Office
from motcua.usecases.acting import Done, once
from motcua.usecases.intake import find_service, receive_now


@dataclass(frozen=True, slots=True)
class ReceiveDossier:
    """What a clerk enters. `channel_in` is counter or post; online dossiers are submitted and then accepted."""

    one_stop_id: str
    procedure_code: str
    channel_in: ChannelIn
    channel_out: ChannelOut
    persons: Persons


def receive_dossier(command: ReceiveDossier, by: Principal, stamp: Stamp, key: IdempotencyKey, office: Office) -> Done:
    """The received dossier. RefusedError by a reception rule, ForbiddenError for anyone but this unit's clerk."""
    channels = (command.channel_in, command.channel_out)

    def write() -> Dossier:
        service = find_service(office.registry, command.one_stop_id, command.procedure_code, command.channel_in, stamp)
        by.require(Role.CLERK, command.one_stop_id)
        dossier_id = office.new_id()

        def received(given: GivenNumber, due: datetime | None) -> Change:
            more = reception(given, due)
            event = opened(
                EventType.DOSSIER_RECEIVED, dossier_id, service.procedure, service.one_stop, channels, stamp, **more
            )
            return Change((event,), evolve(None, event), persons=command.persons, idempotency=key)

        return receive_now(office, service, stamp, received)

    return once(office.dossiers, key, write)
