"""Examples of the registry: units, procedures, rules, calendars, opening figures, and who changed what."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.deadline.read_calendar import CalendarView
from motcua.contracts.registry.change_unit import ChangeUnitRequest, EnterUnitRequest, UnitModel
from motcua.contracts.registry.find_procedures import ProceduresView, ProcedureView, VersionsView
from motcua.contracts.registry.find_units import UnitsView, UnitView
from motcua.contracts.registry.procedure import ProcedureModel
from motcua.contracts.registry.read_history import HistoryView
from motcua.contracts.reports.enter_opening_figure import (
    DocumentModel,
    OpeningFigureRequest,
    OpeningFiguresView,
    OpeningFigureView,
)
from motcua.contracts.review.draft_procedure import DraftProcedureRequest
from motcua.contracts.rules.enter_rule import AnnulRuleRequest, ChangeRuleRequest, EnterRuleRequest
from motcua.contracts.rules.find_rules import RulesView
from motcua.contracts.rules.rule import RuleView
from motcua.domain.registry.directory import Directory
from motcua.domain.registry.entry import Amendment, EntryKind, new_entry
from motcua.domain.registry.unit_change import changed
from motcua.domain.reports.opening_figure import Document, OpeningFigure
from motcua.domain.rules.rule import Replaced
from motcua.domain.rules.values import Target
from motcua.usecases.reports.enter_opening_figure import Opening

DAY = date(2020, 4, 23)
OPENING = OpeningFigure(
    book.DEPARTMENT.id,
    2020,
    date(2020, 1, 1),
    date(2020, 4, 22),
    36,
    20,
    Document("mẫu/BC-SKHĐT", "Báo cáo mẫu kết quả trả hồ sơ qua bưu chính từ 01/01/2020"),
    "Văn phòng Sở Kế hoạch và Đầu tư",
)
NEXT_TARGET = replace(
    book.TARGET,
    id="target-departments-2021",
    first=date(2021, 1, 1),
    value=Target(Fraction(11, 20)),
    says_vi="Sở, ban, ngành: ít nhất 55 % (quy định mẫu).",
    says_en="Departments: at least 55 % (a sample).",
    basis=book.SAMPLE,
)
"""A target that an order of the next year might set."""

RENAMED, RENAMED_ON = replace(book.CITY, short_name_vi="UBND TP HD"), date(2021, 1, 1)


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    entered, ended = _asked(NEXT_TARGET), _asked(book.TARGET) | {"to": "2020-12-31"}
    return {
        "enter_rule": EnterRuleRequest.model_validate(
            {"rule": entered, "replaces": book.TARGET.id, "why": "Nhập theo quyết định mẫu"}
        ),
        "change_rule": ChangeRuleRequest.model_validate({"rule": ended, "why": "Hết hiệu lực cuối năm 2020"}),
        "annul_rule": AnnulRuleRequest(why="Nhập nhầm, quyết định không có thật"),
        "enter_unit": EnterUnitRequest(unit=UnitModel.from_domain(book.SUCCESSOR), why="Thành lập theo nghị quyết mẫu"),
        "change_unit": ChangeUnitRequest(
            unit=UnitModel.from_domain(RENAMED), changes_from=RENAMED_ON, why="Đổi tên viết tắt từ năm 2021 (mẫu)"
        ),
        "draft_procedure": DraftProcedureRequest(
            procedure=ProcedureModel.from_domain(book.VERSIONS.latest), why="Rà soát theo công văn 1313/UBND-VP"
        ),
        "enter_opening_figure": OpeningFigureRequest(
            returned=OPENING.returned,
            delivered_by_post=OPENING.delivered_by_post,
            document=DocumentModel(number=OPENING.document.number, title_vi=OPENING.document.title_vi),
            author=OPENING.author,
            why="Nhập số liệu đầu kỳ theo báo cáo của Sở",
        ),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    units, version = Directory.of(book.UNITS, DAY), book.VERSIONS.version(1)
    figure = new_entry(EntryKind.OPENING_FIGURE, OPENING.id, OPENING)
    opening = Opening(OPENING.first, OPENING.last, [figure], [book.JUSTICE])
    procedure = ProcedureView.of(version, units)
    return {
        "enter_rule": RuleView.of(replace(NEXT_TARGET, replaced=Replaced(book.TARGET.id, None))),
        "change_rule": RuleView.of(replace(book.TARGET, last=date(2020, 12, 31))),
        "annul_rule": RuleView.of(replace(NEXT_TARGET, annulled=True)),
        "read_rule": RuleView.of(book.TARGET),
        "list_rules": RulesView.of(DAY, book.DEPARTMENT.id, [book.TARGET, book.REVIEW]),
        "enter_unit": UnitView.of(book.SUCCESSOR, Directory.of(book.UNITS, date(2025, 7, 1))),
        "change_unit": UnitView.of(changed(book.CITY, RENAMED, RENAMED_ON), Directory.of(book.UNITS, RENAMED_ON)),
        "read_unit": UnitView.of(book.CITY, Directory.of(book.UNITS, date(2025, 7, 1))),
        "list_units": UnitsView.model_construct(
            on=DAY, total=1, units=[UnitView.of(book.ONE_STOP, units)], next_cursor=None
        ),
        "draft_procedure": ProcedureView.of(book.VERSIONS.latest, units),
        "read_procedure": procedure,
        "list_procedures": ProceduresView.model_construct(
            on=DAY, total=1, procedures=[procedure], fields=[version.field_vi], next_cursor=None
        ),
        "list_procedure_versions": VersionsView.of(book.VERSIONS),
        "read_calendar": CalendarView.of(new_entry(EntryKind.CALENDAR, "2020", book.YEAR)),
        "enter_opening_figure": OpeningFigureView.of(figure),
        "read_opening_figures": OpeningFiguresView.of(2020, opening),
        "read_history": HistoryView.of("unit", book.CITY.id, _history(), ""),
    }


def _asked(rule: Any) -> dict[str, Any]:
    """Return a rule as a person writes it: the answer without what follows from its kind."""
    told = RuleView.of(rule).model_dump(mode="json", by_alias=True, warnings=False)
    drawn = ("kind_vi", "kind_en", "applied", "annulled", "replaced")
    return {name: value for name, value in told.items() if name not in drawn}


def _history() -> list[Amendment]:
    first = new_entry(EntryKind.UNIT, book.CITY.id, replace(book.CITY, valid_to=None, successor_ids=()))
    entered, changed = life.stamp(life.at("04-23 07:30")), life.stamp(life.at("05-04 09:10"))
    return [
        Amendment(first.next(book.CITY), changed, "Kết thúc cấp huyện (mẫu)"),
        Amendment(first, entered, "Nhập danh mục ban đầu"),
    ]
