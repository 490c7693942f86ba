"""Read a unit's inbox, and count it."""

import re
from datetime import datetime, time, timedelta

from motcua import bootstrap
from motcua.contracts.days import EARLIEST, LATEST
from motcua.contracts.reading.read_inbox import DeskCountsView, InboxView
from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import ChannelIn
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import LOCAL, local_day
from motcua.domain.reading.inbox import CAN_BE_LATE, InboxFilter
from motcua.domain.status import Status
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.paging import asked_after, cursor_after, following
from motcua.routes.query import asked_choice, asked_day, asked_number, asked_text, check_filters
from motcua.usecases.reading import read_inbox as reading

FILTERS = ("status", "officer", "due_within", "due_before", "late", "procedure", "channel")


def read_inbox(request: Request, unit_id: str) -> Answer:
    by, now = staff(request.event), request.stamp("").occurred_at
    check_filters(request, (*FILTERS, "limit", "cursor"))
    status, limit = _status(request), request.limit()
    wanted = _wanted(request, status, by, now)
    of = f"inbox {unit_id} {status.value} {wanted.name}"
    page = reading.read_inbox((unit_id, status), wanted, asked_after(request, of), limit, by, bootstrap.dossiers())
    cursor = cursor_after(page.after, of)
    asked = {name: request.query[name] for name in FILTERS if request.query.get(name)}
    headers = following(f"/units/{unit_id}/inbox", cursor, **asked, limit=limit)
    return Answer(InboxView.of((unit_id, status), page.dossiers, cursor, now), headers=headers)


def count_inbox(request: Request, unit_id: str) -> Answer:
    by, now = staff(request.event), request.stamp("").occurred_at
    check_filters(request, ())
    counts = reading.count_inbox(unit_id, now, by, bootstrap.dossiers())
    return Answer(DeskCountsView.of(unit_id, counts, now))


def _status(request: Request) -> Status:
    sent = request.query.get("status", "")
    if not re.fullmatch("[0-9]{1,2}", sent) or int(sent) not in Status._value2member_map_:
        raise InvalidError("not_allowed", "/status", expected=", ".join(str(each.value) for each in Status))
    return Status(int(sent))


def _wanted(request: Request, status: Status, by: Principal, now: datetime) -> InboxFilter:
    late = asked_choice(request, "late", ("true",))
    if late and status not in CAN_BE_LATE:
        raise InvalidError("late_where", "/late", expected=", ".join(str(each.value) for each in CAN_BE_LATE))
    officer = asked_text(request, "officer")
    channel = asked_choice(request, "channel", ChannelIn)
    return InboxFilter(
        officer=by.subject if officer == "me" else officer,
        procedure_code=asked_text(request, "procedure"),
        channel_in=ChannelIn(channel) if channel else None,
        due_before=_due_before(request, now),
        late_at=now if late else None,
    )


def _due_before(request: Request, now: datetime) -> datetime | None:
    """Return the start of the first local day that is excluded; the earlier one when two are named."""
    days = []
    if within := asked_number(request, "due_within"):
        days.append(local_day(now) + timedelta(days=within))
    if request.query.get("due_before"):
        days.append(asked_day(request, "due_before"))
        if not EARLIEST <= days[-1] <= LATEST:
            raise InvalidError("out_of_range", "/due_before", bound=f"{EARLIEST} – {LATEST}")
    return datetime.combine(min(days), time(), LOCAL) if days else None


OPERATIONS = (
    Operation(
        "GET",
        "/units/{unit_id}/inbox",
        read_inbox,
        InboxView,
        "staff",
        "Danh sách hồ sơ của đơn vị theo trạng thái, gần hạn trước; lọc theo cán bộ, hạn, thủ tục, kênh",
        "A unit's inbox by status, earliest due first; by officer, due date, procedure and channel",
        query=(*FILTERS, "limit", "cursor"),
        refusals=("unknown_filter", "late_where", "out_of_range"),
    ),
    Operation(
        "GET",
        "/units/{unit_id}/inbox/counts",
        count_inbox,
        DeskCountsView,
        "staff",
        "Số hồ sơ của đơn vị theo trạng thái, và số quá hạn",
        "How many dossiers lie with a unit by status, and how many are late",
        refusals=("unknown_filter",),
    ),
)
