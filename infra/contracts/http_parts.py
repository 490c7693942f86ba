"""What operations share in the OpenAPI document: parameters, headers, sign-in, the problem, tags. Vietnamese first."""

from typing import Any

from infra.contracts.json_schema import Schema
from infra.contracts.life import CORRELATION_ID, DOSSIER_ID
from motcua.domain.figure import FactKind
from motcua.domain.status import NAMES_EN, NAMES_VI, Status

_UNIT: Schema = {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}
_STATUSES = "; ".join(f"{each.value} {NAMES_VI[each]} ({NAMES_EN[each]})" for each in Status)


def _parameter(where: str, name: str, text: str, schema: Schema, example: Any, *, required: bool = False) -> Schema:
    described = {"name": name, "in": where, "required": required or where == "path"}
    return described | {"description": text, "schema": schema, "example": example}


PARAMETERS: dict[str, Schema] = {
    # path
    "dossier_id": _parameter(
        "path",
        "dossier_id",
        "Mã hồ sơ · Id of the dossier",
        {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{16}$"},
        DOSSIER_ID,
    ),
    "unit_id": _parameter("path", "unit_id", "Mã đơn vị · Id of the unit", _UNIT, "mc-tinh"),
    "agency_id": _parameter("path", "agency_id", "Mã cơ quan giải quyết · Id of the processing agency", _UNIT, "skhdt"),
    "period": _parameter(
        "path",
        "period",
        "Tháng báo cáo · The month",
        {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        "2020-05",
    ),
    "partner": _parameter(
        "path",
        "partner",
        "Đối tác bưu chính · The postal partner",
        {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"},
        "vnpost",
    ),
    # query
    "status": _parameter(
        "query",
        "status",
        f"Trạng thái · Status: {_STATUSES}",
        {"type": "integer", "enum": [each.value for each in Status]},
        9,
        required=True,
    ),
    "limit": _parameter(
        "query",
        "limit",
        "Số hồ sơ mỗi trang · Dossiers on a page",
        {"type": "integer", "minimum": 1, "maximum": 100, "default": 50},
        50,
    ),
    "cursor": _parameter(
        "query",
        "cursor",
        "Trang sau: `next_cursor` của trang trước · Next page: `next_cursor` of the page before",
        {"type": "string"},
        "eyJ2IjoxfQ",
    ),
    "version": _parameter(
        "query",
        "version",
        "Phiên bản báo cáo; không nêu là bản mới nhất · Version of the report; the latest when left out",
        {"type": "integer", "minimum": 1, "maximum": 9999},
        2,
    ),
    "kind": _parameter(
        "query",
        "kind",
        "Con số nào của báo cáo · Which figure of the report",
        {"type": "string", "enum": [each.value for each in FactKind], "default": FactKind.RETURNED.value},
        "delivered_by_post",
    ),
    # header
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
        "ETag của hồ sơ đã đọc; hồ sơ đã thay đổi thì bị từ chối · ETag of the dossier as it was read; refused when it changed",
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

HEADERS: dict[str, Schema] = {
    name: {"description": text, "schema": schema, "required": required}
    for name, text, schema, required in (
        ("ETag", "Phiên bản, để gửi lại trong If-Match · The version, for If-Match", {"type": "string"}, True),
        (
            "Location",
            "Địa chỉ của hồ sơ mới · Where the new dossier is",
            {"type": "string", "format": "uri-reference"},
            True,
        ),
        (
            "Link",
            'Địa chỉ trang sau, `rel="next"` · Where the next page is, if there is one',
            {"type": "string"},
            False,
        ),
        (
            "Idempotency-Replayed",
            "`true`: lệnh này đã được thực hiện trước đó · The command was done before, this is its answer again",
            {"type": "string", "enum": ["true"]},
            False,
        ),
        ("X-Correlation-Id", "Mã theo dõi · The correlation id", {"type": "string"}, False),
        ("Content-Language", "Ngôn ngữ của `title` · Language of `title`", {"type": "string"}, False),
        ("Retry-After", "Gửi lại sau bao nhiêu giây · Seconds to wait", {"type": "string"}, False),
    )
}

SECURITY: dict[str, Schema] = {
    "staffSignIn": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "ID token của cán bộ (Amazon Cognito); quyền nằm trong nhóm `vai trò@đơn vị`, ví dụ `clerk@mc-tinh` · "
        "ID token of a member of staff (Amazon Cognito); rights are its groups `role@unit`: clerk, officer, head, "
        "controller, admin",
    },
    "portalClient": {
        "type": "oauth2",
        "description": "Cổng dịch vụ công, bằng thông tin của ứng dụng · The public service portal, by client credentials",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "https://sign-in.example/oauth2/token",
                "scopes": {
                    "portal/submit": "Nộp hồ sơ · Submit dossiers",
                    "portal/read": "Xem hồ sơ của người nộp · Read the citizen's own dossiers",
                    "portal/choose": "Chọn cách nhận kết quả · Choose how the result comes",
                },
            }
        },
    },
    "partnerSignature": {
        "type": "apiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": "Standard Webhooks 1.0: `v1,` và base64 của HMAC-SHA256 trên `webhook-id.webhook-timestamp.nội dung gốc`; "
        "có thể nêu nhiều chữ ký, cách nhau bằng dấu cách · `v1,` and the base64 of HMAC-SHA256 over "
        "`webhook-id.webhook-timestamp.raw body`; several may be given, separated by spaces",
    },
}

TAGS = {
    "staff": "Cán bộ Bộ phận Một cửa và cơ quan giải quyết · Staff of one-stop units and processing agencies",
    "portal": "Cổng dịch vụ công · The public service portal",
    "public": "Bất cứ ai, không cần đăng nhập · Anybody, without signing in",
    "partner": "Đối tác bưu chính · Postal partners",
}

PROBLEM: Schema = {
    "title": "Problem",
    "description": "RFC 9457. Chương trình đọc `type` và `errors[].code`, không đọc câu chữ; `x-problems` liệt kê tất cả · "
    "Programs read `type` and `errors[].code`, never the words; `x-problems` lists them all.",
    "type": "object",
    "required": ["type", "title", "instance"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:motcua:problem:[a-z0-9-]+$"},
        "title": {"type": "string"},
        "title_en": {"type": "string", "description": "Only where the gateway itself answers"},
        "status": {"type": "integer"},
        "instance": {"type": "string", "description": "The request's id, to be named when asking for help"},
        "rule": {"type": "string", "description": "The rule that refuses, and its legal basis"},
        "version": {"type": "integer", "description": "Of a conflict: the dossier's present version"},
        "status_code": {"type": "integer", "description": "Of a conflict: the dossier's present status"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message_vi", "message_en"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer to the field; empty for the whole"},
                    "code": {"type": "string", "pattern": "^[a-z0-9-]+$"},
                    "message_vi": {"type": "string"},
                    "message_en": {"type": "string"},
                },
            },
        },
    },
}
