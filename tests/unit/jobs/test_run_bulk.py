"""Bulk work: an act on many dossiers, each on its own, with the starter's rights. Nothing is lost or done twice."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from motcua.adapters.jobs.items import job_item, job_of
from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.parts import PaperLeg
from motcua.domain.errors import ForbiddenError, InvalidError
from motcua.domain.event import EventType
from motcua.domain.jobs.bulk import BulkAct, Given
from motcua.domain.jobs.job import Job, JobOutcome
from motcua.domain.status import Status
from motcua.ports.changes import IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import VersionMovedError
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.jobs.run_bulk import ACTS, StartBulk, Started, start_bulk
from motcua.usecases.jobs.run_job import PAGE_SIZE
from motcua.usecases.processing.process_dossier import resolve, take_over
from tests.kit.fakes import CLERK, MORNING, OFFICER, MemoryDossiers, key, stamp
from tests.kit.life.dossiers import in_process, received
from tests.kit.memory_jobs import MemoryJobs, outcomes

ANOTHER = Principal("staff-9", frozenset({(Role.OFFICER, "skhdt")}))
_serial = count(1)


@pytest.fixture
def jobs(store: MemoryDossiers) -> MemoryJobs:
    return MemoryJobs(store)


def ready(desk: DossierContext) -> Dossier:
    dossier = in_process(desk)
    return resolve(StaffCommand(dossier.id, dossier.version, OFFICER, stamp(), key()), desk).dossier


def start(
    jobs: MemoryJobs,
    act: BulkAct,
    *selected: Dossier | str | Given,
    by: Principal = ANOTHER,
    once: IdempotencyKey | None = None,
    channel: ChannelOut | None = None,
) -> Started:
    """Start bulk work on dossiers by id, at any version, or as `Given`, at that version."""
    given = [Given(each.id) if isinstance(each, Dossier) else each for each in selected]
    command = StartBulk(act, tuple(Given(each) if isinstance(each, str) else each for each in given), channel)
    return start_bulk(command, by, stamp(actor=by.subject), once or key(), jobs, lambda: f"job-{next(_serial)}")


def test_an_act_in_bulk_is_a_move_and_has_a_use_case() -> None:
    assert set(ACTS) == set(BulkAct)


def test_each_dossier_is_acted_on_as_its_own_use_case_does_it(
    store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs
) -> None:
    several = [in_process(desk) for _ in range(3)]
    job = start(jobs, BulkAct.TAKE_OVER, *several).job
    jobs.run_bulk(desk)
    assert outcomes(jobs, job.id) == {each.id: "done" for each in several}
    for each in several:
        after, last = store.states[each.id], store.events(each.id)[-1]
        assert (after.officer, after.version) == (ANOTHER.subject, each.version + 1)
        assert (last.type, last.stamp.actor) == (EventType.DOSSIER_TAKEN_OVER, ANOTHER.subject)
        assert last.stamp.correlation_id == job.started.correlation_id


def test_a_result_tells_number_agency_and_statuses(desk: DossierContext, jobs: MemoryJobs) -> None:
    dossier = ready(desk)
    job = start(jobs, BulkAct.RETURN, dossier, by=CLERK, channel=ChannelOut.COUNTER).job
    jobs.run_bulk(desk)
    result = jobs.result(job.id, dossier.id)
    assert result is not None
    assert (result.outcome, result.before, result.after) == (JobOutcome.DONE, "9", "10")
    assert (result.number, result.unit_id) == (dossier.number, "skhdt")


def test_a_clerk_transfers_what_the_queue_has_not_carried_yet(
    store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs
) -> None:
    dossier = received(desk)
    start(jobs, BulkAct.TRANSFER, dossier, by=CLERK)
    jobs.run_bulk(desk)
    assert store.states[dossier.id].status is Status.IN_PROCESS


def test_both_sides_sign_for_a_pile_of_paper(store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs) -> None:
    several = [in_process(desk) for _ in range(3)]
    for each in several:
        paper = PaperLeg(MORNING + timedelta(hours=9)) if each is not several[-1] else None
        store.states[each.id] = replace(store.states[each.id], paper=paper)
    signed = start(jobs, BulkAct.HAND_OVER_PAPER, *several, by=CLERK).job
    jobs.run_bulk(desk)
    taken = start(jobs, BulkAct.TAKE_PAPER, *several).job
    jobs.run_bulk(desk)
    for job in (signed, taken):
        assert [outcomes(jobs, job.id)[each.id] for each in several] == ["done", "done", "refused"]
    for each in several[:2]:
        paper = store.states[each.id].paper
        assert paper is not None
        assert (paper.handed_over_by, paper.taken_by) == (CLERK.subject, ANOTHER.subject)


def test_partial_failure_leaves_the_others_done(store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs) -> None:
    fine, at_intake, also_fine = in_process(desk), ready(desk), in_process(desk)
    nobody = "0000000000ZZZZZZ"
    job = start(jobs, BulkAct.TAKE_OVER, fine, at_intake, nobody, also_fine).job
    jobs.run_bulk(desk)
    assert outcomes(jobs, job.id) == {
        fine.id: "done",
        at_intake.id: "refused",
        nobody: "not_found",
        also_fine.id: "done",
    }
    assert store.states[at_intake.id] == at_intake
    refused = jobs.result(job.id, at_intake.id)
    assert refused is not None
    assert refused.because == "move_not_allowed"
    assert dict(refused.params)["status"] == "9"
    progress = jobs.progress(job)
    assert progress.done
    assert progress.counts == {JobOutcome.DONE: 2, JobOutcome.REFUSED: 1, JobOutcome.NOT_FOUND: 1}


def test_what_is_not_theirs_to_see_reads_like_what_is_not_there(desk: DossierContext, jobs: MemoryJobs) -> None:
    hidden, nobody = in_process(desk), "0000000000ZZZZZZ"
    stranger = Principal("staff-8", frozenset({(Role.OFFICER, "stp")}))
    job = start(jobs, BulkAct.TAKE_OVER, hidden, nobody, by=stranger).job
    jobs.run_bulk(desk)
    told, unknown = jobs.result(job.id, hidden.id), jobs.result(job.id, nobody)
    assert told
    assert unknown
    assert told == replace(unknown, dossier_id=hidden.id)


def test_the_act_needs_its_role_at_the_dossiers_own_unit(desk: DossierContext, jobs: MemoryJobs) -> None:
    """Somebody may see a dossier as the counter's clerk and be an officer elsewhere."""
    both = Principal("staff-7", frozenset({(Role.CLERK, "mc-tinh"), (Role.OFFICER, "stp")}))
    dossier = in_process(desk)
    job = start(jobs, BulkAct.TAKE_OVER, dossier, by=both).job
    jobs.run_bulk(desk)
    result = jobs.result(job.id, dossier.id)
    assert result is not None
    assert (result.outcome, result.because) == (JobOutcome.REFUSED, "role_needed")
    assert dict(result.params)["unit"] == "skhdt"


