"""HTTPS for those who keep the registry: rules, units, procedures and their review, calendars, opening figures, jobs."""

from typing import Any

from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "POST /calendars/{year}/changes": "deadline.change_calendar:propose_calendar_change",
    "GET /calendar-changes": "deadline.change_calendar:list_calendar_changes",
    "GET /calendar-changes/{change_id}": "deadline.change_calendar:read_calendar_change",
    "POST /calendar-changes/{change_id}/application": "deadline.change_calendar:apply_calendar_change",
    "GET /registry/{kind}/{entry_id}/history": "registry.read_history:read_history",
    "GET /jobs/{job_id}": "jobs.run_job:read_job",
    "GET /jobs/{job_id}/results": "jobs.run_job:read_job_results",
    "POST /jobs/{job_id}/abandonment": "jobs.run_job:abandon_job",
    "POST /jobs/{job_id}/tasks/{dossier_id}": "jobs.reorganise:decide_job_task",
    "GET /opening-figures/{year}": "reports.enter_opening_figure:read_opening_figures",
    "PUT /opening-figures/{year}/{agency_id}": "reports.enter_opening_figure:enter_opening_figure",
    "POST /procedures/{code}/draft": "review.draft_procedure:draft_procedure",
    "POST /reorganisations": "jobs.reorganise:plan_reorganisation",
    "GET /reorganisations": "jobs.reorganise:list_reorganisations",
    "GET /reorganisations/{reorganisation_id}": "jobs.reorganise:read_reorganisation",
    "PUT /reorganisations/{reorganisation_id}": "jobs.reorganise:change_reorganisation",
    "POST /reorganisations/{reorganisation_id}/start": "jobs.reorganise:start_reorganisation",
    "POST /reviews/{order_id}/departments/{department_id}/preparations": "review.review_procedures:prepare_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/proposals": "review.review_procedures:propose_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/announcements": "review.review_procedures:announce_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/publications": "review.review_procedures:publish_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/returns": "review.review_procedures:return_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/withdrawals": "review.review_procedures:withdraw_review_items",
    "GET /reviews/{order_id}": "review.read_review:read_review",
    "GET /reviews/{order_id}/departments/{department_id}": "review.read_review:read_work_list",
    "POST /reviews/{order_id}/departments/{department_id}/items": "review.enter_review_items:enter_review_items",
    "POST /reviews/{order_id}/departments/{department_id}/catalogue": "review.enter_review_items:enter_review_catalogue",
    "PUT /reviews/{order_id}/departments/{department_id}/items/{code}": "review.review_procedures:prepare_review_item",
    "POST /rules": "rules.enter_rule:enter_rule",
    "PUT /rules/{rule_id}": "rules.enter_rule:change_rule",
    "POST /rules/{rule_id}/annulment": "rules.enter_rule:annul_rule",
    "POST /units": "registry.change_unit:enter_unit",
    "PUT /units/{unit_id}": "registry.change_unit:change_unit",
}

answer = mount(ROUTES)


@one_line("registry_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
