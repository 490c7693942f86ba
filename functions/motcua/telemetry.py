"""One structured log line per invocation, at most one line of metrics beside it, and nothing personal in either."""

import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from motcua.adapters import clients as aws

logger = Logger(service="motcua", utc=True)
metrics = Metrics(namespace="Motcua", service="motcua")

Handler = Callable[[dict[str, Any], Any], Any]


class _Line:
    """What the current invocation will log at its end. Lambda runs one at a time in a process."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}
        self.counted = False


_line = _Line()


def note(**fields: object) -> None:
    """Add fields to the line: ids, codes and counts only, never a name, number, phone or address."""
    _line.fields |= fields


def count(name: str, value: int = 1) -> None:
    """Add to a metric of the invocation: `received`, `routed`, `delivered`, `failed` and the like."""
    metrics.add_metric(name, MetricUnit.Count, value)
    _line.counted = True


def note_failure(error: BaseException) -> None:
    """Note an unexpected error by its type and place. Its text is left out: it might quote what a person sent."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
    note(error=type(error).__name__, error_code=_aws_code(error), where=where)
    count("failed")


def _aws_code(error: BaseException) -> str | None:
    """Return the code of an AWS error, such as `ValidationException`. Its message is left out, too."""
    response = getattr(error, "response", None)
    return response.get("Error", {}).get("Code") if isinstance(response, dict) else None


def real_now() -> datetime:
    """Return real time, for `recorded_at`, signatures and time-outs."""
    return datetime.now(UTC)


def one_line(event_name: str) -> Callable[[Handler], Handler]:
    """Wrap a Lambda handler so that each invocation ends in one line named `event_name`, also when it raises."""

    def wrap(handler: Handler) -> Handler:
        @wraps(handler)
        def observed(event: dict[str, Any], context: Any) -> Any:
            global _line
            _line, started = _Line(), time.perf_counter()
            try:
                return handler(event, context)
            except Exception as error:
                note_failure(error)
                raise
            finally:
                request_id = getattr(context, "aws_request_id", "")
                duration = round((time.perf_counter() - started) * 1000, 1)
                note(request_id=request_id, ms=duration, dynamodb_calls=aws.calls_to_tell())
                failed = "error" in _line.fields
                (logger.error if failed else logger.info)(event_name, extra=_line.fields)
                if _line.counted:
                    metrics.flush_metrics()

        return observed

    return wrap
