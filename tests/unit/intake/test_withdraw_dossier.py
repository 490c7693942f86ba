"""An applicant withdraws a dossier: only the own one, with a reason, and until its result is decided."""

from dataclasses import replace

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import ConflictError, ForbiddenError, NotFoundError
from motcua.domain.event import Queue
from motcua.domain.status import Status
from motcua.usecases.dossier_command import ApplicantCommand
from motcua.usecases.intake.decide_submission import accept_submission
from motcua.usecases.intake.withdraw_dossier import withdraw, withdraw_own
from motcua.usecases.processing.pause_dossier import pause_dossier
from motcua.usecases.processing.route_dossier import route_dossier
from tests.kit.fakes import OFFICER, OWNER, REAL_NOW, MemoryDossiers, dossier_context, key, stamp
from tests.kit.intake import OTHER, REASON, act, at_status, receive, refused_with, submitted
from tests.kit.life.dossiers import in_process, received

WITHDRAWN_FROM = (
    Status.SUBMITTED,
    Status.RECEIVED,
    Status.IN_PROCESS,
    Status.SUPPLEMENT_REQUESTED,
    Status.PAYMENT_DUE,
    Status.PAUSED,
)


@pytest.mark.parametrize("own", [False, True], ids=["clerk", "applicant"])
@pytest.mark.parametrize("status", Status)
def test_a_dossier_is_withdrawn_until_its_result_is_decided(store: MemoryDossiers, status: Status, own: bool) -> None:
    desk = dossier_context(store)
    dossier = at_status(store, desk, status)

    def call() -> Dossier:
        if own:
            mine = ApplicantCommand(dossier.id, dossier.version, OWNER.number, stamp(), key())
            return withdraw_own(mine, REASON, desk).dossier
        return withdraw(act(dossier), REASON, desk).dossier

    if status not in WITHDRAWN_FROM:
        assert refused_with(call).code == "move_not_allowed"
        return
    after = call()
    assert (after.status, after.waiting, after.inbox_unit_id, after.parcel_open) == (Status.WITHDRAWN, None, "", False)
    assert after.number == dossier.number, "what was counted stays counted"
    assert store.persons[dossier.id].reasons[after.version] == REASON
    assert REASON not in str(store.log[-1].data)


def test_a_paused_dossier_is_withdrawn_and_its_pause_ends_with_it(store: MemoryDossiers) -> None:
    office = dossier_context(store)
    paused = pause_dossier(act(in_process(office), OFFICER), "Chờ kết luận giám định", office).dossier
    after = withdraw(act(paused), REASON, office).dossier
    assert (after.status, after.waiting, after.waits[-1].until) == (Status.WITHDRAWN, None, after.decided_at)


def test_a_stranger_withdraws_nothing_and_learns_nothing(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = submitted(desk)
    with pytest.raises(NotFoundError):
        withdraw_own(ApplicantCommand(dossier.id, 1, OTHER.number, stamp(), key()), REASON, desk)
    assert store.states[dossier.id] == dossier


def test_a_withdrawal_after_somebody_was_faster_is_told_so(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = submitted(desk)
    mine = ApplicantCommand(dossier.id, 1, OWNER.number, stamp(), key())
    accept_submission(act(dossier), desk)
    with pytest.raises(ConflictError):
        withdraw_own(mine, REASON, desk)


def test_a_dossier_that_was_withdrawn_before_its_transfer_is_not_transferred(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = withdraw(act(received(desk)), REASON, desk).dossier
    (owed_id,) = [owed_id for owed_id, (queue, _) in store.owed.items() if queue is Queue.ROUTING]
    event = store.owed[owed_id][1]
    assert event is not None
    assert route_dossier(event, owed_id, REAL_NOW, store) is False
    assert store.states[dossier.id] == dossier
    assert owed_id not in store.owed, "the message is paid off"


@pytest.mark.parametrize("by", [OFFICER, Principal("staff-9", frozenset({(Role.CLERK, "mc-h288")}))])
def test_nobody_but_the_units_own_clerk_notes_a_withdrawal(store: MemoryDossiers, by: Principal) -> None:
    desk = dossier_context(store)
    dossier = in_process(desk)
    with pytest.raises((ForbiddenError, NotFoundError)):
        withdraw(act(dossier, by), REASON, desk)
    assert store.states[dossier.id] == dossier


def test_who_submitted_for_the_owner_may_withdraw_too(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    persons = Persons(OWNER, submitter=OTHER, authority="Giấy uỷ quyền số 01")
    dossier = receive(desk, persons=persons)
    mine = ApplicantCommand(dossier.id, dossier.version, OTHER.number, stamp(), key())
    assert withdraw_own(mine, REASON, desk).dossier.status is Status.WITHDRAWN


def test_a_retried_withdrawal_is_answered_as_the_first(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = in_process(desk)
    once = replace(act(dossier), idempotency=key("withdraw once"))
    first = withdraw(once, REASON, desk)
    assert withdraw(once, REASON, desk) == replace(first, replayed=True)
    assert len(store.persons[dossier.id].reasons) == 1
