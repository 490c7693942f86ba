"""The month's close: provisional, not due, deferred by pending messages, published once, never changed silently."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motcua.contracts.reports.target_report import publish
from motcua.domain.event import Queue
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.unit import UnitKind
from motcua.domain.registry.unit_change import changed
from motcua.domain.reports.figure import Fact, FactKind
from motcua.domain.reports.opening_figure import Document, OpeningFigure
from motcua.domain.reports.target_report import Period
from motcua.domain.rules.rule_book import RuleBook
from motcua.ports.outbox import PendingMessage
from motcua.ports.refusals import VersionMovedError
from motcua.ports.reports import ReportVersion
from motcua.usecases.reports.close_month import (
    Closed,
    CloseMonth,
    CloseOutcome,
    ReportStatus,
    close_month,
    close_when_due,
    count_lines,
)
from tests.kit.fakes import REAL_NOW, MemoryOutbox
from tests.kit.shipped import RULES, UNITS, ShippedRegistry

APRIL, MAY = Period(2020, 4), Period(2020, 5)
PROVISIONAL, CLOSED = ReportStatus.PROVISIONAL, ReportStatus.CLOSED
AFTER = datetime(2020, 6, 3, 18, 0, tzinfo=LOCAL)
IN_MAY, IN_JUNE = datetime(2020, 5, 31, 23, 59, tzinfo=LOCAL), datetime(2020, 6, 1, 0, 0, tzinfo=LOCAL)


@dataclass
class MemoryFigures:
    """The port `Figures`: the number of facts of each kind by day."""

    counted: dict[tuple[str, FactKind, date], int] = field(default_factory=dict)

    def add(self, agency: str, kind: FactKind, day: date, times: int = 1) -> None:
        self.counted[agency, kind, day] = self.counted.get((agency, kind, day), 0) + times

    def by_day(self, agency_id: str, kind: FactKind, first: date, last: date) -> dict[date, int]:
        return {
            day: times
            for (agency, of, day), times in self.counted.items()
            if (agency, of) == (agency_id, kind) and first <= day <= last
        }

    def record(self, facts: Sequence[Fact], settles: str) -> None:
        raise NotImplementedError

    def facts(
        self, agency_id: str, kind: FactKind, span: tuple[date, date], cursor: str, limit: int
    ) -> tuple[Sequence[Fact], str]:
        raise NotImplementedError


@dataclass
class MemoryReports:
    """The port `Reports`: each version is written once. `rival` is written just before the next publication."""

    published: list[ReportVersion] = field(default_factory=list)
    rival: ReportVersion | None = None

    def latest(self, period: str) -> ReportVersion | None:
        return next((each for each in reversed(self.published) if each.period == period), None)

    def version(self, period: str, version: int) -> ReportVersion | None:
        return next((each for each in self.published if (each.period, each.version) == (period, version)), None)

    def publish(self, report: ReportVersion) -> None:
        if self.rival:
            self.published.append(self.rival)
        if self.version(report.period, report.version):
            raise VersionMovedError
        self.published.append(report)


@dataclass
class Desk:
    """Everything that a close works with."""

    figures: MemoryFigures = field(default_factory=MemoryFigures)
    reports: MemoryReports = field(default_factory=MemoryReports)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    opening: Sequence[OpeningFigure] = ()
    rule_book: RuleBook = RULES

    def close(
        self,
        status: ReportStatus = CLOSED,
        *,
        period: Period = MAY,
        as_of: datetime = AFTER,
        reason: str = "",
        when_due: bool = False,
    ) -> Closed:
        command = CloseMonth(period, status, as_of, REAL_NOW, reason)
        return (close_when_due if when_due else close_month)(
            command, registry=ShippedRegistry(opening=self.opening, rule_book=self.rule_book), figures=self.figures,
            reports=self.reports, outbox=self.outbox, publish=publish,
        )  # fmt: skip

    def return_results(self, returned: int, by_post: int, day: date = date(2020, 5, 8), agency: str = "skhdt") -> None:
        self.figures.add(agency, FactKind.RETURNED, day, returned)
        self.figures.add(agency, FactKind.DELIVERED_BY_POST, day, by_post)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.return_results(10, 3)
    return made


def line(report: ReportVersion | None, agency: str) -> dict[str, Any]:
    assert report is not None
    found: dict[str, Any] = next(each for each in json.loads(report.content)["lines"] if each["agency_id"] == agency)
    return found


def opening_figure(agency: str = "skhdt", returned: int = 1, delivered_by_post: int = 0) -> OpeningFigure:
    document = Document("15/BC-SKHDT", "Báo cáo quý I")
    days = (date(2020, 1, 1), date(2020, 4, 22))
    return OpeningFigure(agency, 2020, *days, returned, delivered_by_post, document, "Văn phòng Sở")


def test_a_closed_month_tells_each_agencys_share_target_and_what_is_missing(desk: Desk) -> None:
    closed = desk.close()
    assert (closed.outcome, closed.report and (closed.report.version, closed.report.status)) == (
        CloseOutcome.PUBLISHED, (1, "closed"),
    )  # fmt: skip
    drawn = line(closed.report, "skhdt")
    assert drawn["month"] == {"delivered_by_post": 3, "returned": 10, "ratio": "3/10", "percent": "30,0 %"}
    assert (drawn["target"], drawn["reached"], drawn["missing"]) == ("50,0 %", False, 4)
    assert "1313/UBND-VP" in str(drawn["rule"])


def test_the_year_so_far_holds_the_months_before_and_nothing_after(desk: Desk) -> None:
    desk.return_results(2, 2, date(2020, 4, 30))
    desk.return_results(5, 5, date(2020, 6, 1))
    drawn = line(desk.close().report, "skhdt")
    assert drawn["month"]["returned"] == 10
    assert drawn["year"] == {"delivered_by_post": 5, "returned": 12, "ratio": "5/12", "percent": "41,7 %"}


def test_opening_figures_stand_apart_and_count_into_the_year_and_not_into_the_month(desk: Desk) -> None:
    desk.opening = [opening_figure(returned=20, delivered_by_post=17)]
    drawn = line(desk.close().report, "skhdt")
    assert (drawn["month"]["returned"], drawn["year"]["returned"], drawn["year"]["percent"]) == (10, 30, "66,7 %")
    assert (drawn["reached"], drawn["missing"], drawn["year_from"]) == (True, 0, "2020-01-01")
    assert (drawn["opening"]["delivered_by_post"], drawn["opening"]["returned"]) == (17, 20)
    assert drawn["opening"]["document"] == {"number": "15/BC-SKHDT", "title_vi": "Báo cáo quý I"}


def test_a_year_without_opening_figures_begins_with_go_live_and_one_of_nothing_does_not(desk: Desk) -> None:
    """The Department of Justice has no opening figure; that of Home Affairs says that it returned nothing."""
    desk.opening = [opening_figure("snv", returned=0, delivered_by_post=0)]
    report = desk.close().report
    silent, nothing = line(report, "stp"), line(report, "snv")
    assert (silent["opening"], silent["year_from"]) == (None, "2020-04-23")
    assert (nothing["opening"]["returned"], nothing["year_from"], nothing["reached"]) == (0, "2020-01-01", None)


def moved_go_live(first: date) -> RuleBook:
    """Return the shipped rules, with go-live on another day."""
    return RuleBook(tuple(replace(rule, first=first) if rule.kind == "go_live" else rule for rule in RULES.rules))


@pytest.mark.parametrize("first", [date(2020, 4, 20), date(2020, 5, 4), date(2021, 1, 4)])
def test_a_figure_of_another_go_live_is_left_out_and_never_counts_a_day_twice_or_not_at_all(
    desk: Desk, first: date
) -> None:
    """Go-live moves after the figure was entered, so facts counted before the new day do not belong to the system."""
    desk.opening, desk.rule_book = [opening_figure(returned=20, delivered_by_post=17)], moved_go_live(first)
    desk.return_results(2, 2, date(2020, 4, 30))
    drawn = line(desk.close().report, "skhdt")
    own_from = first if first.year == 2020 else date(2020, 1, 1)
    assert (drawn["opening"], drawn["year_from"]) == (None, own_from.isoformat())
    assert drawn["year"]["returned"] == 10 + (2 if own_from <= date(2020, 4, 30) else 0)
    last = own_from - timedelta(days=1)
    desk.opening = [replace(opening_figure(returned=20, delivered_by_post=17), last=last)]
    drawn = line(desk.close(reason="Nhập lại số liệu đầu kỳ").report, "skhdt")
    assert (drawn["opening"]["last"], drawn["year_from"]) == (last.isoformat(), "2020-01-01")
    assert drawn["year"]["returned"] == 30 + (2 if own_from <= date(2020, 4, 30) else 0)


def test_opening_figures_count_in_their_year_only(desk: Desk) -> None:
    desk.opening = [opening_figure()]
    drawn = line(desk.close(period=Period(2021, 5), as_of=datetime(2021, 6, 30, tzinfo=LOCAL)).report, "skhdt")
    assert (drawn["opening"], drawn["year"]["returned"], drawn["year_from"]) == (None, 0, "2021-01-01")


def test_an_opening_figure_that_changes_after_the_close_is_restated_and_never_slips_in(desk: Desk) -> None:
    closed = desk.close().report
    desk.opening = [opening_figure()]
    assert desk.close() == Closed(CloseOutcome.DIFFERS, closed)
    restated = desk.close(reason="Sở gửi số liệu đầu kỳ").report
    assert restated is not None
    assert (restated.version, restated.status) == (2, "restated")
    assert line(restated, "skhdt")["year"]["returned"] == 11


def test_an_agency_stands_as_it_was_at_the_end_of_the_month(desk: Desk) -> None:
    """The justice department became a vertical agency in 2021. A restated May 2020 does not reflect that."""
    justice = UNITS["stp"]
    since = replace(justice, kind=UnitKind.VERTICAL, name_vi="Cục Tư pháp (mẫu)", identifier="000.00.98.H23")
    registry = ShippedRegistry(units=[changed(justice, since, date(2021, 1, 1))])
    then = {each.agency_id: each for each in count_lines(MAY, registry, desk.figures)}["stp"]
    now = {each.agency_id: each for each in count_lines(Period(2021, 1), registry, desk.figures)}["stp"]
    assert (then.agency_vi, then.kind, then.target is None) == (justice.name_vi, UnitKind.DEPARTMENT, False)
    assert (now.agency_vi, now.kind, now.target) == ("Cục Tư pháp (mẫu)", UnitKind.VERTICAL, None)
    order = [each.agency_id for each in count_lines(MAY, registry, desk.figures)]
    assert order == [each.agency_id for each in count_lines(MAY, ShippedRegistry(), desk.figures)]


def test_no_results_due_is_told_as_such(desk: Desk) -> None:
    drawn = line(desk.close().report, "snv")
    assert (drawn["month"]["percent"], drawn["reached"], drawn["missing"]) == ("—", None, 0)


def test_every_agency_stands_once_departments_first_and_without_a_target_where_no_order_states_one(desk: Desk) -> None:
    lines = count_lines(MAY, ShippedRegistry(), desk.figures)
    kinds = [each.kind for each in lines]
    many = {UnitKind.DEPARTMENT: 19, UnitKind.DISTRICT: 12, UnitKind.COMMUNE: 235, UnitKind.VERTICAL: 3}
    assert kinds == [kind for kind, times in many.items() for _ in range(times)]
    assert {each.agency_id for each in lines} == {unit.id for unit in UNITS.values() if unit.kind in set(kinds)}
    assert {each.target for each in lines if each.kind in (UnitKind.COMMUNE, UnitKind.VERTICAL)} == {None}


def test_districts_that_were_dissolved_are_gone_from_the_next_report(desk: Desk) -> None:
    lines = count_lines(Period(2025, 7), ShippedRegistry(), desk.figures)
    assert not [each for each in lines if each.kind is UnitKind.DISTRICT]


def test_the_report_says_from_which_day_its_figures_are(desk: Desk) -> None:
    content = json.loads((desk.close().report or pytest.fail("no report")).content)
    assert (content["period"], content["year_from"]) == ("2020-05", "2020-04-23")


@pytest.mark.parametrize(
    ("period", "as_of", "outcome"),
    [
        (APRIL, datetime(2020, 5, 6, 17, 59, 59, tzinfo=LOCAL), CloseOutcome.NOT_DUE),
        (APRIL, datetime(2020, 5, 6, 11, 0, 0, tzinfo=UTC), CloseOutcome.PUBLISHED),
        (MAY, datetime(2020, 6, 3, 17, 59, 59, tzinfo=LOCAL), CloseOutcome.NOT_DUE),
        (MAY, AFTER, CloseOutcome.PUBLISHED),
    ],
)
def test_the_schedule_closes_a_month_when_its_time_has_come(
    desk: Desk, period: Period, as_of: datetime, outcome: CloseOutcome
) -> None:
    assert desk.close(period=period, as_of=as_of, when_due=True).outcome is outcome
    assert bool(desk.reports.published) is (outcome is CloseOutcome.PUBLISHED)


def test_a_message_that_is_still_pending_defers_the_close_but_not_the_provisional_report(desk: Desk) -> None:
    desk.outbox.owed = [PendingMessage("D1.1#figures", Queue.FIGURES, "{}", REAL_NOW, IN_MAY)]
    assert desk.close(when_due=True) == Closed(CloseOutcome.DEFERRED, None)
    assert desk.close(PROVISIONAL).outcome is CloseOutcome.PUBLISHED
    assert desk.close().outcome is CloseOutcome.DEFERRED
    desk.outbox.owed = []
    assert desk.close().outcome is CloseOutcome.PUBLISHED


def test_a_debt_that_passes_from_shard_to_shard_while_it_is_looked_for_defers_the_close(desk: Desk) -> None:
    """A callback's effect moves the pending message from a shard not yet read to one already read."""

    class Passing(MemoryOutbox):
        looks = 0

        def older_than(self, moment: datetime) -> Sequence[PendingMessage]:
            self.looks += 1
            return super().older_than(moment) if self.looks > 1 else []

    desk.outbox = Passing([PendingMessage("D1.1#figures", Queue.FIGURES, "{}", REAL_NOW, IN_MAY)])
    assert desk.close().outcome is CloseOutcome.DEFERRED


