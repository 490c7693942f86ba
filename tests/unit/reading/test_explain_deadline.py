"""The explanation of a deadline: each day, suspension and rule, so that a citizen can count along in Vietnamese."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from motcua.contracts.reading.deadline_words import days_words, length_words, limit_words, moment_words, words
from motcua.contracts.reading.explain_deadline import DeadlineView
from motcua.domain.deadline.deadline import counted
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.deadline.trace import StepKind
from motcua.domain.deadline.working_calendar import (
    CalendarDay,
    CalendarYear,
    ClosedSpan,
    DayKind,
    ReceptionDay,
    WorkingCalendar,
)
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.parts import Transitional
from motcua.domain.errors import NotFoundError
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.registry.procedure import LimitUnit, TimeLimit
from motcua.domain.status import Status
from motcua.usecases.reading.explain_deadline import Explanation, explain_deadline, explain_own_deadline, explanation
from tests.kit.fakes import CLERK, MORNING, OFFICER, OWNER, MemoryDossiers, dossier_context
from tests.kit.life.dossiers import received
from tests.kit.moments import at
from tests.kit.shipped import CALENDAR, ShippedRegistry, things


def told(
    received_at: str, count: str, unit: str = "working_day", *waits: Suspension, calendar: WorkingCalendar = CALENDAR
) -> list[str]:
    """Return the trace in Vietnamese."""
    limit = TimeLimit(Decimal(count), LimitUnit(unit))
    return [words(step)[0] for step in counted(at(received_at), limit, calendar, waits).steps]


def wait(since: str, until: str | None, kind: WaitKind = WaitKind.SUPPLEMENT, *, restarts: bool = False) -> Suspension:
    return Suspension(kind, at(since), Status.IN_PROCESS, until=at(until) if until else None, restarts=restarts)


def test_each_day_is_counted_or_skipped_by_name() -> None:
    assert told("2020-04-28 09:00", "5") == [
        "Bắt đầu tính từ 09:00 thứ Ba 28/04/2020, trong giờ làm việc: giữ nguyên giờ",
        "Ngày 1: thứ Tư 29/04/2020",
        "Bỏ qua 30/04/2020: Ngày Chiến thắng (nghỉ lễ)",
        "Bỏ qua 01/05/2020: Ngày Quốc tế Lao động (nghỉ lễ)",
        "Bỏ qua 02/05/2020: nghỉ cuối tuần",
        "Bỏ qua 03/05/2020: nghỉ cuối tuần",
        "Ngày 2: thứ Hai 04/05/2020",
        "Ngày 3: thứ Ba 05/05/2020",
        "Ngày 4: thứ Tư 06/05/2020",
        "Ngày 5: thứ Năm 07/05/2020",
        "Hạn trả kết quả: 09:00 thứ Năm 07/05/2020",
    ]


def test_received_outside_working_hours_the_trace_names_the_opening() -> None:
    assert told("2020-04-24 18:00", "1") == [
        "Bỏ qua 25/04/2020: nghỉ cuối tuần",
        "Bỏ qua 26/04/2020: nghỉ cuối tuần",
        "Ngoài giờ làm việc: bắt đầu tính từ giờ mở cửa kế tiếp, 07:00 thứ Hai 27/04/2020",
        "Ngày 1: thứ Ba 28/04/2020",
        "Hạn trả kết quả: 07:00 thứ Ba 28/04/2020",
    ]


def test_a_make_up_saturday_is_counted_as_one() -> None:
    assert told("2019-05-03 09:00", "1")[1].startswith("Ngày 1: thứ Bảy 04/05/2019, ngày làm bù (")


def test_days_of_a_closure_cite_the_order() -> None:
    closed = replace(CALENDAR, closed=(ClosedSpan(date(2020, 4, 21), date(2020, 4, 22), "lệnh · 1313/UBND-VP"),))
    assert told("2020-04-20 09:00", "1", calendar=closed) == [
        "Bắt đầu tính từ 09:00 thứ Hai 20/04/2020, trong giờ làm việc: giữ nguyên giờ",
        "Bỏ qua 21/04/2020: tạm dừng giải quyết theo lệnh · 1313/UBND-VP",
        "Bỏ qua 22/04/2020: tạm dừng giải quyết theo lệnh · 1313/UBND-VP",
        "Ngày 1: thứ Năm 23/04/2020",
        "Hạn trả kết quả: 09:00 thứ Năm 23/04/2020",
    ]
    paused = told(
        "2020-04-17 09:00", "2", "calendar_day", wait("2020-04-17 10:00", "2020-04-20 10:00"), calendar=closed
    )
    assert paused[-4].endswith("tạm dừng tính thời hạn giải quyết, cộng thời gian chờ 3 ngày")
    assert paused[-3:] == [
        "Bỏ qua 21/04/2020: tạm dừng giải quyết theo lệnh · 1313/UBND-VP",
        "Bỏ qua 22/04/2020: tạm dừng giải quyết theo lệnh · 1313/UBND-VP",
        "Hạn trả kết quả: 09:00 thứ Sáu 24/04/2020",
    ]


def test_calendar_days_tell_where_they_end_and_that_they_move() -> None:
    assert told("2020-04-23 08:00", "7", "calendar_day")[-7:] == [
        "Ngày 7: thứ Năm 30/04/2020 (ngày lịch)",
        "Bỏ qua 30/04/2020: Ngày Chiến thắng (nghỉ lễ)",
        "Bỏ qua 01/05/2020: Ngày Quốc tế Lao động (nghỉ lễ)",
        "Bỏ qua 02/05/2020: nghỉ cuối tuần",
        "Bỏ qua 03/05/2020: nghỉ cuối tuần",
        "Hết hạn vào ngày nghỉ: chuyển sang ngày làm việc kế tiếp, 08:00 thứ Hai 04/05/2020",
        "Hạn trả kết quả: 08:00 thứ Hai 04/05/2020",
    ]
    assert "Thêm nửa ngày (12 giờ): 20:00 thứ Bảy 25/04/2020" in told("2020-04-23 08:00", "2.5", "calendar_day")


def test_hours_are_told_day_by_day() -> None:
    assert told("2020-04-29 16:00", "8.5", "hour")[1:] == [
        "Thứ Tư 29/04/2020: tính 1 giờ làm việc",
        "Bỏ qua 30/04/2020: Ngày Chiến thắng (nghỉ lễ)",
        "Bỏ qua 01/05/2020: Ngày Quốc tế Lao động (nghỉ lễ)",
        "Bỏ qua 02/05/2020: nghỉ cuối tuần",
        "Bỏ qua 03/05/2020: nghỉ cuối tuần",
        "Thứ Hai 04/05/2020: tính 7 giờ 30 phút làm việc",
        "Hạn trả kết quả: 16:30 thứ Hai 04/05/2020",
    ]


def test_the_same_day_and_what_comes_after_the_cut_off() -> None:
    assert "Thời hạn trong ngày: trả chậm nhất 17:00 thứ Năm 23/04/2020, giờ đóng cửa" in told("2020-04-23 15:00", "0")
    late = told("2020-04-23 15:00:01", "0")
    assert "Nhận sau mốc giờ trong ngày: trả trong ngày làm việc kế tiếp, chậm nhất 17:00 thứ Sáu 24/04/2020" in late
    assert "15:00:01" in late[0], "seconds are told where they decide"


def test_a_receipt_on_saturday_says_that_it_uses_up_no_working_day() -> None:
    saturdays = replace(CALENDAR, reception={date(2020, 4, 25): ReceptionDay(((time(7), time(11)),), "giờ · văn bản")})
    deadline = counted(at("2020-04-25 09:00"), TimeLimit(Decimal(1), LimitUnit.WORKING_DAY), saturdays)
    assert deadline.steps[0].kind is StepKind.STARTS_IN_RECEPTION_HOURS
    assert deadline.steps[0].cited == "giờ · văn bản"
    assert words(deadline.steps[0])[0].endswith("giữ nguyên giờ, không mất ngày làm việc nào")


def test_a_wait_says_from_when_to_when_and_what_it_adds() -> None:
    pause = told("2020-04-23 08:00", "15", "working_day", wait("2020-04-28 09:00", "2020-05-04 09:00"))
    begins = pause.index("Hạn trả khi chưa tính lần chờ này: 08:00 thứ Hai 18/05/2020")
    span = "từ 09:00 thứ Ba 28/04/2020 đến 09:00 thứ Hai 04/05/2020"
    assert pause[begins + 1 :] == [
        f"Chờ bổ sung giấy tờ {span}: tạm dừng tính thời hạn giải quyết, cộng thời gian chờ 16 giờ làm việc",
        "Thứ Hai 18/05/2020: tính 7 giờ làm việc",
        "Thứ Ba 19/05/2020: tính 8 giờ làm việc",
        "Thứ Tư 20/05/2020: tính 1 giờ làm việc",
        "Hạn trả kết quả: 08:00 thứ Tư 20/05/2020",
    ]


def test_a_restart_says_that_the_whole_limit_counts_anew() -> None:
    lines = told("2020-04-23 08:00", "3", "working_day", wait("2020-04-24 08:00", "2020-04-28 09:00", restarts=True))
    span = "từ 08:00 thứ Sáu 24/04/2020 đến 09:00 thứ Ba 28/04/2020"
    restart = lines.index(f"Chờ bổ sung giấy tờ {span}: đủ giấy tờ, thời hạn tính lại từ đầu")
    assert lines[restart - 1] == "Hạn trả khi chưa tính lần chờ này: 08:00 thứ Ba 28/04/2020"
    assert lines[restart + 1 : restart + 3] == [
        "Bắt đầu tính từ 09:00 thứ Ba 28/04/2020, trong giờ làm việc: giữ nguyên giờ",
        "Ngày 1: thứ Tư 29/04/2020",
    ]
    assert lines[-2:] == ["Ngày 3: thứ Ba 05/05/2020", "Hạn trả kết quả: 09:00 thứ Ba 05/05/2020"]


def test_a_wait_that_goes_on_says_that_nothing_is_added_yet() -> None:
    lines = told("2020-04-23 08:00", "3", "working_day", wait("2020-04-24 08:00", None, WaitKind.PAYMENT))
    assert lines[-2].startswith("Chờ nộp tiền từ 08:00 thứ Sáu 24/04/2020: tạm dừng tính thời hạn giải quyết")
    assert lines[-1] == "Hạn trả kết quả: 08:00 thứ Ba 28/04/2020"


def test_every_kind_of_step_is_said_in_both_languages() -> None:
    moment = at("2020-04-23 08:00")
    for kind in StepKind:
        step = replace(counted(moment, TimeLimit(Decimal(1), LimitUnit.HOUR), CALENDAR).steps[0], kind=kind)
        step = replace(step, wait=wait("2020-04-24 08:00", "2020-04-27 08:00"), time=timedelta(hours=2), name_vi="Tết")
        vi, en = words(step)
        assert "" not in (vi, en), kind
        assert vi != en, kind
        assert not {"{", "}"} & {*vi, *en}, kind


@pytest.mark.parametrize(
    ("count", "unit", "vi", "en"),
    [
        ("15", LimitUnit.WORKING_DAY, "15 ngày làm việc", "15 working days"),
        ("0", LimitUnit.WORKING_DAY, "trong ngày", "the same day"),
        ("2.5", LimitUnit.CALENDAR_DAY, "2,5 ngày", "2.5 calendar days"),
        ("10", LimitUnit.HOUR, "10 giờ làm việc", "10 working hours"),
    ],
)
def test_a_limit_reads_as_it_is_announced(count: str, unit: LimitUnit, vi: str, en: str) -> None:
    assert limit_words(TimeLimit(Decimal(count), unit)) == (vi, en)


def test_lengths_and_moments_read_as_people_say_them() -> None:
    assert length_words(timedelta(hours=3, minutes=30)) == ("3 giờ 30 phút", "3 h 30 min")
    assert length_words(timedelta(seconds=1)) == ("1 giây", "1 s")
    assert length_words(timedelta()) == ("0 phút", "0 min")
    assert days_words(timedelta(days=6, hours=5)) == ("6 ngày 5 giờ", "6 days 5 h")
    assert days_words(timedelta(days=1)) == ("1 ngày", "1 day")
    assert days_words(timedelta(hours=16)) == ("16 giờ", "16 h")
    assert moment_words(datetime(2020, 4, 26, 1, tzinfo=UTC)) == (
        "08:00 Chủ nhật 26/04/2020",
        "08:00 Sunday 26/04/2020",
    )
    assert moment_words(None) == ("…", "…")


# The explanation of a dossier: by the calendar with which it was dated, and its legal basis.


@pytest.fixture
def dossier(store: MemoryDossiers) -> Dossier:
    return replace(received(dossier_context(store)), calendar="2020.1")


REGISTRY = ShippedRegistry()
OF_2020: CalendarYear = things(EntryKind.CALENDAR)["2020"]
MORE_DAYS = CalendarYear(2020, (*OF_2020.days, CalendarDay(date(2020, 4, 27), DayKind.DAY_OFF, "Ngày nghỉ mẫu")))


class Amended(ShippedRegistry):
    """A registry whose calendar of 2020 has a second version. The first is on record unless `lost`."""

    def __init__(self, *, lost: bool = False) -> None:
        super().__init__(calendar=CALENDAR.with_year(MORE_DAYS, 2))
        self.lost = lost

    def former(self, kind: EntryKind, entry_id: str, version: int) -> Entry[Any] | None:
        known = (kind, entry_id, version) == (EntryKind.CALENDAR, "2020", 1) and not self.lost
        return new_entry(EntryKind.CALENDAR, "2020", OF_2020) if known else None


def rules_of(explained: Explanation) -> list[str]:
    return [rule.id for rule in explained.rules]


def test_the_explanation_leads_to_the_date_on_record(dossier: Dossier) -> None:
    explained = explanation(dossier, REGISTRY)
    assert explained.deadline.at == dossier.due_at
    assert (explained.differs, explained.calendar, explained.lost) == (False, "2020.1", ())
    assert rules_of(explained) == ["working-hours"]


def test_a_calendar_that_has_changed_since_does_not_change_what_was_counted(dossier: Dossier) -> None:
    explained = explanation(dossier, Amended())
    assert (explained.deadline.at, explained.calendar, explained.differs) == (dossier.due_at, "2020.1", False)
    moved = explanation(replace(dossier, calendar="2020.2"), Amended())
    assert moved.differs, "by the second version it would be due a day later"
    assert moved.calendar == "2020.2"


def test_a_calendar_that_is_on_record_no_more_is_owned_up_to(dossier: Dossier) -> None:
    explained = explanation(dossier, Amended(lost=True))
    assert (explained.calendar, explained.lost, explained.differs) == ("2020.2", ("2020.1",), True)
    view = DeadlineView.of(explained)
    assert view.calendar_lost == ["2020.1"]
    assert "khác với" in view.note_vi
    assert "không còn lưu" in view.note_vi


def test_the_closure_is_cited_and_a_transitional_dossier_says_that_it_is_set_aside(dossier: Dossier) -> None:
    in_closure = replace(dossier, received_at=at("2020-04-10 09:00"))
    explained = explanation(in_closure, REGISTRY)
    assert explained.deadline.at == at("2020-04-28 07:00")
    assert rules_of(explained) == ["working-hours", "closure-processing-2020-04"]
    cited = {step.cited for step in explained.deadline.steps if step.kind is StepKind.CLOSURE}
    assert cited == {explained.rules[1].cited}

    transitional = Transitional("12/2020", date(2020, 4, 10), "isolation-period-2020-04")
    explained = explanation(replace(in_closure, transitional=transitional), REGISTRY)
    assert explained.deadline.at == at("2020-04-15 09:00")
    assert rules_of(explained) == ["working-hours"]
    assert [rule.id for rule in explained.set_aside] == ["closure-processing-2020-04"]
    view = DeadlineView.of(explained)
    assert [(rule.kind, rule.applied) for rule in view.rules][-1] == ("processing_closure", False)
    assert "Hồ sơ chuyển tiếp" in view.note_vi


def test_a_wait_that_goes_on_leaves_the_date_on_record_as_it_is(dossier: Dossier) -> None:
    waiting = replace(dossier, waits=(wait("2020-04-24 08:00", None),))
    explained = explanation(waiting, REGISTRY)
    assert not explained.differs
    assert StepKind.WAITING in {step.kind for step in explained.deadline.steps}


def test_a_wait_that_a_decision_ended_has_moved_nothing(dossier: Dossier) -> None:
    refused_at = at("2020-05-25 09:00")
    ended = wait("2020-04-24 08:00", "2020-05-25 09:00", restarts=True)
    refused = replace(dossier, status=Status.REFUSED, waits=(ended,), decided_at=refused_at)
    assert not explanation(refused, REGISTRY).differs


def test_what_was_not_received_yet_or_has_no_known_limit_says_so(dossier: Dossier) -> None:
    submitted = DeadlineView.of(explanation(replace(dossier, received_at=None, due_at=None), REGISTRY))
    assert (submitted.steps, submitted.due_at, submitted.differs) == ([], None, False)
    assert submitted.note_vi == "Hồ sơ chưa được tiếp nhận nên chưa có hạn trả."


def test_staff_read_what_they_may_see_and_a_citizen_the_own(store: MemoryDossiers, dossier: Dossier) -> None:
    assert explain_deadline(dossier.id, CLERK, store, REGISTRY).deadline.at == dossier.due_at
    assert explain_own_deadline(dossier.id, OWNER.number, store, REGISTRY).deadline.at == dossier.due_at
    stranger = replace(OFFICER, rights=frozenset())
    attempts: tuple[Callable[[], Explanation], ...] = (
        lambda: explain_deadline(dossier.id, stranger, store, REGISTRY),
        lambda: explain_deadline("nowhere", CLERK, store, REGISTRY),
        lambda: explain_own_deadline(dossier.id, "030099000009", store, REGISTRY),
    )
    for refused in attempts:
        with pytest.raises(NotFoundError):
            refused()


def test_the_view_holds_nothing_personal(store: MemoryDossiers, dossier: Dossier) -> None:
    view = DeadlineView.of(explain_deadline(dossier.id, CLERK, store, REGISTRY)).model_dump_json()
    for private in (OWNER.name, OWNER.number, OWNER.phone, OWNER.address, CLERK.subject):
        assert private not in view
    assert dossier.received_at == MORNING
