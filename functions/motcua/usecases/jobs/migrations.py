"""What each kind of job does: which inboxes it reads, which dossiers it touches, and what it does to one of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from motcua.domain.deadline.calendar_change import CalendarChange
from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.dossier.acts.system import due_moved, reassigned
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.due import moved_due
from motcua.domain.dossier.legs import plans_told, starts_told, unfinished
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import MotcuaError
from motcua.domain.event import Event, Stamp
from motcua.domain.jobs.job import InboxKey, Job, JobKind, JobOutcome
from motcua.domain.local_time import LOCAL, local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.processing_agency import processing_agency
from motcua.domain.registry.reorganisation import Destination, Reorganisation, destination
from motcua.domain.registry.unit import UnitKind
from motcua.domain.status import IN_AN_INBOX, Status
from motcua.ports.ledger import Ledger
from motcua.ports.registry import Registry
from motcua.usecases.deadline.count_deadline import calendar_of_dossier
from motcua.usecases.deadline.date_legs import legs_anew
from motcua.usecases.registry.find_service import procedure_of, receivable
from motcua.usecases.registry_command import known_entry


@dataclass(frozen=True, slots=True)
class MigrationResult:
    """What a migration does to one dossier: the event that it writes, if any, and how its result reads."""

    outcome: JobOutcome
    before: str = ""
    after: str = ""
    because: str = ""
    event: Event | None = None


class Migration(Protocol):
    """One job's work, whatever its kind.

    `touches` never raises: a dossier whose date cannot be counted is touched, and becomes a task.
    """

    needs_persons: bool

    def inboxes(self) -> Sequence[InboxKey]: ...
    def touches(self, dossier: Dossier) -> bool: ...
    def migrate(self, dossier: Dossier, persons: Persons | None, stamp: Stamp) -> MigrationResult: ...


def migration_of(job: Job, ledger: Ledger, registry: Registry) -> Migration:
    """Return the job's migration, by the calendar change or reorganisation that it is about."""
    if job.kind is JobKind.REORGANISATION:
        return Handover(known_entry(ledger, EntryKind.REORGANISATION, job.about).thing, registry)
    change = known_entry(ledger, EntryKind.CALENDAR_CHANGE, job.about).thing
    if job.kind is JobKind.CALENDAR_CHANGE:
        return Recount(change, registry)
    return Recount(change, registry, previewed_at=job.started.occurred_at)


@dataclass(frozen=True, slots=True)
class Recount:
    """Counts due dates by a changed calendar: the one that was applied, or a proposed one, to see what would move.

    A preview covers the dossiers that existed at `previewed_at`: others keep coming, and the preview must end.
    """

    change: CalendarChange
    registry: Registry
    previewed_at: datetime | None = None
    needs_persons = False

    def inboxes(self) -> Sequence[InboxKey]:
        """Return the inboxes of dossiers that were received and have no result yet."""
        return [
            InboxKey(Status.RECEIVED if unit.kind is UnitKind.ONE_STOP else Status.IN_PROCESS, unit.id)
            for unit in self.registry.units()
        ]

    def touches(self, dossier: Dossier) -> bool:
        try:
            return self._counted(dossier) is not None
        except MotcuaError:
            return True

    def migrate(self, dossier: Dossier, persons: Persons | None, stamp: Stamp) -> MigrationResult:  # noqa: ARG002 - it needs none
        before = _text(dossier.due_at) if dossier.due_at else ""
        try:
            counted = self._counted(dossier)
            event = self._moved(dossier, *counted, stamp) if counted and not self.previewed_at else None
        except MotcuaError as error:  # a year without a calendar, or a missing rule: a person must look
            return MigrationResult(JobOutcome.TASK, before, because=error.code)
        if counted is None:
            return MigrationResult(JobOutcome.UNCHANGED, before)
        due, version = counted
        return MigrationResult(JobOutcome.MOVED, before, _text(due), version, event)

    def _moved(self, dossier: Dossier, due: datetime, version: str, stamp: Stamp) -> Event:
        starts, plans = legs_anew(self.registry, dossier)
        legs = starts_told(starts) | plans_told(plans)
        return due_moved(dossier, due, version, self.change.id, stamp, **legs)

    def _counted(self, dossier: Dossier) -> tuple[datetime, str] | None:
        """Return when it is due by the changed calendar, and by which versions of it.

        Returns None when nothing would change.
        """
        if dossier.received_at is None or (self.previewed_at and dossier.received_at > self.previewed_at):
            return None
        calendar = self._calendar(dossier, dossier.received_at)
        due = moved_due(dossier, procedure_of(self.registry, dossier), calendar)
        return None if due is None else (due, calendar.cited(local_day(dossier.received_at), due.date()))

    def _calendar(self, dossier: Dossier, received_at: datetime) -> WorkingCalendar:
        known = calendar_of_dossier(self.registry, dossier, received_at)
        if self.previewed_at:
            return known.with_year(self.change.proposed, self.change.new_version)
        if known.versions.get(self.change.year, 0) < self.change.new_version:
            self.registry.forget()  # what this process remembers is older than the change that it carries out
            known = calendar_of_dossier(self.registry, dossier, received_at)
        return known


