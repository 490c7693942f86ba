"""The review of procedures as it crosses the wire (R4): what people ask to do with a work-list, and its items."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.persons import Inward, Outward
from motcua.contracts.procedures import Code, DecisionModel, LongName
from motcua.contracts.rules import Day, LongText, Why
from motcua.contracts.units import Line
from motcua.domain.entry import Entry
from motcua.domain.procedure import ProcedureKind
from motcua.domain.review import NAMES_EN, NAMES_VI, MinisterialDecision, ReviewItem, ReviewState
from motcua.usecases.review_procedures import Named, Preparation

Codes = Annotated[list[Code], Field(min_length=1, max_length=40, examples=[["2.001610", "2.001199"]])]
FewerCodes = Annotated[list[Code], Field(min_length=1, max_length=20, examples=[["2.001610", "2.001199"]])]
"""An act that changes the catalogue, too, writes twice as much, and one transaction holds 100 writes."""


class NamedModel(Inward):
    """What is to be reviewed. A procedure of the catalogue has its name there; a work procedure may need one."""

    code: Code
    kind: ProcedureKind = ProcedureKind.PROCEDURE
    name_vi: LongName | None = None

    def to_domain(self) -> Named:
        return Named(self.code, self.kind, self.name_vi or "")


class EnterItemsRequest(Inward):
    """Procedures and work procedures that come on a department's work-list: all of them or none."""

    items: list[NamedModel] = Field(min_length=1, max_length=40)
    why: Why = Field(examples=["Danh mục rà soát theo công văn 1313/UBND-VP"])


class MinisterialDecisionModel(Inward):
    """The decision by which a minister announced the procedure."""

    number: LongText
    date: Day
    title_vi: LongText

    def to_domain(self) -> MinisterialDecision:
        return MinisterialDecision(self.number, self.date, self.title_vi)

    @classmethod
    def from_domain(cls, decision: MinisterialDecision) -> "MinisterialDecisionModel":
        return cls.model_construct(number=decision.number, date=decision.date, title_vi=decision.title_vi)


class PrepareItemRequest(Inward):
    """What the review rests on: a ministerial decision, or why there is none. Without either nothing can be proposed."""

    ministerial_decision: MinisterialDecisionModel | None = None
    none_applies_because: LongText | None = Field(
        default=None, examples=["Công việc nội bộ của tỉnh, không do Bộ công bố"]
    )
    note: Line = ""
    why: Why

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.ministerial_decision and self.none_applies_because:
            raise PydanticCustomError("review_basis_or_none", "either or", {"field": "none_applies_because"})
        return self

    def to_domain(self) -> Preparation:
        rests_on = self.ministerial_decision.to_domain() if self.ministerial_decision else None
        return Preparation(rests_on, self.none_applies_because or "", self.note)


class ProposeItemsRequest(Inward):
    """What the head of a department submits to the Chair of the province: all of it or nothing."""

    codes: Codes
    why: Why


class AnnounceItemsRequest(Inward):
    """What one decision of the Chair announces: all of it or nothing."""

    codes: Codes
    decision: DecisionModel
    why: Why


class PublishItemsRequest(Inward):
    """What is made public, and received from this day on: all of it or nothing."""

    codes: FewerCodes
    why: Why


class WithdrawItemsRequest(Inward):
    """What is given up, and received no more from this day on: all of it or nothing."""

    codes: FewerCodes
    decision: DecisionModel | None = None
    why: Why


class ReviewActView(Outward):
    """What an act did: to which items of a work-list, in what state they now are, on which day it was done."""

    order: str
    department_id: str
    state: ReviewState
    state_vi: str
    on: date
    codes: list[str]

    @classmethod
    def of(cls, item: ReviewItem, codes: Sequence[str]) -> "ReviewActView":
        """`item` is one of those that were dealt with together, as the act left it."""
        state, day = item.steps[-1]
        return cls.model_construct(
            order=item.order,
            department_id=item.department_id,
            state=state,
            state_vi=NAMES_VI[state],
            on=day,
            codes=list(codes),
        )


class ReviewItemView(Outward):
    """One procedure of a work-list. `version` is what If-Match takes; `state` is that of the day that was asked for."""

    order: str
    department_id: str
    code: str
    kind: ProcedureKind
    name_vi: str
    version: int
    state: ReviewState
    state_vi: str
    state_en: str
    ministerial_decision: MinisterialDecisionModel | None
    none_applies_because: str | None
    note: str | None
    prepared_by: str | None
    entered_on: date
    proposed_on: date | None
    proposed_by: str | None
    announced_on: date | None
    decision: DecisionModel | None
    published_on: date | None
    withdrawn_on: date | None
    withdrawn_because: str | None
    withdrawal: DecisionModel | None = Field(description="The decision that it was withdrawn by")
    evidence: str | None

    @classmethod
    def of(cls, entry: Entry[ReviewItem], day: date = date.max) -> "ReviewItemView":
        item = entry.thing
        state = item.state_on(day) or item.state
        return cls.model_construct(
            order=item.order,
            department_id=item.department_id,
            code=item.code,
            kind=item.kind,
            name_vi=item.name_vi,
            version=entry.version,
            state=state,
            state_vi=NAMES_VI[state],
            state_en=NAMES_EN[state],
            ministerial_decision=MinisterialDecisionModel.from_domain(item.rests_on) if item.rests_on else None,
            none_applies_because=item.none_applies_because or None,
            note=item.note or None,
            prepared_by=item.prepared_by or None,
            entered_on=item.entered_on,
            proposed_on=item.proposed_on,
            proposed_by=item.proposed_by or None,
            announced_on=item.announced_on,
            decision=DecisionModel.from_domain(item.decision) if item.decision else None,
            published_on=item.published_on,
            withdrawn_on=item.withdrawn_on,
            withdrawn_because=item.withdrawn_because or None,
            withdrawal=DecisionModel.from_domain(item.withdrawal) if item.withdrawal else None,
            evidence=item.evidence or None,
        )


class WorkListView(Outward):
    """One page of a department's work-list, by code; the header `Link: …; rel="next"` opens the next page."""

    order: str
    department_id: str
    on: date
    total: int = Field(description="How many there are on all pages")
    items: list[ReviewItemView]
    next_cursor: str | None

    @classmethod
    def of(
        cls,
        order: str,
        department_id: str,
        day: date,
        total: int,
        entries: Iterable[Entry[ReviewItem]],
        cursor: str,
    ) -> "WorkListView":
        items = [ReviewItemView.of(entry, day) for entry in entries]
        return cls.model_construct(
            order=order, department_id=department_id, on=day, total=total, items=items, next_cursor=cursor or None
        )
