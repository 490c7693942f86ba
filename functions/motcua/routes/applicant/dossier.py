"""The portal's client: a citizen or business submits, reads the own dossier, chooses how the result comes."""

from motcua import bootstrap
from motcua.contracts.dossier.intake_requests import ReturnChannelRequest, SubmitDossierRequest, WithdrawalRequest
from motcua.contracts.dossier.views import DossierView
from motcua.domain.status import TOLD_WHY
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen
from motcua.edge.request import Request
from motcua.routes.dossier_command import PAPER_REFUSALS, SERVICE_REFUSALS, dossier_answer, etag
from motcua.telemetry import count, note
from motcua.usecases.dossier_command import ApplicantCommand
from motcua.usecases.intake.submit_dossier import submit_dossier as submit
from motcua.usecases.intake.withdraw_dossier import withdraw_own
from motcua.usecases.reading import read_dossier as reading
from motcua.usecases.results.choose_return_channel import choose_own_return_channel


def submit_dossier(request: Request, body: SubmitDossierRequest) -> Answer:
    client, citizen = portal_citizen(request.event, "portal/submit", request.headers)
    key = request.idempotency_key(f"{client}|{citizen}", "submit_dossier")
    result = submit(body.to_domain(citizen), request.stamp(f"portal:{client}"), key, bootstrap.dossier_context())
    if not result.replayed:
        count("submitted")
    return dossier_answer(result, status=201, under="/portal/dossiers")


def read_own_dossier(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    _, citizen = portal_citizen(request.event, "portal/read", request.headers)
    dossier, persons = reading.read_own(dossier_id, citizen, bootstrap.dossiers())
    why = persons.reason_for(dossier.waiting) if dossier.status in TOLD_WHY else ""
    return Answer(DossierView.from_domain(dossier, why), headers=etag(dossier))


def choose_own_channel(request: Request, dossier_id: str, body: ReturnChannelRequest) -> Answer:
    act = _own_act(request, dossier_id, "choose_own_channel")
    return dossier_answer(choose_own_return_channel(act, body.to_domain(), bootstrap.dossier_context()))


def withdraw_own_dossier(request: Request, dossier_id: str, body: WithdrawalRequest) -> Answer:
    act = _own_act(request, dossier_id, "withdraw_own_dossier")
    return dossier_answer(withdraw_own(act, body.reason, bootstrap.dossier_context()))


def _own_act(request: Request, dossier_id: str, name: str) -> ApplicantCommand:
    client, citizen = portal_citizen(request.event, "portal/choose", request.headers)
    note(dossier_id=dossier_id)
    key = request.idempotency_key(f"{client}|{citizen}", f"{name}|{dossier_id}")
    return ApplicantCommand(dossier_id, request.expected_version(), citizen, request.stamp(f"portal:{client}"), key)


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
        refusals=(
            *SERVICE_REFUSALS,
            *PAPER_REFUSALS[:-1],
            "post_not_offered",
            "originals_due_by_post",
            "not_the_citizen",
            "calendar_year_unknown",
        ),
    ),
    Operation(
        "GET",
        "/portal/dossiers/{dossier_id}",
        read_own_dossier,
        DossierView,
        "portal",
        "Xem hồ sơ của mình",
        "Read one's own dossier",
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
        refusals=(
            "unknown_procedure",
            "post_not_offered",
            "originals_due_by_post",
            "parcel_under_way",
            "address_needed_for_post",
            "rule_missing",
        ),
    ),
    Operation(
        "POST",
        "/portal/dossiers/{dossier_id}/withdrawal",
        withdraw_own_dossier,
        DossierView,
        "portal",
        "Rút hồ sơ của mình",
        "Withdraw one's own dossier",
        body=WithdrawalRequest,
        command=True,
        guarded=True,
        scope="portal/choose",
    ),
)
