"""Take the steps of a review: prepare, propose, announce, publish, send back, withdraw."""

from collections.abc import Sequence

from motcua import bootstrap
from motcua.contracts.review.review_procedures import (
    AnnounceItemsRequest,
    PrepareItemRequest,
    PrepareItemsRequest,
    ProposeItemsRequest,
    PublishItemsRequest,
    ReturnItemsRequest,
    WithdrawItemsRequest,
)
from motcua.contracts.review.views import ReviewActView, ReviewItemView
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.registry_command import AMENDING_REFUSALS, entry_answer, registry_command
from motcua.routes.review.read_review import LIST
from motcua.telemetry import note
from motcua.usecases.registry_command import RegistryCommand, RegistryResult
from motcua.usecases.review import review_procedures as usecases
from motcua.usecases.review.enter_review_items import ReviewList
from motcua.usecases.review.review_procedures import prepare_item


def prepare_review_items(request: Request, order_id: str, department_id: str, body: PrepareItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = _command(request, "prepare_review_items", work_list, body.why)
    return acted(
        usecases.prepare_items(command, work_list, body.codes, body.to_domain(), bootstrap.ledger()), body.codes
    )


def propose_review_items(request: Request, order_id: str, department_id: str, body: ProposeItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = _command(request, "propose_review_items", work_list, body.why)
    return acted(usecases.propose_items(command, work_list, body.codes, bootstrap.ledger()), body.codes)


def announce_review_items(request: Request, order_id: str, department_id: str, body: AnnounceItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = _command(request, "announce_review_items", work_list, body.why)
    decision = body.decision.to_domain()
    return acted(usecases.announce_items(command, work_list, body.codes, decision, bootstrap.ledger()), body.codes)


def publish_review_items(request: Request, order_id: str, department_id: str, body: PublishItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = _command(request, "publish_review_items", work_list, body.why)
    return acted(usecases.publish_items(command, work_list, body.codes, bootstrap.ledger()), body.codes)


def return_review_items(request: Request, order_id: str, department_id: str, body: ReturnItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = _command(request, "return_review_items", work_list, body.why)
    return acted(usecases.return_items(command, work_list, body.codes, bootstrap.ledger()), body.codes)


def withdraw_review_items(request: Request, order_id: str, department_id: str, body: WithdrawItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = _command(request, "withdraw_review_items", work_list, body.why)
    decision = body.decision.to_domain() if body.decision else None
    return acted(usecases.withdraw_items(command, work_list, body.codes, decision, bootstrap.ledger()), body.codes)


def _command(request: Request, name: str, work_list: ReviewList, why: str) -> RegistryCommand:
    """Return the command. It has no If-Match: each item's own state refuses what was already decided."""
    return registry_command(request, f"{name}|{work_list.id}", why, changes=False)


def acted(done: RegistryResult, codes: Sequence[str], status: int = 200, *, at: str = "") -> Answer:
    """Return what was done to all items, new ones with their list. A replayed answer is made of the request's own body
    and of the first item as it was then."""
    note(entry=done.entry.subject, items=len(codes), replayed=done.replayed)
    headers = {"Idempotency-Replayed": "true"} if done.replayed else {}
    if status == 201:
        headers["Location"] = at
    return Answer(ReviewActView.of(done.entry.thing, codes), status, headers)


_ACT_REFUSALS = (
    *("role_needed", "review_order_unknown", "review_refused", "review_item_unknown", "review_code_twice"),
    *("review_move_not_allowed", "review_day_before_last_step", "entry_changed_meanwhile"),
)
"""Why any act on items of a work-list may be refused."""


def prepare_review_item(
    request: Request, order_id: str, department_id: str, code: str, body: PrepareItemRequest
) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = registry_command(request, f"prepare_review_item|{work_list.id}{code}", body.why, changes=True)
    done = prepare_item(command, work_list, code, body.to_domain(), bootstrap.ledger())
    return entry_answer(done, ReviewItemView.of(done.entry))


OPERATIONS = (
    Operation(
        "POST",
        f"{LIST}/preparations",
        prepare_review_items,
        ReviewActView,
        "staff",
        "Soạn một lần cho nhiều thủ tục có cùng căn cứ",
        "Prepare many items that rest on the same",
        body=PrepareItemsRequest,
        command=True,
        refusals=(*_ACT_REFUSALS, "review_basis_or_none"),
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
        "Ghi nhận quyết định công bố; công bố lại để sửa trước khi công khai",
        "Announce items by one decision; once more to mend it before publication",
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
        refusals=(*_ACT_REFUSALS, "review_nothing_to_publish", "review_content_changed"),
    ),
    Operation(
        "POST",
        f"{LIST}/returns",
        return_review_items,
        ReviewActView,
        "staff",
        "Trả lại, rút về hoặc mở lại để rà soát, có lý do",
        "Back to review, for a reason: sent back, taken back, or opened anew",
        body=ReturnItemsRequest,
        command=True,
        refusals=_ACT_REFUSALS,
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
        refusals=(
            *AMENDING_REFUSALS,
            "review_order_unknown",
            "review_move_not_allowed",
            "review_basis_or_none",
            "review_day_before_last_step",
        ),
    ),
)
