"""HTTPS for heads and the controller: the target report and what stands behind it."""

from typing import Any

from motcua.edge.http import mount
from motcua.routes.reports import target_report as reports
from motcua.telemetry import one_line

answer = mount(reports.OPERATIONS)


@one_line("report_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
