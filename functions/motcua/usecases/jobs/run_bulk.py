"""Bulk work of staff: a job does one act on up to 500 dossiers, each by the same use case as a single one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.errors import ConflictError, InvalidError, MotcuaError
from motcua.domain.event import Stamp
from motcua.domain.jobs.bulk import Bulk, BulkAct, Given
from motcua.domain.jobs.job import Job, JobKind, JobOutcome, JobResult
from motcua.domain.record import dataclass
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import DossierContext, Dossiers
from motcua.ports.jobs import Jobs
from motcua.ports.refusals import AlreadyDoneError, VersionMovedError
from motcua.usecases.access.may_act import check_role
from motcua.usecases.access.may_see import may_see
from motcua.usecases.dossier_command import CommandResult, StaffCommand
from motcua.usecases.jobs.run_job import PAGE_SIZE, JobStep
from motcua.usecases.processing.hand_over_paper import hand_over_paper, take_paper
from motcua.usecases.processing.process_dossier import take_over
from motcua.usecases.processing.route_dossier import transfer
from motcua.usecases.results.return_result import return_result

ACTS: Mapping[BulkAct, Callable[[StaffCommand, Bulk, DossierContext], CommandResult]] = {
    BulkAct.HAND_OVER_PAPER: lambda act, _, context: hand_over_paper(act, context),
    BulkAct.TAKE_PAPER: lambda act, _, context: take_paper(act, context),
    BulkAct.TRANSFER: lambda act, _, context: transfer(act, context),
    BulkAct.TAKE_OVER: lambda act, _, context: take_over(act, context),
    BulkAct.RETURN: lambda act, bulk, context: return_result(act, bulk.channel or ChannelOut.COUNTER, context),
}


@dataclass(frozen=True, slots=True)
class StartBulk:
    """Which act is to be done on which dossiers. `channel` is that of a return."""

    act: BulkAct
    given: tuple[Given, ...]
    channel: ChannelOut | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The started job. `replayed` marks the answer to a retried request."""

    job: Job
    replayed: bool = False


def start_bulk(
    command: StartBulk, by: Principal, stamp: Stamp, key: IdempotencyKey, jobs: Jobs, new_id: Callable[[], str]
) -> Started:
    """Write the job and its messages. Each dossier's own message then finds whether it may be acted on.

    Raises ForbiddenError when the person has the role of this act nowhere.
    """
    check_role(command.act.value, by)
    bulk = Bulk(command.act, by, len(command.given), command.channel)
    job = Job(new_id(), JobKind.BULK, command.act.value, stamp, bulk=bulk)
    chunks = [command.given[start : start + PAGE_SIZE] for start in range(0, len(command.given), PAGE_SIZE)]
    try:
        jobs.begin(job, chunks, key)
    except AlreadyDoneError as done:
        if done.body_digest != key.body_digest:
            raise InvalidError("idempotency_key_reused", "") from done
        known = jobs.job(done.subject)
        assert known is not None
        return Started(known, replayed=True)
    return Started(job)


def do_one(step: JobStep, given: Given, context: DossierContext) -> JobOutcome:
    """Do the job's act on one dossier, and note what became of it in the transaction of its effect.

    Raises AlreadySettledError when the message had its effect before, and VersionMovedError when somebody else was
    first: the message comes again and is decided anew.
    """
    job, settles, now = step.job, step.settles, step.now
    bulk, dossier = job.bulk, context.dossiers.load(given.dossier_id)
    assert bulk is not None
    if dossier is None or not may_see(bulk.by, dossier):
        result = JobResult(job.id, given.dossier_id, JobOutcome.NOT_FOUND, because="dossier_not_found", at=now)
        return _noted(result, settles, context.dossiers)
    result = JobResult(
        job.id, dossier.id, JobOutcome.DONE, dossier.number, dossier.agency_id, before=str(dossier.status.code), at=now
    )
    expected = dossier.version if given.version is None else given.version
    act = StaffCommand(dossier.id, expected, bulk.by, _stamp(job, dossier, now), IdempotencyKey(settles, ""))
    try:
        ACTS[bulk.act](act, bulk, replace(context, dossiers=_in_job(context.dossiers, dossier, settles, result)))
    except MotcuaError as refusal:
        if isinstance(refusal, ConflictError) and refusal.code == "changed_meanwhile":
            raise VersionMovedError from refusal
        params = tuple(sorted(refusal.faults[0].params.items()))
        refused = replace(result, outcome=JobOutcome.REFUSED, because=refusal.code, params=params)
        return _noted(refused, settles, context.dossiers)
    return JobOutcome.DONE


def _stamp(job: Job, dossier: Dossier, now: datetime) -> Stamp:
    """Return the stamp of an act: when the job was started, but never before what happened to the dossier since."""
    started = job.started
    return Stamp(max(started.occurred_at, dossier.changed_at), now, started.actor, started.correlation_id)


def _noted(result: JobResult, settles: str, dossiers: Dossiers) -> JobOutcome:
    dossiers.commit(Change(events=(), settles=settles, result=result))
    return result.outcome


def _in_job(dossiers: Dossiers, loaded: Dossier, settles: str, result: JobResult) -> Dossiers:
    """Return `dossiers`, where every write also settles the job's message and notes the result."""
    return cast(Dossiers, _DossiersInJob(dossiers, loaded, settles, result))


@dataclass(frozen=True, slots=True)
class _DossiersInJob:
    """The port `Dossiers` for one act of a job. Its message makes it happen once, so it needs no idempotency key."""

    dossiers: Dossiers
    loaded: Dossier
    settles: str
    result: JobResult

    def __getattr__(self, name: str) -> Any:
        return getattr(self.dossiers, name)

    def load(self, dossier_id: str) -> Dossier:
        assert dossier_id == self.loaded.id
        return self.loaded

    def done_before(self, _: IdempotencyKey) -> None:
        return None

    def commit(self, change: Change) -> None:
        after = change.dossier
        assert after is not None
        result = replace(self.result, after=str(after.status.code))
        self.dossiers.commit(replace(change, idempotency=None, settles=self.settles, result=result))
