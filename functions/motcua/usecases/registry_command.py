"""How every change of the registry runs: check rights, decide, and write once with the reason.

A retried request gets the same answer.
"""

from collections.abc import Callable
from typing import Any

from motcua.domain.access.principal import PROVINCE, Principal, Role, role_needed
from motcua.domain.errors import ConflictError, InvalidError, MotcuaError, NotFoundError
from motcua.domain.event import Stamp
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.ports.changes import IdempotencyKey
from motcua.ports.ledger import Amendments, Ledger
from motcua.ports.refusals import AlreadyDoneError, VersionMovedError


@dataclass(frozen=True, slots=True)
class RegistryCommand:
    """One command of a signed-in person on the registry. `expected_version` is None where something new is entered."""

    by: Principal
    stamp: Stamp
    why: str
    idempotency: IdempotencyKey
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class RegistryResult:
    """The entry as the command left it. `replayed` marks the answer to a retried request."""

    entry: Entry[Any]
    replayed: bool = False


def run_registry_command(ledger: Ledger, command: RegistryCommand, decide: Callable[[], Amendments]) -> RegistryResult:
    """Write what `decide` returns, unless it was done under the command's key before: then give the same answer again.

    Raises ConflictError when somebody else changed meanwhile what was decided upon, and whatever `decide` raises. A
    retried request gets the first answer, too, where `decide` refuses it because the state has moved on.
    """
    try:
        amendments = decide()
        ledger.amend(amendments)
        return RegistryResult(amendments.entries[0])
    except AlreadyDoneError as before:
        return _answer_again(ledger, command.idempotency, before)
    except (MotcuaError, VersionMovedError) as refusal:
        if done := ledger.done_before(command.idempotency):
            return _answer_again(ledger, command.idempotency, done)
        if isinstance(refusal, VersionMovedError):
            raise ConflictError("entry_changed_meanwhile") from refusal
        raise


def amendments(command: RegistryCommand, *entries: Entry[Any], **more: Any) -> Amendments:
    """Return the change that a command makes. Its first entry is the one that the command is about."""
    return Amendments(entries, command.stamp, command.why, command.idempotency, **more)


def known_entry(ledger: Ledger, kind: EntryKind, entry_id: str, expected: int | None = None) -> Entry[Any]:
    """Return the entry, at the version that the caller saw.

    Raises NotFoundError when there is no such entry, and ConflictError when it stands at another version.
    """
    entry = ledger.entry(kind, entry_id)
    if entry is None:
        raise NotFoundError("entry_not_found", kind=kind.value, id=entry_id)
    if expected is not None and entry.version != expected:
        raise ConflictError("entry_version_differs", expected=expected, version=entry.version)
    return entry


def require_controller(command: RegistryCommand) -> None:
    command.by.require(Role.CONTROLLER, PROVINCE)


def require_one_of(command: RegistryCommand, *rights: tuple[Role, str]) -> None:
    """Raise ForbiddenError, naming the first right, unless the person has one of them or controls the province."""
    if not command.by.is_controller and not any(command.by.has(role, unit_id) for role, unit_id in rights):
        role, unit_id = rights[0]
        raise role_needed(role, unit_id)


def _answer_again(ledger: Ledger, key: IdempotencyKey, done: AlreadyDoneError) -> RegistryResult:
    if done.body_digest != key.body_digest:
        raise InvalidError("idempotency_key_reused", "")
    kind, _, entry_id = done.subject.partition("#")
    (made,) = ledger.history(EntryKind(kind), entry_id, up_to=done.version, limit=1).amendments
    return RegistryResult(made.entry, replayed=True)
