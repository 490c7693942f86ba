"""HTTPS for staff: the counter of the one-stop unit, and the desks of the processing agency."""

from typing import Any

from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "POST /dossiers/{dossier_id}/assignment": "staff_agency:assign_dossier",
    "POST /dossiers/{dossier_id}/opinions": "staff_agency:ask_opinion",
    "POST /dossiers/{dossier_id}/opinions/{agency_id}": "staff_agency:give_opinion",
    "POST /dossiers/{dossier_id}/apology": "staff_agency:apologise",
    "POST /dossiers/{dossier_id}/paper-handover": "staff_agency:hand_over_paper",
    "POST /dossiers/{dossier_id}/paper-receipt": "staff_agency:take_paper",
    "POST /bulk": "staff_bulk:start_bulk",
    "POST /dossiers/{dossier_id}/return-reversal": "staff_correction:reverse_return",
    "POST /dossiers/{dossier_id}/resolution-reversal": "staff_correction:reverse_resolution",
    "POST /dossiers/{dossier_id}/reissue": "staff_correction:reissue_result",
    "GET /dossiers/{dossier_id}/deadline": "staff_deadline:read_deadline",
    "GET /units/{unit_id}/inbox": "staff_inbox:read_inbox",
    "GET /units/{unit_id}/inbox/counts": "staff_inbox:count_inbox",
    "POST /dossiers": "receive_dossier:receive_dossier",
    "POST /dossiers/{dossier_id}/acceptance": "staff_intake:accept_dossier",
    "POST /dossiers/{dossier_id}/refusal": "staff_intake:refuse_dossier",
    "POST /dossiers/transitional": "staff_intake:register_transitional",
    "POST /dossiers/refusals": "staff_intake:refuse_at_counter",
    "POST /dossiers/{dossier_id}/return-channel-link": "staff_link:make_channel_link",
    "POST /dossiers/{dossier_id}/legs/{agency_id}": "staff_linked:finish_leg",
    "POST /dossiers/{dossier_id}/takeover": "staff_processing:take_over_dossier",
    "POST /dossiers/{dossier_id}/resolution": "staff_processing:resolve_dossier",
    "POST /dossiers/{dossier_id}/return": "staff_processing:return_dossier",
    "PUT /dossiers/{dossier_id}/return-channel": "staff_processing:choose_return_channel",
    "GET /dossiers/{dossier_id}": "staff_reading:read_dossier",
    "GET /dossiers/{dossier_id}/timeline": "staff_reading:read_timeline",
    "POST /dossiers/{dossier_id}/withdrawal": "staff_receipt:withdraw_dossier",
    "POST /dossiers/{dossier_id}/receipt-correction": "staff_receipt:correct_receipt",
    "POST /units/{unit_id}/search": "staff_search:find_dossiers",
    "GET /units/{unit_id}/searches": "staff_search:list_searches",
    "POST /dossiers/{dossier_id}/supplement-request": "staff_waiting:request_supplement",
    "POST /dossiers/{dossier_id}/supplement": "staff_waiting:complete_supplement",
    "POST /dossiers/{dossier_id}/payment-request": "staff_waiting:request_payment",
    "POST /dossiers/{dossier_id}/payment": "staff_waiting:confirm_payment",
    "POST /dossiers/{dossier_id}/pause": "staff_waiting:pause_dossier",
    "POST /dossiers/{dossier_id}/resumption": "staff_waiting:resume_dossier",
    "POST /dossiers/{dossier_id}/refusal-after-appraisal": "staff_waiting:refuse_after_appraisal",
    "POST /dossiers/{dossier_id}/answer-return": "staff_waiting:return_answer",
}

answer = mount(ROUTES)


@one_line("dossier_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
