"""Anybody reads the registry, as of any day: procedures, units, rules, calendars. Without signing in."""

import re

from motcua import bootstrap
from motcua.contracts.registry.procedure_views import ProceduresView, ProcedureView, VersionsView
from motcua.contracts.registry.registry_views import CalendarView, RulesView
from motcua.contracts.registry.unit_views import UnitsView, UnitView
from motcua.contracts.rules.rules import RuleView
from motcua.domain.errors import InvalidError, NotFoundError
from motcua.domain.registry.directory import Directory
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import field_names
from motcua.domain.registry.unit import Level, Unit, UnitKind
from motcua.domain.rules.kinds import ACTS, CHANNELS, KINDS
from motcua.domain.search.folding import fold
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.paging import following, page_of
from motcua.routes.query import asked_choice, asked_day, asked_number, asked_text, check_names
from motcua.usecases.registry import find_procedures as finding
from motcua.usecases.rules.find_rules import Matter, find_rules, known_rule

LONGEST_SEARCH = 200

OF_PROCEDURES = ("q", "field", "level", "agency", "on", "limit", "cursor")
OF_UNITS = ("kind", "parent", "on", "limit", "cursor")
OF_RULES = ("kind", "unit", "channel", "act", "on")


def list_procedures(request: Request) -> Answer:
    check_names(request, OF_PROCEDURES)
    directory = _directory(request)
    day = directory.day
    known = finding.in_force(bootstrap.registry(), day)
    fields = field_names(known)
    wanted = finding.ProcedureFilter(
        asked_text(request, "q", LONGEST_SEARCH),
        _field(request, fields),
        Level(level) if (level := asked_choice(request, "level", Level)) else None,
        _unit(request, "agency", directory),
    )
    found = finding.find_procedures(known, wanted)
    asked = _named(request, OF_PROCEDURES) | {"on": day.isoformat()}
    page, cursor = page_of(found, lambda each: each.place, f"/procedures|{asked}", request)
    view = ProceduresView.model_construct(
        on=day,
        total=len(found),
        procedures=[ProcedureView.of(each.procedure, directory) for each in page],
        fields=fields,
        next_cursor=cursor or None,
    )
    return Answer(view, headers=following("/procedures", cursor, **asked, limit=request.limit()))


def read_procedure(request: Request, code: str) -> Answer:
    check_names(request, ("on", "version"))
    registry, directory = bootstrap.registry(), _directory(request)
    version = finding.published_version(registry, code, directory.day, asked_number(request, "version"))
    return Answer(ProcedureView.of(version, directory), headers=_etag(registry.entry(EntryKind.PROCEDURE, code)))


def list_procedure_versions(request: Request, code: str) -> Answer:
    check_names(request, ())
    return Answer(VersionsView.of(finding.known_procedure(bootstrap.registry(), code)))


def list_units(request: Request) -> Answer:
    check_names(request, OF_UNITS)
    directory = _directory(request)
    day = directory.day
    kind, parent = asked_choice(request, "kind", UnitKind), _unit(request, "parent", directory)
    found = [
        unit
        for _, unit in sorted(directory.units.items())
        if unit.valid_on(day) and (not kind or unit.kind == kind) and (parent is None or unit.parent_id == parent.id)
    ]
    asked = _named(request, OF_UNITS) | {"on": day.isoformat()}
    page, cursor = page_of(found, lambda unit: unit.id, f"/units|{asked}", request)
    view = UnitsView.model_construct(
        on=day,
        total=len(found),
        units=[UnitView.of(directory.whole[unit.id], directory) for unit in page],
        next_cursor=cursor or None,
    )
    return Answer(view, headers=following("/units", cursor, **asked, limit=request.limit()))


def read_unit(request: Request, unit_id: str) -> Answer:
    """Also one that has ended: who came after it is what its visitors need."""
    check_names(request, ("on",))
    directory = _directory(request)
    if unit_id not in directory.units:
        raise NotFoundError("entry_not_found", kind="unit", id=unit_id)
    view = UnitView.of(directory.whole[unit_id], directory)
    return Answer(view, headers=_etag(bootstrap.registry().entry(EntryKind.UNIT, unit_id)))


def list_rules(request: Request) -> Answer:
    check_names(request, OF_RULES)
    day = asked_day(request)
    kind, channel = asked_choice(request, "kind", KINDS), asked_choice(request, "channel", CHANNELS)
    unit = _unit(request, "unit", _directory(request)) if request.query.get("unit") else None
    matter = Matter(kind, unit, channel, asked_choice(request, "act", ACTS))
    rules = find_rules(bootstrap.registry().rules(), day, matter)
    return Answer(RulesView.of(day, unit.id if unit else "", rules))


