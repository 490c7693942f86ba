"""The shortcuts of a cold start change only its time. Each is looked at in a fresh process, as Lambda starts one."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from typing import Any

from tests.kit.code import ROOT


def told_by(code: str, **environment: str) -> Any:
    """Return what a process prints that loads `handlers` first."""
    told = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-c", f"import handlers, json, sys\n{code}"]
    return json.loads(subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout)


def test_a_first_client_loads_no_documentation_and_no_metadata_of_packages() -> None:
    loaded = told_by(
        "from motcua.adapters.clients import client\n"
        "client('dynamodb')\n"
        "print(json.dumps([name for name in sys.modules if name.startswith(('botocore.docs.', 'importlib.metadata.'))]))",
        AWS_DEFAULT_REGION="ap-southeast-1",
    )
    assert set(loaded) == {"botocore.docs.docstring", "botocore.docs.utils"}


def test_who_asks_for_the_metadata_of_packages_gets_it() -> None:
    assert told_by(
        "import importlib.metadata as late\n"
        "from importlib.metadata import PackageNotFoundError, version\n"
        "names = [name for name in vars(sys.modules['importlib.metadata']) if name == 'MetadataPathFinder']\n"
        "print(json.dumps([version('pydantic'), late.version('pydantic'), late.distribution('pydantic').version,"
        " PackageNotFoundError.__name__, names]))"
    ) == [*[version("pydantic")] * 3, "PackageNotFoundError", ["MetadataPathFinder"]]


def test_who_looks_for_a_module_that_is_stood_in_for_finds_the_real_one() -> None:
    """As agents do that a layer adds."""
    names = ["importlib.metadata", "botocore.docs", "botocore.docs.docstring"]
    assert (
        told_by(f"import importlib.util\nprint(json.dumps([importlib.util.find_spec(name).name for name in {names}]))")
        == names
    )
    assert told_by(
        "import importlib.metadata._meta, botocore.docs\n"
        "from importlib.metadata import version\n"
        "print(json.dumps([version(distribution_name='pydantic'), botocore.docs.ServiceDocumenter.__name__]))"
    ) == [version("pydantic"), "ServiceDocumenter"]


def test_the_counter_reads_ahead_and_the_public_does_not() -> None:
    code = (
        "from motcua.adapters.registry.registry import DynamoRegistry\n"
        "asked = []\n"
        "DynamoRegistry.read_ahead = lambda self: asked.append(1)\n"
        "import handlers.{}\n"
        "print(json.dumps(asked))"
    )
    lambda_ = {"AWS_LAMBDA_FUNCTION_NAME": "f", "REGISTRY_MEMORY_SECONDS": "45", "REGISTRY_TABLE": "Registry"}
    assert told_by(code.format("dossier_api"), AWS_DEFAULT_REGION="ap-southeast-1", **lambda_) == [1]
    assert told_by(code.format("public_api"), AWS_DEFAULT_REGION="ap-southeast-1", **lambda_) == []
    without = lambda_ | {"REGISTRY_MEMORY_SECONDS": ""}
    assert told_by(code.format("dossier_api"), **without) == []  # the first request tells that it is missing


def test_boto3_works_beside_the_stand_ins() -> None:
    """The operator's own scripts may load a handler and boto3."""
    region = "region_name='ap-southeast-1'"
    assert told_by(
        f"import boto3\nclient, table = boto3.client('s3', {region}), boto3.resource('dynamodb', {region}).Table('T')\n"
        "print(json.dumps([client.get_object.__name__, table.name]))",
        AWS_ACCESS_KEY_ID="testing",
        AWS_SECRET_ACCESS_KEY="testing",
    ) == ["get_object", "T"]


def test_annotations_mean_what_they_meant() -> None:
    assert told_by(
        "import typing\n"
        "class Both(typing.TypedDict):\n    one: 'int | None'\n    other: 'int | None'\n"
        "hints = typing.get_type_hints(Both)\n"
        "print(json.dumps([str(hint) for hint in hints.values()]))"
    ) == ["int | None", "int | None"]


def test_rules_are_read_ahead_by_a_start_on_demand_only() -> None:
    code = (
        "from motcua import bootstrap\n"
        "asked = []\n"
        "bootstrap.registry = lambda: type('Registry', (), {'read_ahead': lambda self: asked.append(1)})()\n"
        "bootstrap.read_ahead()\n"
        "print(json.dumps(asked))"
    )
    assert told_by(code) == []
    assert told_by(code, AWS_LAMBDA_FUNCTION_NAME="dossier") == [1]
    ahead = {"AWS_LAMBDA_INITIALIZATION_TYPE": "provisioned-concurrency"}
    assert told_by(code, AWS_LAMBDA_FUNCTION_NAME="dossier", **ahead) == []
