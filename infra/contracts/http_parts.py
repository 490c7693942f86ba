"""The shared parts of the OpenAPI document: answer headers, sign-in, the problem, tags. Vietnamese comes first."""

from infra.contracts.json_schema import Schema

HEADERS: dict[str, Schema] = {
    name: {"description": text, "schema": schema, "required": required}
    for name, text, schema, required in (
        ("ETag", "Phiên bản, để gửi lại trong If-Match · The version, for If-Match", {"type": "string"}, True),
        (
            "Location",
            "Địa chỉ của hồ sơ hoặc mục mới · Where the new dossier or entry is",
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
        "version": {"type": "integer", "description": "Of a conflict: the present version"},
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
