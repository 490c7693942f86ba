"""How every command on a dossier runs: read it, check version and rights, decide, and write once.

A retried request gets the same answer.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.persons import Persons
from motcua.domain.dossier.size_limits import check_room
from motcua.domain.errors import ConflictError, InvalidError, MotcuaError, NotFoundError
from motcua.domain.event import Event, Stamp
from motcua.domain.local_time import LOCAL
from motcua.domain.record import dataclass
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import Dossiers
from motcua.ports.refusals import AlreadyDoneError, VersionMovedError
from motcua.usecases.access.may_see import check_may_see


@dataclass(frozen=True, slots=True)
class StaffCommand:
    """One command of a signed-in person on one dossier, as it was when `expected_version` was read."""

    dossier_id: str
    expected_version: int
    by: Principal
    stamp: Stamp
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class ApplicantCommand:
    """One command of an applicant on their own dossier.

    The portal vouches for `citizen`: identity number or tax code.
    """

    dossier_id: str
    expected_version: int
    citizen: str
    stamp: Stamp
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The dossier as the command left it. `replayed` marks the answer to a retried request."""

    dossier: Dossier
    replayed: bool = False


def act_on(dossiers: Dossiers, act: StaffCommand, decide: Callable[[Dossier], Change]) -> CommandResult:
    """Run `decide` on the dossier, and write the change that it returns.

    Raises ConflictError when the dossier is not at the expected version, InvalidError when its last act is later than this
    one, NotFoundError when it is not this person's to see, and whatever `decide` raises.
    """

    def write() -> Dossier:
        dossier = check_may_see(act.by, dossiers.load(act.dossier_id))
        check_seen(act, dossier)
        return _written(dossiers, dossier, decide(dossier))

    return run_idempotently(dossiers, act.idempotency, write, act.dossier_id)


def act_with_persons(
    dossiers: Dossiers, act: StaffCommand, decide: Callable[[Dossier, Persons], Change]
) -> CommandResult:
    """Run `decide` like `act_on`, where the decision needs or changes the persons, too."""

    def write() -> Dossier:
        found = dossiers.load_with_persons(act.dossier_id)
        dossier = check_may_see(act.by, found[0] if found else None)
        assert found is not None
        check_seen(act, dossier)
        return _written(dossiers, dossier, decide(*found))

    return run_idempotently(dossiers, act.idempotency, write, act.dossier_id)


def act_on_own(
    dossiers: Dossiers, act: ApplicantCommand, decide: Callable[[Dossier, Persons], Change]
) -> CommandResult:
    """Run an applicant's command on their own dossier.

    Raises NotFoundError when the dossier is not their own: whether it exists is nobody else's business.
    """

    def write() -> Dossier:
        found = dossiers.load_with_persons(act.dossier_id)
        if found is None or not found[1].owned_by(act.citizen):
            raise NotFoundError("dossier_not_found")
        check_seen(act, found[0])
        return _written(dossiers, found[0], decide(*found))

    return run_idempotently(dossiers, act.idempotency, write, act.dossier_id)


def act_on_latest_version(
    dossiers: Dossiers,
    dossier_id: str,
    stamp: Stamp,
    key: IdempotencyKey,
    decide: Callable[[Dossier, Persons], Change | None],
) -> CommandResult:
    """Run `decide` on the present state, whichever version was seen, and once more where somebody else was first.

    `decide` returns None when nothing would change; then nothing is written. The caller has checked the right to do
    this.
    """

    def write() -> Dossier:
        found = dossiers.load_with_persons(dossier_id)
        if found is None:
            raise NotFoundError("dossier_not_found")
        check_follows(stamp, found[0])
        if change := decide(*found):
            return _written(dossiers, found[0], change)
        if done := dossiers.done_before(key):  # nothing changes because this very command was done before
            raise done
        return found[0]

    def write_or_again() -> Dossier:
        try:
            return write()
        except VersionMovedError:
            return write()

    return run_idempotently(dossiers, key, write_or_again, dossier_id)


