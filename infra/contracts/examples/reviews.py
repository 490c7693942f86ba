"""Examples of the review of procedures that letter 1313 orders (R4)."""

from datetime import date

from pydantic import BaseModel

from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.registry.procedure import DecisionModel
from motcua.contracts.review.enter_review_items import EnterCatalogueRequest, EnterItemsRequest
from motcua.contracts.review.read_review import ReviewTrackerView
from motcua.contracts.review.review_procedures import (
    AnnounceItemsRequest,
    MinisterialDecisionModel,
    NamedModel,
    PrepareItemRequest,
    PrepareItemsRequest,
    ProposeItemsRequest,
    PublishItemsRequest,
    ReturnItemsRequest,
    WithdrawItemsRequest,
)
from motcua.contracts.review.views import CatalogueEnteredView, ReviewActView, ReviewItemView, WorkListView
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.review.progress import standing
from motcua.domain.review.review_item import Content, MinisterialDecision, Preparation, ReviewItem
from motcua.usecases.review.enter_review_items import ReviewList
from motcua.usecases.review.read_review import ListedItems, Tracker

ORDER, DEPARTMENT, CODE = book.REVIEW.id, book.DEPARTMENT.id, book.PROCEDURE.code
MINISTRY = MinisterialDecision("mẫu/QĐ-BKHĐT", date(2020, 3, 2), "Quyết định mẫu công bố thủ tục hành chính")
WHY = "Rà soát theo công văn 1313/UBND-VP"

ENTERED = ReviewItem(ORDER, DEPARTMENT, CODE, book.PROCEDURE.kind, book.PROCEDURE.name_vi, date(2020, 4, 24))
LIST = ReviewList(ORDER, DEPARTMENT)
CONTENT = Content(entry=2, draft=2)
PREPARED = ENTERED.prepare(life.STAFF_ID, date(2020, 5, 11), Preparation(MINISTRY))
PROPOSED = PREPARED.propose(life.STAFF_ID, date(2020, 5, 12), CONTENT)
RETURNED = PROPOSED.give_back("send_back", life.STAFF_ID, date(2020, 5, 13), "Thiếu căn cứ, đề nghị rà soát lại")
ANNOUNCED = PROPOSED.announce(life.STAFF_ID, date(2020, 5, 27), book.DECISION, CONTENT)
PUBLISHED = ANNOUNCED.publish(life.STAFF_ID, date(2020, 5, 28), CONTENT)
WITHDRAWN = PUBLISHED.withdraw(life.STAFF_ID, date(2020, 11, 2), "Thủ tục bị bãi bỏ (mẫu)", book.DECISION)


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    decision, ministry = DecisionModel.from_domain(book.DECISION), MinisterialDecisionModel.from_domain(MINISTRY)
    return {
        "enter_review_items": EnterItemsRequest(items=[NamedModel(code=CODE)], why=WHY),
        "enter_review_catalogue": EnterCatalogueRequest(why=WHY),
        "prepare_review_item": PrepareItemRequest(ministerial_decision=ministry, why=WHY),
        "prepare_review_items": PrepareItemsRequest(codes=[CODE], ministerial_decision=ministry, why=WHY),
        "propose_review_items": ProposeItemsRequest(codes=[CODE], why="Trình Chủ tịch UBND tỉnh công bố"),
        "announce_review_items": AnnounceItemsRequest(codes=[CODE], decision=decision, why="Đã có quyết định công bố"),
        "publish_review_items": PublishItemsRequest(codes=[CODE], why="Công khai tại Bộ phận Một cửa"),
        "return_review_items": ReturnItemsRequest(codes=[CODE], why="Thiếu căn cứ, đề nghị rà soát lại"),
        "withdraw_review_items": WithdrawItemsRequest(codes=[CODE], decision=decision, why="Thủ tục bị bãi bỏ (mẫu)"),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    day, order, listed = date(2020, 5, 29), book.REVIEW.value, _entry(PUBLISHED, 5)
    departments = (
        (book.DEPARTMENT, standing([PUBLISHED], [CODE], order, day)),
        (book.JUSTICE, standing([], ["2.000815"], order, day)),
    )
    return {
        "enter_review_items": ReviewActView.of(ENTERED, [CODE]),
        "enter_review_catalogue": CatalogueEnteredView.of(
            LIST, ListedItems(ENTERED.entered_on, (_entry(ENTERED, 1),), ())
        ),
        "prepare_review_item": ReviewItemView.of(_entry(PREPARED, 2)),
        "prepare_review_items": ReviewActView.of(PREPARED, [CODE]),
        "propose_review_items": ReviewActView.of(PROPOSED, [CODE]),
        "announce_review_items": ReviewActView.of(ANNOUNCED, [CODE]),
        "publish_review_items": ReviewActView.of(PUBLISHED, [CODE]),
        "return_review_items": ReviewActView.of(RETURNED, [CODE]),
        "withdraw_review_items": ReviewActView.of(WITHDRAWN, [CODE]),
        "read_review": ReviewTrackerView.of(Tracker(book.REVIEW, day, departments)),
        "read_work_list": WorkListView.of(LIST, ListedItems(day, (listed,), ()), [listed], ""),
    }


def _entry(item: ReviewItem, version: int) -> Entry[ReviewItem]:
    return Entry(EntryKind.REVIEW, item.id, version, item)
