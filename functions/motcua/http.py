"""HTTP for every audience: a table of operations, requests read strictly, and the one map from errors to problems."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from pydantic import BaseModel

from motcua.domain.dossier import is_dossier_id
from motcua.domain.errors import ConflictError, Fault, MotcuaError, NotFoundError
from motcua.ports import StoreBusyError
from motcua.problems import PROBLEMS, words
from motcua.request import Request
from motcua.telemetry import count, note, note_failure
from motcua.usecases.numbering import NumberBusyError

LONGEST_NAME = 60
"""Characters. No unit, period or partner has a longer name, and no key has room for one much longer."""

PROBLEM = "application/problem+json; charset=utf-8"


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
    `documents` describes a body that the route takes as raw bytes.
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
    command: bool = False
    guarded: bool = False
    scope: str = ""
    query: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.act.__name__


def mount(operations: Iterable[Operation]) -> APIGatewayRestResolver:
    """A resolver that serves `operations` and nothing else."""
    app = APIGatewayRestResolver()
    for operation in operations:
        path = operation.path.replace("{", "<").replace("}", ">")
        app.route(path, method=operation.method)(_served(app, operation))
    app.not_found(lambda _: _problem(Request({}), MotcuaError("route_not_found")))
    return app


def _served(app: APIGatewayRestResolver, operation: Operation) -> Callable[..., Response[str]]:
    def serve(**path: str) -> Response[str]:
        request = Request(app.current_event.raw_event, str(app.lambda_context.aws_request_id))
        note(route=f"{operation.method} {operation.path}", correlation_id=request.correlation_id)
        try:
            _check_path(path)
            arguments: dict[str, Any] = dict(path)
            if operation.body:
                arguments["body"] = request.read(operation.body)
            answer = operation.act(request, **arguments)
        except (StoreBusyError, NumberBusyError):
            count("busy")
            return _problem(request, MotcuaError("busy"), {"Retry-After": "1"})
        except MotcuaError as error:
            return _problem(request, error)
        except Exception as error:
            note_failure(error)
            return _problem(request, MotcuaError("internal"))
        note(status=answer.status)
        headers = {"Cache-Control": "no-store", "X-Correlation-Id": request.correlation_id} | answer.headers
        return Response(
            answer.status, "application/json", answer.model.model_dump_json(warnings=False), headers=headers
        )

    return serve


def _check_path(path: Mapping[str, str]) -> None:
    """Raise for a path that cannot name anything, before it is noted or looked up: it may hold a person's number."""
    if any(len(name) > LONGEST_NAME for name in path.values()):
        raise NotFoundError("route_not_found")
    if "dossier_id" in path and not is_dossier_id(path["dossier_id"]):
        raise NotFoundError("dossier_not_found")


def _problem(request: Request, error: MotcuaError, headers: dict[str, str] | None = None) -> Response[str]:
    """The error as RFC 9457 problem details. The title is in the caller's language, every fault in both."""
    problem = PROBLEMS[error.code]
    status = problem.status
    note(status=status, problem=error.code)
    vi, en = words(error.faults[0]) if len(error.faults) == 1 else (problem.vi, problem.en)
    body: dict[str, Any] = {
        "type": f"urn:motcua:problem:{error.code.replace('_', '-')}",
        "title": en if request.wants_english else vi,
        "status": status,
        "instance": f"urn:motcua:request:{request.id}",
        "errors": [_error(fault) for fault in error.faults],
    }
    if rule := error.faults[0].params.get("rule"):
        body["rule"] = rule
    if isinstance(error, ConflictError):
        body |= {
            name: int(value) for name, value in error.faults[0].params.items() if name in ("version", "status_code")
        }
    language = {"Content-Language": "en" if request.wants_english else "vi", "X-Correlation-Id": request.correlation_id}
    text = json.dumps(body, ensure_ascii=False)
    return Response(status, PROBLEM, text, headers=language | {"Cache-Control": "no-store"} | (headers or {}))


def _error(fault: Fault) -> dict[str, object]:
    vi, en = words(fault)
    return {"pointer": fault.pointer, "code": fault.code.replace("_", "-"), "message_vi": vi, "message_en": en}