def act_with_reason(
    dossiers: Dossiers, act: StaffCommand, reason: str, decide: Callable[[Dossier], Change]
) -> CommandResult:
    """Run `decide` like `act_on`, and keep the reason with the persons, in the same transaction."""

    def with_reason(dossier: Dossier, persons: Persons) -> Change:
        change = decide(dossier)
        assert change.dossier is not None
        reasoned = (change.persons or persons).with_reason(change.dossier.version, reason)
        return replace(change, persons=reasoned, only_reasons=change.persons is None)

    return act_with_persons(dossiers, act, with_reason)


def run_idempotently(
    dossiers: Dossiers, key: IdempotencyKey, write: Callable[[], Dossier], dossier_id: str = ""
) -> CommandResult:
    """Run `write`, unless it was done under `key` before: then rebuild the answer from the version that it made.

    The transaction's own condition finds a retried request. Where the rules refuse it first, because the state has
    moved on, the idempotency record is looked up before the refusal is believed. Raises ConflictError, with the present
    state of `dossier_id`, when somebody else was first to write its next version.
    """
    try:
        return CommandResult(write())
    except AlreadyDoneError as before:
        return _answer_again(dossiers, key, before)
    except (MotcuaError, VersionMovedError) as refusal:
        if done := dossiers.done_before(key):
            return _answer_again(dossiers, key, done)
        if isinstance(refusal, VersionMovedError):
            present = dossiers.load(dossier_id) if dossier_id else None
            raise ConflictError("changed_meanwhile", **(_state(present) if present else {})) from refusal
        raise


def _written(dossiers: Dossiers, before: Dossier, change: Change) -> Dossier:
    assert change.dossier is not None
    check_room(before, change.dossier, change.persons)
    dossiers.commit(change)
    return change.dossier


def check_seen(act: StaffCommand | ApplicantCommand, dossier: Dossier) -> None:
    """Raise unless the dossier is what whoever acts has seen, and the act follows on its last one."""
    if dossier.version != act.expected_version:
        raise ConflictError("version_differs", expected=act.expected_version, **_state(dossier))
    check_follows(act.stamp, dossier)


def check_follows(stamp: Stamp, dossier: Dossier) -> None:
    """Raise InvalidError when a time that the request names (embedded run only) lies before the dossier's last act.

    Real time needs no check: it can lie before that act only by as much as two clocks disagree, and a carrier's clock may be
    minutes fast.
    """
    if stamp.occurred_at < min(dossier.changed_at, stamp.recorded_at):
        last = dossier.changed_at.astimezone(LOCAL).isoformat(timespec="seconds")
        raise InvalidError("time_before_last_act", last=last)


def _state(dossier: Dossier) -> dict[str, Any]:
    """Return what a conflict says of the present state: the version to read again, and the national code."""
    return {"version": dossier.version, "status_code": dossier.status.code}


def changed(dossier: Dossier, event: Event, key: IdempotencyKey | None = None) -> Change:
    """Return the change that one event of the dossier makes."""
    return Change(events=(event,), dossier=evolve(dossier, event), idempotency=key)


def and_then(change: Change, event: Event) -> Change:
    """Return `change` with one more event of its dossier, for the same transaction."""
    return replace(change, events=(*change.events, event), dossier=evolve(change.dossier, event))


def _answer_again(dossiers: Dossiers, key: IdempotencyKey, done: AlreadyDoneError) -> CommandResult:
    if done.body_digest != key.body_digest:
        raise InvalidError("idempotency_key_reused", "")
    state: Dossier | None = None
    events = [event for event in dossiers.events(done.subject) if event.subject == done.subject]
    for event in sorted(events, key=lambda event: event.version):  # by version: the clocks of machines may disagree
        if event.version <= done.version:
            state = evolve(state, event)
    assert state is not None
    return CommandResult(state, replayed=True)