def read_rule(request: Request, rule_id: str) -> Answer:
    check_names(request, ())
    registry = bootstrap.registry()
    rule = known_rule(registry.rules(), rule_id)
    return Answer(RuleView.of(rule), headers=_etag(registry.entry(EntryKind.RULE, rule_id)))


def read_calendar(request: Request, year: str) -> Answer:
    """As it is now, or as it was in the version that a due date cites; only the first is what a change can be made of."""
    check_names(request, ("version",))
    number, registry = asked_number(request, "version"), bootstrap.registry()
    entry = registry.entry(EntryKind.CALENDAR, year) if re.fullmatch("[0-9]{4}", year) else None
    if entry is None:
        raise NotFoundError("entry_not_found", kind="calendar", id=year)
    if number is None or number == entry.version:
        return Answer(CalendarView.of(entry), headers=_etag(entry))
    former = registry.former(EntryKind.CALENDAR, year, number)
    if former is None:
        raise NotFoundError("version_not_found", kind="calendar", id=year, number=number)
    return Answer(CalendarView.of(former))


def _directory(request: Request) -> Directory:
    """All units as they stand on the day that is asked for."""
    return Directory.of(bootstrap.registry().units(), asked_day(request))


def _etag(entry: Entry[object] | None) -> dict[str, str]:
    """What a person who may change the entry sends in If-Match."""
    return {"ETag": f'"{entry.version}"'} if entry else {}


def _unit(request: Request, name: str, directory: Directory) -> Unit | None:
    """The unit that a parameter names, valid or not."""
    sent = asked_text(request, name)
    if sent and sent not in directory.units:
        raise InvalidError("unknown_unit", f"/{name}", unit=sent)
    return directory.units[sent] if sent else None


def _field(request: Request, fields: list[str]) -> str:
    """A field (lĩnh vực) that occurs, by its name without regard to marks and case."""
    sent = asked_text(request, "field", LONGEST_SEARCH)
    if sent and fold(sent) not in {fold(each) for each in fields}:
        raise InvalidError("not_allowed", "/field", expected="; ".join(fields))
    return sent


def _named(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    """The filters of a list, for its next page."""
    return {name: sent for name in names if name not in ("limit", "cursor") and (sent := request.query.get(name))}


OPERATIONS = (
    Operation(
        "GET",
        "/procedures",
        list_procedures,
        ProceduresView,
        "public",
        "Tìm thủ tục đã công khai: không cần dấu, theo lĩnh vực, cấp, cơ quan",
        "Find published procedures: marks do not matter; by field, level and agency",
        query=OF_PROCEDURES,
        refusals=("unknown_unit",),
    ),
    Operation(
        "GET",
        "/procedures/{code}",
        read_procedure,
        ProcedureView,
        "public",
        "Xem một thủ tục: giấy tờ, thời hạn, phí, bưu chính, trực tuyến",
        "Read a procedure: papers, limit, fee, post, online",
        query=("on", "version"),
        refusals=("entry_not_found", "procedure_not_in_force", "procedure_version_not_found"),
    ),
    Operation(
        "GET",
        "/procedures/{code}/versions",
        list_procedure_versions,
        VersionsView,
        "public",
        "Các phiên bản đã công khai của một thủ tục",
        "The published versions of a procedure",
        refusals=("entry_not_found",),
    ),
    Operation(
        "GET",
        "/units",
        list_units,
        UnitsView,
        "public",
        "Danh sách đơn vị vào một ngày",
        "The units of a day",
        query=OF_UNITS,
        refusals=("unknown_unit",),
    ),
    Operation(
        "GET",
        "/units/{unit_id}",
        read_unit,
        UnitView,
        "public",
        "Xem một đơn vị; đơn vị đã kết thúc nêu đơn vị kế tiếp",
        "Read a unit; one that has ended names who came after it",
        query=("on",),
        refusals=("entry_not_found",),
    ),
    Operation(
        "GET",
        "/rules",
        list_rules,
        RulesView,
        "public",
        "Quy định có hiệu lực vào một ngày, hoặc áp dụng cho một đơn vị",
        "The rules in force on a day, or those that apply to a unit",
        query=OF_RULES,
        refusals=("unknown_unit",),
    ),
    Operation(
        "GET",
        "/rules/{rule_id}",
        read_rule,
        RuleView,
        "public",
        "Xem một quy định và văn bản làm căn cứ",
        "Read a rule, with the document that it rests on",
        refusals=("entry_not_found",),
    ),
    Operation(
        "GET",
        "/calendars/{year}",
        read_calendar,
        CalendarView,
        "public",
        "Ngày nghỉ và ngày làm bù của một năm",
        "The announced days of a year",
        query=("version",),
        refusals=("entry_not_found", "version_not_found"),
    ),
)
