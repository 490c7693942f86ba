"""Rows of the Registry table in the domain's words."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from motcua.domain.calendar import WorkingCalendar
from motcua.domain.registry import Carrier, Level, Procedure, TimeLimit, Unit, UnitKind
from motcua.domain.rules import (
    CarrierRule,
    ClosingRule,
    LegalBasis,
    NumberRule,
    ReceptionRule,
    Rule,
    RuleBook,
    TargetRule,
)

Row = Mapping[str, Any]


def unit_of(row: Row) -> Unit:
    return Unit(
        id=row["id"],
        name_vi=row["name_vi"],
        short_name_vi=row.get("short_name_vi", ""),
        kind=UnitKind(row["kind"]),
        parent_id=row.get("parent_id", ""),
        identifier=row.get("identifier", ""),
        identifier_is_sample=row.get("identifier_is_sample", False),
        level=Level(row["level"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row.get("valid_to")),
        serves=tuple(row.get("serves", ())),
    )


def procedure_of(row: Row) -> Procedure:
    limit = TimeLimit(Decimal(row["limit_count"]), row["limit_unit"]) if row.get("limit_count") else None
    return Procedure(
        code=row["code"],
        name_vi=row["name_vi"],
        field_vi=row.get("field_vi", ""),
        levels=frozenset(Level(level) for level in row["levels"]),
        agency_id=row.get("agency_id", ""),
        counts_in_department=row.get("counts_in_department", False),
        limit=limit,
        fee_vnd=row.get("fee_vnd"),
        post_in=row.get("post_in"),
        post_out=row.get("post_out"),
        components_vi=tuple(row.get("components_vi", ())),
        published=row["published"],
    )


def carrier_of(row: Row) -> Carrier:
    public = row["public_postal_service"]
    valid_from = date.fromisoformat(row["valid_from"])
    return Carrier(row["id"], row["name_vi"], public, valid_from, row.get("document", ""))


def calendar_of(rows: Iterable[Row]) -> WorkingCalendar:
    """The calendar drawn from the rows `calendar#<year>` (announced days), `working_hours#…` and `same_day_cutoff#…`."""
    days: dict[date, bool] = {}
    years: set[int] = set()
    more: dict[str, Any] = {}
    for row in rows:
        match row["SK"].partition("#")[0]:
            case "calendar":
                years.add(int(row["id"]))
                days |= {date.fromisoformat(day): kind == "makeup_workday" for day, kind in row["days"].items()}
            case "working_hours":
                more["hours"] = tuple(
                    (time.fromisoformat(start), time.fromisoformat(end)) for start, end in row["value"]["intervals"]
                )
            case "same_day_cutoff":
                more["same_day_until"] = time.fromisoformat(row["value"]["at"])
    return WorkingCalendar(days, frozenset(years), **more)


def rule_book_of(rows: Iterable[Row]) -> RuleBook:
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row["SK"].partition("#")[0], []).append(row)
    return RuleBook(
        reception=tuple(_reception(row) for row in by_kind.get("reception", [])),
        targets=tuple(_target(row) for row in by_kind.get("target", [])),
        closings=tuple(_closing(row) for row in by_kind.get("closing", [])),
        numbers=tuple(_number(row) for row in by_kind.get("number_prefix", [])),
        go_lives=tuple(Rule(*_shared(row)) for row in by_kind.get("go_live", [])),
        carriers=tuple(
            CarrierRule(*_shared(row), row["value"]["carrier"]) for row in by_kind.get("result_carrier", [])
        ),
    )


def _reception(row: Row) -> ReceptionRule:
    kinds = frozenset(UnitKind(kind) for kind in row["scope"]["unit_kinds"])
    channels = frozenset(row["scope"]["channels"])
    return ReceptionRule(*_shared(row), unit_kinds=kinds, channels=channels, allowed=row["value"]["allowed"])


def _target(row: Row) -> TargetRule:
    kind, share = UnitKind(row["scope"]["unit_kind"]), Fraction(row["value"]["share"])
    return TargetRule(*_shared(row), unit_kind=kind, share=share)


def _closing(row: Row) -> ClosingRule:
    value = row["value"]
    return ClosingRule(*_shared(row), working_day=value["working_day"], at=time.fromisoformat(value["at"]))


def _number(row: Row) -> NumberRule:
    value = row["value"]
    return NumberRule(*_shared(row), at_provincial_centre=value["at_provincial_centre"], elsewhere=value["elsewhere"])


def _shared(row: Row) -> tuple[str, date, date | None, LegalBasis]:
    basis = row["legal_basis"]
    named = {name: basis.get(name) or "" for name in ("number", "date", "clause", "title_vi", "certainty")}
    return row["id"], date.fromisoformat(row["from"]), _day(row.get("to")), LegalBasis(**named)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
