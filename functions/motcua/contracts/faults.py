"""Faults of a body, one per field, each with its JSON Pointer: pydantic's errors in our words, and those that it misses."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from motcua.domain.errors import Fault
from motcua.problems import PROBLEMS

_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "literal_error": "not_allowed",
    "enum": "not_allowed",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "malformed",
    "too_short": "too_few",
    "too_long": "too_many",
}

_TYPES = {
    "string": "string",
    "int": "integer",
    "bool": "true/false",
    "model": "object",
    "dict": "object",
    "list": "array",
    "datetime": "ISO 8601 date-time with zone",
    "date": "YYYY-MM-DD",
    "time": "HH:MM",
    "fraction": "fraction, as 50/100",
    "decimal": "number",
    "finite": "number",
    "tuple": "array",
    "too": "fewer entries",
    "timezone": "ISO 8601 date-time with zone",
}


def faults_of(error: ValidationError, under: str = "") -> list[Fault]:
    """Return the faults of a request body, or of the part `under` a pointer. Inputs are never quoted: they may be personal."""
    return [_fault(each, under) for each in error.errors(include_url=False, include_input=False)]


def _fault(error: Mapping[str, Any], under: str) -> Fault:
    kind, context = error["type"], error.get("ctx", {})
    pointer = under + "".join(f"/{_escaped(step)}" for step in error["loc"])
    if kind == "json_invalid":
        return _unreadable(str(context.get("error", "")))
    if kind in PROBLEMS and kind not in _CODES:
        pointer += f"/{context['field']}" if "field" in context else ""
        return Fault(kind, pointer)
    if code := _CODES.get(kind):
        return Fault(code, pointer, {name: str(value) for name, value in context.items()})
    if kind in ("greater_than_equal", "less_than_equal"):
        return Fault("out_of_range", pointer, {"bound": str(context.get("ge", context.get("le")))})
    word = kind.partition("_")[0]
    return Fault("wrong_type", pointer, {"expected": _TYPES.get(word, word)})


def _unreadable(what: str) -> Fault:
    if "recursion" in what:
        return Fault("nested_too_deep")
    return Fault("not_utf8" if "unicode" in what or "utf" in what.lower() else "malformed_json")


def _escaped(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
