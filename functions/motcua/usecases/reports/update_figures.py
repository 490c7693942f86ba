"""Count an event: its facts, and with each new fact its counter, once however often the message comes."""

from motcua.domain.event import Event
from motcua.domain.reports.figure import facts_of
from motcua.ports.reports import Figures


def update_figures(event: Event, settles: str, figures: Figures) -> int:
    """Record the event's facts and return how many there are. Raises AlreadySettledError when it was counted before."""
    facts = facts_of(event)
    figures.record(facts, settles)
    return len(facts)
