"""Opening figures: whose, for which days, entered by whom, and never overwritten unseen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.errors import ConflictError, ForbiddenError, InvalidError
from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.reports.opening_figure import Document, OpeningFigure, faults_of_opening
from motcua.domain.reports.target import Share
from motcua.domain.reports.target_report import COUNTED
from motcua.domain.rules.rule_book import RuleBook
from motcua.usecases.registry_command import RegistryCommand, RegistryResult
from motcua.usecases.reports.enter_opening_figure import Told, enter_opening_figure, opening_figures
from tests.kit.fakes import CONTROLLER, OFFICER, key, stamp
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.shipped import RULES, UNITS, ShippedRegistry

HEAD = Principal("staff-4", frozenset({(Role.HEAD, "stp")}))
DOCUMENT = Document("15/BC-STP", "Báo cáo quý I")
TOLD = Told(returned=24, delivered_by_post=14, document=DOCUMENT, author="Văn phòng Sở")


def enter(
    ledger: MemoryLedger,
    told: Told = TOLD,
    *,
    by: Principal = HEAD,
    year: int = 2020,
    agency: str = "stp",
    version: int = 0,
    scope: str = "",
    registry: ShippedRegistry | None = None,
) -> RegistryResult:
    command = RegistryCommand(by, stamp(), "Nhập theo báo cáo của Sở", key(scope), version)
    return enter_opening_figure(command, year, agency, told, ledger, registry or ShippedRegistry())


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


def test_the_figure_covers_the_year_up_to_the_day_before_go_live(ledger: MemoryLedger) -> None:
    figure = enter(ledger).entry.thing
    assert figure == OpeningFigure("stp", 2020, date(2020, 1, 1), date(2020, 4, 22), 24, 14, DOCUMENT, "Văn phòng Sở")
    assert (figure.id, figure.share) == ("2020#stp", Share(14, 24))


def test_the_first_entry_is_version_1_and_its_history_says_who_and_why(ledger: MemoryLedger) -> None:
    assert enter(ledger).entry.version == 1
    assert enter(ledger, by=CONTROLLER, version=1).entry.version == 2
    told = [(each.entry.version, each.why) for each in ledger.history(EntryKind.OPENING_FIGURE, "2020#stp").amendments]
    assert told == [(2, "Nhập theo báo cáo của Sở"), (1, "Nhập theo báo cáo của Sở")]


@pytest.mark.parametrize(("before", "seen"), [(0, 1), (1, 0), (1, 2), (2, 1)])
def test_only_who_saw_the_present_version_may_change_it(ledger: MemoryLedger, before: int, seen: int) -> None:
    for version in range(before):
        enter(ledger, version=version)
    with pytest.raises(ConflictError, match="entry_version_differs"):
        enter(ledger, version=seen)
    assert len(ledger.log) == before


def test_a_retried_request_is_answered_with_what_the_first_entered_though_it_changed_since(
    ledger: MemoryLedger,
) -> None:
    first = enter(ledger, scope="once")
    enter(ledger, Told(30, 20, DOCUMENT, "Văn phòng Sở"), version=1)
    retried = enter(ledger, scope="once")
    assert (retried.replayed, retried.entry) == (True, first.entry)


@pytest.mark.parametrize(
    "by",
    [
        OFFICER,
        Principal("staff-5", frozenset({(Role.HEAD, "skhdt"), (Role.OFFICER, "stp")})),
        Principal("staff-6", frozenset({(Role.ADMIN, "tinh")})),
    ],
    ids=["an officer", "another agency's head", "the administrator"],
)
def test_another_than_its_head_and_the_controller_may_not(ledger: MemoryLedger, by: Principal) -> None:
    with pytest.raises(ForbiddenError, match="role_needed"):
        enter(ledger, by=by)


@pytest.mark.parametrize("agency", ["h288", "x10507"])
def test_districts_and_communes_have_opening_figures_too(ledger: MemoryLedger, agency: str) -> None:
    assert enter(ledger, by=CONTROLLER, agency=agency).entry.id == f"2020#{agency}"


@pytest.mark.parametrize(
    ("agency", "code"),
    [
        ("mc-tinh", "agency_not_counted"),
        ("vpdkdd", "agency_not_counted"),
        ("tinh", "agency_not_counted"),
        ("khong-co", "unknown_unit"),
    ],
    ids=["a one-stop unit", "a unit that counts in its parent", "the province", "nobody"],
)
def test_who_has_no_line_in_the_report_has_no_opening_figure(ledger: MemoryLedger, agency: str, code: str) -> None:
    with pytest.raises(InvalidError, match=code):
        enter(ledger, by=CONTROLLER, agency=agency)


@pytest.mark.parametrize("year", [2019, 2021])
def test_a_year_within_which_the_system_did_not_go_live_has_none(ledger: MemoryLedger, year: int) -> None:
    with pytest.raises(InvalidError, match="no_opening_figures_of_year"):
        enter(ledger, year=year)


def test_without_a_rule_of_go_live_there_are_none(ledger: MemoryLedger) -> None:
    silent = ShippedRegistry(rule_book=RuleBook(tuple(rule for rule in RULES.rules if rule.kind != "go_live")))
    with pytest.raises(InvalidError, match="no_opening_figures_of_year"):
        enter(ledger, registry=silent)


@pytest.mark.parametrize(
    ("returned", "by_post", "codes"), [(0, 0, []), (5, 5, []), (5, 6, ["more_delivered_than_returned"])]
)
def test_no_more_is_delivered_than_returned(returned: int, by_post: int, codes: list[str]) -> None:
    figure = OpeningFigure(
        "stp", 2020, date(2020, 1, 1), date(2020, 4, 22), returned, by_post, DOCUMENT, "Văn phòng Sở"
    )
    assert [fault.code for fault in faults_of_opening(figure)] == codes


def test_what_the_document_cannot_mean_is_told_at_its_field(ledger: MemoryLedger) -> None:
    with pytest.raises(InvalidError) as refused:
        enter(ledger, Told(5, 6, DOCUMENT, "Văn phòng Sở"))
    assert [fault.pointer for fault in refused.value.faults] == ["/delivered_by_post"]


def test_who_entered_nothing_is_named_departments_first(ledger: MemoryLedger) -> None:
    enter(ledger)
    opening = opening_figures(2020, ledger, ShippedRegistry())
    assert (opening.first, opening.last) == (date(2020, 1, 1), date(2020, 4, 22))
    assert [entry.id for entry in opening.entered] == ["2020#stp"]
    missing = [unit.id for unit in opening.missing]
    counted = {unit.id for unit in UNITS.values() if unit.kind in COUNTED}
    assert (set(missing), len(missing)) == (counted - {"stp"}, len(counted) - 1)
    assert [UNITS[unit_id].kind for unit_id in (missing[0], missing[-1])] == [COUNTED[0], COUNTED[-1]]


def test_what_was_entered_before_go_live_was_moved_is_marked_and_corrected_under_its_version(
    ledger: MemoryLedger,
) -> None:
    enter(ledger)
    later = tuple(replace(rule, first=date(2020, 5, 4)) if rule.kind == "go_live" else rule for rule in RULES.rules)
    moved = ShippedRegistry(rule_book=RuleBook(later))
    opening = opening_figures(2020, ledger, moved)
    assert (opening.last, [opening.is_outdated(entry.thing) for entry in opening.entered]) == (date(2020, 5, 3), [True])
    assert "stp" not in {unit.id for unit in opening.missing}
    corrected = enter(ledger, version=1, registry=moved).entry.thing
    assert (corrected.last, opening.is_outdated(corrected)) == (date(2020, 5, 3), False)


def test_figures_of_another_year_are_not_shown(ledger: MemoryLedger) -> None:
    other: Any = OpeningFigure("stp", 2018, date(2018, 1, 1), date(2018, 2, 1), 1, 1, DOCUMENT, "Văn phòng Sở")
    ledger.now["opening_figure#2018#stp"] = new_entry(EntryKind.OPENING_FIGURE, other.id, other)
    assert opening_figures(2020, ledger, ShippedRegistry()).entered == []
