"""Describe the HTTP API as OpenAPI 3.1, from the operations that the handlers mount and the models of their bodies."""

from typing import Any

from infra.contracts import examples
from infra.contracts.http_parts import HEADERS, PROBLEM, SECURITY, TAGS
from infra.contracts.json_schema import Mode, Schema, components, slug
from infra.contracts.operations import CATALOGUE, all_operations, has_etag, path_names, problems_of
from infra.contracts.parameters import PARAMETERS, parameters_of
from infra.contracts.rule_values import VALUES, with_values
from motcua.edge.http import Operation

VERSION = "1.1.0"
"""The contract's version. A breaking change needs a new major version; additions raise the minor one."""

_DESCRIPTION = """\
Hệ thống một cửa của tỉnh: tiếp nhận, chuyển, giải quyết và trả kết quả hồ sơ thủ tục hành chính.
Danh mục đơn vị, thủ tục, quy định, lịch làm việc: ai cũng đọc được; thay đổi phải nêu lý do và được lưu vết.
Giờ là ISO 8601 có múi giờ; ngày theo luật là ngày ở Việt Nam. Lệnh cần `Idempotency-Key`; lệnh trên cái đã có cần
thêm `If-Match`. Lỗi theo RFC 9457. Trường lạ trong câu trả lời thì bỏ qua; trường lạ trong yêu cầu bị từ chối.

The province's one-stop system: receive, transfer, process and return dossiers of administrative procedures.
The registry of units, procedures, rules and the working calendar is read by anybody; each change says why, and is kept.
Times are ISO 8601 with zone; dates of law are days in Viet Nam. Commands need `Idempotency-Key`, those on what exists
already `If-Match`, too. Errors follow RFC 9457. Ignore unknown fields in answers; unknown fields in requests are refused.
"""

_SIGN_IN = {"staff": "staffSignIn", "portal": "portalClient", "partner": "partnerSignature"}
_WORDS = {
    200: "Thành công · Done",
    201: "Đã tạo · Created",
    202: "Đã nhận, xử lý sau · Kept, worked on later",
}
_RETRY = (429, 503)


def document() -> Schema:
    """Return the whole document, in a fixed order."""
    operations = all_operations()
    requests, answers = examples.requests(), examples.answers()
    paths: dict[str, Schema] = {}
    for operation in operations:
        described = _operation(operation, requests.get(operation.name), answers[operation.name])
        paths.setdefault(operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Một cửa · One-stop dossiers",
            "version": VERSION,
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [
            {
                "url": "https://{api}.execute-api.{region}.amazonaws.com/v1",
                "description": "Địa chỉ do `make deploy` in ra (ApiUrl) · The address that `make deploy` prints (ApiUrl)",
                "variables": {"api": {"default": "api-id"}, "region": {"default": "ap-southeast-1"}},
            }
        ],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {
            "securitySchemes": SECURITY,
            "parameters": dict(sorted(PARAMETERS.items())),
            "headers": dict(sorted(HEADERS.items())),
            "responses": _shared_problems(operations),
            "schemas": dict(sorted((with_values(components(_models(operations))) | {"Problem": PROBLEM}).items())),
        },
        "x-problems": {
            f"urn:motcua:problem:{slug(code)}": {"status": problem.status, "vi": problem.vi, "en": problem.en}
            for code, problem in sorted(CATALOGUE.items())
        },
    }


def _models(operations: list[Operation]) -> list[tuple[Any, Mode]]:
    """Return every model once per direction, sorted so that pydantic always names them the same."""
    inward = {model for operation in operations if (model := operation.body or operation.documents)}
    outward = {operation.answer for operation in operations}
    sent: list[tuple[Any, Mode]] = [(model, "validation") for model in inward]
    told: list[tuple[Any, Mode]] = [(model, "serialization") for model in outward]
    return sorted(sent + told + VALUES, key=lambda pair: (pair[0].__name__, pair[1]))


def _operation(operation: Operation, request: Any, answer: Any) -> Schema:
    described: Schema = {
        "operationId": operation.name,
        "tags": [operation.audience],
        "summary": f"{operation.vi} · {operation.en}",
        "security": _security(operation),
        "parameters": [
            {"$ref": f"#/components/parameters/{name}"} for name in parameters_of(operation, path_names(operation))
        ],
    }
    if model := operation.body or operation.documents:
        described["requestBody"] = {
            "required": operation.documents is not None
            or any(spec.is_required() for spec in model.model_fields.values()),
            "content": {"application/json": {"schema": _reference(model.__name__), "example": request}},
        }
    return described | {"responses": {str(operation.status): _success(operation, answer)} | _problems(operation)}


def _security(operation: Operation) -> list[Schema]:
    scheme = _SIGN_IN.get(operation.audience)
    return [{scheme: [operation.scope] if operation.scope else []}] if scheme else []


def _success(operation: Operation, answer: Any) -> Schema:
    headers = ["X-Correlation-Id"]
    headers += ["ETag"] if has_etag(operation) else []
    headers += ["Location"] if operation.status == 201 else []
    headers += ["Idempotency-Replayed"] if operation.command else []
    headers += ["Link"] if "cursor" in operation.query else []
    return {
        "description": _WORDS[operation.status],
        "headers": _headers(headers),
        "content": {"application/json": {"schema": _reference(operation.answer.__name__), "example": answer}},
    }


def _problems(operation: Operation) -> Schema:
    """Return one response per status with its possible problems in both languages.

    Statuses with one problem are shared.
    """
    return {
        str(status): {"$ref": f"#/components/responses/{slug(codes[0])}"}
        if len(codes) == 1
        else _problem(status, codes)
        for status, codes in _by_status(operation)
    }


def _shared_problems(operations: list[Operation]) -> Schema:
    found = [pair for operation in operations for pair in _by_status(operation) if len(pair[1]) == 1]
    return {slug(codes[0]): _problem(status, codes) for status, codes in sorted(found)}


def _by_status(operation: Operation) -> list[tuple[int, list[str]]]:
    by_status: dict[int, list[str]] = {}
    for code in problems_of(operation):
        by_status.setdefault(CATALOGUE[code].status, []).append(code)
    return sorted((status, sorted(codes)) for status, codes in by_status.items())


def _problem(status: int, codes: list[str]) -> Schema:
    lines = [f"`{slug(code)}`: {CATALOGUE[code].vi} · {CATALOGUE[code].en}" for code in codes]
    types = [f"urn:motcua:problem:{slug(code)}" for code in codes]
    narrowed = {"properties": {"type": {"enum": types}, "status": {"const": status}}}
    headers = ["X-Correlation-Id", "Content-Language"] + (["Retry-After"] if status in _RETRY else [])
    return {
        "description": "\n\n".join(lines),
        "headers": _headers(headers),
        "content": {"application/problem+json": {"schema": {"allOf": [_reference("Problem"), narrowed]}}},
    }


def _headers(names: list[str]) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
