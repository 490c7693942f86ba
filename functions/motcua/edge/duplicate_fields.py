"""Fields that a JSON body names more than once. This check is separate from the models' faults, because every body is checked."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.domain.errors import Fault

_Several = tuple[dict[str, Any], list[str]]
"""An object, kept so that no other gets its identity, and which of its fields were named more than once."""


def duplicates_in(raw: bytes) -> list[Fault]:
    """Return a fault for each field that a JSON text names more than once. Nobody can tell which of them is meant, and
    pydantic would silently take the last.

    Returns no faults for a text that is not JSON: that error is reported elsewhere.
    """
    several: dict[int, _Several] = {}

    def noted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            names = Counter(name for name, _ in pairs)
            several[id(fields)] = fields, [name for name, times in names.items() if times > 1]
        return fields

    try:
        content = json.loads(raw, object_pairs_hook=noted)
    except (ValueError, RecursionError):
        return []
    return [Fault("duplicate_field", pointer) for pointer in _pointers(content, several, "")] if several else []


def _pointers(content: object, several: Mapping[int, _Several], at: str) -> Iterator[str]:
    for name in several[id(content)][1] if id(content) in several else ():
        yield f"{at}/{escaped(name)}"
    steps = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for step, value in steps:
        yield from _pointers(value, several, f"{at}/{escaped(step)}")


def escaped(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
