"""The portal's client: a citizen or business reads the stages of the own dossier."""

from motcua import bootstrap
from motcua.contracts.reading.timeline import ApplicantTimelineView
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen
from motcua.edge.request import Request
from motcua.telemetry import note
from motcua.usecases.reading.read_timeline import own_timeline


def read_own_timeline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    _, citizen = portal_citizen(request.event, "portal/read", request.headers)
    timeline = own_timeline(dossier_id, citizen, bootstrap.dossiers(), bootstrap.registry())
    return Answer(ApplicantTimelineView.of(timeline))


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
)
