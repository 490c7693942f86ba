"""Staff, the one-stop unit's counter: receive, accept, refuse."""

from motcua import bootstrap
from motcua.contracts.requests import NoBody, ReceiveDossierRequest, RefusalRequest
from motcua.contracts.views import DossierView
from motcua.http import Answer, Operation
from motcua.identity import staff
from motcua.request import Request
from motcua.routes.commands import SERVICE_REFUSALS, act_of, done
from motcua.telemetry import count
from motcua.usecases.decide_submission import accept_submission, refuse_submission
from motcua.usecases.receive_dossier import receive_dossier as receive


def receive_dossier(request: Request, body: ReceiveDossierRequest) -> Answer:
    by = staff(request.event)
    key = request.idempotency_key(by.subject, "receive_dossier")
    result = receive(body.to_domain(), by, request.stamp(by.subject), key, bootstrap.office())
    if not result.repeated:
        count("received")
    return done(result, status=201)


def accept_dossier(request: Request, dossier_id: str, body: NoBody) -> Answer:
    result = accept_submission(act_of(request, dossier_id, "accept_dossier"), bootstrap.office())
    if not result.repeated:
        count("received")
    return done(result)


def refuse_dossier(request: Request, dossier_id: str, body: RefusalRequest) -> Answer:
    act = act_of(request, dossier_id, "refuse_dossier")
    return done(refuse_submission(act, body.reason, bootstrap.office()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers",
        receive_dossier,
        DossierView,
        "staff",
        "Tiếp nhận hồ sơ nộp trực tiếp hoặc qua bưu chính",
        "Receive a dossier at the counter or from the post",
        body=ReceiveDossierRequest,
        status=201,
        command=True,
        refusals=(*SERVICE_REFUSALS, "post_not_offered", "calendar_year_unknown"),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/acceptance",
        accept_dossier,
        DossierView,
        "staff",
        "Tiếp nhận hồ sơ nộp trực tuyến",
        "Accept an online submission",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=(*SERVICE_REFUSALS, "calendar_year_unknown"),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/refusal",
        refuse_dossier,
        DossierView,
        "staff",
        "Từ chối tiếp nhận hồ sơ nộp trực tuyến (mẫu số 03)",
        "Refuse an online submission (form 03)",
        body=RefusalRequest,
        command=True,
        guarded=True,
    ),
)
