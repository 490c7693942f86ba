"""Staff, reading: one dossier, its timeline, a unit's inbox."""

import re

from motcua import bootstrap
from motcua.contracts.views import DossierDetailView, InboxView, TimelineView
from motcua.domain.errors import InvalidError
from motcua.domain.status import Status
from motcua.http import Answer, Operation
from motcua.identity import staff
from motcua.request import Request
from motcua.routes.commands import etag
from motcua.routes.paging import following
from motcua.telemetry import note
from motcua.usecases import read_dossier as reading


def read_dossier(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    dossier, persons = reading.read_dossier(dossier_id, staff(request.event), bootstrap.dossiers())
    return Answer(DossierDetailView.of(dossier, persons), headers=etag(dossier))


def read_timeline(request: Request, dossier_id: str) -> Answer:
    note(dossier_id=dossier_id)
    events = reading.read_timeline(dossier_id, staff(request.event), bootstrap.dossiers())
    return Answer(TimelineView.of(events))


def read_inbox(request: Request, unit_id: str) -> Answer:
    status, limit = _status(request), request.limit()
    cursor = request.query.get("cursor", "")
    page = reading.read_inbox(unit_id, status, cursor, limit, staff(request.event), bootstrap.dossiers())
    headers = following(f"/units/{unit_id}/inbox", page.cursor, status=status.value, limit=limit)
    return Answer(InboxView.of(unit_id, status, page.dossiers, page.cursor), headers=headers)


def _status(request: Request) -> Status:
    sent = request.query.get("status", "")
    if not re.fullmatch("[0-9]{1,2}", sent) or int(sent) not in Status._value2member_map_:
        raise InvalidError("not_allowed", "/status", expected=", ".join(str(each.value) for each in Status))
    return Status(int(sent))


OPERATIONS = (
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
    Operation(
        "GET",
        "/units/{unit_id}/inbox",
        read_inbox,
        InboxView,
        "staff",
        "Danh sách hồ sơ của đơn vị theo trạng thái, gần hạn trước",
        "A unit's inbox by status, oldest due first",
        query=("status", "limit", "cursor"),
    ),
)
