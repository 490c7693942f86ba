"""The sentence of each step of a deadline's trace: in Vietnamese for the applicant, in English beside it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from motcua.contracts.days import local
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.deadline.trace import Step, StepKind
from motcua.domain.registry.procedure import LimitUnit, TimeLimit

WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_WAITS = {
    WaitKind.SUPPLEMENT: ("Chờ bổ sung giấy tờ", "Waiting for a supplement"),
    WaitKind.PAYMENT: ("Chờ nộp tiền", "Waiting for a payment"),
    WaitKind.PAUSE: ("Tạm dừng xử lý", "Paused"),
}

_UNITS = {
    LimitUnit.WORKING_DAY: ("ngày làm việc", "working days"),
    LimitUnit.CALENDAR_DAY: ("ngày", "calendar days"),
    LimitUnit.HOUR: ("giờ làm việc", "working hours"),
}

Words = tuple[str, str]
"""Vietnamese and English."""


def words(step: Step) -> Words:
    """Return the sentence of one step."""
    return _SAYS[step.kind](step)


def limit_words(limit: TimeLimit) -> Words:
    """Return a limit as `15 ngày làm việc`; no limit means the same day."""
    if limit.count == 0:
        return "trong ngày", "the same day"
    count = f"{limit.count.normalize():f}"
    vi, en = _UNITS[limit.unit]
    return f"{count.replace('.', ',')} {vi}", f"{count} {en}"


def day_words(day: date) -> Words:
    return f"{WEEKDAYS_VI[day.weekday()]} {day:%d/%m/%Y}", f"{WEEKDAYS_EN[day.weekday()]} {day:%d/%m/%Y}"


def moment_words(moment: datetime | None) -> Words:
    """Return a moment as `09:00 thứ Năm 07/05/2020`; seconds only where there are any."""
    here = local(moment)
    if here is None:
        return "…", "…"
    vi, en = day_words(here.date())
    hour = f"{here:%H:%M:%S}" if here.second else f"{here:%H:%M}"
    return f"{hour} {vi}", f"{hour} {en}"


def length_words(length: timedelta) -> Words:
    """Return a length as `16 giờ` or `3 giờ 30 phút`."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    named = ((hours, "giờ", "h"), (minutes, "phút", "min"), (seconds, "giây", "s"))
    parts = [each for each in named if each[0]] or [named[1]]
    return " ".join(f"{n} {vi}" for n, vi, _ in parts), " ".join(f"{n} {en}" for n, _, en in parts)


def days_words(length: timedelta) -> Words:
    """Return days as `6 ngày` or `6 ngày 5 giờ`."""
    rest = length - timedelta(days=length.days)
    if not length.days:
        return length_words(rest)
    more = length_words(rest) if rest else ("", "")
    vi, en = f"{length.days} ngày {more[0]}", f"{length.days} {'day' if length.days == 1 else 'days'} {more[1]}"
    return vi.strip(), en.strip()


def _with_moment(vi: str, en: str) -> Callable[[Step], Words]:
    def said(step: Step) -> Words:
        at_vi, at_en = moment_words(step.at)
        return vi.format(at_vi), en.format(at_en)

    return said


def _with_day(vi: str, en: str) -> Callable[[Step], Words]:
    def said(step: Step) -> Words:
        day_vi, day_en = day_words(step.day)
        told = {"number": step.number, "name": step.name_vi, "cited": step.cited, "date": f"{step.day:%d/%m/%Y}"}
        return vi.format(day=day_vi, **told), en.format(day=day_en, **told)

    return said


def _hours(step: Step) -> Words:
    (day_vi, day_en), (vi, en) = day_words(step.day), length_words(step.time)
    return f"{day_vi[:1].upper()}{day_vi[1:]}: tính {vi} làm việc", f"{day_en}: {en} of working time counted"


def _wait(wait: Suspension | None) -> tuple[Words, Words]:
    """Return the reason of a suspension, and from when to when it lasted."""
    assert wait is not None
    since, until = moment_words(wait.since), moment_words(wait.until)
    if wait.until is None:
        return _WAITS[wait.kind], (f"từ {since[0]}", f"since {since[1]}")
    return _WAITS[wait.kind], (f"từ {since[0]} đến {until[0]}", f"from {since[1]} to {until[1]}")