@dataclass(frozen=True, slots=True)
class Handover:
    """Hands the dossiers of units that have ended to those that take over. What no rule covers becomes a task."""

    reorganisation: Reorganisation
    registry: Registry
    needs_persons = True

    def inboxes(self) -> Sequence[InboxKey]:
        """Return every inbox: a dossier may lie at an agency that goes on while the unit that received it ends."""
        return [
            InboxKey(status, unit.id)
            for unit in self.registry.units()
            for status in IN_AN_INBOX
            if (status in (Status.IN_PROCESS, Status.PAUSED)) is not (unit.kind is UnitKind.ONE_STOP)
        ]

    def touches(self, dossier: Dossier) -> bool:
        at_work = (dossier.agency_id, dossier.one_stop_id, *(leg.agency_id for leg in unfinished(dossier)))
        return any(unit_id in self.reorganisation.ends for unit_id in at_work)

    def migrate(self, dossier: Dossier, persons: Persons | None, stamp: Stamp) -> MigrationResult:
        before = f"{dossier.agency_id} @ {dossier.one_stop_id}"
        if dossier.status not in IN_AN_INBOX or not self.touches(dossier):
            return MigrationResult(JobOutcome.UNCHANGED, before)
        to = self._destination(dossier, persons)
        if to is None or self._loses_a_leg(dossier, to):
            return MigrationResult(JobOutcome.TASK, before, because=self.reorganisation.id)
        event = reassigned(dossier, to.agency_id, to.one_stop_id, to.because, stamp)
        return MigrationResult(JobOutcome.MOVED, before, f"{to.agency_id} @ {to.one_stop_id}", to.because, event)

    def _loses_a_leg(self, dossier: Dossier, to: Destination) -> bool:
        """Return whether an agency that ends has a part still to do, so that a person must decide who does it.

        The lead agency's part goes to the agency that takes over the whole, unless that one has a part of its own
        already.
        """
        others = {leg.agency_id for leg in unfinished(dossier) if leg.agency_id != dossier.agency_id}
        merged = to.agency_id != dossier.agency_id and to.agency_id in others
        return merged or not others.isdisjoint(self.reorganisation.ends)

    def _destination(self, dossier: Dossier, persons: Persons | None) -> Destination | None:
        """Return where the dossier goes, None where no rule covers it.

        A submission is still to be accepted there, so it goes only where its procedure is received.
        """
        units = {unit.id: unit.on(self.reorganisation.effective) for unit in self.registry.units()}
        commune = persons.owner.commune_id if persons else ""
        try:
            procedure = procedure_of(self.registry, dossier)
            pair = (dossier.agency_id, dossier.one_stop_id)
            to = destination(self.reorganisation, pair, procedure, commune, units)
            if to and dossier.status is Status.SUBMITTED:
                day = self.reorganisation.effective
                present = receivable(self.registry.procedure(procedure.code), procedure.code, day)
                return to if processing_agency(present, units[to.one_stop_id]) == to.agency_id else None
        except MotcuaError:
            return None
        return to


def _text(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat(timespec="minutes")
