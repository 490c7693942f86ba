"""DynamoDB's attribute values to and from plain Python. boto3 has this too, but loading boto3 costs a cold start 20 ms."""

from collections.abc import Mapping
from typing import Any


def attribute(value: object) -> dict[str, Any]:
    """One attribute value. Numbers are integers only: money, percent and moments are kept as text."""
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
    """A whole item, without the fields that are None or empty text: absent says the same and costs nothing."""
    return {name: attribute(value) for name, value in fields.items() if value is not None and value != ""}


def plain(value: Mapping[str, Any]) -> Any:
    """The Python value of one attribute value."""
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
    """The plain fields of an item."""
    return {name: plain(value) for name, value in content.items()}
