"""What a rule says depends on its kind: the schemas of all kinds, in the place where the models only know a dictionary."""

from infra.contracts.json_schema import Mode, Schema
from motcua.contracts.rules.kinds import value_model
from motcua.domain.rules.kinds import KINDS

_MODES: tuple[Mode, Mode] = ("validation", "serialization")

VALUES = [(value_model(kind), mode) for kind in KINDS for mode in _MODES]
"""Models to describe beside those that operations name."""


def with_values(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """The schemas, with the fields of each kind where a rule is written or read.

    `anyOf`, because kinds without fields look alike; which one it must be is said by `kind`.
    """
    for name, suffix in (("Rule", "Request"), ("RuleView", "View")):
        properties = schemas[name]["properties"]
        whole = {key: each for key, each in properties["value"].items() if key in ("default", "description")}
        properties["value"] = whole | {"anyOf": [_reference(schemas, kind, suffix) for kind in KINDS]}
    return schemas


def _reference(schemas: dict[str, Schema], kind: str, suffix: str) -> Schema:
    model = value_model(kind).__name__
    name = f"{model}{suffix}" if f"{model}{suffix}" in schemas else model  # one schema for both, where nothing differs
    return {"$ref": f"#/components/schemas/{name}", "description": f"kind = {kind}"}
