"""Put the value schemas of all kinds of rules where the models only have a dictionary."""

from infra.contracts.json_schema import Mode, Schema
from motcua.contracts.rules.kinds import value_model
from motcua.domain.rules.kinds import KINDS

_MODES: tuple[Mode, Mode] = ("validation", "serialization")

VALUES = [(value_model(kind), mode) for kind in KINDS for mode in _MODES]
"""Models to describe besides those of the operations."""


def with_values(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """Return the schemas with the fields of each kind wherever a rule is written or read.

    They use `anyOf` because kinds without fields look alike; `kind` says which one applies.
    """
    for name, suffix in (("Rule", "Request"), ("RuleView", "View")):
        properties = schemas[name]["properties"]
        whole = {key: each for key, each in properties["value"].items() if key in ("default", "description")}
        properties["value"] = whole | {"anyOf": [_reference(schemas, kind, suffix) for kind in KINDS]}
    return schemas


def _reference(schemas: dict[str, Schema], kind: str, suffix: str) -> Schema:
    model = value_model(kind).__name__
    name = f"{model}{suffix}" if f"{model}{suffix}" in schemas else model  # one schema if both are alike
    return {"$ref": f"#/components/schemas/{name}", "description": f"kind = {kind}"}
