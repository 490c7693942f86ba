"""Examples of an explained deadline, for staff and citizen: of a dossier that was suspended twice."""

from dataclasses import replace

from pydantic import BaseModel

from infra.contracts import other_lives
from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.reading.explain_deadline import DeadlineView
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.due import counted_for
from motcua.domain.rules.values import WorkingHours
from motcua.usecases.reading.explain_deadline import Explanation


def bodies() -> dict[str, BaseModel]:
    """Return no bodies: these operations take none."""
    return {}


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    return {
        "read_deadline": explained(other_lives.waited().dossier),
        "read_own_deadline": explained(life.processed(ChannelOut.COUNTER).dossier),
    }


def explained(dossier: Dossier) -> DeadlineView:
    deadline = counted_for(dossier, book.PROCEDURE.limit, book.CALENDAR)
    says_vi = "Giờ làm việc 07:00–11:30 và 13:30–17:00, 8 giờ mỗi ngày làm việc."
    says_en = "Working hours 07:00–11:30 and 13:30–17:00, 8 hours of a working day."
    hours = book.rule("working-hours", "working_hours", WorkingHours(book.CALENDAR.hours), says_vi, says_en)
    dated = replace(dossier, due_at=deadline.at)
    return DeadlineView.of(
        Explanation(dated, book.PROCEDURE.limit, deadline, "2020.1", rules=(replace(hours, basis=book.SAMPLE),))
    )
