"""The one map from errors to RFC 9457 problem details: the title in the caller's language, every fault in both."""

from typing import Any

from motcua.domain.errors import ConflictError, Fault, MotcuaError
from motcua.edge.request import Request
from motcua.problems import PROBLEMS, words


def details_of(error: MotcuaError, request: Request) -> dict[str, Any]:
    """Return the problem details for `error`; `status` is also the HTTP status."""
    problem = PROBLEMS[error.code]
    vi, en = words(error.faults[0]) if len(error.faults) == 1 else (problem.vi, problem.en)
    body: dict[str, Any] = {
        "type": f"urn:motcua:problem:{error.code.replace('_', '-')}",
        "title": en if request.wants_english else vi,
        "status": problem.status,
        "instance": f"urn:motcua:request:{request.id}",
        "errors": [_error(fault) for fault in error.faults],
    }
    if rule := error.faults[0].params.get("rule"):
        body["rule"] = rule
    if isinstance(error, ConflictError):
        body |= {
            name: int(value) for name, value in error.faults[0].params.items() if name in ("version", "status_code")
        }
    return body


def _error(fault: Fault) -> dict[str, object]:
    vi, en = words(fault)
    return {"pointer": fault.pointer, "code": fault.code.replace("_", "-"), "message_vi": vi, "message_en": en}
