"""The template that tests and checks read is the one that CloudFormation makes: SAM's own expansion comes to the same."""

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from infra.engine.paths import ROOT, environment_python
from infra.stack import deploy
from infra.stack.expansion import expanded, read
from tests.kit.template import TEMPLATE

BY_SAM = """
import json, sys
from samcli.lib.cfn_language_extensions.sam_integration import expand_language_extensions

parameters = {"SnapStart": "r1"}  # of a resource whose condition is false it leaves half out
made = [expand_language_extensions(each, parameters, enabled=True).expanded_template for each in json.load(sys.stdin)]
print(json.dumps(made))
"""


def _by_sam(*templates: dict[str, Any]) -> list[dict[str, Any]]:
    """SAM also fills in parameters by their defaults; hence what we have written out goes through it, too."""
    command = [str(environment_python("sam")), "-c", BY_SAM]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(templates), capture_output=True, text=True, check=True)
    made: list[dict[str, Any]] = json.loads(done.stdout)
    return made


def test_loops_are_written_out_as_sam_writes_them_out() -> None:
    as_written, ours = read(TEMPLATE), expanded(TEMPLATE)
    assert [name for name in as_written["Resources"] | as_written["Outputs"] if name.startswith("Fn::ForEach::")]
    assert [name for name in ours["Resources"] | ours["Outputs"] if name.startswith("Fn::ForEach::")] == []
    as_written["Resources"]["Api"]["Properties"].pop("DefinitionBody")
    ours["Resources"]["Api"]["Properties"].pop("DefinitionBody")
    theirs, again = _by_sam(
        as_written, ours | {"Transform": as_written["Transform"], "Mappings": as_written["Mappings"]}
    )
    for section in ("Resources", "Outputs"):
        assert list(again[section]) == list(theirs[section]) == list(ours[section])
        assert {name for name in theirs[section] if again[section][name] != theirs[section][name]} == set()


def test_the_api_s_definition_is_included_whole() -> None:
    written = read(TEMPLATE)["Resources"]["Api"]["Properties"]["DefinitionBody"]
    assert written == {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "infra/api.yaml"}}}
    assert expanded(TEMPLATE)["Resources"]["Api"]["Properties"]["DefinitionBody"] == read(ROOT / "infra" / "api.yaml")


def test_whoever_builds_and_deploys_writes_loops_out_and_lets_cloudformation_do_so() -> None:
    settings = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    for environment in ("default", "local"):
        for command in ("validate", "build", "deploy"):
            assert settings[environment][command]["parameters"]["language_extensions"] is True, (environment, command)
        allowed = settings[environment]["deploy"]["parameters"]["capabilities"].split()
        assert allowed == ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"], environment


def test_a_route_that_changes_is_built_and_deployed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [tmp_path / name for name in ("template.yaml", "samconfig.toml", "api.yaml")]
    for file in files:
        file.write_text("before", encoding="utf-8")
    monkeypatch.setattr(deploy, "ROOT", tmp_path)
    monkeypatch.setattr(deploy, "TEMPLATE", files[0])
    monkeypatch.setattr(deploy, "API", files[2])
    digests = [deploy.source_digest()]
    for file in files:
        file.write_text("after", encoding="utf-8")
        digests.append(deploy.source_digest())
    assert len(set(digests)) == 4
