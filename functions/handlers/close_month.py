"""The month's close, by schedule or by hand.

Input: `mode` (provisional, close_when_due, close), and optionally `period` (`2020-05`; else the month that ended before
`as_of`), `as_of` (ISO 8601 with zone; else the clock) and `reason` (restates a closed month).
"""

from typing import Any

from motcua import bootstrap
from motcua.contracts.reports.target_report import publish
from motcua.contracts.schedules import CloseMonthInput
from motcua.telemetry import count, note, one_line, real_now
from motcua.usecases.reports.close_month import CloseOutcome, close_month, close_when_due


@one_line("close_month")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    asked = CloseMonthInput.model_validate(event)
    command = asked.to_domain(real_now())
    close = close_when_due if asked.mode == "close_when_due" else close_month
    closed = close(
        command,
        registry=bootstrap.registry(),
        figures=bootstrap.figures(),
        reports=bootstrap.reports(),
        outbox=bootstrap.outbox(),
        publish=publish,
    )
    version = closed.report.version if closed.report else None
    note(period=str(command.period), outcome=closed.outcome.value, version=version)
    if closed.outcome in (CloseOutcome.DEFERRED, CloseOutcome.DIFFERS):
        count(f"close_{closed.outcome.value}")
    status = closed.report.status if closed.report else None
    return {"period": str(command.period), "outcome": closed.outcome.value, "version": version, "status": status}
