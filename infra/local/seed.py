"""Load the shipped data files into the Registry table: units, procedures, rules, calendars, carriers and their codes.

Rows are written as they are: a second load changes nothing. Checked before anything is written.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.local.errors import run

if TYPE_CHECKING:
    from infra.local.stack import Stack

DATA = Path(__file__).resolve().parents[2] / "data"
BATCH = 25
"""BatchWriteItem takes at most 25 items."""

Row = dict[str, Any]


def registry_rows() -> list[Row]:
    """Every row of the Registry table, as plain Python."""
    return [*_units(), *_procedures(), *_rules(), *_calendars(), *_carriers(), *_carrier_codes()]


def seed(stack: "Stack") -> int:
    """Load a running stack's registry; how many rows."""
    return seed_registry(stack.client("dynamodb"), stack.outputs["RegistryTableName"])


def seed_registry(client: Any, table: str) -> int:
    """Write all rows; how many there are. `client` is a DynamoDB client."""
    from motcua.adapters.item import item

    rows = registry_rows()
    for start in range(0, len(rows), BATCH):
        requests = [{"PutRequest": {"Item": item(row)}} for row in rows[start : start + BATCH]]
        pending = {table: requests}
        while pending:
            pending = client.batch_write_item(RequestItems=pending).get("UnprocessedItems") or {}
    return len(rows)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LEVELS = {"province": "tinh", "department": "tinh", "department_unit": "tinh", "district": "huyen", "commune": "xa"}
"""The level of a unit by its kind; a one-stop unit has the level of whom it serves."""


def _units() -> Iterator[Row]:
    units = _read("units.csv")
    kinds = {unit["id"]: unit["kind"] for unit in units}
    for unit in units:
        yield {
            "PK": "UNIT",
            "SK": unit["id"],
            **{name: unit[name] for name in ("id", "kind", "name_vi", "short_name_vi", "parent_id", "identifier")},
            "identifier_is_sample": unit["identifier_is_sample"] == "yes",
            "level": LEVELS[kinds[(_list(unit["serves"]) or [unit["id"]])[0]]],
            "valid_from": unit["valid_from"],
            "valid_to": unit["valid_to"],
            "serves": _list(unit["serves"]),
        }


def _procedures() -> Iterator[Row]:
    for procedure in _read("procedures.csv"):
        yield {
            "PK": f"PROCEDURE#{procedure['code']}",
            "SK": "PROCEDURE",
            **{
                name: procedure[name]
                for name in ("code", "name_vi", "field_vi", "agency_id", "limit_count", "limit_unit")
            },
            "levels": _list(procedure["levels"]),
            "counts_in_department": procedure["counts_in_department"] == "yes",
            "fee_vnd": int(procedure["fee_vnd"]) if procedure["fee_vnd"] else None,
            "post_in": _yes_no(procedure["post_in"]),
            "post_out": _yes_no(procedure["post_out"]),
            "components_vi": _list(procedure["components_vi"]),
            "published": procedure["published"] == "yes",
        }


def _rules() -> Iterator[Row]:
    for rule in json.loads((DATA / "rules.json").read_text(encoding="utf-8"))["rules"]:
        yield {"PK": "RULE", "SK": f"{rule['kind']}#{rule['id']}", **rule}


def _calendars() -> Iterator[Row]:
    years: dict[str, dict[str, str]] = defaultdict(dict)
    for day in _read("holidays.csv"):
        years[day["date"][:4]][day["date"]] = day["kind"]
    for year, days in years.items():
        yield {"PK": "RULE", "SK": f"calendar#{year}", "id": year, "days": days}


def _carriers() -> Iterator[Row]:
    for carrier in _read("carriers.csv"):
        public = carrier["public_postal_service"] == "yes"
        yield {"PK": "RULE", "SK": f"carrier#{carrier['id']}", **carrier, "public_postal_service": public}


def _carrier_codes() -> Iterator[Row]:
    systems: dict[str, dict[str, str]] = defaultdict(dict)
    for status in _read("carrier_status.csv"):
        systems[status["carrier_system"]][status["code"]] = status["our_state"]
    for system, codes in systems.items():
        states = [{"code": code, "state": state or "-"} for code, state in codes.items()]
        yield {"PK": "RULE", "SK": f"carrier_status#{system}", "id": system, "codes": states}


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
