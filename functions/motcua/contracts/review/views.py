"""The review of procedures (R4) in answers: the items of a work-list, their steps so far, and what an act did."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from motcua.contracts.model import Outward
from motcua.contracts.registry.procedure import DecisionModel
from motcua.contracts.review.review_procedures import MinisterialDecisionModel
from motcua.domain.registry.entry import Entry
from motcua.domain.registry.procedure import Decision, ProcedureKind
from motcua.domain.review.review_item import MOVES, NAMES_EN, NAMES_VI, Preparation, ReviewItem, ReviewState, Step
from motcua.usecases.review.enter_review_items import ReviewList
from motcua.usecases.review.read_review import ListedItems

NOT_LISTED = "Procedures of the department that the catalogue has and the work-list has not"


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
        """Return the view. `item` is one of those dealt with together, as the act left it."""
        return cls.model_construct(
            order=item.order,
            department_id=item.department_id,
            state=item.state,
            state_vi=NAMES_VI[item.state],
            on=item.steps[-1].on if item.steps else item.entered_on,
            codes=list(codes),
        )


class ReviewStepView(Outward):
    """One act upon an item. `catalogue_version` and `draft` say which content was proposed, announced or published: the
    version of the catalogue's entry (0 = it had none), and the number of the draft (null = the one in force stays)."""

    act: str
    act_vi: str
    on: date
    by: str
    because: str | None
    decision: DecisionModel | None
    catalogue_version: int | None
    draft: int | None

    @classmethod
    def of(cls, step: Step) -> "ReviewStepView":
        return cls.model_construct(
            act=step.act,
            act_vi=MOVES[step.act].vi,
            on=step.on,
            by=step.by,
            because=step.because or None,
            decision=_decision(step.decision),
            catalogue_version=step.content.entry if step.content else None,
            draft=step.content.draft if step.content else None,
        )


class ReviewItemView(Outward):
    """One procedure of a work-list as it stood at the end of the day that was asked for. What is said of proposal,
    announcement and the like is of its present round: a return to review begins a new one; `steps` has all of them.

    `version` is the current one, which If-Match takes.
    """

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
    returned_because: str | None = Field(description="Why it came back to review")
    steps: list[ReviewStepView]
    evidence: str | None

    @classmethod
    def of(cls, entry: Entry[ReviewItem]) -> "ReviewItemView":
        item = entry.thing
        state, reached, found = item.state, item.reached, item.found or Preparation(None)
        prepared = next((step for step in reversed(item.steps) if step.found), None)
        proposed, announced, withdrawn = (item.last(act) for act in ("propose", "announce", "withdraw"))
        rests_on = MinisterialDecisionModel.from_domain(found.rests_on) if found.rests_on else None
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
            ministerial_decision=rests_on,
            none_applies_because=found.none_applies_because or None,
            note=found.note or None,
            prepared_by=prepared.by if prepared else None,
            entered_on=item.entered_on,
            proposed_on=reached.get(ReviewState.PROPOSED),
            proposed_by=proposed.by if proposed else None,
            announced_on=reached.get(ReviewState.ANNOUNCED),
            decision=_decision(announced.decision) if announced else None,
            published_on=reached.get(ReviewState.PUBLISHED),
            withdrawn_on=reached.get(ReviewState.WITHDRAWN),
            withdrawn_because=withdrawn.because if withdrawn else None,
            withdrawal=_decision(withdrawn.decision) if withdrawn else None,
            returned_because=item.returned_because or None,
            steps=[ReviewStepView.of(step) for step in item.steps],
            evidence=item.evidence or None,
        )


class WorkListView(Outward):
    """One page of a department's work-list, by code; the header `Link: …; rel="next"` opens the next page."""

    order: str
    department_id: str
    on: date
    total: int = Field(description="How many there are on all pages")
    items: list[ReviewItemView]
    not_listed: list[str] = Field(description=NOT_LISTED)
    next_cursor: str | None

    @classmethod
    def of(
        cls, work_list: ReviewList, told: ListedItems, page: Sequence[Entry[ReviewItem]], cursor: str
    ) -> "WorkListView":
        return cls.model_construct(
            order=work_list.order,
            department_id=work_list.department_id,
            on=told.day,
            total=len(told.items),
            items=[ReviewItemView.of(entry) for entry in page],
            not_listed=list(told.not_listed),
            next_cursor=cursor or None,
        )


class CatalogueEnteredView(Outward):
    """How the work-list stands after the command: as long as something is `not_listed`, it is to be given again."""

    order: str
    department_id: str
    on: date
    listed: int = Field(description="How many items the work-list has")
    not_listed: list[str] = Field(description=NOT_LISTED)

    @classmethod
    def of(cls, work_list: ReviewList, told: ListedItems) -> "CatalogueEnteredView":
        return cls.model_construct(
            order=work_list.order,
            department_id=work_list.department_id,
            on=told.day,
            listed=len(told.items),
            not_listed=list(told.not_listed),
        )


def _decision(decision: Decision | None) -> DecisionModel | None:
    return DecisionModel.from_domain(decision) if decision else None
