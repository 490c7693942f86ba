"""Tables as they were compiled from public records, translated into the registry's own columns.

They refer to units by name, not by id, and leave out what follows from other rows: the province and the one-stop unit
of each committee.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

from infra.registry.cells import joined
from infra.registry.files import Row, Sheet
from infra.registry.findings import Findings
from infra.registry.kinds import TABLES
from infra.registry.table import Known, Table
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.unit import UnitKind

BEGINS = "2020-01-01"
"""The first day of this registry: units are valid and procedures are received from this day on [ours]."""

DISTRICTS_END = "2025-06-30"
"""Since 1 July 2025 there is no district level, and the province is part of Hải Phòng."""

PROVINCE_ID, CENTRE_ID, PROVINCE_GSO_CODE = "tinh", "mc-tinh", "30"

Cells = dict[str, str]


def translated(sheet: Sheet, known: Known) -> tuple[Table, Sheet] | None:
    """Return the file in a table's own columns, or None when it is no such file.

    Raises BadFileError when a name belongs to no unit.
    """
    for columns, name, translate in _SHAPES:
        if sheet.format == "csv" and set(sheet.columns) == columns:
            findings = Findings()
            table = TABLES[name]
            rows = tuple(_in_columns(table, row) for row in translate(sheet, known, findings))
            findings.stop()
            return table, Sheet("csv", table.header, rows)
    return None


def _in_columns(table: Table, row: Row) -> Row:
    return replace(row, values=dict.fromkeys(table.header, "") | row.values)


def _units(sheet: Sheet, known: Known, findings: Findings) -> Iterator[Row]:
    ids: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in sheet.rows:
        ids[row.values["name_vi"]].append((_unit_id(row.values), row.values["kind"]))
    province = sheet.rows[0]
    yield Row(province.line, _province(province.values))
    ids[province.values["parent_vi"]].append((PROVINCE_ID, "province"))
    departments = [_unit_id(row.values) for row in sheet.rows if row.values["kind"] == "department"]
    for row in sheet.rows:
        given = row.values
        # Communes share names with each other, never with a unit's parent.
        above = [unit_id for unit_id, kind in ids[given["parent_vi"]] if kind != "commune"]
        if len(above) != 1:
            code = "name_of_two_units" if above else "name_of_no_unit"
            findings.add(row.line, "parent_vi", code, name=given["parent_vi"])
            continue
        unit = _unit(given) | {"parent_id": above[0]}
        if given["kind"] == "one_stop":
            unit |= {"level": "tinh", "serves": joined(departments)}
        yield Row(row.line, unit, {"identifier": "identifier_sample", "parent_id": "parent_vi"})
        if given["kind"] in ("district", "commune"):
            yield Row(row.line, _counter_of(unit))


def _unit(given: Cells) -> Cells:
    kept = {name: given[name] for name in ("kind", "name_vi", "short_name_vi", "gso_code", "evidence")}
    return kept | {
        "id": _unit_id(given),
        "level": {"district": "huyen", "commune": "xa"}.get(given["kind"], "tinh"),
        "identifier": given["identifier_sample"],
        "identifier_is_sample": "yes" if given["identifier_sample"] else "no",
        "valid_from": BEGINS,
        "valid_to": DISTRICTS_END if given["kind"] == "district" else "",
    }


def _province(first: Cells) -> Cells:
    """Return the province's own row, under the name that its departments give."""
    identifier = first["identifier_sample"].rpartition(".")[2]
    return {
        "id": PROVINCE_ID,
        "kind": "province",
        "level": "tinh",
        "name_vi": first["parent_vi"],
        "short_name_vi": "UBND tỉnh",
        "gso_code": PROVINCE_GSO_CODE,
        "identifier": f"000.00.00.{identifier}",
        "identifier_is_sample": "yes",
        "valid_from": BEGINS,
        "valid_to": DISTRICTS_END,
        "evidence": "public",
    }


def _counter_of(committee: Cells) -> Cells:
    """Return the one-stop unit of a committee, which has the same identifier."""
    return committee | {
        "id": f"mc-{committee['id']}",
        "kind": "one_stop",
        "name_vi": f"Bộ phận Một cửa {committee['name_vi']}",
        "short_name_vi": f"Một cửa {committee['short_name_vi']}",
        "gso_code": "",
        "parent_id": committee["id"],
        "serves": committee["id"],
        "evidence": "derived",
    }


def _unit_id(given: Cells) -> str:
    match given["kind"]:
        case "district":
            return f"h{given['gso_code']}"
        case "commune":
            return f"x{given['gso_code']}"
        case "one_stop":
            return CENTRE_ID
    short = unicodedata.normalize("NFD", given["short_name_vi"].removesuffix(" tỉnh").lower().replace("đ", "d"))
    return "".join(letter if letter.isalnum() else "-" for letter in short if not unicodedata.combining(letter))


def _procedures(sheet: Sheet, known: Known, findings: Findings) -> Iterator[Row]:
    departments = {
        entry.thing.name_vi: entry.id
        for entry in known.of(EntryKind.UNIT).values()
        if entry.thing.kind is UnitKind.DEPARTMENT
    }
    called = {"levels": "level", "limit_count": "limit", "components": "components_vi", "agency_id": "owner_vi"}
    for row in sheet.rows:
        given = row.values
        kept = ("code", "name_vi", "field_vi", "owner_vi", "limit_unit", "fee_vnd", "post_in", "post_out", "values_of")
        procedure = {name: given[name] for name in (*kept, "evidence")} | {
            "version": "1",
            "kind": "tthc",
            "levels": joined(_parts(given["level"], ";")),
            "limit_count": given["limit"],
            "after_supplement": "RESTART",
            "sensitive": "no",
            "counts_in_department": "no",
            "components": joined(_parts(given["components_vi"], "|")),
            "published_on": BEGINS if given["code_known_in_2020"] == "yes" else "",
        }
        if "tinh" in _parts(given["level"], ";"):
            agency = _department_of(given["owner_vi"], departments)
            if not agency:
                findings.add(row.line, "owner_vi", "owner_of_no_department", owner=given["owner_vi"])
                continue
            procedure |= {"agency_id": agency[0], "counts_in_department": "yes" if agency[1] else "no"}
        yield Row(row.line, procedure, called)


def _department_of(owner: str, departments: dict[str, str]) -> tuple[str, bool] | None:
    """Return the department of an owner, and whether the owner is only a part of it (with its parent in brackets).

    A part counts in its department at every level.
    """
    for name, unit_id in departments.items():
        if owner.partition(";")[0].strip() == name:
            return unit_id, False
        if f"({name})" in owner:
            return unit_id, True
    return None


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


Translate = Callable[[Sheet, Known, Findings], Iterator[Row]]

_SHAPES: tuple[tuple[frozenset[str], str, Translate], ...] = (
    (
        frozenset(("kind", "name_vi", "short_name_vi", "gso_code", "parent_vi", "identifier_sample", "evidence")),
        "units",
        _units,
    ),
    (
        frozenset(
            (
                *("code", "name_vi", "field_vi", "level", "owner_vi", "limit", "limit_unit", "fee_vnd", "post_in"),
                *("post_out", "components_vi", "values_of", "code_known_in_2020", "evidence"),
            )
        ),
        "procedures",
        _procedures,
    ),
)
"""The shapes by header. Days off, status codes and the post's provinces already have the registry's own columns."""
