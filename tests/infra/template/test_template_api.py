"""Facts of the HTTPS API, where it matters on the template that SAM makes: the embedded engine ignores some of them."""

import json
from typing import Any

import pytest

from infra.contracts.gateway import definition as generated
from tests.kit.template import definition, properties, resources, routes, transformed, written

METHODS = {"get", "post", "put", "patch", "delete"}
# Everybody may call these: tracking asks for number and identity number, a callback and a link prove themselves by their
# signature, and what the registry says is for all to read.
REGISTRY = {
    ("get", path)
    for path in (
        "/procedures",
        "/procedures/{code}",
        "/procedures/{code}/versions",
        "/units",
        "/units/{unit_id}",
        "/rules",
        "/rules/{rule_id}",
        "/calendars/{year}",
    )
}
BY_LINK = {("post", "/return-channel-choices"), ("post", "/return-channel-choices/preview")}
PUBLIC = {("post", "/tracking"), ("post", "/partners/{partner}/callbacks")} | BY_LINK | REGISTRY
PORTAL = {
    ("post", "/portal/dossiers"): "portal/submit",
    ("get", "/portal/dossiers/{dossier_id}"): "portal/read",
    ("get", "/portal/dossiers/{dossier_id}/deadline"): "portal/read",
    ("get", "/portal/dossiers/{dossier_id}/timeline"): "portal/read",
    ("put", "/portal/dossiers/{dossier_id}/return-channel"): "portal/choose",
    ("post", "/portal/dossiers/{dossier_id}/return-channel-link"): "portal/choose",
    ("post", "/portal/dossiers/{dossier_id}/withdrawal"): "portal/choose",
}
GATEWAY_MADE = {
    "UNAUTHORIZED": 401,
    "ACCESS_DENIED": 403,
    "MISSING_AUTHENTICATION_TOKEN": 404,
    "RESOURCE_NOT_FOUND": 404,
    "REQUEST_TOO_LARGE": 413,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "THROTTLED": 429,
    "BAD_REQUEST_BODY": 400,
    "BAD_REQUEST_PARAMETERS": 400,
    "DEFAULT_4XX": None,
    "DEFAULT_5XX": None,
}


def _body() -> dict[str, Any]:
    ((_, api),) = resources("AWS::ApiGateway::RestApi", transformed()).items()
    body: dict[str, Any] = api["Properties"]["Body"]
    return body


