"""Read the tracker of a review, and a work-list."""

from motcua import bootstrap
from motcua.contracts.review.read_review import ReviewTrackerView
from motcua.contracts.review.views import WorkListView
from motcua.domain.review.review_item import ReviewState
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.paging import following, page_of
from motcua.routes.query import asked_choice, asked_day, check_names
from motcua.usecases.review import read_review as reading
from motcua.usecases.review.enter_review_items import ReviewList

LIST = "/reviews/{order_id}/departments/{department_id}"


OF_WORK_LIST = ("state", "on", "limit", "cursor")


def read_review(request: Request, order_id: str) -> Answer:
    by = staff(request.event)
    check_names(request, ("on",))
    day = asked_day(request)
    return Answer(
        ReviewTrackerView.of(reading.track_review(order_id, day, by, bootstrap.registry(), bootstrap.ledger()))
    )


def read_work_list(request: Request, order_id: str, department_id: str) -> Answer:
    by, work_list = staff(request.event), ReviewList(order_id, department_id)
    check_names(request, OF_WORK_LIST)
    day, named = asked_day(request), asked_choice(request, "state", ReviewState)
    state = ReviewState(named) if named else None
    told = reading.list_items(work_list, day, state, by, bootstrap.registry(), bootstrap.ledger())
    here, asked = f"/reviews/{order_id}/departments/{department_id}", {"state": named, "on": day.isoformat()}
    page, cursor = page_of(told.items, lambda entry: entry.thing.code, f"{here}|{asked}", request)
    return Answer(
        WorkListView.of(work_list, told, page, cursor),
        headers=following(here, cursor, **{name: sent for name, sent in asked.items() if sent}, limit=request.limit()),
    )


OPERATIONS = (
    Operation(
        "GET",
        "/reviews/{order_id}",
        read_review,
        ReviewTrackerView,
        "staff",
        "Tiến độ rà soát, công bố, công khai thủ tục theo một văn bản",
        "How far the review that an order asks for is",
        query=("on",),
        refusals=("review_order_unknown", "unknown_field"),
    ),
    Operation(
        "GET",
        LIST,
        read_work_list,
        WorkListView,
        "staff",
        "Danh mục rà soát của một đơn vị",
        "A department's work-list",
        query=OF_WORK_LIST,
        refusals=("review_order_unknown", "entry_not_found", "unknown_field"),
    ),
)
