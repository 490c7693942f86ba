"""The parts of a dossier in answers: a suspension, legs of linked agencies, opinions, its paper, its former office, papers.

These views never show who signed or asked: the timeline for staff has it.
"""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.model import Outward
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.dossier.components import Brought, PaperForm
from motcua.domain.dossier.parts import LinkedLeg, Opinion, PaperLeg, Transitional


class WaitView(Outward):
    """The current suspension: the clock stands still."""

    kind: WaitKind
    since: datetime
    expires_at: datetime | None = Field(
        description="A supplement that has not come by the end of that day may be refused"
    )
    amount_vnd: int | None

    @classmethod
    def of(cls, wait: Suspension) -> "WaitView":
        since, expires_at = local(wait.since), local(wait.expires_at)
        return cls.model_construct(kind=wait.kind, since=since, expires_at=expires_at, amount_vnd=wait.amount_vnd)


class LegView(Outward):
    """One agency's part of a linked dossier. Legs of the same step run in parallel, steps in sequence. Late belongs to the leg
    that was late."""

    step: int
    agency_id: str
    due_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    late: bool | None = Field(description="Whether it was finished after its due date; null until it was")

    @classmethod
    def of(cls, leg: LinkedLeg) -> "LegView":
        moments: dict[str, Any] = {name: local(getattr(leg, name)) for name in ("due_at", "started_at", "finished_at")}
        late = leg.late_at(leg.finished_at) if leg.finished_at else None
        return cls.model_construct(step=leg.step, agency_id=leg.agency_id, late=late, **moments)


class OpinionView(Outward):
    """The opinion asked of another agency, and its due date."""

    agency_id: str
    asked_at: datetime
    due_at: datetime
    given_at: datetime | None

    @classmethod
    def of(cls, opinion: Opinion) -> "OpinionView":
        moments: dict[str, Any] = {name: local(getattr(opinion, name)) for name in ("asked_at", "due_at", "given_at")}
        return cls.model_construct(agency_id=opinion.agency_id, **moments)


class PaperLegView(Outward):
    """The paper on its way to the processing agency: until when it is to be handed over, and when both sides signed."""

    due_at: datetime
    handed_over_at: datetime | None
    taken_at: datetime | None
    late: bool | None = Field(description="Whether it was handed over after its time; null until it was")

    @classmethod
    def of(cls, paper: PaperLeg) -> "PaperLegView":
        moments: dict[str, Any] = {
            name: local(getattr(paper, name)) for name in ("due_at", "handed_over_at", "taken_at")
        }
        late = paper.late_at(paper.handed_over_at) if paper.handed_over_at else None
        return cls.model_construct(late=late, **moments)


class TransitionalView(Outward):
    """Received by the agency itself during an isolation period (R3)."""

    original_number: str
    received_on: date
    rule: str = Field(description="The rule that says which days the isolation period has")

    @classmethod
    def of(cls, transitional: Transitional) -> "TransitionalView":
        return cls.model_construct(
            original_number=transitional.original_number, received_on=transitional.received_on, rule=transitional.rule
        )


class BroughtView(Outward):
    """A paper that was brought."""

    component: int = Field(description="Its place in the procedure's list of papers, from 1")
    form: PaperForm
    count: int

    @classmethod
    def of(cls, brought: Brought) -> "BroughtView":
        return cls.model_construct(component=brought.component, form=brought.form, count=brought.count)
