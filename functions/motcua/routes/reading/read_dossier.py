"""Read one dossier and its events."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierDetailView, DossierView
from motcua.contracts.reading.timeline_views import TimelineView
from motcua.domain.status import TOLD_WHY
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen, staff
from motcua.edge.request import Request
from motcua.routes.dossier_command import etag
from motcua.telemetry import note
from motcua.usecases.reading import read_dossier as reading


def read_own_dossier(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    _, citizen = portal_citizen(request.event, "portal/read", request.headers)
    dossier, persons = reading.read_own(dossier_id, citizen, bootstrap.dossiers())
    why = persons.reason_for(dossier.waiting) if dossier.status in TOLD_WHY else ""
    return Answer(DossierView.from_domain(dossier, why), headers=etag(dossier))


def read_dossier(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    dossier, persons = reading.read_dossier(dossier_id, staff(request.event), bootstrap.dossiers())
    return Answer(DossierDetailView.of(dossier, persons), headers=etag(dossier))


def read_timeline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    events, reasons = reading.read_timeline(dossier_id, staff(request.event), bootstrap.dossiers())
    return Answer(TimelineView.of(events, reasons))


OPERATIONS = (
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
        "GET",
        "/dossiers/{dossier_id}",
        read_dossier,
        DossierDetailView,
        "staff",
        "Xem hồ sơ",
        "Read a dossier",
    ),
    Operation(
        "GET",
        "/dossiers/{dossier_id}/timeline",
        read_timeline,
        TimelineView,
        "staff",
        "Xem quá trình xử lý hồ sơ",
        "Read a dossier's timeline",
    ),
)
