"""Find dossiers by person within a unit, and list who searched."""

from motcua import bootstrap
from motcua.contracts.reading.find_dossiers import FoundView, SearchRecordsView, SearchRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.paging import asked_after, cursor_after, following
from motcua.routes.query import asked_day, check_filters
from motcua.telemetry import note
from motcua.usecases.reading.find_dossiers import Asking
from motcua.usecases.reading.find_dossiers import find_dossiers as finding
from motcua.usecases.reading.find_dossiers import read_searches as reading


def find_dossiers(request: Request, body: SearchRequest, unit_id: str) -> Answer:
    """Find dossiers. The log and the record of the search both hold the kind of value searched by and the number of hits."""
    by = staff(request.event)
    check_filters(request, ())
    asking = Asking(unit_id, by, request.stamp(by.subject), bootstrap.new_id())
    of = f"search {unit_id} {body.by.value} {body.value}"
    unit, place = bootstrap.cursors().opened(body.cursor, of) if body.cursor else ("", "")
    page = ((unit, place) if body.cursor else None, body.limit)
    found = finding(asking, body.to_domain(), page, bootstrap.finder(), bootstrap.dossiers(), bootstrap.registry())
    note(searched_by=body.by.value, hits=len(found.dossiers), record=asking.record_id)
    after = bootstrap.cursors().cursor(of, *found.after) if found.after else ""
    return Answer(FoundView.of((unit_id, body.by), found.dossiers, after, asking.stamp.occurred_at))


def list_searches(request: Request, unit_id: str) -> Answer:
    by = staff(request.event)
    check_filters(request, ("on", "limit", "cursor"))
    day, limit = asked_day(request), request.limit()
    of = f"searches {unit_id} {day}"
    records, last = reading(unit_id, day, asked_after(request, of), limit, by, bootstrap.finder())
    after = cursor_after(last, of)
    headers = following(f"/units/{unit_id}/searches", after, on=day.isoformat(), limit=limit)
    return Answer(SearchRecordsView.of(unit_id, day, records, after), headers=headers)


OPERATIONS = (
    Operation(
        "POST",
        "/units/{unit_id}/search",
        find_dossiers,
        FoundView,
        "staff",
        "Tìm hồ sơ của đơn vị theo số hồ sơ, bưu gửi, số định danh, mã số thuế, 4 số cuối điện thoại, họ tên; có ghi lại",
        "Find the unit's dossiers by number, parcel, identity number, tax code, end of phone or name; it is recorded",
        body=SearchRequest,
        refusals=(
            "unit_not_yours",
            "unknown_filter",
            "malformed_cursor",
            "malformed_number",
            "malformed_parcel",
            "malformed_identity_number",
            "malformed_tax_code",
            "malformed_phone_end",
            "name_too_short",
        ),
    ),
    Operation(
        "GET",
        "/units/{unit_id}/searches",
        list_searches,
        SearchRecordsView,
        "staff",
        "Ai đã tìm hồ sơ trong đơn vị, khi nào, theo loại thông tin gì",
        "Who searched in the unit, when, and by which kind of value",
        query=("on", "limit", "cursor"),
        refusals=("unknown_filter", "role_needed"),
    ),
)
