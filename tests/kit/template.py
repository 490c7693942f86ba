"""template.yaml as plain data: as written, and after SAM's transform.

Tests take their facts and their tables from here, so that none repeats the template by hand.
"""

import copy
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.stack.expansion import expanded

TEMPLATE = Path(__file__).parents[2] / "template.yaml"

Resource = dict[str, Any]


@functools.cache
def written() -> dict[str, Any]:
    """Return the template as written, with its loops expanded and the API's definition included."""
    return expanded(TEMPLATE)


@functools.cache
def transformed(stage: str = "prod") -> dict[str, Any]:
    """Return what CloudFormation deploys: the template after SAM's transform."""
    import boto3
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    template = copy.deepcopy(written())
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/package"  # as `sam deploy` leaves it
    defaults = {name: spec["Default"] for name, spec in template["Parameters"].items() if "Default" in spec}
    translator = Translator(
        managed_policy_map={}, sam_parser=Parser(), boto_session=boto3.Session(region_name="ap-southeast-1")
    )
    result: dict[str, Any] = translator.translate(
        sam_template=template,
        parameter_values={**defaults, "Stage": stage, "PartnerUrl": "https://post.example/api"},
    )
    return result


def resources(kind: str, template: dict[str, Any] | None = None) -> dict[str, Resource]:
    """Return logical id → resource, of one CloudFormation type."""
    found = (template or written())["Resources"]
    return {name: resource for name, resource in found.items() if resource["Type"] == kind}


def properties(logical_id: str, template: dict[str, Any] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (template or written())["Resources"][logical_id]["Properties"]
    return found


def functions() -> dict[str, dict[str, Any]]:
    """Return logical id → the function's properties, with those from Globals."""
    defaults = written()["Globals"]["Function"]
    return {
        name: {**defaults, **function["Properties"]}
        for name, function in resources("AWS::Serverless::Function").items()
    }


def events(kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield function, name and properties of every event of one kind (`SQS`, `DynamoDB`, `ScheduleV2`)."""
    for function, props in functions().items():
        for name, event in props.get("Events", {}).items():
            if event["Type"] == kind:
                yield function, name, event["Properties"]


def definition() -> dict[str, Any]:
    """Return the API as the gateway imports it."""
    body: dict[str, Any] = properties("Api")["DefinitionBody"]
    return body


def routes() -> dict[tuple[str, str], dict[str, Any]]:
    """Return method and path → the operation, of every route of the API."""
    return {
        (method, path): operation
        for path, operations in definition()["paths"].items()
        for method, operation in operations.items()
    }


def function_behind(operation: dict[str, Any]) -> str:
    """Return the logical id of the function that the gateway calls for a route."""
    _, filled_in = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    _, _, otherwise = filled_in["Function"]["Fn::If"]
    return target(otherwise)


def statements(role: str) -> list[dict[str, Any]]:
    return [statement for policy in properties(role)["Policies"] for statement in policy["PolicyDocument"]["Statement"]]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def target(reference: Any) -> str:
    """Return the logical id that a `Ref` or `Fn::GetAtt` points to."""
    if "Ref" in reference:
        return str(reference["Ref"])
    return str(reference["Fn::GetAtt"][0])


def table_definition(logical_id: str) -> dict[str, Any]:
    """Return the arguments of DynamoDB's CreateTable for a table of the template, except its name."""
    taken = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    return {name: copy.deepcopy(value) for name, value in properties(logical_id).items() if name in taken}
