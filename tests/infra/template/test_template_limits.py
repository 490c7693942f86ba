"""What AWS allows one stack, one API and one function: limits that a deployment meets only when it is too late."""

import json
from collections import Counter
from typing import Any

from tests.kit.template import TEMPLATE, function_behind, resources, routes, target, transformed, written


def test_a_person_reads_the_template_from_top_to_bottom() -> None:
    assert len(TEMPLATE.read_text(encoding="utf-8").splitlines()) <= 1500


def test_one_permission_lets_a_function_be_called_on_all_of_its_routes() -> None:
    """A function's policy holds 20,480 bytes: with a permission of each route that were about 47 routes."""
    permissions = resources("AWS::Lambda::Permission", transformed())
    behind = {function_behind(operation) for operation in routes().values()}
    assert Counter(_called(each["Properties"]) for each in permissions.values()) == dict.fromkeys(behind, 1)
    for each in permissions.values():
        assert each["Properties"] | {"FunctionName": ""} == {
            "FunctionName": "",
            "Action": "lambda:InvokeFunction",
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": {
                "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/v1/*/*"
            },
        }


def _called(permission: dict[str, Any]) -> str:
    condition, alias, function = permission["FunctionName"]["Fn::If"]
    assert condition == "SnapStarted"
    assert target(alias).removesuffix("Alias") + "Function" == target(function)
    return target(function)


def test_the_stack_is_one_that_cloudformation_takes() -> None:
    template = transformed()
    assert len(template["Resources"]) <= 450, "of 500"
    assert len(template["Outputs"]) <= 150, "of 200"
    assert len(json.dumps(written())) < 900_000, "of 1,048,576 that a template may have, its loops and the API in it"
    assert TEMPLATE.stat().st_size < 400_000, "of 460,800 that a change set with a transform may have; deployed from S3"


def test_the_api_has_room_for_its_paths() -> None:
    (api,) = resources("AWS::ApiGateway::RestApi", transformed()).values()
    paths = {
        "/".join(steps[:count])
        for path in api["Properties"]["Body"]["paths"]
        for steps in [path.strip("/").split("/")]
        for count in range(1, len(steps) + 1)
    }
    assert len(paths) + 1 <= 270, "of 300 resources"
