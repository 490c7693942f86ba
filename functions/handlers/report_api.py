"""HTTPS for heads and the controller: the target report and the facts behind it."""

from typing import Any

from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "GET /reports/targets/{period}": "reports.target_report:read_target_report",
    "GET /reports/targets/{period}/agencies/{agency_id}/facts": "reports.target_report:read_facts",
}

answer = mount(ROUTES)


@one_line("report_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
