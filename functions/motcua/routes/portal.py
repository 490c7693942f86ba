"""The portal's client: a citizen or business submits, reads the own dossier, chooses how the result comes."""

from motcua import bootstrap
from motcua.contracts.requests import ReturnChannelRequest, SubmitDossierRequest
from motcua.contracts.views import DossierView
from motcua.http import Answer, Operation
from motcua.identity import portal_citizen
from motcua.request import Request
from motcua.routes.commands import SERVICE_REFUSALS, done, etag
from motcua.telemetry import count, note
from motcua.usecases import read_dossier as reading
from motcua.usecases.choose_return_channel import choose_own_return_channel
from motcua.usecases.submit_dossier import submit_dossier as submit


def submit_dossier(request: Request, body: SubmitDossierRequest) -> Answer:
    client, citizen = portal_citizen(request.event, "portal/submit", request.headers)
    key = request.idempotency_key(f"{client}|{citizen}", "submit_dossier")
    result = submit(body.to_domain(citizen), request.stamp(f"portal:{client}"), key, bootstrap.office())
    if not result.repeated:
        count("submitted")
    return done(result, status=201, under="/portal/dossiers")


def read_own_dossier(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    _, citizen = portal_citizen(request.event, "portal/read", request.headers)
    dossier, persons = reading.read_own(dossier_id, citizen, bootstrap.dossiers())
    return Answer(DossierView.from_domain(dossier, persons.refusal_reason), headers=etag(dossier))


def choose_own_channel(request: Request, dossier_id: str, body: ReturnChannelRequest) -> Answer:
    client, citizen = portal_citizen(request.event, "portal/choose", request.headers)
    version = request.expected_version()
    key = request.idempotency_key(f"{client}|{citizen}", f"choose_own_channel|{dossier_id}")
    stamp = request.stamp(f"portal:{client}")
    return done(
        choose_own_return_channel(dossier_id, version, citizen, body.to_domain(), stamp, key, bootstrap.office())
    )


OPERATIONS = (
    Operation(
        "POST",
        "/portal/dossiers",
        submit_dossier,
        DossierView,
        "portal",
        "Nộp hồ sơ trực tuyến",
        "Submit a dossier online",
        body=SubmitDossierRequest,
        status=201,
        command=True,
        scope="portal/submit",
        refusals=(*SERVICE_REFUSALS, "post_not_offered", "not_the_citizen"),
    ),
    Operation(
        "GET",
        "/portal/dossiers/{dossier_id}",
        read_own_dossier,
        DossierView,
        "portal",
        "Xem hồ sơ của mình",
        "Read the own dossier",
        scope="portal/read",
    ),
    Operation(
        "PUT",
        "/portal/dossiers/{dossier_id}/return-channel",
        choose_own_channel,
        DossierView,
        "portal",
        "Chọn cách nhận kết quả",
        "Choose how the result comes",
        body=ReturnChannelRequest,
        command=True,
        guarded=True,
        scope="portal/choose",
        refusals=("unknown_procedure", "post_not_offered", "parcel_under_way", "rule_missing"),
    ),
)
