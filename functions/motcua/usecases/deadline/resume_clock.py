"""When a dossier goes on after a wait: the date that it is then due, out of its agency's clock, and its linked agencies' too."""

from datetime import datetime

from motcua.domain.dossier.acts.waiting import Resumption
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.registry import Registry
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.deadline.date_legs import legs_after_wait


def resumption(registry: Registry, dossier: Dossier, until: datetime) -> Resumption:
    """When `dossier`, whose open wait ends at `until`, is due."""
    due = clock.due_after_wait(registry, dossier, until)
    starts, plans = legs_after_wait(registry, dossier, until)
    return Resumption(due.at, due.calendar, starts, plans, _paper_due(registry, dossier, until))


def _paper_due(registry: Registry, dossier: Dossier, until: datetime) -> datetime | None:
    """What waited at intake goes to the agency when it is complete: its paper is due as if it came now. None where none lies
    there still."""
    wait, paper, one_stop = dossier.waiting, dossier.paper, registry.unit(dossier.one_stop_id)
    if wait is None or not wait.at_intake or paper is None or paper.handed_over_at or one_stop is None:
        return None
    return clock.paper_due(registry, one_stop, until)
