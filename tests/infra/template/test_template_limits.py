"""What AWS allows one stack, one API and one function: limits that a deployment meets only when it is too late."""

import json
from collections import Counter
from typing import Any

from tests.kit.template import TEMPLATE, resources, transformed

LONGEST_STACK = "motcua-staging"


def _filled(value: Any) -> str:
    """A permission's source as it is deployed, of usual lengths."""
    text = value["Fn::Sub"][0] if isinstance(value, dict) and "Fn::Sub" in value else str(value)
    names = {"AWS::Partition": "aws", "AWS::Region": "ap-southeast-1", "AWS::AccountId": "1" * 12}
    for name, said in (names | {"__ApiId__": "a" * 10, "__Stage__": "*"}).items():
        text = text.replace(f"${{{name}}}", said)
    return text


def _statement(logical_id: str, permission: dict[str, Any]) -> str:
    """What a permission adds to its function's policy. CloudFormation ends names of its own with twelve letters."""
    function = f"{LONGEST_STACK}-{_function(permission)[:24]}-{'X' * 12}"
    return json.dumps(
        {
            "Sid": f"{LONGEST_STACK}-{logical_id}-{'X' * 12}",
            "Effect": "Allow",
            "Principal": {"Service": permission["Principal"]},
            "Action": permission["Action"],
            "Resource": f"arn:aws:lambda:ap-southeast-1:{'1' * 12}:function:{function}",
            "Condition": {"ArnLike": {"AWS:SourceArn": _filled(permission["SourceArn"])}},
        },
        separators=(",", ":"),
    )


def _function(permission: dict[str, Any]) -> str:
    return str(permission["FunctionName"]["Ref"])


def test_each_function_lets_its_routes_call_it_in_20_kb() -> None:
    """SAM makes a permission of each route, and a function's policy holds 20,480 bytes: about 47 routes. A function that
    nears it needs one permission for all of its routes instead."""
    size: Counter[str] = Counter()
    for logical_id, each in resources("AWS::Lambda::Permission", transformed()).items():
        size[_function(each["Properties"])] += len(_statement(logical_id, each["Properties"])) + 1
    assert size, "the routes' permissions are found"
    assert {name: bytes_ for name, bytes_ in size.items() if bytes_ > 19_500} == {}


def test_the_stack_is_one_that_cloudformation_takes() -> None:
    template = transformed()
    assert len(template["Resources"]) <= 450, "of 500"
    assert len(template["Outputs"]) <= 150, "of 200"
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
