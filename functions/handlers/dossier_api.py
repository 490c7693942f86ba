"""HTTPS for staff: the counter of the one-stop unit, and the desks of the processing agency."""

from typing import Any

from motcua.http import mount
from motcua.routes import staff_intake, staff_processing, staff_reading
from motcua.telemetry import one_line

answer = mount((*staff_intake.OPERATIONS, *staff_processing.OPERATIONS, *staff_reading.OPERATIONS))


@one_line("dossier_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
