"""Check answers against the published contract, for tests of handlers and of the embedded stack: `assert_matches`."""

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from infra.contracts.breaking import METHODS, Side

SCHEMAS = Path(__file__).parents[2] / "schemas"


@functools.cache
def published() -> dict[str, Any]:
    """Return `schemas/openapi.json` of the checkout."""
    document: dict[str, Any] = json.loads((SCHEMAS / "openapi.json").read_text(encoding="utf-8"))
    return document


@functools.cache
def operations() -> dict[str, dict[str, Any]]:
    """Return operationId → the operation."""
    return {
        operation["operationId"]: operation
        for item in published()["paths"].values()
        for method, operation in item.items()
        if method in METHODS
    }


def operation_at(method: str, path: str) -> str | None:
    """Return the operationId that a call of `path` reaches, or None when the contract has no such route."""
    for template, item in published()["paths"].items():
        if method.lower() in item and re.fullmatch(re.sub(r"\\{.*?\\}", "[^/]+", re.escape(template)), path):
            return str(item[method.lower()]["operationId"])
    return None


def assert_matches(operation: str, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
    """Fail unless `operation` may answer `status` with this body, no field of it undeclared, and with these headers."""
    responses = operations()[operation]["responses"]
    assert str(status) in responses, f"{operation} is not documented to answer {status}: {body}"
    response = _side().resolve(responses[str(status)])
    (content,) = response["content"].values()
    errors = [f"{error.json_path}: {error.message}" for error in validator(content["schema"]).iter_errors(body)]
    assert not errors, f"{operation} {status}: {errors}"
    silent = sorted(undeclared(content["schema"], body))
    assert not silent, f"{operation} {status}: not in the contract: {silent}"
    if headers is not None:
        sent = {name.lower() for name in headers}
        wanted = {name for name, header in response["headers"].items() if _side().resolve(header)["required"]}
        missing = sorted(name for name in wanted if name.lower() not in sent)
        assert not missing, f"{operation} {status}: headers {missing} are missing"


def validator(schema: Any) -> Draft202012Validator:
    """Return a validator of one schema of the document, whose `$ref`s start at the document."""
    return Draft202012Validator({**schema, "components": published()["components"]}, format_checker=FormatChecker())


def undeclared(schema: Any, value: Any, where: str = "") -> Iterator[str]:
    """Yield the fields of `value` that the contract does not declare."""
    variants = _side().variants(schema)
    if isinstance(value, list):
        items: Any = next((each["items"] for each in variants if "items" in each), {})
        for each in value:
            yield from undeclared(items, each, f"{where}/-")
    elif isinstance(value, dict):
        declared = [each["properties"] for each in variants if each.get("properties")]
        for name in value if declared else ():
            inner = next((properties[name] for properties in declared if name in properties), None)
            if inner is None:
                yield f"{where}/{name}"
            else:
                yield from undeclared(inner, value[name], f"{where}/{name}")


def _side() -> Side:
    return Side(published())