def _restarted(step: Step) -> Words:
    what, span = _wait(step.wait)
    vi, en = (
        "đủ giấy tờ, thời hạn tính lại từ đầu",
        "everything is in, the whole limit counts anew",
    )
    return f"{what[0]} {span[0]}: {vi}", f"{what[1]} {span[1]}: {en}"


def _lengthened(step: Step) -> Words:
    what, span = _wait(step.wait)
    if step.calendar_time:
        vi, en = days_words(step.time)
    else:
        vi, en = (" ".join(pair) for pair in zip(length_words(step.time), ("làm việc", "of working time"), strict=True))
    told = f"tạm dừng tính thời hạn giải quyết, cộng thời gian chờ {vi}", f"the time limit stood still, {en} is added"
    return f"{what[0]} {span[0]}: {told[0]}", f"{what[1]} {span[1]}: {told[1]}"


def _waiting(step: Step) -> Words:
    what, span = _wait(step.wait)
    vi, en = (
        "tạm dừng tính thời hạn giải quyết; hạn trả chưa cộng thời gian này",
        "the clock stands still; nothing of it is in the date yet",
    )
    return f"{what[0]} {span[0]}: {vi}", f"{what[1]} {span[1]}: {en}"


_SAYS: Mapping[StepKind, Callable[[Step], Words]] = {
    StepKind.STARTS_AT_RECEIPT: _with_moment(
        "Bắt đầu tính từ {}, trong giờ làm việc: giữ nguyên giờ",
        "Counted from {}, within working hours: the hour is kept",
    ),
    StepKind.STARTS_AT_OPENING: _with_moment(
        "Ngoài giờ làm việc: bắt đầu tính từ giờ mở cửa kế tiếp, {}",
        "Outside working hours: counted from the next opening, {}",
    ),
    StepKind.STARTS_IN_RECEPTION_HOURS: _with_moment(
        "Bắt đầu tính từ {}, trong giờ tiếp nhận ngoài giờ làm việc: giữ nguyên giờ, không mất ngày làm việc nào",
        "Counted from {}, in reception hours outside working time: the hour is kept, no working day is used up",
    ),
    StepKind.DAY: _with_day("Ngày {number}: {day}", "Day {number}: {day}"),
    StepKind.MAKEUP_DAY: _with_day(
        "Ngày {number}: {day}, ngày làm bù ({name})", "Day {number}: {day}, a make-up working day ({name})"
    ),
    StepKind.CALENDAR_DAY: _with_day("Ngày {number}: {day} (ngày lịch)", "Day {number}: {day} (calendar day)"),
    StepKind.HOURS: _hours,
    StepKind.WEEKEND: _with_day("Bỏ qua {date}: nghỉ cuối tuần", "Skipped {date}: weekend"),
    StepKind.DAY_OFF: _with_day("Bỏ qua {date}: {name} (nghỉ lễ)", "Skipped {date}: {name} (day off)"),
    StepKind.CLOSURE: _with_day(
        "Bỏ qua {date}: tạm dừng giải quyết theo {cited}", "Skipped {date}: processing closed by {cited}"
    ),
    StepKind.SAME_DAY: _with_moment(
        "Thời hạn trong ngày: trả chậm nhất {}, giờ đóng cửa", "The same day: at the latest {}, at closing"
    ),
    StepKind.AFTER_CUTOFF: _with_moment(
        "Nhận sau mốc giờ trong ngày: trả trong ngày làm việc kế tiếp, chậm nhất {}",
        "Received after the day's cut-off: the next working day, at the latest {}",
    ),
    StepKind.HALF_DAY: _with_moment("Thêm nửa ngày (12 giờ): {}", "Half a day more (12 hours): {}"),
    StepKind.DUE_SO_FAR: _with_moment("Hạn trả khi chưa tính lần chờ này: {}", "Due, without this wait: {}"),
    StepKind.RESTARTED: _restarted,
    StepKind.LENGTHENED: _lengthened,
    StepKind.WAITING: _waiting,
    StepKind.MOVED_FORWARD: _with_moment(
        "Hết hạn vào ngày nghỉ: chuyển sang ngày làm việc kế tiếp, {}",
        "It ends on a day off: moved forward to the next working day, {}",
    ),
    StepKind.DUE: _with_moment("Hạn trả kết quả: {}", "The result is due: {}"),
}