def test_who_has_the_role_nowhere_starts_nothing(desk: DossierContext, jobs: MemoryJobs) -> None:
    dossier = in_process(desk)
    with pytest.raises(ForbiddenError) as refused:
        start(jobs, BulkAct.TAKE_OVER, dossier, by=CLERK)
    assert refused.value.code == "role_needed_somewhere"
    assert not jobs.known


def test_with_a_version_only_what_is_still_at_it_is_touched(
    store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs
) -> None:
    seen, moved = in_process(desk), in_process(desk)
    take_over(StaffCommand(moved.id, moved.version, OFFICER, stamp(actor=OFFICER.subject), key()), desk)
    job = start(jobs, BulkAct.TAKE_OVER, Given(seen.id, seen.version), Given(moved.id, moved.version)).job
    jobs.run_bulk(desk)
    assert outcomes(jobs, job.id) == {seen.id: "done", moved.id: "refused"}
    result = jobs.result(job.id, moved.id)
    assert result is not None
    assert result.because == "version_differs"
    assert store.states[moved.id].officer == OFFICER.subject


def test_every_message_may_come_twice(store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs) -> None:
    """A second return would be refused, but its first result must stay."""
    several = [ready(desk) for _ in range(3)]
    job = start(jobs, BulkAct.RETURN, *several, by=CLERK, channel=ChannelOut.ONLINE).job
    jobs.run_bulk(desk, twice=True)
    assert outcomes(jobs, job.id) == {each.id: "done" for each in several}
    returns = [event.subject for event in store.log if event.type is EventType.DOSSIER_RETURNED]
    assert sorted(returns) == sorted(each.id for each in several)


