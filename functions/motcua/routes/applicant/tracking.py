"""Anybody: where is my dossier? By POST, so that neither number lands in an access log."""

from motcua import bootstrap
from motcua.contracts.dossier.intake_requests import TrackingRequest
from motcua.contracts.timeline_views import TrackingView
from motcua.domain.dossier.number import check_number
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.telemetry import real_now
from motcua.usecases.reading.read_timeline import told_stages
from motcua.usecases.reading.track_dossier import track


def track_dossier(request: Request, body: TrackingRequest) -> Answer:
    number, dossiers = check_number(body.number), bootstrap.dossiers()
    dossier = track(number, body.identity_number, real_now(), bootstrap.tracking(), dossiers)
    return Answer(TrackingView.from_domain(dossier, told_stages(dossiers.events(dossier.id), bootstrap.registry())))


OPERATIONS = (
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
