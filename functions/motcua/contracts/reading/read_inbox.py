"""A unit's inbox as staff see it: pages of dossiers without persons, and counts."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.dossier.views import DossierView, StatusView
from motcua.contracts.model import Outward
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.reading.inbox import due_there, late_there
from motcua.domain.status import Status
from motcua.ports.dossiers import Counted
from motcua.usecases.reading.read_inbox import InboxCounts


class DeskEntryView(DossierView):
    """One dossier as it concerns a unit."""

    due_there: datetime | None = Field(
        description="By when this unit must have done its part: its own leg or opinion where it has one, for a submission "
        "the answer, else the whole dossier"
    )
    late: bool = Field(description="Whether that is past while the clock runs")
    officer: str | None = Field(description="Who works on it, by the sign-in's opaque id")

    @classmethod
    def of(cls, dossier: Dossier, unit_id: str, now: datetime) -> "DeskEntryView":
        return cls.model_construct(
            **dict(DossierView.from_domain(dossier)),
            due_there=local(due_there(dossier, unit_id)),
            late=late_there(dossier, unit_id, now),
            officer=dossier.officer or None,
        )


class InboxView(Outward):
    """One page of a unit's inbox, earliest due first; the header `Link: …; rel="next"` opens the next page.

    A page may hold fewer than its limit, or none, while there is a next one.
    """

    unit_id: str
    status: StatusView
    dossiers: list[DeskEntryView]
    next_cursor: str | None

    @classmethod
    def of(cls, inbox: tuple[str, Status], dossiers: Sequence[Dossier], cursor: str, now: datetime) -> "InboxView":
        unit_id, status = inbox
        views = [DeskEntryView.of(dossier, unit_id, now) for dossier in dossiers]
        return cls.model_construct(
            unit_id=unit_id, status=StatusView.of(status), dossiers=views, next_cursor=cursor or None
        )


class CountView(Outward):
    """A number of dossiers."""

    number: int
    at_least: bool = Field(description="There are more than were counted")

    @classmethod
    def of(cls, counted: Counted) -> "CountView":
        return cls.model_construct(number=counted.number, at_least=counted.at_least)


class DeskCountView(Outward):
    """How many dossiers the inbox holds in one status; `status` is what `GET …/inbox` takes: 8 is paused, 80 refused
    with its answer still to be handed back."""

    status: int
    name: StatusView
    all: CountView
    late: CountView | None = Field(description="null where nothing can be late: the clock stands still, or it is done")


class DeskCountsView(Outward):
    """Counts of a unit's inbox, at one moment."""

    unit_id: str
    at: datetime
    counts: list[DeskCountView]

    @classmethod
    def of(cls, unit_id: str, counts: InboxCounts, now: datetime) -> "DeskCountsView":
        told = [
            DeskCountView.model_construct(
                status=status.value,
                name=StatusView.of(status),
                all=CountView.of(counted),
                late=CountView.of(counts.late[status]) if status in counts.late else None,
            )
            for status, counted in counts.all.items()
        ]
        return cls.model_construct(unit_id=unit_id, at=local(now), counts=told)
