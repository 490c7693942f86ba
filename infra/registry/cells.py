"""Cells of a table, to and from the plain values of a contract. An empty cell says nothing."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

YES_NO = {"yes": True, "no": False}
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Cell:
    """A format of cells. `read` raises ValueError for a text that is not `expected`; empty cells are not read."""

    expected: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, the format of its cells, and the place of its value in the contract."""

    name: str
    cell: Cell
    path: tuple[str, ...]
    optional: bool = False


def _day(text: str) -> str:
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) and date.fromisoformat(text) else _none_of(text)


def _none_of(text: str) -> Any:
    raise ValueError(text)


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else _none_of(text)


def _number(text: str) -> str:
    return text if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,4})?", text) else _none_of(text)


def _number_text(value: object) -> str:
    """Return the number without an exponent, as a person writes it."""
    return f"{Decimal(str(value)):f}"


def listed(text: str) -> list[str]:
    """Return the parts between bars. A bar within a part is written `\\|`, a backslash `\\\\`."""
    parts = re.findall(r"(?:[^|\\]|\\.)+", text)
    return [re.sub(r"\\(.)", r"\1", part).strip() for part in parts if part.strip()]


def joined(parts: Iterable[str]) -> str:
    return "|".join(re.sub(r"([|\\])", r"\\\1", part) for part in parts)


_COUNTED = re.compile(
    r"(?P<name_vi>.*\S)\s*\[(?P<originals>\d{1,2}|\?)\+(?P<copies>\d{1,2}|\?)\](?P<returned>!?)", re.DOTALL
)


def _component(text: str) -> dict[str, Any]:
    match = _COUNTED.fullmatch(text)
    if match is None:
        return {"name_vi": text, "originals": None, "copies": None}
    counts = {name: None if match[name] == UNKNOWN else int(match[name]) for name in ("originals", "copies")}
    returned = {"original_at_return": True} if match["returned"] else {}
    return {"name_vi": match["name_vi"], **counts, **returned}


def _component_text(component: Mapping[str, Any]) -> str:
    """Return a component as text, so that it is read back as it was.

    A name that itself ends like a count is followed by its count. `!` says that the original is handed in at the
    return.
    """
    name, counts = component["name_vi"], (component["originals"], component["copies"])
    returned = "!" if component.get("original_at_return") else ""
    if counts == (None, None) and not returned and not _COUNTED.fullmatch(name):
        return str(name)
    originals, copies = (UNKNOWN if count is None else count for count in counts)
    return f"{name} [{originals}+{copies}]{returned}"


def _leg(text: str) -> dict[str, Any]:
    match = re.fullmatch(r"(\d{1,3}):([^:]+):([0-9.]+):([a-z_]+)", text)
    if match is None:
        raise ValueError(text)
    return {"step": int(match[1]), "agency_id": match[2], "limit": {"count": _number(match[3]), "unit": match[4]}}


def _leg_text(leg: Mapping[str, Any]) -> str:
    limit = leg["limit"]
    return f"{leg['step']}:{leg['agency_id']}:{_number_text(limit['count'])}:{limit['unit']}"


def _objects(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError(text) from None
    return found if isinstance(found, list) else _none_of(text)


def _objects_text(objects: list[dict[str, Any]]) -> str:
    """Return the objects as text without their empty fields; an empty text for no objects."""
    said = [{name: value for name, value in each.items() if value not in ("", [], None)} for each in objects]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) if said else ""


TEXT = Cell("text", str)
DAY = Cell("YYYY-MM-DD", _day)
WHOLE = Cell("0, 1, 2 …", _whole)
NUMBER = Cell("2, 2.5 …", _number, _number_text)
YES_OR_NO = Cell("yes, no", YES_NO.__getitem__, lambda value: "yes" if value else "no")
NAMES = Cell("a|b|c", listed, joined)
COMPONENTS = Cell(
    "tên [1+0]|tên [1+0]!|tên …",
    lambda text: [_component(part) for part in listed(text)],
    lambda components: joined(_component_text(each) for each in components),
)
OBJECTS = Cell("[{…}, …] (JSON)", _objects, _objects_text)
LEGS = Cell(
    "1:stp:5:working_day|2:…",
    lambda text: [_leg(part) for part in listed(text)],
    lambda legs: joined(_leg_text(each) for each in legs),
)


def column(name: str, cell: Cell = TEXT, at: str = "", *, optional: bool = False) -> Column:
    """Return a column whose value is in the contract's field `at` (`limit/count`), by default that of its own name."""
    return Column(name, cell, tuple((at or name).split("/")), optional)
