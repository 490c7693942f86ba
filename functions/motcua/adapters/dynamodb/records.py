"""The domain's records to and from the plain values of a row, by their field types: the domain decides what is stored.

A field at its default is left out, so that a row written before the field existed reads the same.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin

from motcua.adapters.dynamodb.stamps import utc

Reader = Callable[[Any], Any]


def plain(value: object) -> Any:
    """Return `value` as strings, integers, booleans, None, lists and dicts.

    Sets are sorted: the same record makes the same row.
    """
    if is_dataclass(value):
        return {
            field.name: plain(content)
            for field in fields(value)
            if (content := getattr(value, field.name)) is not None and content != _default(field)
        }
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case datetime():
            return utc(value)
        case date() | time():
            return value.isoformat()
        case Decimal() | Fraction():
            return str(value)
        case frozenset():
            return sorted(plain(each) for each in value)
        case tuple() | list():
            return [plain(each) for each in value]
        case Mapping():
            return {str(name): plain(content) for name, content in value.items()}
    raise TypeError(f"{type(value).__name__} is not stored")


def record(of: type, row: Mapping[str, Any]) -> Any:
    """Return the record of dataclass `of` that `row` holds. Other attributes of the row are not read."""
    readers, absent = _readers(of)
    return of(**absent | {name: read(row[name]) for name, read in readers.items() if name in row})


@cache
def _readers(of: type) -> tuple[dict[str, Reader], dict[str, Any]]:
    """Return how each field is read and, for fields without a default, what an absent one means: empty text or None."""
    bare = [field for field in fields(of) if _default(field) is MISSING]
    absent = {field.name: "" if field.type is str else None for field in bare if field.type is str or _optional(field)}
    return {field.name: _reader(field.type) for field in fields(of)}, absent


def _optional(field: "Field[Any]") -> bool:
    return type(None) in get_args(field.type)


def _default(field: "Field[Any]") -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _reader(kind: Any) -> Reader:
    """Return how a stored value of the type `kind` is read."""
    origin, of = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (known,) = [each for each in of if each is not type(None)]
        inner = _reader(known)
        return lambda value: None if value is None else inner(value)
    if origin in (tuple, frozenset):
        items = [_reader(each) for each in of if each is not Ellipsis]
        if origin is tuple and len(of) > 1 and of[1] is not Ellipsis:
            return lambda value: tuple(read(each) for read, each in zip(items, value, strict=True))
        return lambda value: origin(items[0](each) for each in value)
    if isinstance(kind, type) and is_dataclass(kind):
        return lambda value: record(kind, value)
    if isinstance(kind, type) and issubclass(kind, (date, time)):  # datetime is a date
        return kind.fromisoformat
    if isinstance(kind, type) and issubclass(kind, (Enum, Decimal, Fraction)):
        return kind
    return lambda value: value
