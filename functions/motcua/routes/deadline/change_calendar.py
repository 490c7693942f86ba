"""Propose a change of a calendar, review it, apply it."""

import re

from motcua import bootstrap
from motcua.contracts.deadline.change_calendar import (
    ApplyCalendarRequest,
    CalendarChangesView,
    CalendarChangeView,
    ProposeCalendarRequest,
)
from motcua.domain.errors import InvalidError
from motcua.domain.registry.entry import EntryKind
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.registry_command import AMENDING_REFUSALS, controller, entry_answer, registry_command
from motcua.usecases.deadline import change_calendar as usecases
from motcua.usecases.registry_command import known_entry


def propose_calendar_change(request: Request, year: str, body: ProposeCalendarRequest) -> Answer:
    """Propose a change. It is reviewed before any due date moves."""
    if not re.fullmatch("20[0-9]{2}|2100", year):
        raise InvalidError("malformed_year", "/year")
    command = registry_command(request, f"propose_calendar_change|{year}", body.why, changes=False)
    days = tuple(day.to_domain() for day in body.days)
    done = usecases.propose_change(
        command, int(year), days, body.legal_basis.to_domain(), bootstrap.ledger(), bootstrap.new_id
    )
    change = done.entry.thing
    return entry_answer(done, CalendarChangeView.of(change), 201, at=f"/calendar-changes/{change.id}")


def list_calendar_changes(request: Request) -> Answer:
    controller(request)
    known = bootstrap.ledger().entries(EntryKind.CALENDAR_CHANGE)
    return Answer(CalendarChangesView.of(entry.thing for entry in known))


def read_calendar_change(request: Request, change_id: str) -> Answer:
    controller(request)
    entry = known_entry(bootstrap.ledger(), EntryKind.CALENDAR_CHANGE, change_id)
    return Answer(CalendarChangeView.of(entry.thing), headers={"ETag": f'"{entry.version}"'})


def apply_calendar_change(request: Request, change_id: str, body: ApplyCalendarRequest) -> Answer:
    command = registry_command(request, f"apply_calendar_change|{change_id}", body.why, changes=True)
    done = usecases.apply_change(command, change_id, bootstrap.ledger(), bootstrap.jobs(), bootstrap.new_id)
    return entry_answer(done, CalendarChangeView.of(done.entry.thing))


OPERATIONS = (
    Operation(
        "POST",
        "/calendars/{year}/changes",
        propose_calendar_change,
        CalendarChangeView,
        "staff",
        "Đề xuất thay đổi lịch làm việc và xem trước hồ sơ bị dời hạn",
        "Propose a change of the calendar, and see which due dates would move",
        body=ProposeCalendarRequest,
        status=201,
        command=True,
        refusals=(
            "role_needed",
            "entry_changed_meanwhile",
            "malformed_year",
            "too_few",
            "day_of_another_year",
            "day_twice",
            "makeup_on_a_workday",
        ),
    ),
    Operation(
        "GET",
        "/calendar-changes",
        list_calendar_changes,
        CalendarChangesView,
        "staff",
        "Danh sách các thay đổi lịch làm việc",
        "Every change of the calendar",
        refusals=("role_needed",),
    ),
    Operation(
        "GET",
        "/calendar-changes/{change_id}",
        read_calendar_change,
        CalendarChangeView,
        "staff",
        "Xem một thay đổi lịch làm việc",
        "Read a change of the calendar",
        refusals=("entry_not_found", "role_needed"),
    ),
    Operation(
        "POST",
        "/calendar-changes/{change_id}/application",
        apply_calendar_change,
        CalendarChangeView,
        "staff",
        "Áp dụng thay đổi lịch làm việc: hạn trả của từng hồ sơ được tính lại",
        "Apply a change of the calendar: each dossier's due date is counted anew",
        body=ApplyCalendarRequest,
        command=True,
        guarded=True,
        refusals=(*AMENDING_REFUSALS, "change_applied", "preview_not_done", "calendar_moved_on", "job_under_way"),
    ),
)
