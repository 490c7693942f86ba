"""The parameters in the OpenAPI document, and which of them each operation takes. Vietnamese comes first."""

from typing import Any

from infra.contracts.examples.sample_life import CORRELATION_ID, DOSSIER_ID
from infra.contracts.json_schema import Schema
from motcua.domain.jobs.job import JobOutcome
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.unit import Level, UnitKind
from motcua.domain.reports.figure import FactKind
from motcua.domain.review.review_item import ReviewState
from motcua.domain.rules.kinds import ACTS, CHANNELS, KINDS
from motcua.domain.status import NAMES_EN, NAMES_VI, Status
from motcua.edge.http import Operation

_ID: Schema = {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"}
_UNIT: Schema = {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}
_CODE: Schema = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"}
_TEXT: Schema = {"type": "string", "maxLength": 200}
_SUBJECT: Schema = {"type": "string", "maxLength": 60}
_DAY: Schema = {"type": "string", "format": "date"}
_STATUSES = "; ".join(f"{each.value} {NAMES_VI[each]} ({NAMES_EN[each]})" for each in Status)
_KINDS = "; ".join(f"`{name}` {kind.vi} ({kind.en})" for name, kind in KINDS.items())

_Described = tuple[str, str, Schema, Any]
"""A parameter's key, its text, the schema of its values and an example."""


def _one_of(*values: str, **more: Any) -> Schema:
    return {"type": "string", "enum": list(values), **more}


def _number(most: int, **more: Any) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, **more}


