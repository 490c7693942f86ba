"""HTTP for every audience: a table of operations, requests read strictly, and errors answered as problems."""

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from motcua.contracts.model import as_json
from motcua.domain.errors import MotcuaError, NotFoundError
from motcua.domain.record import dataclass
from motcua.edge.request import BODY_LIMIT, Request
from motcua.ports.refusals import StoreBusyError
from motcua.settings import starts_ahead
from motcua.telemetry import count, note, note_failure

LONGEST_NAME = 60
"""Characters of what stands in a path, unless an operation says otherwise. No unit, period or partner has a longer name."""

JSON, PROBLEM = "application/json", "application/problem+json; charset=utf-8"

Reply = dict[str, Any]
"""What the gateway sends on: statusCode, multiValueHeaders, body."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers: a model, and the headers that go with it."""

    model: BaseModel
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """One route: what it takes, what it answers, and the words that describe it. The published contract is made of these.

    `audience` is staff, portal, public or partner. A `command` needs an Idempotency-Key, a `guarded` one If-Match, too.
    `documents` describes a body that the route takes as raw bytes; `longest` is how many bytes a body may have,
    `longest_name` how many characters a name in the path.
    """

    method: str
    path: str
    act: Callable[..., Answer]
    answer: type[BaseModel]
    audience: str
    vi: str
    en: str
    body: type[BaseModel] | None = None
    documents: type[BaseModel] | None = None
    status: int = 200
    longest: int = BODY_LIMIT
    longest_name: int = LONGEST_NAME
    command: bool = False
    guarded: bool = False
    scope: str = ""
    query: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.act.__name__


Routes = Mapping[str, str]
"""What a handler serves: `POST /dossiers` → `intake.receive_dossier:receive_dossier`, an operation in `motcua.routes`."""


@cache
def operation_at(place: str) -> Operation:
    """Return the operation that `place` names. Raises KeyError when its module has none of that name."""
    theme, _, name = place.partition(":")
    operations: tuple[Operation, ...] = import_module(f"motcua.routes.{theme}").OPERATIONS
    return {each.name: each for each in operations}[name]


def mount(routes: Routes) -> Callable[[dict[str, Any], Any], Reply]:
    """Return a function that answers a gateway event by the operation `routes` names for it, or by 404 where it names none.

    A module of operations is loaded when a request asks for one of them: a cold start pays for what it does, and another
    theme costs it nothing. A function that starts before it is asked (see `starts_ahead`) loads all of them at once.

    A table, not Powertools' resolver: that loads 170 modules (asyncio, AppSync, every event source), for 35 ms of CPU in
    each cold start; the gateway has routed already.
    """
    table = [(route, *_pattern(route), place) for route, place in routes.items()]
    if starts_ahead():
        for place in routes.values():
            operation_at(place)

    def answer(event: dict[str, Any], context: Any) -> Reply:
        request = Request(event, str(context.aws_request_id))
        sent = str(event.get("path", "")).rstrip("/").split("/")
        for route, method, pattern, place in table:
            if method == event.get("httpMethod") and (names := _names(pattern, sent)) is not None:
                return _serve(route, place, request, names)
        return _problem(request, MotcuaError("route_not_found"))

    return answer


def _pattern(route: str) -> tuple[str, list[str]]:
    """Return the method of a route, and the segments of its path."""
    method, _, path = route.partition(" ")
    return method, path.split("/")


def _names(pattern: list[str], sent: list[str]) -> dict[str, str] | None:
    """Return the values at the `{names}` of a path's pattern; None when the path does not match."""
    if len(pattern) != len(sent):
        return None
    pairs = list(zip(pattern, sent, strict=True))
    if any(part != there and not (part.startswith("{") and there) for part, there in pairs):
        return None
    return {part[1:-1]: there for part, there in pairs if part.startswith("{")}


def _serve(route: str, place: str, request: Request, path: Mapping[str, str]) -> Reply:
    note(route=route, correlation_id=request.correlation_id)
    try:
        operation = operation_at(place)
        _check_path(path, operation.longest_name)
        request.check_domain_time()
        arguments: dict[str, Any] = dict(path)
        request.longest = operation.longest
        if operation.body:
            arguments["body"] = request.read(operation.body)
        answer = operation.act(request, **arguments)
    except StoreBusyError:
        count("busy")
        return _problem(request, MotcuaError("busy"), {"Retry-After": "1"})
    except MotcuaError as error:
        return _problem(request, error)
    except Exception as error:
        note_failure(error)
        return _problem(request, MotcuaError("internal"))
    note(status=answer.status)
    headers = {"X-Correlation-Id": request.correlation_id} | answer.headers
    return _reply(answer.status, JSON, headers, as_json(answer.model))


def _reply(status: int, content_type: str, headers: Mapping[str, str], body: str) -> Reply:
    """Return the gateway's reply. No cache on the way may store it: each answer is for one person."""
    named = {"Content-Type": content_type, "Cache-Control": "no-store", **headers}
    several = {name: [value] for name, value in named.items()}
    return {"statusCode": status, "multiValueHeaders": several, "body": body, "isBase64Encoded": False}


def _check_path(path: Mapping[str, str], longest: int) -> None:
    """Raise for a path that cannot name anything, before it is noted or looked up: it may hold a person's number."""
    if any(len(name) > longest for name in path.values()):
        raise NotFoundError("route_not_found")
    if "dossier_id" in path:
        from motcua.domain.dossier.dossier import is_dossier_id  # noqa: PLC0415 - a callback needs nothing of dossiers

        if not is_dossier_id(path["dossier_id"]):
            raise NotFoundError("dossier_not_found")


def _problem(request: Request, error: MotcuaError, headers: dict[str, str] | None = None) -> Reply:
    """Return the error as RFC 9457 problem details, in the caller's language."""
    from motcua.edge.problem_details import details_of  # noqa: PLC0415 - every problem's words, which most requests do without

    details = details_of(error, request)
    note(status=details["status"], problem=error.code)
    language = {"Content-Language": "en" if request.wants_english else "vi", "X-Correlation-Id": request.correlation_id}
    return _reply(details["status"], PROBLEM, language | (headers or {}), json.dumps(details, ensure_ascii=False))
