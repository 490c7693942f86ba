"""What stands in one cell of a table, to and from the plain values of a contract; an empty cell is nothing said."""

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
    """A form of cells. `read` raises ValueError for a text that is not `expected`; empty cells are not read."""

    expected: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, the form of its cells, and where in the contract its value stands."""

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
    """Without an exponent, as a person writes it."""
    return f"{Decimal(str(value)):f}"


def listed(text: str) -> list[str]:
    """The parts between bars; a bar within a part is written `\\|`, a backslash `\\\\`."""
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
    """A name that ends as a count does is followed by its own, so that it is read again as it was. `!` = its original is
    handed in at the return."""
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
    """Without what is empty, and nothing at all for none."""
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
    """A column whose value stands in the contract's field `at` (`limit/count`), else in the field of its own name."""
    return Column(name, cell, tuple((at or name).split("/")), optional)
