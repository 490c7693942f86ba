"""HTTPS for those who keep the registry: rules, units, procedures and their review, calendars, opening figures, jobs."""

from typing import Any

from motcua.edge.http import mount
from motcua.routes.registry import (
    calendars,
    history,
    jobs,
    opening_figures,
    procedures,
    reorganisations,
    review_acts,
    reviews,
    rules,
    units,
)
from motcua.telemetry import one_line

answer = mount(
    (
        *rules.OPERATIONS,
        *units.OPERATIONS,
        *procedures.OPERATIONS,
        *reviews.OPERATIONS,
        *review_acts.OPERATIONS,
        *opening_figures.OPERATIONS,
        *calendars.OPERATIONS,
        *reorganisations.OPERATIONS,
        *jobs.OPERATIONS,
        *history.OPERATIONS,
    )
)


@one_line("registry_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
