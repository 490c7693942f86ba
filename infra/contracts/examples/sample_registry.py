"""A small registry for the published examples: the units, procedure, rules and calendar that they refer to."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from motcua.domain.deadline.working_calendar import CalendarDay, CalendarYear, DayKind, WorkingCalendar
from motcua.domain.registry.legal_basis import LegalBasis
from motcua.domain.registry.procedure import (
    AfterSupplement,
    Component,
    Decision,
    LimitUnit,
    Procedure,
    ProcedureKind,
    ProcedureVersions,
    TimeLimit,
)
from motcua.domain.registry.unit import Level, Unit, UnitKind
from motcua.domain.rules.rule import Rule, Scope
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import PublicPostalService, ResultCarrier, ReviewOrder, Target

START = date(2020, 1, 1)
LETTER = LegalBasis(
    "1313/UBND-VP",
    date(2020, 4, 22),
    "chỉ tiêu trả kết quả tại địa chỉ qua dịch vụ bưu chính công ích",
    "Về việc tiếp nhận hồ sơ và trả kết quả giải quyết thủ tục hành chính tại Bộ phận Một cửa các cấp",
    "",
    "order",
)
SAMPLE = LegalBasis("mẫu/QĐ-UBND", date(2020, 12, 15), "", "Quyết định mẫu, không có thật", "", "ours")
"""The basis of examples that lie in the future. No such document exists."""


def unit(unit_id: str, kind: UnitKind, level: Level, name_vi: str, identifier: str, **more: Any) -> Unit:
    """Return a unit of 2020. `more` sets its particular fields."""
    known = {"short_name_vi": "", "gso_code": "", "parent_id": "tinh", "valid_from": START, **more}
    return Unit(
        id=unit_id, kind=kind, level=level, name_vi=name_vi, identifier=identifier, identifier_is_sample=True, **known
    )


DEPARTMENT = unit("skhdt", UnitKind.DEPARTMENT, Level.PROVINCE, "Sở Kế hoạch và Đầu tư", "000.00.04.H23")
JUSTICE = unit("stp", UnitKind.DEPARTMENT, Level.PROVINCE, "Sở Tư pháp", "000.00.03.H23")
CITY = unit(
    "h288", UnitKind.DISTRICT, Level.DISTRICT, "UBND thành phố Hải Dương", "000.00.30.H23",
    gso_code="288", valid_to=date(2025, 6, 30), successor_ids=("x-mau-bac",), evidence="gso-2020-03",
)  # fmt: skip
DISTRICT = unit("h298", UnitKind.DISTRICT, Level.DISTRICT, "UBND huyện Tứ Kỳ", "000.00.39.H23", gso_code="298")
WARD = unit("x10507", UnitKind.COMMUNE, Level.COMMUNE, "UBND phường Cẩm Thượng", "000.01.30.H23", gso_code="10507")
SUCCESSOR = unit(
    "x-mau-bac", UnitKind.COMMUNE, Level.COMMUNE, "UBND phường Mẫu Bắc", "000.99.99.H23",
    valid_from=date(2025, 7, 1), evidence="sample",
)  # fmt: skip
SUCCESSORS_COUNTER = unit(
    "mc-x-mau-bac", UnitKind.ONE_STOP, Level.COMMUNE, "Bộ phận Một cửa UBND phường Mẫu Bắc", "000.99.99.H23",
    parent_id="x-mau-bac", valid_from=date(2025, 7, 1), serves=("x-mau-bac",), evidence="sample",
)  # fmt: skip
ONE_STOP = unit(
    "mc-tinh", UnitKind.ONE_STOP, Level.PROVINCE, "Trung tâm Phục vụ hành chính công tỉnh Hải Dương", "000.01.01.H23",
    short_name_vi="TTPVHCC", parent_id="vp-ubnd", serves=("skhdt", "stp"), evidence="letter",
)  # fmt: skip
UNITS = (DEPARTMENT, JUSTICE, CITY, DISTRICT, WARD, SUCCESSOR, SUCCESSORS_COUNTER, ONE_STOP)

PROCEDURE = Procedure(
    code="2.001610",
    version=1,
    kind=ProcedureKind.PROCEDURE,
    name_vi="Đăng ký thành lập doanh nghiệp tư nhân",
    field_vi="Thành lập và hoạt động của doanh nghiệp",
    levels=frozenset({Level.PROVINCE}),
    owner_vi="Sở Kế hoạch và Đầu tư",
    agency_id="skhdt",
    counts_in_department=False,
    limit=TimeLimit(Decimal(3), LimitUnit.WORKING_DAY),
    after_supplement=AfterSupplement.RESTART,
    fee_vnd=100_000,
    post_in=True,
    post_out=None,
    online_level=None,
    components=(Component("Giấy đề nghị đăng ký doanh nghiệp", originals=1),),
    legs=(),
    sensitive=False,
    values_of="2026",
    evidence="C",
    published_on=START,
)
DECISION = Decision("mẫu/QĐ-UBND", date(2020, 5, 27))
VERSIONS = ProcedureVersions(PROCEDURE.code, (PROCEDURE,)).with_draft(replace(PROCEDURE, online_level=4))


def rule(rule_id: str, kind: str, value: Any, says_vi: str, says_en: str, **scope: frozenset[Any]) -> Rule[Any]:
    return Rule(rule_id, kind, Scope(**scope), START, None, value, says_vi, says_en, LETTER)


TARGET: Rule[Target] = rule(
    "target-departments", "target", Target(Fraction(1, 2)),
    "Sở, ban, ngành: ít nhất 50 % kết quả được trả tại địa chỉ qua dịch vụ bưu chính công ích.",
    "Departments: at least 50 % of results are returned to the address by the public postal service.",
    unit_kinds=frozenset({UnitKind.DEPARTMENT}),
)  # fmt: skip
REVIEW: Rule[ReviewOrder] = rule(
    "review-order-1313", "review_order", ReviewOrder(date(2020, 5, 30)),
    "Sở, ban, ngành rà soát thủ tục, trình công bố, công khai; hoàn thành trước ngày 30/5/2020.",
    "Departments review procedures and submit them for announcement and publication before 30 May 2020.",
    unit_kinds=frozenset({UnitKind.DEPARTMENT}),
)  # fmt: skip
RULES = RuleBook(
    (
        TARGET,
        rule(
            "target-district-committees", "target", Target(Fraction(1, 5)), "UBND cấp huyện: ít nhất 20 %.",
            "People's Committees of districts: at least 20 %.", unit_kinds=frozenset({UnitKind.DISTRICT}),
        ),
        REVIEW,
        rule(
            "result-carrier-vnpost", "result_carrier", ResultCarrier("vnpost"),
            "Kết quả được giao cho Tổng công ty Bưu điện Việt Nam.", "Results are handed to Vietnam Post.",
        ),
        rule(
            "public-postal-service-vnpost", "public_postal_service", PublicPostalService(),
            "Tổng công ty Bưu điện Việt Nam cung ứng dịch vụ bưu chính công ích.",
            "Vietnam Post is the public postal service.", carriers=frozenset({"vnpost"}),
        ),
    )
)  # fmt: skip

DAYS = (
    CalendarDay(date(2020, 4, 30), DayKind.DAY_OFF, "Ngày Chiến thắng", "published"),
    CalendarDay(date(2020, 5, 1), DayKind.DAY_OFF, "Ngày Quốc tế Lao động", "published"),
)
YEAR = CalendarYear(2020, DAYS)
CALENDAR = WorkingCalendar.of([(YEAR, 1)]).with_hours(((time(7), time(11, 30)), (time(13, 30), time(17))), time(15))
