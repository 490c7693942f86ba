"""The HTTP contract: valid, complete, in both languages, and consistent with template and code."""

import json
import re
from typing import Any

import pytest
from openapi_spec_validator import validate

from infra.contracts.operations import CATALOGUE, GATEWAY, all_operations
from tests.kit.openapi import operations, published, validator
from tests.kit.template import definition, routes

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)


def in_both_languages(text: str) -> bool:
    vi, separator, en = text.partition(" · ")
    return bool(separator and VIETNAMESE.search(vi) and en.strip())


def responses(name: str) -> dict[str, Any]:
    shared = published()["components"]["responses"]
    found = operations()[name]["responses"]
    return {
        status: shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for status, each in found.items()
    }


@pytest.mark.thorough
def test_the_document_is_valid_openapi() -> None:
    assert published()["openapi"].startswith("3.1")
    validate(published())


def test_it_describes_every_deployed_route_and_no_other() -> None:
    described = {(method, path) for path, item in published()["paths"].items() for method in item}
    assert described == set(routes())


def test_every_operation_has_its_own_id() -> None:
    assert len(operations()) == len(all_operations())


def test_every_operation_speaks_both_languages() -> None:
    texts = [(name, operation["summary"]) for name, operation in operations().items()]
    texts += [
        (name, paragraph)
        for name in operations()
        for response in responses(name).values()
        for paragraph in response["description"].split("\n\n")
    ]
    assert [said for said in texts if not in_both_languages(said[1])] == []


def test_parameters_headers_sign_in_and_tags_speak_both_languages() -> None:
    parts = published()["components"]
    texts = [
        each["description"] for kind in ("parameters", "headers", "securitySchemes") for each in parts[kind].values()
    ]
    silent = [
        text for text in texts + [tag["description"] for tag in published()["tags"]] if not in_both_languages(text)
    ]
    assert silent == []


def test_every_answer_of_4xx_and_5xx_is_a_problem_of_the_catalogue() -> None:
    refusals = [
        (name, status, response)
        for name in operations()
        for status, response in responses(name).items()
        if status >= "400"
    ]
    assert {name for name, _, _ in refusals} == set(operations())
    for name, status, response in refusals:
        ((content_type, content),) = response["content"].items()
        assert content_type == "application/problem+json", name
        problem, narrowed = content["schema"]["allOf"]
        assert problem == {"$ref": "#/components/schemas/Problem"}, name
        types = narrowed["properties"]["type"]["enum"]
        assert {published()["x-problems"][each]["status"] for each in types} == {int(status)}, name


def test_every_problem_of_the_catalogue_keeps_the_problem_s_schema() -> None:
    schema = published()["components"]["schemas"]["Problem"]
    for name, problem in published()["x-problems"].items():
        body = {"type": name, "title": problem["vi"], "status": problem["status"], "instance": "urn:motcua:request:1"}
        assert list(validator(schema).iter_errors(body)) == [], name


def test_every_example_keeps_its_schema() -> None:
    broken = []
    for name, operation in operations().items():
        holders = [operation["requestBody"]] if "requestBody" in operation else []
        holders += [response for status, response in responses(name).items() if status < "400"]
        for content in (holder["content"]["application/json"] for holder in holders):
            broken += [(name, error) for error in validator(content["schema"]).iter_errors(content["example"])]
    assert broken == []


def test_every_parameter_s_example_keeps_its_schema() -> None:
    for parameter in published()["components"]["parameters"].values():
        assert list(validator(parameter["schema"]).iter_errors(parameter["example"])) == [], parameter["name"]


def test_who_may_call_is_said_for_every_operation() -> None:
    schemes = {"staff": "staffSignIn", "portal": "portalClient", "partner": "partnerSignature", "public": None}
    for name, operation in operations().items():
        wanted = schemes[operation["tags"][0]]
        assert [list(each) for each in operation["security"]] == ([[wanted]] if wanted else []), name


def test_commands_take_a_key_and_those_on_a_dossier_its_version() -> None:
    for operation in all_operations():
        taken = {each["$ref"].rpartition("/")[2] for each in operations()[operation.name]["parameters"]}
        assert ("Idempotency-Key" in taken) == operation.command, operation.name
        assert ("If-Match" in taken) == operation.guarded, operation.name
        assert ("428" in operations()[operation.name]["responses"]) == operation.guarded, operation.name


def test_an_unknown_field_in_a_request_is_refused_by_the_schema_too() -> None:
    content = operations()["receive_dossier"]["requestBody"]["content"]["application/json"]
    misspelt = content["example"] | {"chanel_in": "counter"}
    assert [error.validator for error in validator(content["schema"]).iter_errors(misspelt)] == ["additionalProperties"]


@pytest.mark.parametrize("code", sorted(GATEWAY))
def test_what_the_gateway_answers_is_described_as_the_gateway_is_told(code: str) -> None:
    answers = definition()["x-amazon-apigateway-gateway-responses"].values()
    templates = [each["responseTemplates"]["application/json"] for each in answers]
    problems = [json.loads(template) for template in templates]
    ((status, vi, en),) = {
        (each["status"], each["title"], each["title_en"])
        for each in problems
        if each["type"] == f"urn:motcua:problem:{code.replace('_', '-')}"
    }
    assert (status, vi, en) == CATALOGUE[code][:3]
    schema = {"$ref": "#/components/schemas/Problem"}
    assert [error.message for each in problems for error in validator(schema).iter_errors(each)] == []