@pytest.mark.parametrize(
    ("queue", "time", "outcome"),
    [
        (Queue.FIGURES, IN_MAY, CloseOutcome.DEFERRED),
        (Queue.FIGURES, IN_JUNE, CloseOutcome.PUBLISHED),
        (Queue.PARCEL_EVENTS, REAL_NOW - timedelta(seconds=5), CloseOutcome.DEFERRED),
        (None, IN_JUNE, CloseOutcome.DEFERRED),
    ],
    ids=["an event of the month", "a later day's event", "a callback from before", "nobody can read it"],
)
def test_only_what_may_belong_to_the_month_defers_its_close(
    desk: Desk, queue: Queue | None, time: datetime, outcome: CloseOutcome
) -> None:
    desk.outbox.owed = [PendingMessage("D1.1#x", queue, "{}", REAL_NOW, time)]
    assert desk.close().outcome is outcome


@pytest.mark.parametrize(("came", "outcome"), [(-61, CloseOutcome.DEFERRED), (-59, CloseOutcome.PUBLISHED)])
def test_steady_callbacks_put_a_close_off_only_until_those_from_before_are_done(
    desk: Desk, came: int, outcome: CloseOutcome
) -> None:
    """An hour after the closing moment, earlier callbacks still count. Later ones are for a restatement."""
    desk.outbox.owed = [
        PendingMessage("C#parcel_events", Queue.PARCEL_EVENTS, "{}", REAL_NOW, REAL_NOW + timedelta(minutes=came))
    ]
    assert desk.close(as_of=AFTER + timedelta(hours=1), when_due=True).outcome is outcome


