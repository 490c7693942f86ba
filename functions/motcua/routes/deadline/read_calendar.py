"""Read a working calendar; open to everybody."""

import re

from motcua import bootstrap
from motcua.contracts.deadline.read_calendar import CalendarView
from motcua.domain.errors import NotFoundError
from motcua.domain.registry.entry import EntryKind
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.query import asked_number, check_names
from motcua.routes.registry.public_reading import etag_of


def read_calendar(request: Request, year: str) -> Answer:
    """Return the calendar as it is now, or in the version that a due date cites; only the current one can be changed."""
    check_names(request, ("version",))
    number, registry = asked_number(request, "version"), bootstrap.registry()
    entry = registry.entry(EntryKind.CALENDAR, year) if re.fullmatch("[0-9]{4}", year) else None
    if entry is None:
        raise NotFoundError("entry_not_found", kind="calendar", id=year)
    if number is None or number == entry.version:
        return Answer(CalendarView.of(entry), headers=etag_of(entry))
    former = registry.former(EntryKind.CALENDAR, year, number)
    if former is None:
        raise NotFoundError("version_not_found", kind="calendar", id=year, number=number)
    return Answer(CalendarView.of(former))


OPERATIONS = (
    Operation(
        "GET",
        "/calendars/{year}",
        read_calendar,
        CalendarView,
        "public",
        "Ngày nghỉ và ngày làm bù của một năm",
        "The announced days of a year",
        query=("version",),
        refusals=("entry_not_found", "version_not_found"),
    ),
)
