"""Ask another agency for its opinion, and give it."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.contracts.processing.ask_opinion import OpinionRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import ask_opinion as asking


def ask_opinion(request: Request, dossier_id: str, body: OpinionRequest) -> Answer:
    act = staff_command(request, dossier_id, "ask_opinion")
    return dossier_answer(asking.ask_opinion(act, body.agency_id, body.limit.to_domain(), bootstrap.dossier_context()))


def give_opinion(request: Request, dossier_id: str, agency_id: str, body: NoBody) -> Answer:
    act = staff_command(request, dossier_id, f"give_opinion|{agency_id}")
    return dossier_answer(asking.give_opinion(act, agency_id, bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/opinions",
        ask_opinion,
        DossierView,
        "staff",
        "Lấy ý kiến cơ quan khác, có thời hạn",
        "Ask another agency for its opinion, within a limit",
        body=OpinionRequest,
        command=True,
        guarded=True,
        refusals=(
            "own_opinion",
            "counter_gives_no_opinion",
            "opinion_owed_already",
            "unknown_unit",
            "unit_ended",
            "rule_missing",
            "calendar_year_unknown",
        ),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/opinions/{agency_id}",
        give_opinion,
        DossierView,
        "staff",
        "Cơ quan được hỏi đã cho ý kiến",
        "The agency that was asked has given its opinion",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("no_opinion_owed",),
    ),
)
