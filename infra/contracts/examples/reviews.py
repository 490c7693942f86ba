"""Examples of the review of procedures that letter 1313 orders (R4)."""

from datetime import date

from pydantic import BaseModel

from infra.contracts import book, life
from motcua.contracts.procedures import DecisionModel
from motcua.contracts.review_tracker import ReviewTrackerView
from motcua.contracts.reviews import (
    AnnounceItemsRequest,
    EnterItemsRequest,
    MinisterialDecisionModel,
    NamedModel,
    PrepareItemRequest,
    ProposeItemsRequest,
    PublishItemsRequest,
    ReviewActView,
    ReviewItemView,
    WithdrawItemsRequest,
    WorkListView,
)
from motcua.domain.entry import Entry, EntryKind
from motcua.domain.review import MinisterialDecision, ReviewItem, standing
from motcua.usecases.read_review import Tracker

ORDER, DEPARTMENT, CODE = book.REVIEW.id, book.DEPARTMENT.id, book.PROCEDURE.code
MINISTRY = MinisterialDecision("mẫu/QĐ-BKHĐT", date(2020, 3, 2), "Quyết định mẫu công bố thủ tục hành chính")
WHY = "Rà soát theo công văn 1313/UBND-VP"

ENTERED = ReviewItem(ORDER, DEPARTMENT, CODE, book.PROCEDURE.kind, book.PROCEDURE.name_vi, date(2020, 4, 24))
PREPARED = ENTERED.prepare(life.STAFF_ID, MINISTRY, "", "")
PROPOSED = PREPARED.propose(life.STAFF_ID, date(2020, 5, 12))
ANNOUNCED = PROPOSED.announce(book.DECISION, date(2020, 5, 27))
PUBLISHED = ANNOUNCED.publish(date(2020, 5, 28))
WITHDRAWN = PUBLISHED.withdraw(date(2020, 11, 2), "Thủ tục bị bãi bỏ (mẫu)", book.DECISION)


def bodies() -> dict[str, BaseModel]:
    """Operation → what is sent."""
    decision = DecisionModel.from_domain(book.DECISION)
    return {
        "enter_review_items": EnterItemsRequest(items=[NamedModel(code=CODE)], why=WHY),
        "prepare_review_item": PrepareItemRequest(
            ministerial_decision=MinisterialDecisionModel.from_domain(MINISTRY), why=WHY
        ),
        "propose_review_items": ProposeItemsRequest(codes=[CODE], why="Trình Chủ tịch UBND tỉnh công bố"),
        "announce_review_items": AnnounceItemsRequest(codes=[CODE], decision=decision, why="Đã có quyết định công bố"),
        "publish_review_items": PublishItemsRequest(codes=[CODE], why="Công khai tại Bộ phận Một cửa"),
        "withdraw_review_items": WithdrawItemsRequest(codes=[CODE], decision=decision, why="Thủ tục bị bãi bỏ (mẫu)"),
    }


def views() -> dict[str, BaseModel]:
    """Operation → what is answered."""
    day, order = date(2020, 5, 29), book.REVIEW.value
    departments = (
        (book.DEPARTMENT, standing([PUBLISHED], order, day)),
        (book.JUSTICE, standing([], order, day)),
    )
    return {
        "enter_review_items": ReviewActView.of(ENTERED, [CODE]),
        "prepare_review_item": ReviewItemView.of(_entry(PREPARED, 2)),
        "propose_review_items": ReviewActView.of(PROPOSED, [CODE]),
        "announce_review_items": ReviewActView.of(ANNOUNCED, [CODE]),
        "publish_review_items": ReviewActView.of(PUBLISHED, [CODE]),
        "withdraw_review_items": ReviewActView.of(WITHDRAWN, [CODE]),
        "read_review": ReviewTrackerView.of(Tracker(book.REVIEW, day, departments)),
        "read_work_list": WorkListView.of(ORDER, DEPARTMENT, day, 1, [_entry(PUBLISHED, 5)], ""),
    }


def _entry(item: ReviewItem, version: int) -> Entry[ReviewItem]:
    return Entry(EntryKind.REVIEW, item.id, version, item)
