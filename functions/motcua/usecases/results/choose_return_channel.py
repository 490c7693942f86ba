"""Choose how the result comes back (R5), through a clerk or the portal, until it is under way."""

from dataclasses import replace

from motcua.domain.dossier.acts.results import return_channel_chosen
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.persons import Person, Persons
from motcua.domain.errors import RefusedError
from motcua.domain.event import Stamp
from motcua.domain.record import dataclass
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import (
    ApplicantCommand,
    CommandResult,
    StaffCommand,
    act_on_own,
    act_with_persons,
    changed,
)
from motcua.usecases.registry.find_service import procedure_of
from motcua.usecases.results.open_parcel import opened_parcel


@dataclass(frozen=True, slots=True)
class Choice:
    """The channel and, where one is named, another recipient.

    Who gets a result by post needs an address and a phone.
    """

    channel: ChannelOut
    recipient: Person | None = None


def choose_return_channel(act: StaffCommand, choice: Choice, context: DossierContext) -> CommandResult:
    """Note the applicant's choice, as a clerk."""

    def decide(dossier: Dossier, persons: Persons) -> Change:
        check_actor("choose_return_channel", act.by, dossier)
        return chosen(dossier, persons, choice, act.stamp, act.idempotency, context)

    return act_with_persons(context.dossiers, act, decide)


def choose_own_return_channel(act: ApplicantCommand, choice: Choice, context: DossierContext) -> CommandResult:
    """Choose for one's own dossier, through the portal."""

    def decide(dossier: Dossier, persons: Persons) -> Change:
        return chosen(dossier, persons, choice, act.stamp, act.idempotency, context)

    return act_on_own(context.dossiers, act, decide)


def chosen(
    dossier: Dossier, persons: Persons, choice: Choice, stamp: Stamp, key: IdempotencyKey, context: DossierContext
) -> Change:
    """Return the change that a choice makes. Where the result is ready, choosing post opens its parcel."""
    procedure = procedure_of(context.registry, dossier)
    event = return_channel_chosen(dossier, procedure, choice.channel, stamp)
    if choice.recipient:
        persons = replace(persons, recipient=choice.recipient)
    if choice.channel is ChannelOut.POST and not persons.result_goes_to.reachable_by_post:
        raise RefusedError("address_needed_for_post", "/recipient")
    change = opened_parcel(dossier, changed(dossier, event, key), context.registry)
    return replace(change, persons=persons if choice.recipient else None)
