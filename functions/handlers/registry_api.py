"""HTTPS for those who keep the registry: rules, units, procedures and their review, calendars, opening figures, jobs."""

from typing import Any

from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "POST /calendars/{year}/changes": "calendars:propose_calendar_change",
    "GET /calendar-changes": "calendars:list_calendar_changes",
    "GET /calendar-changes/{change_id}": "calendars:read_calendar_change",
    "POST /calendar-changes/{change_id}/application": "calendars:apply_calendar_change",
    "GET /registry/{kind}/{entry_id}/history": "history:read_history",
    "GET /jobs/{job_id}": "jobs:read_job",
    "GET /jobs/{job_id}/results": "jobs:read_job_results",
    "POST /jobs/{job_id}/abandonment": "jobs:abandon_job",
    "POST /jobs/{job_id}/tasks/{dossier_id}": "jobs:decide_job_task",
    "GET /opening-figures/{year}": "opening_figures:read_opening_figures",
    "PUT /opening-figures/{year}/{agency_id}": "opening_figures:enter_opening_figure",
    "POST /procedures/{code}/draft": "procedures:draft_procedure",
    "POST /reorganisations": "reorganisations:plan_reorganisation",
    "GET /reorganisations": "reorganisations:list_reorganisations",
    "GET /reorganisations/{reorganisation_id}": "reorganisations:read_reorganisation",
    "PUT /reorganisations/{reorganisation_id}": "reorganisations:change_reorganisation",
    "POST /reorganisations/{reorganisation_id}/start": "reorganisations:start_reorganisation",
    "POST /reviews/{order_id}/departments/{department_id}/preparations": "review_acts:prepare_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/proposals": "review_acts:propose_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/announcements": "review_acts:announce_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/publications": "review_acts:publish_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/returns": "review_acts:return_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/withdrawals": "review_acts:withdraw_review_items",
    "GET /reviews/{order_id}": "reviews:read_review",
    "GET /reviews/{order_id}/departments/{department_id}": "reviews:read_work_list",
    "POST /reviews/{order_id}/departments/{department_id}/items": "reviews:enter_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/catalogue": "reviews:enter_review_catalogue",
    "PUT /reviews/{order_id}/departments/{department_id}/items/{code}": "reviews:prepare_review_item",
    "POST /rules": "rules:enter_rule",
    "PUT /rules/{rule_id}": "rules:change_rule",
    "POST /rules/{rule_id}/annulment": "rules:annul_rule",
    "POST /units": "units:enter_unit",
    "PUT /units/{unit_id}": "units:change_unit",
}

answer = mount(ROUTES)


@one_line("registry_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
