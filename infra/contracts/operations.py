"""Every route's `Operation`, and which problems each can answer: read off its flags, its path and its own `refusals`."""

import importlib
import pkgutil
from collections.abc import Iterator

import handlers
from motcua.contracts.deadline.change_calendar import CalendarChangeView
from motcua.contracts.deadline.read_calendar import CalendarView
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.jobs.reorganise import ReorganisationView
from motcua.contracts.registry.find_procedures import ProcedureView
from motcua.contracts.registry.find_units import UnitView
from motcua.contracts.registry.read_history import HistoryView
from motcua.contracts.reports.enter_opening_figure import OpeningFigureView
from motcua.contracts.reports.target_report import TargetReportView
from motcua.contracts.review.views import ReviewItemView
from motcua.contracts.rules.rule import RuleView
from motcua.edge.http import Operation, operation_at
from motcua.problems import PROBLEMS, Problem

GATEWAY: dict[str, Problem] = {
    # what the gateway answers before any function runs, see gateway.py
    "unauthenticated": Problem(
        401, "Chưa đăng nhập hoặc phiên đăng nhập đã hết hạn", "Not signed in, or the session has expired"
    ),
    "forbidden": Problem(403, "Không có quyền thực hiện việc này", "Not allowed"),
    "too_many_requests": Problem(
        429,
        "Quá nhiều yêu cầu, xin thử lại sau ít giây",
        "Too many requests, try again in a few seconds",
    ),
}

CATALOGUE = PROBLEMS | GATEWAY

_BODY = ("malformed_json", "not_utf8", "nested_too_deep", "not_json", "too_large", "wrong_type", "invalid_fields")
_COMMAND = (
    "idempotency_key_needed",
    "idempotency_key_reused",
    "domain_time_not_here",
    "malformed_header",
    "time_in_the_future",
)
_GUARDED = ("if_match_needed",)
_GUARDED_DOSSIER = (
    "version_differs",
    "time_before_last_act",
    "changed_meanwhile",
    "move_not_allowed",
    "dossier_full",
)
_PATH = {"dossier_id": "dossier_not_found", "period": "malformed_period", "partner": "unknown_partner"}
_OF_OTHERS = ("read_inbox", "count_inbox", "read_facts")
"""Staff read them of units in which they have a role."""

_AS_OF_NOW = (
    *("read_inbox", "count_inbox", "find_dossiers", "list_searches", "list_rules", "read_review", "read_work_list"),
    *("list_procedures", "read_procedure", "list_units", "read_unit"),
)
"""Reads that answer as of the caller's now, which the embedded run takes from a header."""

_QUERY = {
    **dict.fromkeys(
        ("status", "kind", "limit", "level", "channel", "act", "state", "outcome", "late"), ("not_allowed",)
    ),
    **dict.fromkeys(("version", "on", "due_within", "due_before"), ("wrong_type",)),
    **dict.fromkeys(("agency", "parent", "unit", "q", "officer", "procedure"), ("too_long", "unreadable_text")),
    "field": ("too_long", "unreadable_text", "not_allowed"),
    "cursor": ("malformed_cursor",),
}

_VERSIONED = (
    *(DossierView, TargetReportView, RuleView, UnitView, ProcedureView, CalendarView, HistoryView),
    *(CalendarChangeView, ReorganisationView, ReviewItemView, OpeningFigureView),
)


def mounted() -> list[tuple[str, str, Operation]]:
    """Handler, route and operation of every line in the handlers' tables. A line that names no operation fails here."""
    names = [f"{handlers.__name__}.{found.name}" for found in pkgutil.iter_modules(handlers.__path__)]
    tables = [(name, getattr(importlib.import_module(name), "ROUTES", {})) for name in names]
    return [(name, route, operation_at(place)) for name, table in tables for route, place in table.items()]


def all_operations() -> list[Operation]:
    """Every operation that a handler serves, by path and method."""
    return sorted((each for _, _, each in mounted()), key=lambda operation: (operation.path, operation.method))


def path_names(operation: Operation) -> list[str]:
    return [step[1:-1] for step in operation.path.split("/") if step.startswith("{")]


def problems_of(operation: Operation) -> list[str]:
    """Codes of `CATALOGUE` that this operation can answer, each once."""
    return list(dict.fromkeys(_problems(operation)))


def has_etag(operation: Operation) -> bool:
    """Whether the answer has a version that `If-Match` or a later read can name."""
    return issubclass(operation.answer, _VERSIONED)


def _problems(operation: Operation) -> Iterator[str]:
    yield from _of_what_is_sent(operation)
    yield from _of_what_is_read(operation)
    yield from _of_who_asks(operation)
    yield from operation.refusals
    yield from ("too_many_requests", "internal", "busy")


def _of_what_is_sent(operation: Operation) -> Iterator[str]:
    """Yield what a body, a command's headers and the names in the path can be refused for."""
    if operation.body:
        yield from _BODY
    if operation.documents:
        yield from ("not_utf8", "too_large")
    if operation.command:
        yield from _COMMAND
    if operation.guarded:
        yield from _GUARDED
    if operation.guarded and "dossier_id" in path_names(operation):
        yield from _GUARDED_DOSSIER
    for name in path_names(operation):
        yield from ("route_not_found", *([_PATH[name]] if name in _PATH else []))


def _of_what_is_read(operation: Operation) -> Iterator[str]:
    """Yield what a read can be refused for: its unit, its query, its moment."""
    if operation.name in _OF_OTHERS:
        yield "unit_not_yours"
    for name in operation.query:
        yield from _QUERY[name]
    if operation.name in _AS_OF_NOW:
        yield from ("domain_time_not_here", "malformed_header", "time_in_the_future")
    if operation.audience == "public" and operation.method == "GET":
        yield "unknown_field"


def _of_who_asks(operation: Operation) -> Iterator[str]:
    """Yield how the sign-in of each audience can fail."""
    if operation.audience in ("staff", "portal"):
        yield from ("unauthenticated", "forbidden")
    if operation.audience == "staff":
        yield from ("staff_only", "role_needed") if operation.command else ("staff_only",)
    if operation.audience == "portal":
        yield from ("portal_only", "citizen_needed")
