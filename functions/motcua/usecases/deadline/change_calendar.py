"""Change the working calendar: propose, see which open dossiers would move, apply.

The queue then moves each of them.
"""

from collections.abc import Callable
from dataclasses import replace

from motcua.domain.deadline.calendar_change import CalendarChange, faults_of_days
from motcua.domain.deadline.working_calendar import CalendarDay
from motcua.domain.errors import ConflictError, InvalidError
from motcua.domain.jobs.job import Job, JobKind
from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.legal_basis import LegalBasis
from motcua.ports.jobs import Jobs
from motcua.ports.ledger import Amendments, Ledger
from motcua.usecases.registry_command import (
    RegistryCommand,
    RegistryResult,
    amendments,
    known_entry,
    require_controller,
    run_registry_command,
)


def propose_change(
    command: RegistryCommand,
    year: int,
    days: tuple[CalendarDay, ...],
    basis: LegalBasis,
    ledger: Ledger,
    new_id: Callable[[], str],
) -> RegistryResult:
    """Enter a proposed change. Its preview job finds the open dossiers that would move; nothing moves yet."""

    def decide() -> Amendments:
        require_controller(command)
        if faults := faults_of_days(year, days):
            raise InvalidError.of(faults)
        calendar = ledger.entry(EntryKind.CALENDAR, str(year))
        base = calendar.version if calendar else 0
        change_id, job_id = f"{year}-{new_id()}".lower(), new_id()
        in_order = tuple(sorted(days, key=lambda day: day.date))
        change = CalendarChange(change_id, year, base, in_order, basis, job_id)
        preview = Job(job_id, JobKind.CALENDAR_PREVIEW, change_id, command.stamp)
        return amendments(command, new_entry(EntryKind.CALENDAR_CHANGE, change_id, change), job=preview)

    return run_registry_command(ledger, command, decide)


def apply_change(
    command: RegistryCommand, change_id: str, ledger: Ledger, jobs: Jobs, new_id: Callable[[], str]
) -> RegistryResult:
    """Write the calendar's next version, and the job that moves each dossier by an event of its own.

    Raises ConflictError until the preview is done, and when the change was applied before. Raises it when another
    change of the year came first, because the preview is then not what would happen. Raises it, too, while another
    change is still carried out: each event names the one version that moved its dossier.
    """

    def decide() -> Amendments:
        require_controller(command)
        entry = known_entry(ledger, EntryKind.CALENDAR_CHANGE, change_id, command.expected_version)
        change: CalendarChange = entry.thing
        if change.apply_job:
            raise ConflictError("change_applied", id=change_id)
        preview = jobs.job(change.preview_job)
        if preview is None or not jobs.progress(preview).done:
            raise ConflictError("preview_not_done", id=change_id)
        calendar = ledger.entry(EntryKind.CALENDAR, str(change.year))
        if (calendar.version if calendar else 0) != change.base_version:
            raise ConflictError("calendar_moved_on", year=change.year)
        proposed = change.proposed
        following = calendar.next(proposed) if calendar else new_entry(EntryKind.CALENDAR, str(change.year), proposed)
        _check_at_rest(change.year, ledger, jobs)
        job = Job(new_id(), JobKind.CALENDAR_CHANGE, change_id, command.stamp)
        return amendments(command, entry.next(replace(change, apply_job=job.id)), following, job=job)

    return run_registry_command(ledger, command, decide)


def _check_at_rest(year: int, ledger: Ledger, jobs: Jobs) -> None:
    for entry in ledger.entries(EntryKind.CALENDAR_CHANGE, f"{year}-"):
        job = jobs.job(entry.thing.apply_job) if entry.thing.apply_job else None
        if job and not jobs.progress(job).done:
            raise ConflictError("job_under_way", id=job.id)