def test_a_closed_month_waits_for_nothing(desk: Desk) -> None:
    closed = desk.close()
    desk.outbox.owed = [PendingMessage("D1.1#figures", Queue.FIGURES, "{}", REAL_NOW, IN_MAY)]
    assert desk.close() == Closed(CloseOutcome.UNCHANGED, closed.report)


def test_a_reason_closes_in_spite_of_pending_messages(desk: Desk) -> None:
    desk.outbox.owed = [PendingMessage("D1.1#figures", Queue.FIGURES, "{}", REAL_NOW, IN_MAY)]
    assert desk.close(reason="Chủ tịch yêu cầu chốt").outcome is CloseOutcome.PUBLISHED


def test_closing_twice_is_the_same_version(desk: Desk) -> None:
    first, again = desk.close(), desk.close()
    assert again == Closed(CloseOutcome.UNCHANGED, first.report)
    assert len(desk.reports.published) == 1


def test_a_provisional_report_grows_with_its_figures_and_the_close_comes_after_it(desk: Desk) -> None:
    assert desk.close(PROVISIONAL).report == desk.close(PROVISIONAL).report
    desk.return_results(1, 1)
    desk.close(PROVISIONAL)
    desk.close()
    assert [(each.version, each.status) for each in desk.reports.published] == [
        (1, "provisional"), (2, "provisional"), (3, "closed"),
    ]  # fmt: skip


