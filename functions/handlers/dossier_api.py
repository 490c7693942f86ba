"""HTTPS for staff: the counter of the one-stop unit, and the desks of the processing agency."""

from typing import Any

from motcua.http import mount
from motcua.routes import (
    staff_agency,
    staff_bulk,
    staff_correction,
    staff_deadline,
    staff_inbox,
    staff_intake,
    staff_link,
    staff_linked,
    staff_processing,
    staff_reading,
    staff_receipt,
    staff_search,
    staff_waiting,
)
from motcua.telemetry import one_line

THEMES = (
    staff_agency,
    staff_bulk,
    staff_correction,
    staff_deadline,
    staff_inbox,
    staff_intake,
    staff_link,
    staff_linked,
    staff_processing,
    staff_reading,
    staff_receipt,
    staff_search,
    staff_waiting,
)

answer = mount(operation for theme in THEMES for operation in theme.OPERATIONS)


@one_line("dossier_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
