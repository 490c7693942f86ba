"""Close the months through the schedule's own function, at the moments at which the schedule would call it."""

import json
from datetime import datetime
from typing import Any

from infra.engine.errors import LocalRunError
from infra.stack.stack import Stack
from motcua.domain.local_time import LOCAL

MOMENTS = (
    # mode, moment, outcome that must follow
    ("provisional", datetime(2020, 5, 1, 0, 30, tzinfo=LOCAL), "published"),
    ("close_when_due", datetime(2020, 5, 6, 17, 0, tzinfo=LOCAL), "not_due"),
    ("close_when_due", datetime(2020, 5, 6, 18, 0, tzinfo=LOCAL), "published"),
    ("close_when_due", datetime(2020, 5, 6, 19, 0, tzinfo=LOCAL), "unchanged"),
    ("provisional", datetime(2020, 6, 1, 0, 30, tzinfo=LOCAL), "published"),
    ("close_when_due", datetime(2020, 6, 3, 18, 0, tzinfo=LOCAL), "published"),
)


def close_months(stack: Stack, since: datetime, until: datetime) -> list[str]:
    """Call the function at each notable moment of the schedule in (since, until] and return a line for each answer."""
    lines = []
    for mode, moment, expected in MOMENTS:
        if not since < moment <= until:
            continue
        answer = invoke(stack, {"mode": mode, "as_of": moment.isoformat()})
        if answer["outcome"] != expected:
            raise LocalRunError(
                f"Chốt tháng {answer['period']} lúc {moment:%d/%m %H:%M}: {answer['outcome']}, phải là {expected}",
                f"closing {answer['period']} at {moment:%d/%m %H:%M} was {answer['outcome']}, not {expected}",
            )
        version = f" · v{answer['version']} {answer['status']}" if answer["version"] else ""
        lines.append(f"{moment:%d/%m %H:%M} {mode} {answer['period']}: {answer['outcome']}{version}")
    return lines


def invoke(stack: Stack, payload: dict[str, Any]) -> dict[str, Any]:
    """Call the function as EventBridge Scheduler does."""
    result = stack.client("lambda").invoke(
        FunctionName=stack.outputs["CloseMonthFunctionName"], Payload=json.dumps(payload).encode()
    )
    answer: dict[str, Any] = json.loads(result["Payload"].read())
    if result.get("FunctionError"):
        raise LocalRunError(f"Hàm chốt tháng lỗi: {answer}", f"the closing function failed: {answer}")
    return answer