def test_a_closed_month_gets_no_provisional_report_any_more(desk: Desk) -> None:
    closed = desk.close().report
    desk.return_results(1, 1)
    assert desk.close(PROVISIONAL) == Closed(CloseOutcome.UNCHANGED, closed)


def test_a_recount_that_differs_is_told_and_not_published(desk: Desk) -> None:
    closed = desk.close().report
    desk.return_results(1, 1)
    assert desk.close() == Closed(CloseOutcome.DIFFERS, closed)
    assert desk.reports.published == [closed]


def test_a_reason_restates_a_closed_month_as_its_next_version(desk: Desk) -> None:
    desk.close()
    desk.return_results(1, 1)
    restated = desk.close(reason="phát đến muộn").report
    assert restated is not None
    assert (restated.version, restated.status, restated.reason) == (2, "restated", "phát đến muộn")
    assert line(restated, "skhdt")["month"]["delivered_by_post"] == 4
    assert line(desk.reports.version("2020-05", 1), "skhdt")["month"]["delivered_by_post"] == 3


def test_a_reason_without_a_difference_restates_nothing(desk: Desk) -> None:
    first = desk.close().report
    assert desk.close(reason="xem lại") == Closed(CloseOutcome.UNCHANGED, first)


def test_of_two_closes_at_once_one_writes_and_both_answer_with_it(desk: Desk) -> None:
    winner = Desk(figures=desk.figures).close().report
    assert winner is not None
    desk.reports.rival = winner = replace(winner, made_at=datetime(2026, 1, 5, tzinfo=UTC))
    assert desk.close() == Closed(CloseOutcome.UNCHANGED, winner)
    assert desk.reports.published == [winner]


def test_the_same_figures_make_the_same_digest(desk: Desk) -> None:
    other = Desk(figures=MemoryFigures(dict(reversed(desk.figures.counted.items()))))
    assert (desk.close().report or pytest.fail("none")).digest == (other.close().report or pytest.fail("none")).digest


def test_an_agency_that_ended_within_the_month_still_counts_in_it(desk: Desk) -> None:
    """The districts ended on 30 June 2025: June's report has them, July's has not."""
    report = desk.close(period=Period(2025, 6), as_of=datetime(2025, 7, 10, tzinfo=LOCAL)).report
    later = desk.close(period=Period(2025, 7), as_of=datetime(2025, 8, 10, tzinfo=LOCAL)).report
    assert report is not None
    assert later is not None
    assert '"h288"' in report.content
    assert '"h288"' not in later.content
