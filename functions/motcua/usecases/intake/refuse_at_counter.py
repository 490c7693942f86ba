"""Refuse what came to the counter or by post (form 03): the refusal is on record, with its reason and no number."""

from dataclasses import replace

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.acts.intake import not_accepted, opened
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import EventType, Stamp
from motcua.domain.record import dataclass
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import CommandResult, and_then, run_idempotently
from motcua.usecases.registry.find_service import find_service


@dataclass(frozen=True, slots=True)
class RefuseAtCounter:
    """What was asked for, by whom, and why it is not accepted."""

    one_stop_id: str
    procedure_code: str
    channel_in: ChannelIn
    persons: Persons
    reason: str


def refuse_at_counter(
    command: RefuseAtCounter, by: Principal, stamp: Stamp, key: IdempotencyKey, context: DossierContext
) -> CommandResult:
    """Write the dossier as submitted and not accepted, in one transaction (1→3)."""

    def write() -> Dossier:
        registry, channels = context.registry, (command.channel_in, ChannelOut.COUNTER)
        service = find_service(registry, command.one_stop_id, command.procedure_code, command.channel_in, stamp)
        by.require(Role.CLERK, command.one_stop_id)
        came = opened(
            EventType.DOSSIER_SUBMITTED, context.new_id(), service.procedure, service.one_stop, channels, stamp
        )
        change = Change((came,), evolve(None, came), idempotency=key)
        assert change.dossier is not None
        change = and_then(change, not_accepted(change.dossier, stamp))
        context.dossiers.commit(replace(change, persons=command.persons.with_reason(2, command.reason)))
        assert change.dossier is not None
        return change.dossier

    return run_idempotently(context.dossiers, key, write)