def test_what_dies_before_it_writes_is_done_when_its_message_comes_again(
    store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs
) -> None:
    """A step that lost a race decides anew, on the state that the winner has left."""
    dossier = in_process(desk)
    job = start(jobs, BulkAct.TAKE_OVER, dossier).job
    store.interruptions = [VersionMovedError()]
    jobs.run_bulk(desk)
    assert outcomes(jobs, job.id) == {dossier.id: "done"}
    assert store.states[dossier.id].version == dossier.version + 1


def test_who_is_overtaken_by_another_act_is_refused_by_what_that_left(
    store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs
) -> None:
    dossier = in_process(desk)
    job = start(jobs, BulkAct.TAKE_OVER, dossier).job
    ((owed, _, chunk),) = jobs.steps
    jobs.steps.clear()
    assert isinstance(chunk, tuple)
    jobs.list_given(job, chunk, owed, MORNING)
    resolve(StaffCommand(dossier.id, dossier.version, OFFICER, stamp(), key()), desk)
    jobs.run_bulk(desk)
    assert outcomes(jobs, job.id) == {dossier.id: "refused"}


def test_an_act_is_dated_when_the_job_was_started_but_never_before_the_dossiers_last_event(
    store: MemoryDossiers, desk: DossierContext, jobs: MemoryJobs
) -> None:
    early, late = in_process(desk), in_process(desk)
    start(jobs, BulkAct.TAKE_OVER, early, late)
    afterwards = MORNING + timedelta(minutes=5)
    take_over(StaffCommand(late.id, late.version, OFFICER, stamp(afterwards), key()), desk)
    jobs.run_bulk(desk)
    assert store.events(early.id)[-1].stamp.occurred_at == MORNING
    assert store.events(late.id)[-1].stamp.occurred_at == afterwards


def test_a_retried_request_gets_the_same_job_and_starts_nothing(desk: DossierContext, jobs: MemoryJobs) -> None:
    once, dossier = key("bulk-once"), in_process(desk)
    first = start(jobs, BulkAct.TAKE_OVER, dossier, once=once)
    jobs.run_bulk(desk)
    again = start(jobs, BulkAct.TAKE_OVER, dossier, once=once)
    assert again == Started(first.job, replayed=True)
    assert not jobs.steps
    with pytest.raises(InvalidError) as refused:
        start(jobs, BulkAct.TAKE_OVER, dossier, once=key("bulk-once", "another body"))
    assert refused.value.code == "idempotency_key_reused"


def test_five_hundred_go_in_chunks_that_fit_a_transaction(desk: DossierContext, jobs: MemoryJobs) -> None:
    """A chunk has a result and a message per dossier, and settles one message. A transaction takes a hundred items."""
    selection = [f"{number:016d}" for number in range(500_000, 500_500)]
    job = start(jobs, BulkAct.TAKE_OVER, *selection).job
    assert len(jobs.steps) + 2 <= 100
    assert not jobs.progress(job).listed
    jobs.run_bulk(desk)
    assert sum(jobs.chunks) == 500
    assert max(jobs.chunks) <= PAGE_SIZE
    assert 2 * PAGE_SIZE + 1 <= 100
    assert jobs.progress(job).counts == {JobOutcome.NOT_FOUND: 500}
    assert jobs.progress(job).done


def test_a_selection_is_done_only_when_every_dossier_has_its_result(desk: DossierContext, jobs: MemoryJobs) -> None:
    several = [in_process(desk) for _ in range(PAGE_SIZE + 1)]
    job = start(jobs, BulkAct.TAKE_OVER, *several).job
    first, second = jobs.steps
    jobs.steps = [first]
    jobs.run_bulk(desk)
    assert jobs.progress(job).counts == {JobOutcome.DONE: PAGE_SIZE}
    assert not jobs.progress(job).done, "one is not listed yet"
    jobs.steps = [second]
    jobs.run_bulk(desk)
    assert jobs.progress(job).done


def test_a_job_keeps_the_rights_of_its_start(jobs: MemoryJobs) -> None:
    rights = frozenset({(Role.CLERK, "mc-tinh"), (Role.OFFICER, "skhdt"), (Role.HEAD, "skhdt")})
    by = Principal("staff-1", rights)
    for channel in (None, ChannelOut.COUNTER):
        job: Job = start(jobs, BulkAct.RETURN, "0000000000000001", by=by, channel=channel).job
        assert job_of(job_item(job)) == job
