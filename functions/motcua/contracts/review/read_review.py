"""The tracker of a review (R4): how far each department was on a day, in time or late, and by which rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from motcua.contracts.legal_basis import LegalBasisModel
from motcua.contracts.model import Outward
from motcua.contracts.review.views import NOT_LISTED
from motcua.domain.registry.unit import Unit
from motcua.domain.review.progress import Standing, last_day_in_time
from motcua.domain.review.review_item import ReviewState
from motcua.domain.rules.values import CompletedBy
from motcua.usecases.review.read_review import Tracker


class CountsView(Outward):
    """How many items stand in each state."""

    to_review: int
    proposed: int
    announced: int
    published: int
    withdrawn: int

    @classmethod
    def of(cls, counts: Mapping[ReviewState, int]) -> "CountsView":
        named: dict[str, Any] = {state.value: counts[state] for state in ReviewState}
        return cls.model_construct(**named)


class DepartmentReviewView(Outward):
    """One department. It is complete once all that the catalogue has of it is listed and done. `complete` and `in_time` are
    null where nothing is listed and the catalogue has nothing to list."""

    department_id: str
    department_vi: str
    items: int
    counts: CountsView
    not_listed: int = Field(description=NOT_LISTED)
    complete: bool | None
    completed_on: date | None = Field(description="The day on which its last item was completed")
    in_time: bool | None
    days_late: int = Field(description="Days after the last day in time; of what is not complete, on the day asked for")

    @classmethod
    def of(cls, unit: Unit, stood: Standing) -> "DepartmentReviewView":
        return cls.model_construct(
            department_id=unit.id,
            department_vi=unit.name_vi,
            items=stood.items,
            counts=CountsView.of(stood.counts),
            not_listed=len(stood.not_listed),
            complete=stood.complete,
            completed_on=stood.completed_on,
            in_time=stood.in_time,
            days_late=stood.days_late,
        )


class ReviewTotals(Outward):
    """All departments together."""

    departments: int
    complete: int
    late: int
    without_list: int
    items: int
    not_listed: int
    counts: CountsView


class ReviewTrackerView(Outward):
    """How far the review that an order asks for was on a day, and the rule that sets its deadline."""

    order: str
    on: date
    before: date
    last_day_in_time: date
    completed_by: CompletedBy = Field(description="Which step completes a review: a reading that is kept as data")
    rule: str
    says_vi: str
    says_en: str
    legal_basis: LegalBasisModel
    departments: list[DepartmentReviewView]
    totals: ReviewTotals

    @classmethod
    def of(cls, tracker: Tracker) -> "ReviewTrackerView":
        rule, stood = tracker.rule, [each for _, each in tracker.departments]
        return cls.model_construct(
            order=rule.id,
            on=tracker.day,
            before=rule.value.before,
            last_day_in_time=last_day_in_time(rule.value),
            completed_by=rule.value.completed_by,
            rule=rule.cited,
            says_vi=rule.says_vi,
            says_en=rule.says_en,
            legal_basis=LegalBasisModel.from_domain(rule.basis),
            departments=[DepartmentReviewView.of(unit, each) for unit, each in tracker.departments],
            totals=ReviewTotals.model_construct(
                departments=len(stood),
                complete=sum(each.complete is True for each in stood),
                late=sum(each.in_time is False for each in stood),
                without_list=sum(each.items == 0 for each in stood),
                items=sum(each.items for each in stood),
                not_listed=sum(len(each.not_listed) for each in stood),
                counts=CountsView.of(tracker.counts),
            ),
        )
