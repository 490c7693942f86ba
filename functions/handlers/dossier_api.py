"""HTTPS for staff: the counter of the one-stop unit, and the inboxes of the processing agency."""

from typing import Any

from motcua.bootstrap import read_ahead
from motcua.edge.http import mount
from motcua.telemetry import one_line

ROUTES = {
    "POST /dossiers/{dossier_id}/assignment": "processing.assign_dossier:assign_dossier",
    "POST /dossiers/{dossier_id}/opinions": "processing.ask_opinion:ask_opinion",
    "POST /dossiers/{dossier_id}/opinions/{agency_id}": "processing.ask_opinion:give_opinion",
    "POST /dossiers/{dossier_id}/apology": "processing.apologise:apologise",
    "POST /dossiers/{dossier_id}/paper-handover": "processing.hand_over_paper:hand_over_paper",
    "POST /dossiers/{dossier_id}/paper-receipt": "processing.hand_over_paper:take_paper",
    "POST /bulk": "jobs.run_bulk:start_bulk",
    "POST /dossiers/{dossier_id}/return-reversal": "results.reverse_act:reverse_return",
    "POST /dossiers/{dossier_id}/resolution-reversal": "results.reverse_act:reverse_resolution",
    "POST /dossiers/{dossier_id}/reissue": "results.reissue_result:reissue_result",
    "GET /dossiers/{dossier_id}/deadline": "reading.explain_deadline:read_deadline",
    "GET /units/{unit_id}/inbox": "reading.read_inbox:read_inbox",
    "GET /units/{unit_id}/inbox/counts": "reading.read_inbox:count_inbox",
    "POST /dossiers": "intake.receive_dossier:receive_dossier",
    "POST /dossiers/{dossier_id}/acceptance": "intake.decide_submission:accept_dossier",
    "POST /dossiers/{dossier_id}/refusal": "intake.decide_submission:refuse_dossier",
    "POST /dossiers/transitional": "intake.register_transitional:register_transitional",
    "POST /dossiers/refusals": "intake.refuse_at_counter:refuse_at_counter",
    "POST /dossiers/{dossier_id}/return-channel-link": "results.choose_by_link:make_channel_link",
    "POST /dossiers/{dossier_id}/legs/{agency_id}": "processing.finish_leg:finish_leg",
    "POST /dossiers/{dossier_id}/takeover": "processing.process_dossier:take_over_dossier",
    "POST /dossiers/{dossier_id}/resolution": "processing.process_dossier:resolve_dossier",
    "POST /dossiers/{dossier_id}/return": "results.return_result:return_dossier",
    "PUT /dossiers/{dossier_id}/return-channel": "results.choose_return_channel:choose_return_channel",
    "GET /dossiers/{dossier_id}": "reading.read_dossier:read_dossier",
    "GET /dossiers/{dossier_id}/timeline": "reading.read_dossier:read_timeline",
    "POST /dossiers/{dossier_id}/withdrawal": "intake.withdraw_dossier:withdraw_dossier",
    "POST /dossiers/{dossier_id}/receipt-correction": "intake.correct_receipt:correct_receipt",
    "POST /units/{unit_id}/search": "reading.find_dossiers:find_dossiers",
    "GET /units/{unit_id}/searches": "reading.find_dossiers:list_searches",
    "POST /dossiers/{dossier_id}/supplement-request": "processing.request_supplement:request_supplement",
    "POST /dossiers/{dossier_id}/supplement": "processing.request_supplement:complete_supplement",
    "POST /dossiers/{dossier_id}/payment-request": "processing.request_payment:request_payment",
    "POST /dossiers/{dossier_id}/payment": "processing.request_payment:confirm_payment",
    "POST /dossiers/{dossier_id}/pause": "processing.pause_dossier:pause_dossier",
    "POST /dossiers/{dossier_id}/resumption": "processing.pause_dossier:resume_dossier",
    "POST /dossiers/{dossier_id}/refusal-after-appraisal": "processing.refuse_after_appraisal:refuse_after_appraisal",
    "POST /dossiers/{dossier_id}/answer-return": "results.return_result:return_answer",
}

answer = mount(ROUTES)
read_ahead()


@one_line("dossier_api")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return answer(event, context)
