"""The API as API Gateway imports it: routes, authorizers, the functions behind them, and the gateway's own answers.

`make schemas` writes it to infra/api.yaml, which template.yaml includes.
"""

import json
from pathlib import Path
from typing import Any

import yaml

from infra.contracts.json_schema import Schema, slug
from infra.contracts.operations import GATEWAY, mounted
from motcua.edge.http import Operation

FILE = Path(__file__).resolve().parents[1] / "api.yaml"

STAFF, PORTAL = "StaffAuthorizer", "PortalAuthorizer"
"""Both check tokens of the same pool: a person's ID token, or the portal's access token with the route's scope."""

_HEAD = """\
# The API's routes, from the operations in functions/motcua/routes. `make schemas` writes this file, `make contracts` checks it.
# A route without `security` is open to everybody. Long forms only: AWS::Include reads no !Ref.
"""

_INVOCATION = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations"

_BAD_REQUEST = ("bad_request", "Yêu cầu không hợp lệ", "The request is not valid")
_NOT_FOUND = ("not_found", "Không có gì ở địa chỉ này", "There is nothing at this address")
_COME_BACK = {"Retry-After": "5"}

_ANSWERS: tuple[tuple[str, int | None, tuple[str, str, str], dict[str, str]], ...] = (
    (
        "UNAUTHORIZED",
        401,
        ("unauthenticated", GATEWAY["unauthenticated"].vi, GATEWAY["unauthenticated"].en),
        {"WWW-Authenticate": "Bearer"},
    ),
    ("ACCESS_DENIED", 403, ("forbidden", GATEWAY["forbidden"].vi, GATEWAY["forbidden"].en), {}),
    ("MISSING_AUTHENTICATION_TOKEN", 404, _NOT_FOUND, {}),  # the gateway's name for a route that does not exist
    ("RESOURCE_NOT_FOUND", 404, _NOT_FOUND, {}),
    ("REQUEST_TOO_LARGE", 413, ("too_large", "Nội dung gửi lên quá lớn", "The body is too large"), {}),
    (
        "UNSUPPORTED_MEDIA_TYPE",
        415,
        ("unsupported_media_type", "Chỉ nhận nội dung application/json", "Only application/json is accepted"),
        {},
    ),
    (
        "THROTTLED",
        429,
        ("too_many_requests", GATEWAY["too_many_requests"].vi, GATEWAY["too_many_requests"].en),
        _COME_BACK,
    ),
    ("BAD_REQUEST_BODY", 400, _BAD_REQUEST, {}),
    ("BAD_REQUEST_PARAMETERS", 400, _BAD_REQUEST, {}),
    # All others, each with its own status.
    ("DEFAULT_4XX", None, ("bad_request", "Yêu cầu không được chấp nhận", "The request was not accepted"), {}),
    (
        "DEFAULT_5XX",
        None,
        (
            "unavailable",
            "Hệ thống tạm thời chưa trả lời được, xin thử lại sau",
            "The system cannot answer now, try again later",
        ),
        _COME_BACK,
    ),
)


def served() -> dict[str, list[Operation]]:
    """Return the operations that each HTTP handler mounts: `dossier_api` → its operations."""
    operations: dict[str, list[Operation]] = {}
    for handler, _, operation in mounted():
        operations.setdefault(handler.rpartition(".")[2], []).append(operation)
    return operations


def resource_of(handler: str) -> str:
    """Return the prefix of the handler's resources in template.yaml: `DossierApi` for dossier_api."""
    return "".join(word.capitalize() for word in handler.split("_"))


def definition() -> Schema:
    """Return OpenAPI 3.0 with API Gateway's extensions, in a fixed order."""
    routes = [(operation, handler) for handler, operations in served().items() for operation in operations]
    paths: dict[str, Schema] = {}
    for operation, handler in sorted(routes, key=lambda route: (route[0].path, route[0].method)):
        paths.setdefault(operation.path, {})[operation.method.lower()] = _method(operation, handler)
    return {
        "openapi": "3.0.1",
        "info": {"title": {"Ref": "AWS::StackName"}, "version": "1.0"},
        "paths": paths,
        "components": {"securitySchemes": {name: _authorizer() for name in (STAFF, PORTAL)}},
        "x-amazon-apigateway-gateway-responses": {
            name: _answer(status, words, headers) for name, status, words, headers in _ANSWERS
        },
    }


def text() -> str:
    """Return the content of infra/api.yaml."""
    return _HEAD + yaml.dump(definition(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


def _method(operation: Operation, handler: str) -> Schema:
    resource = resource_of(handler)
    called = {"Fn::If": ["SnapStarted", {"Ref": f"{resource}Alias"}, {"Fn::GetAtt": [f"{resource}Function", "Arn"]}]}
    return {
        "operationId": operation.name,
        **_security(operation),
        "responses": {},
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": {"Fn::Sub": [_INVOCATION, {"Function": called}]},
        },
    }


def _security(operation: Operation) -> Schema:
    """Return a route's security. Tracking, signed links, registry and partners (who sign their calls) have none."""
    doors: dict[str, Schema] = {
        "staff": {"security": [{STAFF: []}]},
        "portal": {"security": [{PORTAL: [operation.scope]}]},
        "public": {},
        "partner": {},
    }
    return doors[operation.audience]


def _authorizer() -> Schema:
    return {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {
            "type": "cognito_user_pools",
            "providerARNs": [{"Fn::GetAtt": ["UserPool", "Arn"]}],
        },
    }


def _answer(status: int | None, words: tuple[str, str, str], headers: dict[str, str]) -> Schema:
    """Return an answer that looks like the functions' own, in both languages because the gateway cannot choose one."""
    code, vi, en = words
    problem = {
        "type": f"urn:motcua:problem:{slug(code)}",
        **({"status": status} if status else {}),
        "title": vi,
        "title_en": en,
        "instance": "$context.requestId",
    }
    sent = {"Content-Type": "application/problem+json", **headers}
    return {
        **({"statusCode": str(status)} if status else {}),
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in sent.items()},
        "responseTemplates": {"application/json": json.dumps(problem, ensure_ascii=False, separators=(",", ":"))},
    }


class _Dumper(yaml.SafeDumper):
    """Blocks, but what is short on one line; nothing is written as a reference to what stands elsewhere."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base class's signature
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        short = len(json.dumps(mapping, ensure_ascii=False)) <= 90
        return super().represent_mapping(tag, mapping, flow_style=short or flow_style)

    def represent_sequence(
        self,
        tag: str,
        sequence: Any,
        flow_style: bool | None = None,  # noqa: ARG002 - the base class's signature
    ) -> yaml.SequenceNode:
        return super().represent_sequence(tag, sequence, flow_style=True)
