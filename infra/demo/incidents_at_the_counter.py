"""Incidents at the one-stop unit's counter: another way in, something missing, a correction, or a withdrawal."""

from datetime import datetime, timedelta

from infra.demo import actors
from infra.demo.plan import FIRST, Case, Step
from infra.demo.script import Script


def transitional(case: Case, script: Script) -> None:
    """Register on the first day a dossier that the agency itself received in the isolation period (R3)."""
    script.by_clerk(case)
    case.channel_in, case.way = "counter", "transitional"
    case.arrives_at = script.later(script.opening(FIRST, 7), 0.3, 4)
    days = [day for n in range(1, 23) if script.days.is_working_day(day := FIRST - timedelta(days=n))]
    case.received_on = script.draw.choice(days)
    case.take_over_at = script.later(case.arrives_at, 1, 5)
    case.resolve_at = script.later(case.take_over_at, 4, 40)


def supplement_at_intake(case: Case, script: Script) -> None:
    case.at_intake = {"supplement_reason": "Thiếu bản sao giấy tờ tuỳ thân (ví dụ)"}
    _asked_at_intake(case, script, "supplement", 5, script.later(case.received_at, 6, 30))


def payment_at_intake(case: Case, script: Script) -> None:
    case.at_intake = {"payment_vnd": 100_000}
    _asked_at_intake(case, script, "payment", 6, script.later(case.received_at, 2, 12))


def _asked_at_intake(case: Case, script: Script, answer: str, status: int, until: datetime) -> None:
    script.wait(case, case.received_at, until)
    case.take_over_at = max(case.take_over_at, script.later(until, 1, 3))
    case.resolve_at = max(case.resolve_at, script.later(case.take_over_at, 2, 6))
    case.extra.append(Step(until, "clerk", answer, case.agency.one_stop_id, status))


def refused_at_counter(case: Case, script: Script) -> None:
    script.by_clerk(case)
    case.way, case.ends_at = "refusal", case.arrives_at


def withdrawn(case: Case, script: Script) -> None:
    """Withdraw at the counter while the agency works on the dossier."""
    case.ends_at = script.in_appraisal(case, 0.3, 1)
    case.extra.append(Step(case.ends_at, "clerk", "withdrawal", "", 4, {"reason": "Không còn nhu cầu (ví dụ)"}))


def withdrawn_early(case: Case, script: Script) -> None:
    """Withdraw through the portal before anybody looked at the dossier, which therefore never gets a number."""
    script.online(case)
    case.ends_at = case.arrives_at + timedelta(minutes=10)
    case.extra.append(Step(case.ends_at, "portal", "withdrawal", "", 1, {"reason": "Nộp nhầm thủ tục (ví dụ)"}))


def withdrawn_online(case: Case, script: Script) -> None:
    script.online(case)
    case.ends_at = script.in_appraisal(case, 0.3, 1)
    case.extra.append(Step(case.ends_at, "portal", "withdrawal", "", 4, {"reason": "Sẽ nộp lại sau (ví dụ)"}))


def receipt_corrected(case: Case, script: Script) -> None:
    """Correct a wrong address: version 2 of the receipt, with the same number."""
    owner = {**actors.citizen(case.index), "address": f"Số {case.index % 90 + 1}, ngõ Mẫu, tỉnh Hải Dương"}
    body = {"reason": "Ghi sai địa chỉ chủ hồ sơ (ví dụ)", "owner": owner}
    case.extra.append(Step(script.in_appraisal(case, 0.1, 0.4), "clerk", "receipt-correction", "", 4, body))


def unanswered(case: Case, script: Script) -> None:
    """Leave the submission unanswered for eight working hours, so that the next morning's sweep reports it."""
    script.online(case)
    assert case.accept_at is not None
    before, case.accept_at = case.accept_at, script.later(case.arrives_at, 16, 18)
    script.wait(case, before, case.accept_at)
    case.take_over_at = max(case.take_over_at, script.later(case.accept_at, 1, 3))
    case.resolve_at = max(case.resolve_at, script.later(case.take_over_at, 2, 6))


def late_paper(case: Case, script: Script) -> None:
    """Hand the paper to the agency a day late."""
    script.by_clerk(case)
    script.longer(case, 5)
    case.paper_at = script.later(case.arrives_at, 9, 11)
    case.take_over_at = script.later(case.paper_at, 1, 3)
    case.resolve_at = script.later(case.take_over_at, 6, 16)
