"""Date a dossier that goes on after a suspension, by its agency's calendar and those of linked agencies."""

from datetime import datetime

from motcua.domain.dossier.acts.waiting import Resumption
from motcua.domain.dossier.dossier import Dossier
from motcua.ports.registry import Registry
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.deadline.date_legs import legs_after_wait


def resumption(registry: Registry, dossier: Dossier, until: datetime) -> Resumption:
    """Return the dates of `dossier` when its open suspension ends at `until`."""
    due = clock.due_after_wait(registry, dossier, until)
    starts, plans = legs_after_wait(registry, dossier, until)
    return Resumption(due.at, due.calendar, starts, plans, _paper_due(registry, dossier, until))


def _paper_due(registry: Registry, dossier: Dossier, until: datetime) -> datetime | None:
    """Return when the paper is due of a dossier that waited at intake: as if it came now, because it is complete now.

    Returns None where no paper lies there any more.
    """
    wait, paper, one_stop = dossier.waiting, dossier.paper, registry.unit(dossier.one_stop_id)
    if wait is None or not wait.at_intake or paper is None or paper.handed_over_at or one_stop is None:
        return None
    return clock.paper_due(registry, one_stop, until)
