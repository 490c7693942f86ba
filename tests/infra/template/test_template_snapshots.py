"""SnapStart: off unless asked for, published as a whole, and nothing in a snapshot that must not be the same twice."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.kit.template import function_behind, functions, properties, routes, written

ROOT = Path(__file__).parents[3]
HTTP = sorted({function_behind(operation) for operation in routes().values()})
RESTORED = """
import random, sys, types

called = []
sys.modules["snapshot_restore_py"] = types.SimpleNamespace(register_after_restore=called.append)
import motcua.bootstrap

snapshot = random.getstate()

def restored():
    random.setstate(snapshot)
    for each in called:
        each()
    return random.getstate()

assert restored() != restored(), "two environments of one snapshot wait the same"
"""
EMPTY = """
import importlib, sys

importlib.import_module(sys.argv[1])
from motcua import bootstrap
from motcua.adapters import clients

kept = {name: part.cache_info().currsize for name, part in vars(bootstrap).items() if hasattr(part, "cache_info")}
kept |= {name: part.cache_info().currsize for name, part in vars(clients).items() if hasattr(part, "cache_info")}
assert len(kept) > 10
assert not any(kept.values()), kept
"""


def _run(program: str, *arguments: str, **environment: str) -> None:
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "functions")}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=bare | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _resource(function: str, kind: str) -> dict[str, Any]:
    resource: dict[str, Any] = written()["Resources"][function.removesuffix("Function") + kind]
    return resource


def test_it_is_off_unless_asked_for() -> None:
    assert written()["Parameters"]["SnapStart"]["Default"] == "off"
    assert written()["Conditions"]["SnapStarted"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "SnapStart"}, "off"]}]}


def test_the_functions_behind_the_api_start_from_a_snapshot_and_no_other() -> None:
    started = {name: function["SnapStart"] for name, function in functions().items() if "SnapStart" in function}
    assert sorted(started) == HTTP
    for each in started.values():
        assert each == {"ApplyOn": {"Fn::If": ["SnapStarted", "PublishedVersions", "None"]}}


def test_each_release_publishes_a_version_that_the_gateway_then_calls() -> None:
    """A version is published anew when its description changes, which Lambda does only when the function changed, too."""
    for function in HTTP:
        named, version, alias = {"Ref": function}, _resource(function, "Version"), _resource(function, "Alias")
        assert version["Condition"] == alias["Condition"] == "SnapStarted"
        assert version["Properties"] == {"FunctionName": named, "Description": {"Ref": "SnapStart"}}
        release = ["SnapStarted", {"Ref": "SnapStart"}, {"Ref": "AWS::NoValue"}]
        assert properties(function)["Description"] == {"Fn::If": release}
        published = {"Fn::GetAtt": [function.removesuffix("Function") + "Version", "Version"]}
        assert alias["Properties"] == {"Name": "live", "FunctionName": named, "FunctionVersion": published}
    for operation in routes().values():
        _, filled_in = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        function = function_behind(operation)
        alias_of_it = {"Ref": function.removesuffix("Function") + "Alias"}
        assert filled_in["Function"]["Fn::If"] == ["SnapStarted", alias_of_it, {"Fn::GetAtt": [function, "Arn"]}]


def test_what_is_random_differs_in_environments_that_start_from_one_snapshot() -> None:
    _run(RESTORED, AWS_LAMBDA_INITIALIZATION_TYPE="snap-start")


def test_our_own_waits_do_not_follow_the_generator_that_is_in_the_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    from motcua import bootstrap

    waited: list[float] = []
    monkeypatch.setattr("motcua.bootstrap.time.sleep", waited.append)
    for _ in range(2):
        random.seed(1)
        bootstrap.pause(5)
    assert waited[0] != waited[1]


@pytest.mark.parametrize("function", HTTP)
def test_a_snapshot_holds_no_client_no_secret_and_nothing_of_the_registry(function: str) -> None:
    """It is taken when the handler's module is loaded: what is read then would be as old as the release."""
    _run(EMPTY, functions()[function]["Handler"].removesuffix(".handler"))
