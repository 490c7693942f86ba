"""Expand template.yaml as CloudFormation reads it: long forms, included files in place, loops written out.

Tests and checks read the result. `AWS::Include` and `Fn::ForEach` work as on AWS: a loop's variable is replaced in the
keys of its fragment, in the text of a `Fn::Sub` and in a `Ref`, and nowhere else. tests/infra compares this with SAM's
expansion.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

LOOP = "Fn::ForEach::"
_VARIABLE = re.compile(r"\$\{[^!}][^}]*\}")


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms (`!Ref`, `!GetAtt`, `!Sub` …) read as the long ones."""


def _long_form(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".", 1) if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _long_form)


def read(path: Path) -> dict[str, Any]:
    """Return the template as written, except for its short forms."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - it is a SafeLoader
    return loaded


def expanded(path: Path) -> dict[str, Any]:
    """Return the template after AWS::Include and AWS::LanguageExtensions, before SAM's own transform."""
    template: dict[str, Any] = _included(read(path), path.parent)
    mappings = template.pop("Mappings", {})
    for section in ("Resources", "Outputs"):
        template[section] = _written_out(template[section], {}, mappings)
    template["Transform"] = [each for each in template["Transform"] if each != "AWS::LanguageExtensions"]
    return template


def _included(value: Any, folder: Path) -> Any:
    if isinstance(value, list):
        return [_included(each, folder) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("Fn::Transform", {}).get("Name") == "AWS::Include":
        return yaml.safe_load((folder / value["Fn::Transform"]["Parameters"]["Location"]).read_text(encoding="utf-8"))
    return {name: _included(each, folder) for name, each in value.items()}


def _written_out(fragment: Mapping[str, Any], names: Mapping[str, str], mappings: Mapping[str, Any]) -> dict[str, Any]:
    """Expand a section or a loop's fragment with the variables of the loops around it."""
    made: dict[str, Any] = {}
    for key, value in fragment.items():
        if key.startswith(LOOP):
            name, collection, inner = value
            for item in collection:
                made |= _written_out(inner, {**names, name: item}, mappings)
        else:
            made[_named(key, names)] = _filled(value, names, mappings)
    return made


def _filled(value: Any, names: Mapping[str, str], mappings: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_filled(each, names, mappings) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Fn::Sub"}:
        return _substituted(value["Fn::Sub"], names, mappings)
    if set(value) == {"Ref"} and isinstance(value["Ref"], str):
        return names.get(value["Ref"], value)
    inner = {name: _filled(each, names, mappings) for name, each in value.items()}
    if set(inner) == {"Fn::FindInMap"} and all(isinstance(each, str) for each in inner["Fn::FindInMap"]):
        table, row, column = inner["Fn::FindInMap"]
        return mappings[table][row][column]
    return inner


def _substituted(text: Any, names: Mapping[str, str], mappings: Mapping[str, Any]) -> Any:
    """Return the text of a `Fn::Sub`, plain when nothing is left that only the deployed stack knows."""
    pattern, own = text if isinstance(text, list) else (text, {})
    own = _filled(own, names, mappings)
    known = {**names, **{name: each for name, each in own.items() if isinstance(each, str)}}
    pattern, own = _named(pattern, known), {name: each for name, each in own.items() if name not in known}
    if own:
        return {"Fn::Sub": [pattern, own]}
    return {"Fn::Sub": pattern} if _VARIABLE.search(pattern) else pattern


def _named(text: str, names: Mapping[str, str]) -> str:
    for name, item in names.items():
        text = text.replace(f"${{{name}}}", item)
    return text
