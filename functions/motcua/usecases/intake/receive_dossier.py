"""Receive a dossier at the counter or by post: check, date and number it, and leave the message that routes it."""

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.acts.intake import opened
from motcua.domain.dossier.components import Brought
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import EventType, Stamp
from motcua.domain.record import dataclass
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import CommandResult, run_idempotently
from motcua.usecases.intake.ask_at_intake import NOTHING, AtIntake, and_asked
from motcua.usecases.intake.give_number import commit_numbered
from motcua.usecases.intake.receipt import Receipt, receipt_data, series_for
from motcua.usecases.registry.find_service import find_service


@dataclass(frozen=True, slots=True)
class ReceiveDossier:
    """What a clerk enters. `channel_in` is counter or post: online dossiers are submitted and then accepted.

    `papers` are those that were brought, None when nobody lists them. `asks` is what the receipt asks for at once.
    """

    one_stop_id: str
    procedure_code: str
    channel_in: ChannelIn
    channel_out: ChannelOut
    persons: Persons
    papers: tuple[Brought, ...] | None = None
    asks: AtIntake = NOTHING


def receive_dossier(
    command: ReceiveDossier, by: Principal, stamp: Stamp, key: IdempotencyKey, context: DossierContext
) -> CommandResult:
    """Receive the dossier.

    Raises RefusedError when a reception rule forbids it, and ForbiddenError for anyone but a clerk of this unit.
    """
    channels, asks, registry = (command.channel_in, command.channel_out), command.asks, context.registry

    def write() -> Dossier:
        service = find_service(registry, command.one_stop_id, command.procedure_code, command.channel_in, stamp)
        by.require(Role.CLERK, command.one_stop_id)
        papers, asks_for_more = command.papers, bool(asks.supplement_reason)
        receipt = Receipt(service, command.channel_in, stamp.occurred_at, papers, asks_for_more)
        data, dossier_id = receipt_data(registry, receipt), context.new_id()
        event = opened(
            EventType.DOSSIER_RECEIVED, dossier_id, service.procedure, service.one_stop, channels, stamp, **data
        )
        change = Change((event,), evolve(None, event), persons=command.persons, idempotency=key)
        change = and_asked(change, asks, command.persons, stamp, registry)
        return commit_numbered(context, series_for(registry, receipt), change)

    return run_idempotently(context.dossiers, key, write)