def _security() -> dict[tuple[str, str], Any]:
    return {
        (method, path): operation.get("security", _body().get("security"))
        for path, operations in _body()["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    }


def _responses() -> dict[str, Any]:
    responses: dict[str, Any] = _body()["x-amazon-apigateway-gateway-responses"]
    return responses


def test_every_route_is_explicit() -> None:
    assert [route for route in routes() if route[0] not in METHODS or "+}" in route[1]] == []


def test_the_api_is_what_the_operations_make() -> None:
    assert definition() == generated()


def test_every_route_of_the_definition_is_deployed_and_no_other() -> None:
    assert set(_security()) == set(routes())


def test_every_route_has_authentication_or_is_on_the_public_list() -> None:
    assert {route for route, security in _security().items() if security in (None, [], [{"NONE": []}])} == PUBLIC


def test_the_portal_needs_the_scope_of_each_route() -> None:
    scoped = {route: security[0]["PortalAuthorizer"][0] for route, security in _security().items() if route in PORTAL}
    assert scoped == PORTAL


def test_every_other_route_is_for_staff() -> None:
    for route, security in _security().items():
        if route not in PUBLIC and route not in PORTAL:
            assert security == [{"StaffAuthorizer": []}], route


def test_both_authorizers_ask_the_same_user_pool() -> None:
    for scheme in ("StaffAuthorizer", "PortalAuthorizer"):
        authorizer = _body()["components"]["securitySchemes"][scheme]["x-amazon-apigateway-authorizer"]
        assert authorizer == {"type": "cognito_user_pools", "providerARNs": [{"Fn::GetAtt": ["UserPool", "Arn"]}]}


def test_bodies_reach_the_function_byte_for_byte() -> None:
    assert properties("Api")["BinaryMediaTypes"] == ["application/json"]
    assert _body()["x-amazon-apigateway-binary-media-types"] == ["application/json"]


def test_a_route_that_calls_another_version_is_deployed_even_when_its_text_is_the_same() -> None:
    """SAM makes a deployment when the definition's text changes; SnapStart, a parameter, changes what it stands for."""
    assert properties("Api")["AlwaysDeploy"] is True


def test_the_api_has_one_stage() -> None:
    ((_, stage),) = resources("AWS::ApiGateway::Stage", transformed()).items()
    assert stage["Properties"]["StageName"] == "v1"


def test_what_the_gateway_answers_by_itself_is_set() -> None:
    set_by_us = {name: response.get("statusCode") for name, response in _responses().items()}
    assert {name: status and int(status) for name, status in set_by_us.items()} == GATEWAY_MADE


@pytest.mark.parametrize("name", sorted(GATEWAY_MADE))
def test_what_the_gateway_answers_by_itself_is_a_problem_in_both_languages(name: str) -> None:
    response = _responses()[name]
    assert response["responseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
    problem = json.loads(response["responseTemplates"]["application/json"])
    assert problem["type"].startswith("urn:motcua:problem:")
    assert problem["title"]
    assert problem["title_en"]
    assert problem["instance"] == "$context.requestId"
    assert problem.get("status") == GATEWAY_MADE[name]


def test_who_is_throttled_learns_when_to_come_back() -> None:
    assert "gatewayresponse.header.Retry-After" in _responses()["THROTTLED"]["responseParameters"]


def test_the_access_log_names_the_route_and_nobody() -> None:
    entry = json.loads(properties("Api")["AccessLogSetting"]["Format"])
    assert set(entry.values()) == {
        "$context.requestId",
        "$context.requestTimeEpoch",
        "$context.httpMethod",
        "$context.resourcePath",
        "$context.status",
        "$context.error.responseType",
        "$context.responseLatency",
        "$context.integrationLatency",
        "$context.responseLength",
    }


def test_the_access_log_is_kept_for_a_stated_time() -> None:
    assert properties("ApiAccessLogGroup")["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_bodies_are_never_traced_into_a_log() -> None:
    for setting in properties("Api")["MethodSettings"]:
        assert not setting.get("DataTraceEnabled")
        assert setting.get("LoggingLevel", "OFF") == "OFF"


RATES = {
    (setting["HttpMethod"].lower(), setting["ResourcePath"]): setting["ThrottlingRateLimit"]
    for setting in properties("Api")["MethodSettings"]
}


@pytest.mark.parametrize(("method", "path"), sorted({("post", "/tracking")} | BY_LINK | REGISTRY))
def test_what_anybody_may_call_is_slower_than_the_rest(method: str, path: str) -> None:
    assert RATES[method, "/" + path.replace("/", "~1")] < RATES["*", "/*"]


def test_a_throttled_route_exists() -> None:
    """A limit on a path that is none holds nothing back, and nobody says so."""
    known = {(method, "/" + path.replace("/", "~1")) for method, path in routes()}
    assert set(RATES) - known == {("*", "/*")}


def test_a_place_in_a_path_has_one_name() -> None:
    """API Gateway refuses `/units/{unit}` beside `/units/{id}/inbox`; the embedded engine does not."""
    names: dict[str, set[str]] = {}
    for _, path in routes():
        steps = path.split("/")
        for place, step in enumerate(steps):
            if step.startswith("{"):
                names.setdefault("/".join(steps[:place]), set()).add(step)
    assert {place: each for place, each in names.items() if len(each) > 1} == {}


def test_the_api_can_be_found_in_the_outputs() -> None:
    assert {"ApiUrl", "RestApiId", "ApiStage", "UserPoolId", "StaffClientId", "PortalClientId", "TokenUrl"} <= set(
        written()["Outputs"]
    )
