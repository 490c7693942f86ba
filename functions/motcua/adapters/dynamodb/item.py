"""DynamoDB's attribute values to and from plain Python. boto3 has this, too, but costs a cold start 20 ms."""

from collections.abc import Mapping
from typing import Any

MOST_BYTES = 400 * 1024
"""DynamoDB's limit of one item."""


def attribute(value: object) -> dict[str, Any]:
    """Return one attribute value. Numbers are integers only: money, percentages and moments are kept as text."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(int(value))}
        case str():
            return {"S": str(value)}
        case Mapping():
            return {"M": item(value)}
        case list() | tuple():
            return {"L": [attribute(each) for each in value]}
    raise TypeError(f"no attribute value for {type(value).__name__}")


def item(fields: Mapping[str, object]) -> dict[str, Any]:
    """Return a whole item without fields that are None or empty text: absence says the same and costs nothing."""
    return {name: attribute(value) for name, value in fields.items() if value is not None and value != ""}


def size(content: Mapping[str, Any]) -> int:
    """Return an item's bytes as DynamoDB counts them: names, values, 3 for a list or map, 1 for each of its entries."""
    return sum(len(name.encode()) + _size(value) for name, value in content.items())


def _size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return len(content) // 2 + 2  # half a byte a digit, rounded up: the exact rule is not published
        case "M":
            return 3 + len(content) + size(content)
        case "L":
            return 3 + len(content) + sum(_size(each) for each in content)
    return 1


def plain(value: Mapping[str, Any]) -> Any:
    """Return the Python value of one attribute value."""
    ((kind, content),) = value.items()
    match kind:
        case "S" | "BOOL":
            return content
        case "N":
            return int(content)
        case "NULL":
            return None
        case "M":
            return fields(content)
        case "L":
            return [plain(each) for each in content]
    raise TypeError(f"unexpected attribute type {kind}")


def fields(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plain fields of an item."""
    return {name: plain(value) for name, value in content.items()}
