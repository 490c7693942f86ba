"""The review of procedures that an order asks for (R4): the tracker, and each department's work-list."""

from motcua import bootstrap
from motcua.contracts.review.progress import ReviewTrackerView
from motcua.contracts.review.requests import EnterCatalogueRequest, EnterItemsRequest, PrepareItemRequest
from motcua.contracts.review.views import CatalogueEnteredView, ReviewActView, ReviewItemView, WorkListView
from motcua.domain.review.review_item import ReviewState
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.paging import following, page_of
from motcua.routes.query import asked_choice, asked_day, check_names
from motcua.routes.registry.review_acts import LIST, acted
from motcua.routes.registry_command import AMENDING_REFUSALS, entry_answer, registry_command
from motcua.telemetry import note
from motcua.usecases.review import enter_review_items as usecases
from motcua.usecases.review import read_review as reading
from motcua.usecases.review.enter_review_items import ReviewList
from motcua.usecases.review.review_procedures import prepare_item

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


def enter_review_items(request: Request, order_id: str, department_id: str, body: EnterItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = registry_command(request, f"enter_review_items|{work_list.id}", body.why, changes=False)
    asked = [each.to_domain() for each in body.items]
    done = usecases.enter_items(command, work_list, asked, bootstrap.ledger())
    return acted(done, [each.code for each in asked], 201, at=f"/reviews/{order_id}/departments/{department_id}")


def enter_review_catalogue(request: Request, order_id: str, department_id: str, body: EnterCatalogueRequest) -> Answer:
    """How the list stands is told as it is now, to a twin, too."""
    work_list = ReviewList(order_id, department_id)
    command = registry_command(request, f"enter_review_catalogue|{work_list.id}", body.why, changes=False)
    done = usecases.enter_catalogue(command, work_list, bootstrap.registry(), bootstrap.ledger())
    note(entry=done.entry.subject, replayed=done.replayed)
    told = reading.list_items(work_list, asked_day(request), None, command.by, bootstrap.registry(), bootstrap.ledger())
    headers = {"Idempotency-Replayed": "true"} if done.replayed else {}
    headers["Location"] = f"/reviews/{order_id}/departments/{department_id}"
    return Answer(CatalogueEnteredView.of(work_list, told), 201, headers)


def prepare_review_item(
    request: Request, order_id: str, department_id: str, code: str, body: PrepareItemRequest
) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = registry_command(request, f"prepare_review_item|{work_list.id}{code}", body.why, changes=True)
    done = prepare_item(command, work_list, code, body.to_domain(), bootstrap.ledger())
    return entry_answer(done, ReviewItemView.of(done.entry))


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
            "entry_changed_meanwhile",
        ),
    ),
    Operation(
        "POST",
        f"{LIST}/catalogue",
        enter_review_catalogue,
        CatalogueEnteredView,
        "staff",
        "Đưa mọi thủ tục của đơn vị còn thiếu vào danh mục rà soát, mỗi lần tối đa 40",
        "Put all of the department's procedures that are missing on the work-list, 40 at a time",
        body=EnterCatalogueRequest,
        status=201,
        command=True,
        refusals=(
            *("role_needed", "review_order_unknown", "review_not_in_scope", "entry_not_found"),
            *("entry_changed_meanwhile", "review_nothing_to_list", "review_refused", "review_of_other_department"),
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
        refusals=(
            *AMENDING_REFUSALS,
            "review_order_unknown",
            "review_move_not_allowed",
            "review_basis_or_none",
            "review_day_before_last_step",
        ),
    ),
)
