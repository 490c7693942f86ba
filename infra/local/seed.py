"""Load the shipped data files into the Registry table: units, procedures, rules, calendars, carriers and their codes.

Rows are written as they are: a second load changes nothing. Checked before anything is written.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.local.errors import run

if TYPE_CHECKING:
    from infra.local.stack import Stack
    from motcua.domain.entry import Entry

DATA = Path(__file__).resolve().parents[2] / "data"
BATCH = 25
"""BatchWriteItem takes at most 25 items."""


def registry_entries() -> "list[Entry[Any]]":
    """Every entry that ships."""
    return [*_units(), *_procedures(), *_rules(), *_calendars(), *_carriers(), *_post_provinces()]


def seed(stack: "Stack") -> int:
    """Load a running stack's registry; how many rows."""
    return seed_registry(stack.client("dynamodb"), stack.outputs["RegistryTableName"])


def seed_registry(client: Any, table: str) -> int:
    """Write all rows; how many there are. `client` is a DynamoDB client."""
    from motcua.adapters import keys
    from motcua.adapters.item import item
    from motcua.adapters.registry_rows import row_of

    entries = registry_entries()
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        requests = [{"PutRequest": {"Item": keys.entry(each.kind, each.id) | item(row_of(each))}} for each in batch]
        pending = {table: requests}
        while pending:
            pending = client.batch_write_item(RequestItems=pending).get("UnprocessedItems") or {}
    return len(entries)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LEVELS = {
    "province": "tinh",
    "department": "tinh",
    "department_unit": "tinh",
    "vertical": "tinh",
    "district": "huyen",
    "commune": "xa",
}
"""The level of a unit by its kind; a one-stop unit has the level of whom it serves."""


def _units() -> "Iterator[Entry[Any]]":
    from motcua.domain.entry import EntryKind, new_entry
    from motcua.domain.unit import Level, Unit, UnitKind

    units = _read("units.csv")
    kinds = {unit["id"]: unit["kind"] for unit in units}
    for unit in units:
        text = {
            n: unit[n] for n in ("id", "name_vi", "short_name_vi", "gso_code", "parent_id", "identifier", "evidence")
        }
        yield new_entry(
            EntryKind.UNIT,
            unit["id"],
            Unit(
                **text,
                kind=UnitKind(unit["kind"]),
                identifier_is_sample=unit["identifier_is_sample"] == "yes",
                level=Level(LEVELS[kinds[(_list(unit["serves"]) or [unit["id"]])[0]]]),
                valid_from=date.fromisoformat(unit["valid_from"]),
                valid_to=date.fromisoformat(unit["valid_to"]) if unit["valid_to"] else None,
                serves=tuple(_list(unit["serves"])),
            ),
        )


def _procedures() -> "Iterator[Entry[Any]]":
    from motcua.domain.entry import EntryKind, new_entry
    from motcua.domain.procedure import (
        AfterSupplement,
        Component,
        LimitUnit,
        Procedure,
        ProcedureKind,
        ProcedureVersions,
        TimeLimit,
    )
    from motcua.domain.unit import Level

    for row in _read("procedures.csv"):
        text = {n: row[n] for n in ("code", "name_vi", "field_vi", "owner_vi", "agency_id", "values_of", "evidence")}
        limit = TimeLimit(Decimal(row["limit_count"]), LimitUnit(row["limit_unit"])) if row["limit_count"] else None
        version = Procedure(
            **text,
            version=1,
            kind=ProcedureKind.PROCEDURE,
            levels=frozenset(Level(each) for each in _list(row["levels"])),
            counts_in_department=row["counts_in_department"] == "yes",
            limit=limit,
            after_supplement=AfterSupplement.RESTART,
            fee_vnd=int(row["fee_vnd"]) if row["fee_vnd"] else None,
            post_in=_yes_no(row["post_in"]),
            post_out=_yes_no(row["post_out"]),
            online_level=None,
            components=tuple(Component(each) for each in _list(row["components_vi"])),
            legs=(),
            sensitive=False,
            published_on=date(2020, 1, 1) if row["published"] == "yes" else None,
        )
        yield new_entry(EntryKind.PROCEDURE, row["code"], ProcedureVersions(row["code"], (version,)))


def _rules() -> "Iterator[Entry[Any]]":
    from motcua.contracts.rules import RuleModel
    from motcua.domain.entry import EntryKind, new_entry

    for rule in json.loads((DATA / "rules.json").read_text(encoding="utf-8"))["rules"]:
        yield new_entry(EntryKind.RULE, rule["id"], RuleModel.model_validate(rule).to_domain())


def _calendars() -> "Iterator[Entry[Any]]":
    from motcua.domain.calendar import CalendarDay, CalendarYear, DayKind
    from motcua.domain.entry import EntryKind, new_entry

    years: dict[int, list[CalendarDay]] = defaultdict(list)
    for row in _read("holidays.csv"):
        day = CalendarDay(date.fromisoformat(row["date"]), DayKind(row["kind"]), row["name_vi"], row["evidence"])
        years[day.date.year].append(day)
    for year, days in years.items():
        yield new_entry(EntryKind.CALENDAR, str(year), CalendarYear(year, tuple(days)))


def _carriers() -> "Iterator[Entry[Any]]":
    from motcua.domain.carrier import Carrier, CarrierCode
    from motcua.domain.entry import EntryKind, new_entry

    for row in _read("carriers.csv"):
        yield new_entry(EntryKind.CARRIER, row["id"], Carrier(**row))
    for row in _read("carrier_status.csv"):
        yield new_entry(EntryKind.CARRIER_CODE, f"{row['carrier_system']}#{row['code']}", CarrierCode(**row))


def _post_provinces() -> "Iterator[Entry[Any]]":
    from motcua.domain.carrier import PostProvince
    from motcua.domain.entry import EntryKind, new_entry

    for row in _read("post_provinces.csv"):
        yield new_entry(EntryKind.POST_PROVINCE, row["vnpost_province_code"], PostProvince(**row))


def _list(text: str) -> list[str]:
    return [each for each in text.split("|") if each]


def _yes_no(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


def main() -> None:
    """Load the registry of the running `make up`, or with --aws of the stack deployed on AWS."""
    from infra.local.deployed import chosen

    parser = argparse.ArgumentParser(prog="make seed", description=__doc__)
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    place = chosen(parser.parse_args().aws)
    rows = seed_registry(place.client("dynamodb"), place.outputs["RegistryTableName"])
    print(f"{rows} dòng danh mục đã nạp · registry rows loaded")


if __name__ == "__main__":
    run(main)