_PATH: tuple[_Described, ...] = (
    (
        "dossier_id",
        "Mã hồ sơ · Id of the dossier",
        {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{16}$"},
        DOSSIER_ID,
    ),
    ("unit_id", "Mã đơn vị · Id of the unit", _UNIT, "mc-tinh"),
    ("agency_id", "Mã cơ quan giải quyết · Id of the processing agency", _UNIT, "skhdt"),
    ("period", "Tháng báo cáo · The month", {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}, "2020-05"),
    ("partner", "Đối tác bưu chính · The postal partner", _UNIT, "vnpost"),
    ("code", "Mã thủ tục · Code of the procedure", _CODE, "2.001610"),
    ("rule_id", "Mã quy định · Id of the rule", _ID, "target-departments"),
    ("year", "Năm · The year", {"type": "string", "pattern": "^[0-9]{4}$"}, "2020"),
    ("change_id", "Mã thay đổi lịch · Id of the calendar change", _ID, "2020-4k7w0ze2mc9rh5ta"),
    ("reorganisation_id", "Mã phương án sắp xếp · Id of the reorganisation", _ID, "sap-xep-mau-2025-07-01"),
    (
        "job_id",
        "Mã việc hàng loạt · Id of the job",
        {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{16}$"},
        "2M8CY4WJ6ZP0VNEG",
    ),
    ("order_id", "Quy định yêu cầu rà soát · Id of the rule that orders the review", _ID, "review-order-1313"),
    ("department_id", "Mã sở, ban, ngành · Id of the department", _UNIT, "skhdt"),
    ("entry_kind", "Loại mục của danh mục · Kind of entry", _one_of(*EntryKind), "unit"),
    ("entry_id", "Mã mục, mã hoá URL · Id of the entry, URL-encoded", {"type": "string", "maxLength": 200}, "h288"),
)

_QUERY: tuple[_Described, ...] = (
    ("limit", "Số mục mỗi trang · Entries on a page", _number(100, default=50), 50),
    (
        "cursor",
        "Trang sau: `next_cursor` của trang trước · Next page: `next_cursor` of the page before",
        {"type": "string"},
        "eyJ2IjoxfQ",
    ),
    ("version", "Phiên bản; không nêu là bản mới nhất · The version; the latest when left out", _number(9999), 2),
    (
        "fact_kind",
        "Con số nào của báo cáo · Which figure of the report",
        _one_of(*FactKind, default=FactKind.RETURNED.value),
        "delivered_by_post",
    ),
    ("unit_kind", "Loại đơn vị · Kind of unit", _one_of(*UnitKind), "department"),
    ("rule_kind", f"Loại quy định · Kind of rule: {_KINDS}", _one_of(*KINDS), "target"),
    ("on", "Vào ngày nào; không nêu là hôm nay · As of which day; today when left out", _DAY, "2020-04-23"),
    ("q", "Từ cần tìm, không cần dấu · Words to find; marks do not matter", _TEXT, "doanh nghiep"),
    ("field", "Lĩnh vực · Field", _TEXT, "Thành lập và hoạt động của doanh nghiệp"),
    ("level", "Cấp tiếp nhận · Level of receipt", _one_of(*Level), "tinh"),
    ("agency", "Cơ quan giải quyết · Processing agency", _UNIT, "skhdt"),
    ("parent", "Đơn vị cấp trên · The unit above", _UNIT, "tinh"),
    ("unit", "Quy định áp dụng cho đơn vị này · The rules that apply to this unit", _UNIT, "skhdt"),
    ("channel", "Kênh · Channel", _one_of(*CHANNELS), "counter"),
    ("act", "Hoạt động · Act", _one_of(*ACTS), "reception"),
    ("state", "Trạng thái rà soát vào ngày đó · State of review on that day", _one_of(*ReviewState), "proposed"),
    ("outcome", "Kết quả xử lý · What became of the dossier", _one_of(*JobOutcome), "task"),
    ("officer", "Cán bộ xử lý; `me`: của tôi · Who works on it; `me` = my own", _SUBJECT, "me"),
    ("due_within", "Đến hạn trong n ngày, kể cả hôm nay · Due within n days, today included", _number(9999), 3),
    ("due_before", "Đến hạn trước ngày này · Due before this day", _DAY, "2020-05-04"),
    ("late", "Chỉ hồ sơ quá hạn · Late ones only", _one_of("true"), "true"),
    ("procedure", "Mã thủ tục · Code of the procedure", _CODE, "2.001610"),
)


def _parameter(where: str, name: str, text: str, schema: Schema, example: Any, *, required: bool = False) -> Schema:
    described = {"name": name, "in": where, "required": required or where == "path"}
    return described | {"description": text, "schema": schema, "example": example}


PARAMETERS: dict[str, Schema] = {
    **{
        key: _parameter("path", key.removeprefix("entry_kind") or "kind", text, schema, example)
        for key, text, schema, example in _PATH
    },
    **{
        key: _parameter("query", "kind" if key.endswith("_kind") else key, text, schema, example)
        for key, text, schema, example in _QUERY
    },
    "status": _parameter(
        "query",
        "status",
        f"Trạng thái · Status: {_STATUSES}",
        {"type": "integer", "enum": [each.value for each in Status]},
        9,
        required=True,
    ),
    "Idempotency-Key": _parameter(
        "header",
        "Idempotency-Key",
        "Khoá do bên gọi đặt cho một lệnh: gửi lại cùng khoá, cùng nội dung thì nhận lại kết quả cũ, không ghi lần hai · "
        "The caller's key of one command: the same key and body again is answered the same and written once",
        {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,100}$"},
        "quay-3-2020-04-23-0001",
        required=True,
    ),
    "If-Match": _parameter(
        "header",
        "If-Match",
        "ETag của bản đã đọc; đã có thay đổi thì bị từ chối · ETag of what was read; refused when it changed meanwhile",
        {"type": "string", "pattern": '^(W/)?"?[0-9]{1,9}"?$'},
        '"3"',
        required=True,
    ),
    "X-Correlation-Id": _parameter(
        "header",
        "X-Correlation-Id",
        "Mã theo dõi đi cùng yêu cầu qua mọi hàng đợi và nhật ký · Goes with the request through all queues and logs",
        {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        CORRELATION_ID,
    ),
    "Accept-Language": _parameter(
        "header",
        "Accept-Language",
        "Ngôn ngữ của `title` khi có lỗi; mặc định tiếng Việt · "
        "Language of a problem's `title`; Vietnamese unless `en` comes first",
        {"type": "string", "default": "vi"},
        "vi",
    ),
    "X-Motcua-Citizen": _parameter(
        "header",
        "X-Motcua-Citizen",
        "Số CCCD, CMND hoặc mã số thuế của người mà Cổng đã xác thực · "
        "Identity number or tax code of the person for whom the portal vouches",
        {"type": "string", "pattern": "^([0-9]{9}|[0-9]{12}|[0-9]{10}(-[0-9]{3})?)$"},
        "030099000001",
        required=True,
    ),
    "webhook-id": _parameter(
        "header",
        "webhook-id",
        "Mã của lần báo, giữ nguyên khi gửi lại · Id of the call, the same when it is sent again",
        {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,100}$"},
        "msg_2aXk7m0QwZr9",
        required=True,
    ),
    "webhook-timestamp": _parameter(
        "header",
        "webhook-timestamp",
        "Giờ gửi, giây Unix; lệch quá 5 phút bị từ chối · Time of sending, Unix seconds; refused when more than 5 minutes off",
        {"type": "string", "pattern": "^[0-9]{1,12}$"},
        "1588563450",
        required=True,
    ),
}

_KIND = {"read_facts": "fact_kind", "list_units": "unit_kind", "list_rules": "rule_kind", "read_history": "entry_kind"}
"""The meaning of `kind` depends on the operation."""


def parameters_of(operation: Operation, path_names: list[str]) -> list[str]:
    """Return the names in `PARAMETERS` of an operation's parameters, in the order of the document."""
    names = [_KIND[operation.name] if name == "kind" else name for name in (*path_names, *operation.query)]
    if operation.audience == "portal":
        names.append("X-Motcua-Citizen")
    if operation.audience == "partner":
        names += ["webhook-id", "webhook-timestamp"]
    if operation.command:
        names.append("Idempotency-Key")
    if operation.guarded:
        names.append("If-Match")
    return [*names, "X-Correlation-Id", "Accept-Language"]
