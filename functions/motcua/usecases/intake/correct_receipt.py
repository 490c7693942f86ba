"""Correct the persons or the papers of a mistaken receipt, which is printed again as version n+1."""

from dataclasses import replace

from motcua.domain.dossier.acts.intake import receipt_corrected
from motcua.domain.dossier.components import Brought, check_papers, to_event_data
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.persons import Person, Persons
from motcua.domain.errors import InvalidError, RefusedError
from motcua.domain.record import dataclass
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.dossier_command import CommandResult, StaffCommand, act_with_persons, changed
from motcua.usecases.registry.find_service import procedure_of


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrected values. What is None or empty stays as it is."""

    owner: Person | None = None
    submitter: Person | None = None
    recipient: Person | None = None
    authority: str = ""
    papers: tuple[Brought, ...] | None = None

    def of(self, persons: Persons) -> Persons:
        """Return `persons` with what is corrected."""
        return replace(
            persons,
            owner=self.owner or persons.owner,
            submitter=self.submitter or persons.submitter,
            recipient=self.recipient or persons.recipient,
            authority=self.authority or persons.authority,
        )


def correct_receipt(act: StaffCommand, correction: Correction, reason: str, context: DossierContext) -> CommandResult:
    """Write the next version of the receipt. The number never changes.

    Raises InvalidError when the papers do not fit the procedure, or when a submitter proves no authority. Raises
    RefusedError when the post could no longer find who gets the result, or already has it for somebody else.
    """

    def decide(dossier: Dossier, persons: Persons) -> Change:
        check_actor("correct_receipt", act.by, dossier)
        right = correction.of(persons)
        if right.lacks_authority:
            raise InvalidError("authority_needed", "/authority")
        if dossier.parcel_open and _where_to(right) != _where_to(persons):
            raise RefusedError("parcel_under_way", "/recipient")
        if dossier.channel_out is ChannelOut.POST and not right.result_goes_to.reachable_by_post:
            raise RefusedError("address_needed_for_post", "/recipient")
        papers = {}
        if correction.papers is not None:
            check_papers(procedure_of(context.registry, dossier), correction.papers, dossier.channel_in.value)
            papers = {"papers": to_event_data(correction.papers)}
        change = changed(dossier, receipt_corrected(dossier, act.stamp, **papers), act.idempotency)
        return replace(change, persons=right.with_reason(dossier.version + 1, reason))

    return act_with_persons(context.dossiers, act, decide)


def _where_to(persons: Persons) -> tuple[str, str, str]:
    """Return to whom and where the carrier was told to deliver. A misspelt name may still be corrected."""
    to = persons.result_goes_to
    return to.number, to.address, to.phone
