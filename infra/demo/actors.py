"""The actors of the demo: its one-stop units and agencies, their people, and how much each agency uses the post.

The shares of post are invented so that one agency reaches its target and another misses it. People's names are invented
too.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from infra.registry.seed import DATA

DEPARTMENTS = {"stp": 0.85, "skhdt": 0.75, "sgtvt": 0.25, "stn-mt": 0.55, "syt": 0.60, "snv": 0.10}
DISTRICTS = {"h288": 0.45, "h290": 0.30, "h292": 0.03, "h294": 0.20}
COMMUNES = {"x10507": 0.10, "x10510": 0.10, "x10513": 0.10}
OTHERS = 0.35
"""The share of post at every other unit, when all of them take part."""

CENTRE = "mc-tinh"
USUAL_DOSSIERS = 300
LONGEST_LIMIT = 15
"""In working days. Procedures that take longer would not end within the six weeks."""


@dataclass(frozen=True, slots=True)
class Service:
    """A procedure that applicants may ask for: its limit in working days, and whether dossiers may come by post.

    `counted_in_days` says whether the procedure itself states its limit in working days.
    """

    code: str
    days: float
    by_post: bool
    counted_in_days: bool = True


@dataclass(frozen=True, slots=True)
class Agency:
    """A processing agency of the demo, the one-stop unit that receives for it, and the procedures it offers."""

    id: str
    one_stop_id: str
    post_share: float
    procedures: tuple[Service, ...]


def agencies(everybody: bool) -> list[Agency]:
    """Return the agencies that take part: thirteen, or every one that has a procedure."""
    units, procedures = _rows("units.csv"), [row for row in _rows("procedures.csv") if row["published_on"]]
    chosen = DEPARTMENTS | DISTRICTS | COMMUNES
    found = []
    for unit in units:
        if unit["kind"] not in ("department", "district", "commune") or not (everybody or unit["id"] in chosen):
            continue
        of_unit = _department(unit["id"], procedures) if unit["kind"] == "department" else _committee(unit, procedures)
        if of_unit:
            one_stop = CENTRE if unit["kind"] == "department" else f"mc-{unit['id']}"
            found.append(Agency(unit["id"], one_stop, chosen.get(unit["id"], OTHERS), of_unit))
    return found


def _department(agency_id: str, procedures: list[dict[str, str]]) -> tuple[Service, ...]:
    return _short(row for row in procedures if row["agency_id"] == agency_id and "tinh" in row["levels"].split("|"))


def _committee(unit: dict[str, str], procedures: list[dict[str, str]]) -> tuple[Service, ...]:
    level = "huyen" if unit["kind"] == "district" else "xa"
    of_level = (row for row in procedures if level in row["levels"].split("|"))
    return _short(row for row in of_level if row["counts_in_department"] != "yes")


def _short(rows: Iterable[dict[str, str]]) -> tuple[Service, ...]:
    services = (
        Service(row["code"], _working_days(row), row["post_in"] != "no", row["limit_unit"] == "working_day")
        for row in rows
    )
    return tuple(service for service in services if service.days <= LONGEST_LIMIT)


def _working_days(row: dict[str, str]) -> float:
    count = float(row["limit_count"] or 3)
    return count / 8 if row["limit_unit"] == "hour" else count


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đỗ", "Bùi", "Hoàng")
GIVEN = ("Mẫu", "Thử", "Ví Dụ", "Giả Định", "Minh Họa", "Tập Dượt")


def citizen(index: int) -> dict[str, str]:
    """Return an invented citizen whose name says so, with an identity number of the range 0300990…"""
    family, given = FAMILY[index % len(FAMILY)], GIVEN[index // len(FAMILY) % len(GIVEN)]
    return {
        "kind": "citizen",
        "name": f"{family} {'Thị' if index % 2 else 'Văn'} {given}",
        "number": f"0300990{index:05d}",
        "phone": f"09{index % 10**8:08d}",
        "address": f"Số {index % 200 + 1}, phố Mẫu, tỉnh Hải Dương",
    }
