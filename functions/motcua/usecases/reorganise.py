"""A reorganisation: planned with its rules, started on or after its day; a job hands open dossiers to who takes over."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from motcua.domain.acts import reassigned
from motcua.domain.calendar import local_day
from motcua.domain.dossier import Dossier
from motcua.domain.entry import Entry, EntryKind, new_entry
from motcua.domain.errors import ConflictError, InvalidError, NotFoundError
from motcua.domain.job import Job, JobKind, Outcome
from motcua.domain.reorganisation import Reorganisation, faults_of
from motcua.ports import Office
from motcua.ports.jobs import Jobs
from motcua.ports.ledger import Amendments, Ledger
from motcua.usecases.acting import Done, changed, once
from motcua.usecases.amending import Amend, Amended, amend, amendments, known_entry, require_controller
from motcua.usecases.intake import valid_unit

UNITS_AT_ONCE = 40
"""Units that end in one transaction: each is an entry and its history, and a transaction takes a hundred items."""


def plan(command: Amend, wanted: Reorganisation, ledger: Ledger) -> Amended:
    """Enter a reorganisation, or change its rules: those that were missing are added, and it is started again."""

    def decide() -> Amendments:
        require_controller(command)
        units = [entry.thing for entry in ledger.entries(EntryKind.UNIT)]
        if faults := faults_of(wanted, units):
            raise InvalidError.of(replace(fault, pointer=f"/reorganisation{fault.pointer}") for fault in faults)
        if command.expected_version is None:
            if ledger.entry(EntryKind.REORGANISATION, wanted.id):
                raise ConflictError("entry_exists", "/id", id=wanted.id)
            return amendments(command, new_entry(EntryKind.REORGANISATION, wanted.id, wanted))
        entry = known_entry(ledger, EntryKind.REORGANISATION, wanted.id, command.expected_version)
        known: Reorganisation = entry.thing
        if known.started and (wanted.ends, wanted.effective) != (known.ends, known.effective):
            raise ConflictError("reorganisation_started", id=wanted.id)
        return amendments(command, entry.next(replace(wanted, jobs=known.jobs)))

    return amend(ledger, command, decide)


def start(command: Amend, reorganisation_id: str, ledger: Ledger, jobs: Jobs, new_id: Callable[[], str]) -> Amended:
    """End the units, name their successors, and start the job. Again when rules were added: it then finds what is left.

    Units end in transactions of their own, before the job is started: dying in between leaves units that end on the day
    that was planned anyway, and starting again goes on.
    """

    def decide() -> Amendments:
        require_controller(command)
        entry = known_entry(ledger, EntryKind.REORGANISATION, reorganisation_id, command.expected_version)
        reorganisation: Reorganisation = entry.thing
        if local_day(command.stamp.occurred_at) < reorganisation.effective:
            raise ConflictError("not_effective_yet", day=f"{reorganisation.effective:%d/%m/%Y}")
        latest = jobs.job(reorganisation.jobs[-1]) if reorganisation.jobs else None
        if latest and not jobs.progress(latest).done:
            raise ConflictError("job_under_way", id=latest.id)
        _end_units(command, reorganisation, ledger)
        job = Job(new_id(), JobKind.REORGANISATION, reorganisation_id, command.stamp)
        return amendments(command, entry.next(replace(reorganisation, jobs=(*reorganisation.jobs, job.id))), job=job)

    return amend(ledger, command, decide)


def _end_units(command: Amend, reorganisation: Reorganisation, ledger: Ledger) -> None:
    changes: list[Entry[Any]] = []
    for entry in ledger.entries(EntryKind.UNIT):
        if entry.id in reorganisation.ends:
            ended = entry.thing.ended(reorganisation.effective, reorganisation.successors(entry.id))
            if ended != entry.thing:
                changes.append(entry.next(ended))
    for batch in _batches(changes):
        ledger.amend(Amendments(tuple(batch), command.stamp, f"{reorganisation.id}: {command.why}"))


def _batches(changes: list[Entry[Any]]) -> Sequence[list[Entry[Any]]]:
    return [changes[start : start + UNITS_AT_ONCE] for start in range(0, len(changes), UNITS_AT_ONCE)]


def decide_task(
    command: Amend, job_id: str, dossier_id: str, agency_id: str, one_stop_id: str, office: Office, jobs: Jobs
) -> Done:
    """A controller decides where a dossier goes that no rule covered. ConflictError when that was decided before.

    No free text: it would stand in an event, and might name somebody.
    """

    def write() -> Dossier:
        require_controller(command)
        result, job = jobs.result(job_id, dossier_id), jobs.job(job_id)
        if result is None or job is None:
            raise NotFoundError("task_not_found")
        if result.outcome is not Outcome.TASK:
            raise ConflictError("task_decided", outcome=result.outcome.value)
        day = local_day(command.stamp.occurred_at)
        agency = valid_unit(office.registry, agency_id, day, "/agency_id")
        one_stop = valid_unit(office.registry, one_stop_id, day, "/one_stop_id")
        if agency.id not in one_stop.serves:
            raise InvalidError("does_not_serve", "/one_stop_id", unit=one_stop_id, agency=agency_id)
        dossier = office.dossiers.load(dossier_id)
        if dossier is None:
            raise NotFoundError("dossier_not_found")
        event = reassigned(dossier, agency_id, one_stop_id, f"{job.about}: decided", command.stamp)
        decided = replace(
            result, outcome=Outcome.MOVED, after=f"{agency_id} @ {one_stop_id}", because=command.stamp.actor
        )
        change = replace(changed(dossier, event, command.idempotency), result=decided)
        office.dossiers.commit(change)
        assert change.dossier is not None
        return change.dossier

    return once(office.dossiers, command.idempotency, write)
