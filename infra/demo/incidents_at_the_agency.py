"""Incidents at the processing agency: it asks, waits, pauses, refuses, is late, or shares the work with others."""

from datetime import datetime, timedelta
from typing import NamedTuple

from infra.demo.plan import Case, Row, Step
from infra.demo.script import Script
from infra.registry import linked_sample

ANSWER = {"channel": "counter"}
NEVER_CAME = "Hết hạn bổ sung mà chưa bổ sung (ví dụ)"
MISSING = {"reason": "Thiếu bản sao chứng thực giấy tờ kèm theo (ví dụ)"}
ONCE_MORE = MISSING | {"override_reason": "Giấy tờ bổ sung chưa rõ, lãnh đạo đồng ý yêu cầu thêm (ví dụ)"}
FEE = {"amount_vnd": 250_000}
PAUSED = {"reason": "Chờ kết quả xác minh tại thực địa (ví dụ)"}
NOT_ELIGIBLE = {"reason": "Không đủ điều kiện theo quy định (ví dụ)"}
WRONG_CLICK = {"reason": "Bấm nhầm hồ sơ (ví dụ)"}


class Suspension(NamedTuple):
    """Who asks by which act and with what, the act that goes on, and the status in between."""

    who: str
    asks: str
    body: Row
    goes_on: str
    status: int


SUPPLEMENT = Suspension("officer", "supplement-request", MISSING, "supplement", 5)
ANOTHER_SUPPLEMENT = Suspension("head", "supplement-request", ONCE_MORE, "supplement", 5)
PAYMENT = Suspension("officer", "payment-request", FEE, "payment", 6)
PAUSE = Suspension("officer", "pause", PAUSED, "resumption", 8)


def supplement(case: Case, script: Script) -> None:
    since = script.in_appraisal(case)
    _waits(case, script, SUPPLEMENT, since, 8, 40)


def supplement_twice(case: Case, script: Script) -> None:
    """Ask for a supplement once more than the rule allows. The head approves it with a reason."""
    first = script.in_appraisal(case)
    until = _waits(case, script, SUPPLEMENT, first, 6, 16)
    again = script.later(until, 1, 2)
    case.resolve_at = max(case.resolve_at, script.later(again, 1, 3))
    _waits(case, script, ANOTHER_SUPPLEMENT, again, 6, 16)


def supplement_expired(case: Case, script: Script) -> None:
    """Let the supplement never come.

    When its time is over, the agency refuses in writing, and the one-stop unit returns the answer.
    """
    _asks_for_ever(case, script, "supplement-request", MISSING)
    assert case.ends_at is not None
    # Thirty days. A last day off moves the end to the next working day, and the whole of that day is still in time.
    last = script.days.next_working_day((case.ends_at + timedelta(days=29)).date())
    over = script.days.next_working_day(last)
    at = script.opening(over, 9)
    case.extra.append(Step(at, "officer", "refusal-after-appraisal", "", 5, {"reason": NEVER_CAME}))
    case.extra.append(_answered(case, script, at))


def supplement_outstanding(case: Case, script: Script) -> None:
    _asks_for_ever(case, script, "supplement-request", MISSING, "supplement")


def payment(case: Case, script: Script) -> None:
    since = script.in_appraisal(case)
    _waits(case, script, PAYMENT, since, 3, 24)


def payment_outstanding(case: Case, script: Script) -> None:
    _asks_for_ever(case, script, "payment-request", FEE, "payment")


def pause(case: Case, script: Script) -> None:
    suspension = PAUSE._replace(who="head" if script.turn("pause", 3) else "officer")
    since = script.in_appraisal(case)
    _waits(case, script, suspension, since, 8, 32)


def pause_outstanding(case: Case, script: Script) -> None:
    _asks_for_ever(case, script, "pause", PAUSED, "pause")


def refused_after_appraisal(case: Case, script: Script) -> None:
    case.ends_at = script.in_appraisal(case, 2, 8)
    case.extra.append(Step(case.ends_at, "officer", "refusal-after-appraisal", case.agency.id, 4, NOT_ELIGIBLE))
    case.extra.append(_answered(case, script, case.ends_at))


