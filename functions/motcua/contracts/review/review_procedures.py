"""The review of procedures (R4): what people ask to do with a work-list and its items."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import Day
from motcua.contracts.fields import Line, LongText, Why
from motcua.contracts.model import Inward
from motcua.contracts.registry.procedure import Code, DecisionModel, LongName
from motcua.domain.registry.procedure import ProcedureKind
from motcua.domain.review.review_item import MinisterialDecision, Preparation
from motcua.usecases.review.enter_review_items import ITEMS_PER_TRANSACTION, Named

Codes = Annotated[
    list[Code], Field(min_length=1, max_length=ITEMS_PER_TRANSACTION, examples=[["2.001610", "2.001199"]])
]
FewerCodes = Annotated[list[Code], Field(min_length=1, max_length=20, examples=[["2.001610", "2.001199"]])]
"""An act that changes the catalogue, too, writes twice as much, and one transaction holds 100 writes."""


class NamedModel(Inward):
    """What is to be reviewed. A procedure of the catalogue has its name there; a work procedure may need one."""

    code: Code
    kind: ProcedureKind = ProcedureKind.PROCEDURE
    name_vi: LongName | None = None

    def to_domain(self) -> Named:
        return Named(self.code, self.kind, self.name_vi or "")


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


class PrepareItemsRequest(PrepareItemRequest):
    """What many items rest on: all of them or none."""

    codes: Codes


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


class ReturnItemsRequest(Inward):
    """What goes back to review, and `why`: a proposal, an announcement, or what was withdrawn; all of it or nothing."""

    codes: Codes
    why: Why = Field(examples=["Thiếu căn cứ, đề nghị rà soát lại"])
