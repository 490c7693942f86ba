"""Register a dossier that an agency received directly during an isolation period (R3): the agency goes on handling it, and its
result goes to the one-stop unit, which returns it."""

from datetime import date, datetime
from typing import Any

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.acts.intake import opened
from motcua.domain.dossier.components import Brought
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import Transitional
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import ConflictError, RefusedError
from motcua.domain.event import EventType, Stamp
from motcua.domain.local_time import LOCAL, local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.values import IsolationPeriod
from motcua.ports.changes import Change, IdempotencyKey, Original
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import AlreadyRegisteredError
from motcua.ports.registry import Registry
from motcua.usecases.dossier_command import CommandResult, run_idempotently
from motcua.usecases.intake.receipt import Receipt, receive_now
from motcua.usecases.registry.find_service import find_service


@dataclass(frozen=True, slots=True)
class RegisterTransitional:
    """What a clerk enters: the agency, its own number, the day on which it received the dossier, and what shows it."""

    one_stop_id: str
    procedure_code: str
    channel_out: ChannelOut
    persons: Persons
    agency_id: str
    original_number: str
    received_on: date
    evidence: str
    papers: tuple[Brought, ...] | None = None


def register_transitional(
    command: RegisterTransitional, by: Principal, stamp: Stamp, key: IdempotencyKey, context: DossierContext
) -> CommandResult:
    """The dossier, with a number of the one-stop unit's own of today, due as from the original receipt.

    RefusedError, naming the order, for a day outside the isolation period, and for an agency that does not issue the result
    of this procedure here; ConflictError for a receipt that was registered before: it counts once.
    """
    channels = (ChannelIn.COUNTER, command.channel_out)

    def write() -> Dossier:
        service = find_service(
            context.registry,
            command.one_stop_id,
            command.procedure_code,
            ChannelIn.COUNTER,
            stamp,
            received_on=command.received_on,
        )
        by.require(Role.CLERK, command.one_stop_id)
        agency = service.agency
        if agency.id != command.agency_id:
            raise RefusedError(
                "agency_of_another_procedure", "/agency_id", unit=agency.id, procedure=command.procedure_code
            )
        former = _former_office(command, agency, stamp, context.registry)
        dossier_id = context.new_id()

        def registered(more: dict[str, Any]) -> Change:
            event = opened(
                EventType.DOSSIER_RECEIVED, dossier_id, service.procedure, service.one_stop, channels, stamp, **more
            )
            persons = command.persons.told(1, command.evidence)
            original = Original(agency.id, command.original_number)
            return Change((event,), evolve(None, event), persons=persons, idempotency=key, registers=original)

        receipt = Receipt(
            service,
            ChannelIn.COUNTER,
            stamp.occurred_at,
            command.papers,
            asks_for_more=True,  # what the agency took is not asked for again
            transitional=former,
            received_at=_first_hour(context.registry, agency, command.received_on),
        )
        try:
            return receive_now(context, receipt, registered)
        except AlreadyRegisteredError as before:
            raise ConflictError("transitional_registered", "/original_number", unit=agency.id) from before

    return run_idempotently(context.dossiers, key, write)


def _former_office(command: RegisterTransitional, agency: Unit, stamp: Stamp, registry: Registry) -> Transitional:
    """The original receipt, by the rule whose isolation period it falls in."""
    day, rules = command.received_on, registry.rules()
    if day > local_day(stamp.occurred_at):
        raise RefusedError("received_later", "/received_on")
    if rule := rules.applying(IsolationPeriod, day, agency):
        return Transitional(command.original_number, day, rule.cited)
    known = [each for each in rules.every(IsolationPeriod) if each.scope.covers(agency)]
    periods = "; ".join(f"{each.first:%d/%m/%Y} – {each.last:%d/%m/%Y}" for each in known if each.last)
    cited = known[-1].cited if known else "R3"
    raise RefusedError("outside_isolation_period", "/received_on", rule=cited, periods=periods or "—")


def _first_hour(registry: Registry, agency: Unit, day: date) -> datetime:
    """The first hour of the agency on `day`: its own receipt tells the day, and the hour is not known. On a day off, too: it is
    counted on the day of the receipt, though its time runs from the next opening."""
    return datetime.combine(day, registry.calendar(day, agency).hours[0][0], LOCAL)
