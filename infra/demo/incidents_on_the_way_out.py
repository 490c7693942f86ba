"""Incidents on the way out: a result returned by mistake, wrong, lost, not collected, or sent by another channel."""

from datetime import timedelta

from infra.demo.plan import Case, Row, Step
from infra.demo.script import Script


def return_reversed(case: Case, script: Script) -> None:
    """Return by a wrong click.

    The same clerk takes it back; the real return follows two hours later or on the next day.
    """
    script.handed_over(case)
    at = case.resolve_at + case.fetch_after
    reversal = {"reason": "Bấm nhầm hồ sơ, người dân chưa nhận (ví dụ)"}
    case.extra.append(Step(at + timedelta(minutes=20), "clerk", "return-reversal", "", 10, reversal))
    again = at + timedelta(hours=2 if case.index % 2 else 25)
    case.extra.append(Step(again, "clerk", "return", case.agency.one_stop_id, 9))


def corrected(case: Case, script: Script) -> None:
    """Reissue a result with a mistake of the agency, which pays."""
    script.handed_over(case)
    reason = "Kết quả ghi sai ngày sinh; đã xin lỗi (ví dụ)"
    _reissued(case, {"kind": "correction", "at_fault": "agency", "paid_by": "agency", "reason": reason}, days=2)


def lost(case: Case, script: Script) -> None:
    """Reissue a result that the applicant has lost."""
    script.handed_over(case)
    reason = "Người dân làm mất kết quả (ví dụ)"
    _reissued(case, {"kind": "loss", "at_fault": "applicant", "paid_by": "applicant", "reason": reason}, days=5)


def lost_by_post(case: Case, script: Script) -> None:
    """Reissue a result that was reported as delivered but never arrived.

    If the parcel came back instead, the applicant loses the collected result.
    """
    case.channel_out = "post"

    def told(dossier: Row) -> Row:
        by_post = dossier["channel_out"] == "post"
        kind, fault = ("loss_by_post", "post") if by_post else ("loss", "applicant")
        return {"kind": kind, "at_fault": fault, "paid_by": fault, "reason": "Kết quả không đến tay người nhận (ví dụ)"}

    at = case.resolve_at + case.fetch_after + timedelta(days=5)
    case.extra.append(Step(at, "clerk", "reissue", "", 10, told, whenever=True))


def _reissued(case: Case, body: Row, days: int) -> None:
    at = case.resolve_at + case.fetch_after + timedelta(days=days)
    case.extra.append(Step(at, "clerk", "reissue", "", 10, body, whenever=True))


def chosen_by_portal(case: Case, script: Script) -> None:
    """Let an applicant who was registered for the counter choose the post at home."""
    script.online(case)
    script.handed_over(case)
    at = script.in_appraisal(case, 0.1, 0.4)
    case.extra.append(Step(at, "portal", "return-channel", "", 4, {"channel_out": "post"}))


def chosen_by_link(case: Case, script: Script) -> None:
    """Let the applicant choose the post at home, by the link in the notice that the result is ready."""
    script.handed_over(case)
    case.fetch_after = max(case.fetch_after, timedelta(hours=18))
    at = case.resolve_at + timedelta(hours=1)
    case.extra.append(Step(at, "clerk", "return-channel-link", case.agency.one_stop_id, 9))


def uncollected(case: Case, script: Script) -> None:
    """Leave the result uncollected for days, so that the sweep sends reminders."""
    script.handed_over(case)
    case.fetch_after = timedelta(days=script.draw.choice((6, 7, 9, 16)), hours=2)
