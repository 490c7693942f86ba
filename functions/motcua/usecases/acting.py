"""How every command on a dossier runs: read it, check version and rights, decide, write once, and answer a twin the same."""

from collections.abc import Callable
from dataclasses import dataclass

from motcua.domain.dossier import Dossier, evolve
from motcua.domain.errors import ConflictError, InvalidError, MotcuaError
from motcua.domain.event import Event, Stamp
from motcua.domain.person import Persons
from motcua.domain.principal import Principal
from motcua.ports import AlreadyDoneError, Change, Dossiers, IdempotencyKey, VersionMovedError
from motcua.usecases.rights import check_may_see


@dataclass(frozen=True, slots=True)
class Act:
    """One command of a signed-in person on one dossier, as it was when `expected_version` was read."""

    dossier_id: str
    expected_version: int
    by: Principal
    stamp: Stamp
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class Done:
    """The dossier as the command left it; `repeated` when this is the answer to a twin of an earlier request."""

    dossier: Dossier
    repeated: bool = False


def act_on(dossiers: Dossiers, act: Act, decide: Callable[[Dossier], Change]) -> Done:
    """Run `decide` on the dossier and write the change that it answers with.

    Raises ConflictError when the dossier is not at the expected version, NotFoundError when it is not this person's to
    see, and whatever `decide` raises.
    """

    def write() -> Dossier:
        dossier = check_may_see(act.by, dossiers.load(act.dossier_id))
        check_version(dossier, act.expected_version)
        change = decide(dossier)
        dossiers.commit(change)
        assert change.dossier is not None
        return change.dossier

    return once(dossiers, act.idempotency, write)


def act_with_persons(dossiers: Dossiers, act: Act, decide: Callable[[Dossier, Persons], Change]) -> Done:
    """`act_on`, for a decision that needs or changes the persons, too."""

    def write() -> Dossier:
        found = dossiers.load_with_persons(act.dossier_id)
        dossier = check_may_see(act.by, found[0] if found else None)
        assert found is not None
        check_version(dossier, act.expected_version)
        change = decide(*found)
        dossiers.commit(change)
        assert change.dossier is not None
        return change.dossier

    return once(dossiers, act.idempotency, write)


def once(dossiers: Dossiers, key: IdempotencyKey, write: Callable[[], Dossier]) -> Done:
    """Do `write` unless it was done under `key` before; then rebuild the answer from the version that it made.

    A twin is found by the transaction's own condition; when the rules refuse it first, because the state has moved on
    meanwhile, the record is looked up before the refusal is believed.
    """
    try:
        return Done(write())
    except AlreadyDoneError as before:
        return _answer_again(dossiers, key, before)
    except (MotcuaError, VersionMovedError) as refusal:
        if done := dossiers.done_before(key):
            return _answer_again(dossiers, key, done)
        if isinstance(refusal, VersionMovedError):
            raise ConflictError("changed_meanwhile") from refusal
        raise


def check_version(dossier: Dossier, expected: int) -> None:
    if dossier.version != expected:
        raise ConflictError(
            "version_differs", expected=expected, version=dossier.version, status_code=dossier.status.value
        )


def changed(dossier: Dossier, event: Event, key: IdempotencyKey | None = None) -> Change:
    """The change that one event of the dossier makes."""
    return Change(events=(event,), dossier=evolve(dossier, event), idempotency=key)


def _answer_again(dossiers: Dossiers, key: IdempotencyKey, done: AlreadyDoneError) -> Done:
    if done.body_digest != key.body_digest:
        raise InvalidError("idempotency_key_reused", "")
    state: Dossier | None = None
    events = [event for event in dossiers.events(done.subject) if event.subject == done.subject]
    for event in sorted(events, key=lambda event: event.version):  # by version: machines' clocks may disagree
        if event.version <= done.version:
            state = evolve(state, event)
    assert state is not None
    return Done(state, repeated=True)
