"""A command sent twice is done once: the retry gets the first answer, even when the state has moved on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.errors import ConflictError, InvalidError, NotFoundError, RefusedError
from motcua.ports.changes import IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import StoreBusyError, VersionMovedError
from motcua.usecases.dossier_command import ApplicantCommand, CommandResult, StaffCommand
from motcua.usecases.intake.decide_submission import accept_submission
from motcua.usecases.intake.withdraw_dossier import withdraw_own
from motcua.usecases.processing.process_dossier import resolve, take_over
from motcua.usecases.results.return_result import return_result
from tests.kit.fakes import CLERK, MORNING, OFFICER, OWNER, REAL_NOW, MemoryDossiers, key, stamp
from tests.kit.intake import submitted
from tests.kit.life.dossiers import in_process


def act(dossier_id: str, version: int, idempotency: IdempotencyKey | None = None) -> StaffCommand:
    return StaffCommand(dossier_id, version, OFFICER, stamp(), idempotency or key())


def test_a_retried_request_is_answered_from_the_version_that_the_first_one_made(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    dossier = in_process(desk)
    sent = act(dossier.id, dossier.version)
    first = take_over(sent, desk)
    written = store.log.copy()
    assert take_over(sent, desk) == CommandResult(first.dossier, replayed=True)
    assert store.log == written


def test_a_retried_request_is_answered_the_same_after_the_state_has_moved_on(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    dossier = in_process(desk)
    sent = act(dossier.id, dossier.version)
    resolved = resolve(sent, desk).dossier
    hand_over = StaffCommand(dossier.id, resolved.version, CLERK, stamp(), key())
    returned = return_result(hand_over, ChannelOut.COUNTER, desk).dossier
    assert resolve(sent, desk) == CommandResult(resolved, replayed=True)
    assert return_result(hand_over, ChannelOut.COUNTER, desk) == CommandResult(returned, replayed=True)
    assert store.states[dossier.id] == returned


def test_a_retried_request_that_meets_the_first_in_the_write_itself_is_answered_too(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    """Both read version 3. The second transaction fails on the version, and the idempotency record explains why."""
    dossier = in_process(desk)
    sent = act(dossier.id, dossier.version)
    first = take_over(sent, desk).dossier
    store.states[dossier.id] = dossier  # as the second one read it before the first one wrote
    store.interruptions = [VersionMovedError()]
    assert take_over(sent, desk) == CommandResult(first, replayed=True)


def test_the_answer_to_a_retried_request_follows_versions_and_not_the_clocks_of_machines(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    dossier = in_process(desk)
    sent = act(dossier.id, dossier.version)
    first = take_over(sent, desk).dossier
    store.log.reverse()  # as if each machine's clock ran behind the one before
    assert take_over(sent, desk) == CommandResult(first, replayed=True)


EARLIER = MORNING - timedelta(seconds=1)


def test_an_act_that_is_dated_before_the_dossiers_last_one_is_refused(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    dossier = in_process(desk)
    early = replace(act(dossier.id, dossier.version), stamp=stamp(EARLIER))
    with pytest.raises(InvalidError, match="time_before_last_act") as refused:
        resolve(early, desk)
    assert refused.value.faults[0].params == {"last": "2020-04-23T08:00:00+07:00"}
    assert store.states[dossier.id] == dossier
    assert resolve(replace(early, stamp=stamp(MORNING)), desk).dossier.ready_at == MORNING, (
        "at the same moment it follows"
    )


def test_so_is_an_early_acceptance_and_an_applicants_own_act(desk: DossierContext) -> None:
    dossier = submitted(desk)
    accept = StaffCommand(dossier.id, dossier.version, CLERK, stamp(EARLIER), key())
    with pytest.raises(InvalidError, match="time_before_last_act"):
        accept_submission(accept, desk)
    withdraw = ApplicantCommand(dossier.id, dossier.version, OWNER.number, stamp(EARLIER), key())
    with pytest.raises(InvalidError, match="time_before_last_act"):
        withdraw_own(withdraw, "Nộp nhầm", desk)


def test_real_time_is_believed_also_where_a_carriers_clock_is_ahead(desk: DossierContext) -> None:
    """Without a named time the act happens now, whatever time another clock has written."""
    dossier = in_process(desk)
    now = MORNING - timedelta(minutes=4)
    ready = resolve(replace(act(dossier.id, dossier.version), stamp=replace(stamp(now), recorded_at=now)), desk)
    assert ready.dossier.ready_at == now


def test_an_old_version_is_told_before_an_early_time(desk: DossierContext) -> None:
    dossier = in_process(desk)
    with pytest.raises(ConflictError, match="version_differs"):
        resolve(replace(act(dossier.id, dossier.version - 1), stamp=stamp(EARLIER)), desk)


def test_the_same_key_with_another_body_is_refused(desk: DossierContext) -> None:
    dossier = in_process(desk)
    sent = act(dossier.id, dossier.version, key("the key", "one body"))
    take_over(sent, desk)
    other = replace(sent, idempotency=key("the key", "another body"))
    with pytest.raises(InvalidError, match="idempotency_key_reused"):
        take_over(other, desk)


def test_a_refusal_under_a_new_key_stays_a_refusal_and_may_be_sent_again(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    dossier = in_process(desk)
    early = StaffCommand(dossier.id, dossier.version, CLERK, stamp(), key())
    for _ in range(2):
        with pytest.raises(RefusedError, match="move_not_allowed"):
            return_result(early, ChannelOut.COUNTER, desk)
    assert early.idempotency.scope not in store.done


def test_an_old_version_is_told_the_present_one(desk: DossierContext) -> None:
    dossier = in_process(desk)
    with pytest.raises(ConflictError) as conflict:
        take_over(act(dossier.id, 1), desk)
    assert conflict.value.code == "version_differs"
    assert conflict.value.faults[0].params == {"expected": "1", "version": "3", "status_code": "4"}


def test_who_loses_the_race_for_a_version_is_told_that_it_changed_meanwhile(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    dossier = in_process(desk)
    store.interruptions = [VersionMovedError()]
    with pytest.raises(ConflictError, match="changed_meanwhile") as conflict:
        take_over(act(dossier.id, dossier.version), desk)
    assert conflict.value.faults[0].params == {"version": "3", "status_code": "4"}, "the present state"


def test_a_busy_store_is_the_callers_to_try_again(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = in_process(desk)
    store.interruptions = [StoreBusyError()]
    sent = act(dossier.id, dossier.version)
    with pytest.raises(StoreBusyError):
        take_over(sent, desk)
    assert not take_over(sent, desk).replayed


def test_what_one_may_not_see_does_not_exist_even_for_the_right_key(desk: DossierContext) -> None:
    dossier = in_process(desk)
    stranger = Principal("staff-9", frozenset({(Role.OFFICER, "snv")}))
    for dossier_id in (dossier.id, "no such dossier"):
        with pytest.raises(NotFoundError, match="dossier_not_found"):
            take_over(StaffCommand(dossier_id, dossier.version, stranger, stamp(), key()), desk)


def test_recorded_time_is_real_time_whatever_the_domain_time(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = in_process(desk)
    take_over(act(dossier.id, dossier.version), desk)
    assert {event.stamp.recorded_at for event in store.log} == {REAL_NOW}
    assert {event.stamp.occurred_at.year for event in store.log} == {2020}
