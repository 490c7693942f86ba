"""Plan a reorganisation with its rules, and start it on or after its day: a job hands over the open dossiers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.domain.dossier.acts.system import reassigned
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import ConflictError, InvalidError, NotFoundError
from motcua.domain.jobs.job import Job, JobKind, JobOutcome
from motcua.domain.local_time import local_day
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.registry.reorganisation import Reorganisation, faults_of
from motcua.domain.status import IN_AN_INBOX
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.ports.jobs import Jobs
from motcua.ports.ledger import ALL_UNITS, Amendments, Ledger
from motcua.usecases.dossier_command import CommandResult, changed, check_follows, run_idempotently
from motcua.usecases.registry.find_service import valid_unit
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    known_entry,
    require_controller,
    run_registry_command,
)

UNITS_AT_ONCE = 40
"""Units that end in one transaction: each is an entry and its history, and a transaction takes a hundred items."""


def plan(command: RegistryCommand, wanted: Reorganisation, ledger: Ledger, jobs: Jobs) -> RegistryResult:
    """Enter a reorganisation, or change its rules: missing ones are added before it is started again."""

    def decide() -> Amendments:
        require_controller(command)
        _check_sound(wanted, ledger, "/reorganisation")
        if command.expected_version is None:
            if ledger.entry(EntryKind.REORGANISATION, wanted.id):
                raise ConflictError("entry_exists", "/id", id=wanted.id)
            return amendments(command, new_entry(EntryKind.REORGANISATION, wanted.id, wanted))
        entry = known_entry(ledger, EntryKind.REORGANISATION, wanted.id, command.expected_version)
        known: Reorganisation = entry.thing
        if known.started and (wanted.ends, wanted.effective) != (known.ends, known.effective):
            raise ConflictError("reorganisation_started", id=wanted.id)
        _check_at_rest(known, jobs)
        return amendments(command, entry.next(replace(wanted, started=known.started, jobs=known.jobs)))

    return run_registry_command(ledger, command, decide)


def start(
    command: RegistryCommand, reorganisation_id: str, ledger: Ledger, jobs: Jobs, new_id: Callable[[], str]
) -> RegistryResult:
    """Settle the plan, end its units and name their successors, then start the job.

    Started again after rules were added, the job finds what is left. Each of the three steps is one write. From the
    first on, nobody changes the units or the day of the plan. A process that dies between them leaves a started plan
    without a job; starting it again goes on from there.
    """

    def decide() -> Amendments:
        require_controller(command)
        entry = known_entry(ledger, EntryKind.REORGANISATION, reorganisation_id, command.expected_version)
        reorganisation: Reorganisation = entry.thing
        if local_day(command.stamp.occurred_at) < reorganisation.effective:
            raise ConflictError("not_effective_yet", day=f"{reorganisation.effective:%d/%m/%Y}")
        _check_at_rest(reorganisation, jobs)
        _check_sound(reorganisation, ledger)
        if not reorganisation.started:
            entry = entry.next(replace(reorganisation, started=True))
            ledger.amend(Amendments((entry,), command.stamp, command.why))
        _end_units(command, reorganisation, ledger)
        job = Job(new_id(), JobKind.REORGANISATION, reorganisation_id, command.stamp)
        under_way = replace(reorganisation, started=True, jobs=(*reorganisation.jobs, job.id))
        return amendments(command, entry.next(under_way), job=job)

    return run_registry_command(ledger, command, decide)


def decide_task(
    command: RegistryCommand, job_id: str, dossier_id: str, pair: tuple[str, str], context: DossierContext, jobs: Jobs
) -> CommandResult:
    """Decide, as a controller, where a dossier goes that no rule covered: `pair` is its agency and its one-stop unit.

    Raises ConflictError when it waits for no decision any more. The reason stands in the job's result and in no event,
    because free text may name somebody.
    """

    def write() -> Dossier:
        require_controller(command)
        result, job = jobs.result(job_id, dossier_id), jobs.job(job_id)
        if result is None or job is None or job.kind is not JobKind.REORGANISATION:
            raise NotFoundError("task_not_found")
        if result.outcome not in (JobOutcome.TASK, JobOutcome.FAILED):
            raise ConflictError("task_decided", outcome=result.outcome.value)
        _check_serves(context, pair, local_day(command.stamp.occurred_at))
        dossier = context.dossiers.load(dossier_id)
        if dossier is None:
            raise NotFoundError("dossier_not_found")
        check_follows(command.stamp, dossier)
        at_ended = [unit for unit in (dossier.agency_id, dossier.one_stop_id) if _ended(context, unit, command)]
        if dossier.status not in IN_AN_INBOX or not at_ended:  # it has moved on by itself, or by an added rule
            context.dossiers.commit(Change(events=(), result=replace(result, outcome=JobOutcome.UNCHANGED)))
            raise ConflictError("task_decided", outcome=JobOutcome.UNCHANGED.value)
        event = reassigned(dossier, *pair, f"{job.about}: decided", command.stamp)
        decided = replace(result, outcome=JobOutcome.MOVED, after=" @ ".join(pair), because=command.why)
        change = replace(changed(dossier, event, command.idempotency), result=decided)
        context.dossiers.commit(change)
        assert change.dossier is not None
        return change.dossier

    return run_idempotently(context.dossiers, command.idempotency, write)


def _check_sound(reorganisation: Reorganisation, ledger: Ledger, under: str = "") -> None:
    """Raise InvalidError, rule by rule, unless the plan still fits the units.

    Units may have changed since the plan was entered.
    """
    units = [entry.thing for entry in ledger.entries(EntryKind.UNIT)]
    if faults := faults_of(reorganisation, units):
        raise InvalidError.of(replace(fault, pointer=f"{under}{fault.pointer}") for fault in faults)


def _check_at_rest(reorganisation: Reorganisation, jobs: Jobs) -> None:
    latest = jobs.job(reorganisation.jobs[-1]) if reorganisation.jobs else None
    if latest and not jobs.progress(latest).done:
        raise ConflictError("job_under_way", id=latest.id)


def _end_units(command: RegistryCommand, reorganisation: Reorganisation, ledger: Ledger) -> None:
    changes: list[Entry[Any]] = []
    guard = ledger.guard(ALL_UNITS)
    for entry in ledger.entries(EntryKind.UNIT):
        if entry.id in reorganisation.ends:
            ended = entry.thing.ended(reorganisation.effective, reorganisation.successors(entry.id))
            if ended != entry.thing:
                changes.append(entry.next(ended))
    for start in range(0, len(changes), UNITS_AT_ONCE):
        batch = tuple(changes[start : start + UNITS_AT_ONCE])
        ledger.amend(Amendments(batch, command.stamp, f"{reorganisation.id}: {command.why}", guard=guard))
        guard = replace(guard, version=guard.version + 1)


def _ended(context: DossierContext, unit_id: str, command: RegistryCommand) -> bool:
    unit = context.registry.unit(unit_id)
    return unit is not None and unit.ended_before(local_day(command.stamp.occurred_at))


def _check_serves(context: DossierContext, pair: tuple[str, str], day: date) -> None:
    agency = valid_unit(context.registry, pair[0], day, "/agency_id")
    one_stop = valid_unit(context.registry, pair[1], day, "/one_stop_id")
    if agency.id not in one_stop.serves:
        raise InvalidError("does_not_serve", "/one_stop_id", unit=one_stop.id, agency=agency.id)
