"""Submit a dossier online, through the portal: it waits for a clerk to accept or refuse it, and has no number yet."""

from motcua.domain.dossier.acts.intake import opened
from motcua.domain.dossier.components import Brought
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import ForbiddenError, InvalidError
from motcua.domain.event import EventType, Stamp
from motcua.domain.record import dataclass
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.ports.registry import Registry
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.dossier_command import CommandResult, run_idempotently
from motcua.usecases.intake.receipt import Receipt, papers_data
from motcua.usecases.registry.find_service import Service, find_service


@dataclass(frozen=True, slots=True)
class SubmitDossier:
    """What a citizen or business sends through the portal, which vouches for `citizen`: identity number or tax code."""

    one_stop_id: str
    procedure_code: str
    channel_out: ChannelOut
    persons: Persons
    citizen: str
    papers: tuple[Brought, ...] | None = None


def submit_dossier(command: SubmitDossier, stamp: Stamp, key: IdempotencyKey, context: DossierContext) -> CommandResult:
    """Submit the dossier. Raises ForbiddenError unless the citizen is its owner or its submitter."""
    channels = (ChannelIn.ONLINE, command.channel_out)

    def write() -> Dossier:
        if not command.persons.owned_by(command.citizen):
            raise ForbiddenError("not_the_citizen")
        service = find_service(context.registry, command.one_stop_id, command.procedure_code, ChannelIn.ONLINE, stamp)
        data = papers_data(Receipt(service, ChannelIn.ONLINE, stamp.occurred_at, command.papers))
        data |= _answer_by(context.registry, service, stamp)
        dossier_id = context.new_id()
        event = opened(
            EventType.DOSSIER_SUBMITTED, dossier_id, service.procedure, service.one_stop, channels, stamp, **data
        )
        dossier = evolve(None, event)
        context.dossiers.commit(Change((event,), dossier, persons=command.persons, idempotency=key))
        return dossier

    return run_idempotently(context.dossiers, key, write)


def _answer_by(registry: Registry, service: Service, stamp: Stamp) -> dict[str, str]:
    """Return when the submission is to be answered, nothing where the calendar does not reach so far.

    Nobody is sent away online because next year's holidays are not announced yet. Nothing is promised then, and the
    acceptance, which needs a date, is refused naming the year.
    """
    try:
        return {"answer_by": clock.answer_by(registry, service.one_stop, stamp.occurred_at).isoformat()}
    except InvalidError:
        return {}
