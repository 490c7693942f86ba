"""The review of procedures that an order asks for (R4): the tracker, each department's work-list, and the acts on it."""

from collections.abc import Sequence

from motcua import bootstrap
from motcua.contracts.review_tracker import ReviewTrackerView
from motcua.contracts.reviews import (
    AnnounceItemsRequest,
    EnterItemsRequest,
    PrepareItemRequest,
    ProposeItemsRequest,
    PublishItemsRequest,
    ReviewActView,
    ReviewItemView,
    WithdrawItemsRequest,
    WorkListView,
)
from motcua.domain.review import ReviewState
from motcua.http import Answer, Operation
from motcua.identity import staff
from motcua.request import Request
from motcua.routes.amending import AMENDING_REFUSALS, amend_of, amended
from motcua.routes.asked import asked_choice, asked_day, check_names
from motcua.routes.paging import following, page_of
from motcua.telemetry import note
from motcua.usecases import read_review as reading
from motcua.usecases import review_procedures as usecases
from motcua.usecases.amending import Amended
from motcua.usecases.review_procedures import WorkList

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
    by = staff(request.event)
    check_names(request, OF_WORK_LIST)
    day, named = asked_day(request), asked_choice(request, "state", ReviewState)
    state = ReviewState(named) if named else None
    listed = reading.list_items(order_id, department_id, day, state, by, bootstrap.ledger())
    here, asked = f"/reviews/{order_id}/departments/{department_id}", {"state": named, "on": day.isoformat()}
    page, cursor = page_of(listed, lambda entry: entry.thing.code, f"{here}|{asked}", request)
    return Answer(
        WorkListView.of(order_id, department_id, day, len(listed), page, cursor),
        headers=following(here, cursor, **{name: sent for name, sent in asked.items() if sent}, limit=request.limit()),
    )


def enter_review_items(request: Request, order_id: str, department_id: str, body: EnterItemsRequest) -> Answer:
    work_list = WorkList(order_id, department_id)
    command = amend_of(request, f"enter_review_items|{work_list.id}", body.why, changes=False)
    asked = [each.to_domain() for each in body.items]
    done = usecases.enter_items(command, work_list, asked, bootstrap.ledger())
    return _acted(done, [each.code for each in asked], 201, at=f"/reviews/{order_id}/departments/{department_id}")


def prepare_review_item(
    request: Request, order_id: str, department_id: str, code: str, body: PrepareItemRequest
) -> Answer:
    work_list = WorkList(order_id, department_id)
    command = amend_of(request, f"prepare_review_item|{work_list.id}{code}", body.why, changes=True)
    done = usecases.prepare_item(command, work_list, code, body.to_domain(), bootstrap.ledger())
    return amended(done, ReviewItemView.of(done.entry))


def propose_review_items(request: Request, order_id: str, department_id: str, body: ProposeItemsRequest) -> Answer:
    work_list = WorkList(order_id, department_id)
    command = amend_of(request, f"propose_review_items|{work_list.id}", body.why, changes=False)
    return _acted(usecases.propose_items(command, work_list, body.codes, bootstrap.ledger()), body.codes)


def announce_review_items(request: Request, order_id: str, department_id: str, body: AnnounceItemsRequest) -> Answer:
    work_list = WorkList(order_id, department_id)
    command = amend_of(request, f"announce_review_items|{work_list.id}", body.why, changes=False)
    decision = body.decision.to_domain()
    return _acted(usecases.announce_items(command, work_list, body.codes, decision, bootstrap.ledger()), body.codes)


def publish_review_items(request: Request, order_id: str, department_id: str, body: PublishItemsRequest) -> Answer:
    work_list = WorkList(order_id, department_id)
    command = amend_of(request, f"publish_review_items|{work_list.id}", body.why, changes=False)
    return _acted(usecases.publish_items(command, work_list, body.codes, bootstrap.ledger()), body.codes)


