"""Read the target report and the facts under its numbers."""

from motcua import bootstrap
from motcua.contracts.reports.target_report import FactsView, TargetReportView
from motcua.domain.access.principal import Principal, Role
from motcua.domain.errors import ForbiddenError, InvalidError, NotFoundError
from motcua.domain.reports.figure import FactKind
from motcua.domain.reports.target_report import Period
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.paging import asked_after, cursor_after, following


def read_target_report(request: Request, period: str) -> Answer:
    """Return the latest version, or the one that `version` names. Every signed-in member of staff may see the percentages."""
    _check_staff(staff(request.event))
    wanted, number = str(Period.parse(period)), request.query.get("version", "")
    if number and not (number.isdecimal() and len(number) < 5):
        raise InvalidError("wrong_type", "/version", expected="integer")
    reports = bootstrap.reports()
    report = reports.version(wanted, int(number)) if number else reports.latest(wanted)
    if report is None:
        raise NotFoundError("report_not_found")
    return Answer(TargetReportView.of(report), headers={"ETag": f'"{report.version}"'})


def read_facts(request: Request, period: str, agency_id: str) -> Answer:
    """Return the dossiers that a figure counts, to the agency's own staff and the controller."""
    by, month = staff(request.event), Period.parse(period)
    if not (by.has(Role.HEAD, agency_id) or by.has(Role.OFFICER, agency_id) or by.is_controller):
        raise ForbiddenError("unit_not_yours", unit=agency_id)
    kind = request.query.get("kind", FactKind.RETURNED)
    if kind not in FactKind._value2member_map_:
        raise InvalidError("not_allowed", "/kind", expected=", ".join(FactKind))
    span, limit = (month.first, month.last), request.limit()
    here = f"/reports/targets/{period}/agencies/{agency_id}/facts"
    of = f"{here} {kind}"
    facts, last = bootstrap.figures().facts(agency_id, FactKind(kind), span, asked_after(request, of), limit)
    cursor = cursor_after(last, of)
    return Answer(
        FactsView.of(period, agency_id, kind, facts, cursor), headers=following(here, cursor, kind=kind, limit=limit)
    )


def _check_staff(by: Principal) -> None:
    if not by.rights:
        raise ForbiddenError("staff_only")


OPERATIONS = (
    Operation(
        "GET",
        "/reports/targets/{period}",
        read_target_report,
        TargetReportView,
        "staff",
        "Báo cáo chỉ tiêu trả kết quả qua bưu chính công ích",
        "The target report of a month",
        query=("version",),
        refusals=("report_not_found",),
    ),
    Operation(
        "GET",
        "/reports/targets/{period}/agencies/{agency_id}/facts",
        read_facts,
        FactsView,
        "staff",
        "Hồ sơ đứng sau một con số của báo cáo",
        "The dossiers behind a figure of the report",
        query=("kind", "limit", "cursor"),
    ),
)
