"""HTTPS for staff: the counter of the one-stop unit, and the desks of the processing agency."""

from typing import Any

from motcua.edge.http import mount
from motcua.routes.staff import agency as staff_agency
from motcua.routes.staff import bulk as staff_bulk
from motcua.routes.staff import channel_link as staff_link
from motcua.routes.staff import correction as staff_correction
from motcua.routes.staff import deadline as staff_deadline
from motcua.routes.staff import inbox as staff_inbox
from motcua.routes.staff import intake as staff_intake
from motcua.routes.staff import legs as staff_linked
from motcua.routes.staff import processing as staff_processing
from motcua.routes.staff import reading as staff_reading
from motcua.routes.staff import receipt as staff_receipt
from motcua.routes.staff import search as staff_search
from motcua.routes.staff import waiting as staff_waiting
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
