"""Register a dossier that an agency received directly during an isolation period (R3).

The agency goes on handling it. Its result goes to the one-stop unit, which returns it.
"""

from datetime import date, datetime

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
from motcua.usecases.intake.give_number import commit_numbered
from motcua.usecases.intake.receipt import Receipt, receipt_data, series_for
from motcua.usecases.registry.find_service import find_service


@dataclass(frozen=True, slots=True)
class RegisterTransitional:
    """What a clerk enters: the agency, its own number, the day on which it received the dossier, and the evidence."""

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
    """Register the dossier under one of the one-stop unit's own numbers of today.

    It is due as from the original receipt. Raises RefusedError, naming the order, when the day lies outside the
    isolation period, or when the agency does not issue the result of this procedure here. Raises ConflictError when the
    receipt was registered before: it counts once.
    """
    channels, registry = (ChannelIn.COUNTER, command.channel_out), context.registry

    def write() -> Dossier:
        service = find_service(
            registry,
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
        former = _former_office(command, agency, stamp, registry)
        receipt = Receipt(
            service,
            ChannelIn.COUNTER,
            stamp.occurred_at,
            command.papers,
            asks_for_more=True,  # what the agency took is not asked for again
            transitional=former,
            received_at=_first_hour(registry, agency, command.received_on),
        )
        data, dossier_id = receipt_data(registry, receipt), context.new_id()
        event = opened(
            EventType.DOSSIER_RECEIVED, dossier_id, service.procedure, service.one_stop, channels, stamp, **data
        )
        persons = command.persons.with_reason(1, command.evidence)
        original = Original(agency.id, command.original_number)
        change = Change((event,), evolve(None, event), persons=persons, idempotency=key, registers=original)
        try:
            return commit_numbered(context, series_for(registry, receipt), change)
        except AlreadyRegisteredError as before:
            raise ConflictError("transitional_registered", "/original_number", unit=agency.id) from before

    return run_idempotently(context.dossiers, key, write)


def _former_office(command: RegisterTransitional, agency: Unit, stamp: Stamp, registry: Registry) -> Transitional:
    """Return the original receipt, with the rule whose isolation period it falls in."""
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
    """Return the agency's first hour on `day`: its own receipt tells the day, but not the hour.

    A day off has one, too: the receipt counts on its own day, though its time runs from the next opening.
    """
    return datetime.combine(day, registry.calendar(day, agency).hours[0][0], LOCAL)
