"""Submit a dossier online, through the portal: it waits for a clerk to accept or refuse it, and has no number yet."""

from dataclasses import dataclass

from motcua.domain.acts import opened
from motcua.domain.dossier import ChannelIn, ChannelOut, Dossier, evolve
from motcua.domain.errors import ForbiddenError
from motcua.domain.event import EventType, Stamp
from motcua.domain.person import Persons
from motcua.ports import Change, IdempotencyKey, Office
from motcua.usecases.acting import Done, once
from motcua.usecases.intake import find_service


@dataclass(frozen=True, slots=True)
class SubmitDossier:
    """What a citizen or business sends through the portal, which vouches for `citizen` (an identity number or tax code)."""

    one_stop_id: str
    procedure_code: str
    channel_out: ChannelOut
    persons: Persons
    citizen: str


def submit_dossier(command: SubmitDossier, stamp: Stamp, key: IdempotencyKey, office: Office) -> Done:
    """The submitted dossier. ForbiddenError unless the citizen is its owner or its submitter."""
    channels = (ChannelIn.ONLINE, command.channel_out)

    def write() -> Dossier:
        if not command.persons.owned_by(command.citizen):
            raise ForbiddenError("not_the_citizen")
        service = find_service(office.registry, command.one_stop_id, command.procedure_code, ChannelIn.ONLINE, stamp)
        event = opened(
            EventType.DOSSIER_SUBMITTED, office.new_id(), service.procedure, service.one_stop, channels, stamp
        )
        dossier = evolve(None, event)
        office.dossiers.commit(Change((event,), dossier, persons=command.persons, idempotency=key))
        return dossier

    return once(office.dossiers, key, write)