def withdraw_review_items(request: Request, order_id: str, department_id: str, body: WithdrawItemsRequest) -> Answer:
    work_list = WorkList(order_id, department_id)
    command = amend_of(request, f"withdraw_review_items|{work_list.id}", body.why, changes=False)
    decision = body.decision.to_domain() if body.decision else None
    return _acted(usecases.withdraw_items(command, work_list, body.codes, decision, bootstrap.ledger()), body.codes)


def _acted(done: Amended, codes: Sequence[str], status: int = 200, *, at: str = "") -> Answer:
    """What was done to all of them, new ones with their list; a twin's answer is made of its own body and of the first
    item as it then was."""
    note(entry=done.entry.subject, items=len(codes), repeated=done.repeated)
    headers = {"Idempotency-Replayed": "true"} if done.repeated else {}
    if status == 201:
        headers["Location"] = at
    return Answer(ReviewActView.of(done.entry.thing, codes), status, headers)


_ACT_REFUSALS = (
    *("role_needed", "review_order_unknown", "review_refused", "review_item_unknown", "review_code_twice"),
    *("review_move_not_allowed", "review_day_before_last_step", "entry_changed_meanwhile"),
)
"""Why any act on items of a work-list may be refused."""

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
        refusals=("review_order_unknown",),
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
        refusals=("review_order_unknown",),
    ),
    Operation(
        "POST",
        f"{LIST}/items",
        enter_review_items,
        ReviewActView,
        "staff",
        "Đưa thủ tục vào danh mục rà soát",
        "Put procedures on the work-list",
        body=EnterItemsRequest,
        status=201,
        command=True,
        refusals=(
            *("role_needed", "review_order_unknown", "review_not_in_scope", "review_refused", "entry_not_found"),
            *("review_item_exists", "review_code_twice", "review_name_needed", "review_of_other_department"),
        ),
    ),
    Operation(
        "PUT",
        f"{LIST}/items/{{code}}",
        prepare_review_item,
        ReviewItemView,
        "staff",
        "Soạn nội dung rà soát: căn cứ, ghi chú",
        "Prepare an item: what it rests on, notes",
        body=PrepareItemRequest,
        command=True,
        guarded=True,
        refusals=(*AMENDING_REFUSALS, "review_order_unknown", "review_move_not_allowed", "review_basis_or_none"),
    ),
    Operation(
        "POST",
        f"{LIST}/proposals",
        propose_review_items,
        ReviewActView,
        "staff",
        "Thủ trưởng đơn vị trình Chủ tịch UBND tỉnh",
        "The head proposes items to the Chair of the province",
        body=ProposeItemsRequest,
        command=True,
        refusals=(*_ACT_REFUSALS, "review_rests_on_nothing"),
    ),
    Operation(
        "POST",
        f"{LIST}/announcements",
        announce_review_items,
        ReviewActView,
        "staff",
        "Ghi nhận quyết định công bố",
        "Announce items by one decision",
        body=AnnounceItemsRequest,
        command=True,
        refusals=(*_ACT_REFUSALS, "review_decision_in_the_future"),
    ),
    Operation(
        "POST",
        f"{LIST}/publications",
        publish_review_items,
        ReviewActView,
        "staff",
        "Công khai: bản soạn thảo thành bản được tiếp nhận",
        "Publish items: a draft becomes the version that is received",
        body=PublishItemsRequest,
        command=True,
        refusals=(*_ACT_REFUSALS, "review_nothing_to_publish"),
    ),
    Operation(
        "POST",
        f"{LIST}/withdrawals",
        withdraw_review_items,
        ReviewActView,
        "staff",
        "Bãi bỏ: không tiếp nhận nữa",
        "Withdraw items: they are received no more",
        body=WithdrawItemsRequest,
        command=True,
        refusals=(*_ACT_REFUSALS, "review_decision_in_the_future"),
    ),
)
