"""Receive a dossier at the counter or from the post: it is checked, numbered, dated and owed to its agency at once."""

from typing import Any

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
from motcua.usecases.intake.receipt import Receipt, receive_now
from motcua.usecases.registry.find_service import find_service


@dataclass(frozen=True, slots=True)
class ReceiveDossier:
    """What a clerk enters. `channel_in` is counter or post; online dossiers are submitted and then accepted.

    `papers` are those that were brought, None when nobody lists them; `asks` is what the receipt asks for at once.
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
    """The received dossier. RefusedError by a reception rule, ForbiddenError for anyone but this unit's clerk."""
    channels = (command.channel_in, command.channel_out)

    def write() -> Dossier:
        service = find_service(context.registry, command.one_stop_id, command.procedure_code, command.channel_in, stamp)
        by.require(Role.CLERK, command.one_stop_id)
        dossier_id, asks = context.new_id(), command.asks

        def received(more: dict[str, Any]) -> Change:
            event = opened(
                EventType.DOSSIER_RECEIVED, dossier_id, service.procedure, service.one_stop, channels, stamp, **more
            )
            change = Change((event,), evolve(None, event), persons=command.persons, idempotency=key)
            return and_asked(change, asks, command.persons, stamp, context.registry)

        papers, asks_for_more = command.papers, bool(asks.supplement_reason)
        receipt = Receipt(service, command.channel_in, stamp.occurred_at, papers, asks_for_more)
        return receive_now(context, receipt, received)

    return run_idempotently(context.dossiers, key, write)
