"""Read the applicant's timeline, and track a dossier by its number."""

from motcua import bootstrap
from motcua.contracts.reading.read_timeline import ApplicantTimelineView
from motcua.contracts.reading.track_dossier import TrackingRequest, TrackingView
from motcua.domain.dossier.number import check_number
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen
from motcua.edge.request import Request
from motcua.telemetry import note, real_now
from motcua.usecases.reading.read_timeline import own_timeline, told_stages
from motcua.usecases.reading.track_dossier import track


def read_own_timeline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    _, citizen = portal_citizen(request.event, "portal/read", request.headers)
    timeline = own_timeline(dossier_id, citizen, bootstrap.dossiers(), bootstrap.registry())
    return Answer(ApplicantTimelineView.of(timeline))


def track_dossier(request: Request, body: TrackingRequest) -> Answer:
    number, dossiers = check_number(body.number), bootstrap.dossiers()
    dossier = track(number, body.identity_number, real_now(), bootstrap.tracking(), dossiers)
    return Answer(TrackingView.from_domain(dossier, told_stages(dossiers.events(dossier.id), bootstrap.registry())))


OPERATIONS = (
    Operation(
        "GET",
        "/portal/dossiers/{dossier_id}/timeline",
        read_own_timeline,
        ApplicantTimelineView,
        "portal",
        "Xem quá trình giải quyết hồ sơ của mình",
        "Read the stages of one's own dossier",
        scope="portal/read",
    ),
    Operation(
        "POST",
        "/tracking",
        track_dossier,
        TrackingView,
        "public",
        "Tra cứu hồ sơ bằng số hồ sơ và số định danh của chủ hồ sơ hoặc người nộp",
        "Track a dossier by its number and the identity number of its owner or submitter",
        body=TrackingRequest,
        refusals=("nothing_to_track", "malformed_number"),
    ),
)