def opinion(case: Case, script: Script) -> None:
    """Ask another department for an answer within two working days. Every fourth answer is late."""
    other = "stn-mt" if case.agency.id != "stn-mt" else "stp"
    asked = script.in_appraisal(case)
    given = script.later(asked, 26, 30) if script.turn("opinion", 4) else script.later(asked, 3, 14)
    body = {"agency_id": other, "limit": {"count": 2, "unit": "working_day"}}
    case.extra.append(Step(asked, "officer", "opinions", case.agency.id, 4, body))
    case.extra.append(Step(given, f"officer@{other}", f"opinions/{other}", other, 4))
    case.resolve_at = max(case.resolve_at, script.later(given, 1, 4))


def assigned(case: Case, script: Script) -> None:
    at = script.later(case.received_at, 0.5, 0.9)
    case.extra.append(Step(at, "head", "assignment", case.agency.id, 4, {"officer": f"officer@{case.agency.id}"}))


def apology(case: Case, script: Script) -> None:
    """Let the result be late. Two working days before the deadline, the head apologises and names a new date."""
    script.longer(case, 5)
    at = script.later(case.received_at, 8 * (case.days - 2))
    case.resolve_at = script.later(case.received_at, 8 * (case.days + 1))

    def promised(dossier: Row) -> Row:
        new = script.later(datetime.fromisoformat(dossier["due_at"]), 16)
        return {"new_due_at": new.isoformat(), "reason": "Hồ sơ phức tạp, cần thêm thời gian (ví dụ)"}

    case.extra.append(Step(at, "head", "apology", case.agency.id, 4, promised))


def linked(case: Case, script: Script) -> None:
    """Let two agencies work in parallel, then the one that issues the result. Some of the parts are late."""
    case.agency, case.procedure = script.agencies["skhdt"], linked_sample.CODE
    case.days, case.counted_in_days = 9, True
    ends, late = [], 20 if script.turn("linked", 3) else 0
    for leg, (least, most) in {"stp": (8 + late, 16 + late), "vp-ubnd": (12, 30)}.items():
        begins = script.later(case.received_at, 2, 6)
        ends.append(script.later(begins, least, most))
        case.extra.append(Step(begins, f"officer@{leg}", "takeover", leg, 4))
        case.extra.append(Step(ends[-1], f"officer@{leg}", f"legs/{leg}", leg, 4))
    case.take_over_at = script.later(max(ends), 1, 3)
    case.resolve_at = script.later(case.take_over_at, 6, 20)


def resolution_reversed(case: Case, script: Script) -> None:
    """Mark as done by a wrong click. The same officer takes it back a quarter of an hour later."""
    _not_done(case, script, case.resolve_at + timedelta(minutes=15), "officer")


def resolution_reversed_by_head(case: Case, script: Script) -> None:
    _not_done(case, script, script.later(case.resolve_at, 8, 10), "head")


def _not_done(case: Case, script: Script, at: datetime, who: str) -> None:
    script.handed_over(case)
    again = script.later(at, 5, 10)
    case.extra.append(Step(at, who, "resolution-reversal", "", 9, WRONG_CLICK))
    case.extra.append(Step(again, "officer", "resolution", case.agency.id, 4))
    case.fetch_after += again - case.resolve_at


def _waits(case: Case, script: Script, suspension: Suspension, since: datetime, least: float, most: float) -> datetime:
    """Suspend the dossier from `since`, resume it some working hours later, and return when."""
    who, asks, body, goes_on, status = suspension
    until = script.later(since, least, most)
    script.wait(case, since, until)
    case.resolve_at = max(case.resolve_at, script.later(until, 1, 3))
    case.extra.append(Step(since, who, asks, case.agency.id, 4, body))
    at_agency = status == 8
    inbox = case.agency.id if at_agency else case.agency.one_stop_id
    case.extra.append(Step(until, who if at_agency else "clerk", goes_on, inbox, status))
    return until


def _asks_for_ever(case: Case, script: Script, act: str, body: Row, outstanding: str = "") -> None:
    """Ask for something that never comes. `outstanding` names the suspension that is still open when the demo ends."""
    case.ends_at = script.in_appraisal(case)
    case.extra.append(Step(case.ends_at, "officer", act, case.agency.id, 4, body))
    case.outstanding = outstanding


def _answered(case: Case, script: Script, at: datetime) -> Step:
    """Return the step that hands back the written answer.

    Status 80 is a refusal whose answer is at the one-stop unit.
    """
    return Step(script.later(at, 2, 10), "clerk", "answer-return", case.agency.one_stop_id, 80, ANSWER)
