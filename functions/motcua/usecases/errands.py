"""What jobs do: for each kind of job the desks it walks over, whom it touches, and what it does to one dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.domain.acts import due_moved, reassigned
from motcua.domain.calendar import LOCAL, WorkingCalendar, local_day
from motcua.domain.calendar_change import CalendarChange, moved_due
from motcua.domain.dossier import Dossier
from motcua.domain.entry import EntryKind
from motcua.domain.event import Event, Stamp
from motcua.domain.job import Desk, Job, JobKind, Outcome
from motcua.domain.person import Persons
from motcua.domain.reorganisation import Reorganisation, destination
from motcua.domain.status import Status
from motcua.domain.unit import UnitKind
from motcua.ports import Registry
from motcua.ports.ledger import Ledger
from motcua.usecases.amending import known_entry
from motcua.usecases.intake import procedure_of


@dataclass(frozen=True, slots=True)
class Deed:
    """What an errand does to one dossier: the event it writes, if any, and how its result reads."""

    outcome: Outcome
    before: str = ""
    after: str = ""
    because: str = ""
    event: Event | None = None


class Errand(Protocol):
    """One job's work, whatever its kind."""

    def desks(self) -> Sequence[Desk]: ...
    def touches(self, dossier: Dossier) -> bool: ...
    def deed(self, dossier: Dossier, persons: Persons, stamp: Stamp) -> Deed: ...


def errand_of(job: Job, ledger: Ledger, registry: Registry) -> Errand:
    """The job's errand, by the calendar change or reorganisation that it is about."""
    if job.kind is JobKind.REORGANISATION:
        return Handover(known_entry(ledger, EntryKind.REORGANISATION, job.about).thing, registry)
    change = known_entry(ledger, EntryKind.CALENDAR_CHANGE, job.about).thing
    return Recount(change, registry, applied=job.kind is JobKind.CALENDAR_CHANGE)


@dataclass(frozen=True, slots=True)
class Recount:
    """Due dates by a changed calendar: as it is proposed, to see what would move; once `applied`, as it is."""

    change: CalendarChange
    registry: Registry
    applied: bool

    def desks(self) -> Sequence[Desk]:
        """Where dossiers lie that were received and have no result yet."""
        return [
            Desk(Status.RECEIVED if unit.kind is UnitKind.ONE_STOP else Status.IN_PROCESS, unit.id)
            for unit in self.registry.units()
        ]

    def touches(self, dossier: Dossier) -> bool:
        return self._due(dossier) is not None

    def deed(self, dossier: Dossier, persons: Persons, stamp: Stamp) -> Deed:  # noqa: ARG002 - no errand like another
        due = self._due(dossier)
        if due is None or dossier.due_at is None:
            return Deed(Outcome.UNCHANGED)
        event = due_moved(dossier, due, self.change.cited, self.change.id, stamp) if self.applied else None
        return Deed(Outcome.MOVED, _told(dossier.due_at), _told(due), self.change.cited, event)

    def _due(self, dossier: Dossier) -> datetime | None:
        if dossier.received_at is None:
            return None
        return moved_due(dossier, procedure_of(self.registry, dossier), self._calendar(dossier, dossier.received_at))

    def _calendar(self, dossier: Dossier, received_at: datetime) -> WorkingCalendar:
        agency, day = self.registry.unit(dossier.agency_id), local_day(received_at)
        if not self.applied:
            proposed = self.change.proposed
            return self.registry.calendar(day, agency).with_year(proposed, self.change.new_version)
        known = self.registry.calendar(day, agency)
        if known.versions.get(self.change.year, 0) < self.change.new_version:
            self.registry.forget()  # what this process remembers is older than the change that it carries
            known = self.registry.calendar(day, agency)
        return known


@dataclass(frozen=True, slots=True)
class Handover:
    """Dossiers of units that have ended go to those who take over; what no rule covers becomes a task."""

    reorganisation: Reorganisation
    registry: Registry

    def desks(self) -> Sequence[Desk]:
        """Everything open at a unit that ends, and at a one-stop unit that serves one which does."""
        ends = set(self.reorganisation.ends)
        units = [unit for unit in self.registry.units() if unit.id in ends or ends & set(unit.serves)]
        return [
            Desk(status, unit.id)
            for unit in units
            for status in OPEN
            if (status is Status.IN_PROCESS) is not (unit.kind is UnitKind.ONE_STOP)
        ]

    def touches(self, dossier: Dossier) -> bool:
        return dossier.agency_id in self.reorganisation.ends or dossier.one_stop_id in self.reorganisation.ends

    def deed(self, dossier: Dossier, persons: Persons, stamp: Stamp) -> Deed:
        before = f"{dossier.agency_id} @ {dossier.one_stop_id}"
        if dossier.status not in OPEN or not self.touches(dossier):
            return Deed(Outcome.UNCHANGED, before)
        where = (dossier.agency_id, dossier.one_stop_id, dossier.procedure_code, persons.owner.commune_id)
        to = destination(self.reorganisation, *where, self.registry.units())
        if to is None:
            return Deed(Outcome.TASK, before, because=self.reorganisation.id)
        event = reassigned(dossier, to.agency_id, to.one_stop_id, to.because, stamp)
        return Deed(Outcome.MOVED, before, f"{to.agency_id} @ {to.one_stop_id}", to.because, event)


OPEN = tuple(status for status in Status if status not in (Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.RETURNED))
"""Statuses in which somebody still has work to do."""


def _told(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat(timespec="minutes")
