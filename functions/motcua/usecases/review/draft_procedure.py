"""Draft the next version of a department's procedure. The version in force is received until the draft is published."""

from itertools import product

from motcua.domain.access.principal import Role
from motcua.domain.errors import ConflictError, ForbiddenError, InvalidError, RefusedError
from motcua.domain.registry.consistency import faults_of_procedure
from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.procedure import Procedure, ProcedureVersions
from motcua.domain.review.review_item import NAMES_EN, NAMES_VI, ReviewState, list_of
from motcua.ports.ledger import Amendments, Ledger
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    require_controller,
    require_one_of,
    run_registry_command,
)
from motcua.usecases.review.enter_review_items import drafts_of, orders

PROCEDURE = "/procedure"
"""Where the content stands in the command's body."""


def draft_procedure(command: RegistryCommand, content: Procedure, ledger: Ledger) -> RegistryResult:
    """Enter `content` as the draft of its procedure, in the place of a former draft. A new procedure expects version 0.

    Raises ForbiddenError when the procedure is another department's, and RefusedError once its review is past the
    department's own steps. Raises InvalidError, field by field, when it does not fit the units.
    """

    def decide() -> Amendments:
        entry = ledger.entry(EntryKind.PROCEDURE, content.code)
        latest = entry.thing.latest if entry else None
        _check_right(command, content, latest)
        version = entry.version if entry else 0
        if command.expected_version != version:
            raise ConflictError("entry_version_differs", expected=command.expected_version, version=version)
        guard = drafts_of(latest.agency_id if latest else content.agency_id, ledger)
        known: ProcedureVersions = entry.thing if entry else ProcedureVersions(content.code, ())
        _check_undecided(command, known.with_draft(content), ledger)
        units = {each.id: each.thing for each in ledger.entries(EntryKind.UNIT)}
        if faults := faults_of_procedure(content, units, PROCEDURE):
            raise InvalidError.of(faults)
        drafted = known.with_draft(content)
        after = entry.next(drafted) if entry else new_entry(EntryKind.PROCEDURE, content.code, drafted)
        return amendments(command, after, guard=guard)

    return run_registry_command(ledger, command, decide)


def _check_right(command: RegistryCommand, content: Procedure, latest: Procedure | None) -> None:
    """Raise ForbiddenError unless this person may draft `content`.

    Officers and heads draft what is their department's and stays so. The controller drafts what is no department's.
    """
    owner = latest.agency_id if latest else content.agency_id
    if not owner:
        require_controller(command)
        return
    require_one_of(command, (Role.OFFICER, owner), (Role.HEAD, owner))
    if content.agency_id != owner and not command.by.is_controller:
        raise ForbiddenError("draft_of_another_agency", f"{PROCEDURE}/agency_id", procedure=content.code, unit=owner)


def _check_undecided(command: RegistryCommand, known: ProcedureVersions, ledger: Ledger) -> None:
    """Raise RefusedError once the head has proposed the procedure, for that is what the decision announces.

    Only the controller still mends it, and gives a reason. This reads each order's list of every department whose
    procedure it is or was.
    """
    departments = {each.agency_id for each in known.versions if each.agency_id}
    if command.by.is_controller or not departments:
        return
    for order, department in product(orders(ledger), sorted(departments)):
        entry = ledger.entry(EntryKind.REVIEW, list_of(order, department) + known.code)
        if entry is not None and entry.thing.state in (ReviewState.PROPOSED, ReviewState.ANNOUNCED):
            raise RefusedError(
                "draft_under_review",
                rule=order,
                procedure=known.code,
                state_vi=NAMES_VI[entry.thing.state],
                state_en=NAMES_EN[entry.thing.state],
            )
