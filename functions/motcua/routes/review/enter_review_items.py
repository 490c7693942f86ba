"""Enter a department's work-list."""

from motcua import bootstrap
from motcua.contracts.review.enter_review_items import EnterCatalogueRequest, EnterItemsRequest
from motcua.contracts.review.views import CatalogueEnteredView, ReviewActView
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.query import asked_day
from motcua.routes.registry_command import registry_command
from motcua.routes.review.read_review import LIST
from motcua.routes.review.review_procedures import acted
from motcua.telemetry import note
from motcua.usecases.review import enter_review_items as usecases
from motcua.usecases.review import read_review as reading
from motcua.usecases.review.enter_review_items import ReviewList


def enter_review_items(request: Request, order_id: str, department_id: str, body: EnterItemsRequest) -> Answer:
    work_list = ReviewList(order_id, department_id)
    command = registry_command(request, f"enter_review_items|{work_list.id}", body.why, changes=False)
    asked = [each.to_domain() for each in body.items]
    done = usecases.enter_items(command, work_list, asked, bootstrap.ledger())
    return acted(done, [each.code for each in asked], 201, at=f"/reviews/{order_id}/departments/{department_id}")


def enter_review_catalogue(request: Request, order_id: str, department_id: str, body: EnterCatalogueRequest) -> Answer:
    """Enter a work-list. The answer shows the list as it is now, also for a retried request."""
    work_list = ReviewList(order_id, department_id)
    command = registry_command(request, f"enter_review_catalogue|{work_list.id}", body.why, changes=False)
    done = usecases.enter_catalogue(command, work_list, bootstrap.registry(), bootstrap.ledger())
    note(entry=done.entry.subject, replayed=done.replayed)
    told = reading.list_items(work_list, asked_day(request), None, command.by, bootstrap.registry(), bootstrap.ledger())
    headers = {"Idempotency-Replayed": "true"} if done.replayed else {}
    headers["Location"] = f"/reviews/{order_id}/departments/{department_id}"
    return Answer(CatalogueEnteredView.of(work_list, told), 201, headers)


OPERATIONS = (
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
)
