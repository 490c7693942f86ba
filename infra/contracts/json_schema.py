"""Publish pydantic models as JSON Schema, draft 2020-12: without generated titles, with docstrings in one line."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Mode = Literal["validation", "serialization"]
Schema = dict[str, Any]


class _Plain(GenerateJsonSchema):
    """Leave out titles that only repeat the field's name, and require every field in answers."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the base class's signature
        return False

    def time_schema(self, schema: Any) -> Schema:  # noqa: ARG002 - the base class's signature
        """Describe a time of day without `format: time`, which would ask for a time zone."""
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"}

    def field_is_required(self, field: Any, total: bool) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)


def components(models: list[tuple[type[BaseModel], Mode]]) -> dict[str, Schema]:
    """Return schemas by name for OpenAPI's `components`. A model that is both sent and answered appears as both."""
    _, made = models_json_schema(
        models, ref_template="#/components/schemas/{model}", schema_generator=_Plain, by_alias=True
    )
    schemas = _tidy(made["$defs"])
    return {_name(name): _renamed(schema) for name, schema in sorted(schemas.items())}


def document(model: type[BaseModel], mode: Mode, name: str, description: str = "") -> Schema:
    """Return one schema as a document of its own. `name` becomes its `$id`."""
    made: Schema = _tidy(model.model_json_schema(mode=mode, schema_generator=_Plain))
    head = {"$schema": DIALECT, "$id": f"urn:motcua:schema:{name}", "title": made.pop("title")}
    text = description or made.get("description", "")
    made.pop("description", None)
    return head | {"description": text} | made


def _tidy(node: Any) -> Any:
    """Unwrap docstrings into one line, and leave out bounds that JSON Schema cannot express."""
    if isinstance(node, Mapping):
        return {
            key: " ".join(value.split()) if key == "description" and isinstance(value, str) else _tidy(value)
            for key, value in node.items()
            if not (key in ("ge", "le") and isinstance(value, int))
        }
    return [_tidy(each) for each in node] if isinstance(node, list) else node


def _name(name: str) -> str:
    """Return the published name of a model.

    `PersonModel-Input` is what callers send, `PersonModel-Output` what we answer; if both are alike, it is `Person`.
    """
    for mode, word in (("-Input", "Request"), ("-Output", "View")):
        if name.endswith(mode):
            return name.removesuffix(mode).removesuffix("Model") + word
    return name.removesuffix("Model")


def _renamed(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _name(value) if key == "$ref" else _renamed(value) for key, value in node.items()}
    return [_renamed(each) for each in node] if isinstance(node, list) else node


def slug(code: str) -> str:
    """Return a problem's code as written in `type`."""
    return code.replace("_", "-")
