"""Incidents: a share of the dossiers leaves the plain plan, so that every kind of move happens.

They are drawn from the demo's seed, apart from the plain plan's draws, which they do not change. An incident takes
fitting dossiers first and reworks others when there are too few, so that each incident happens at least once.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from infra.demo import incidents_at_the_agency as agency
from infra.demo import incidents_at_the_counter as counter
from infra.demo import incidents_on_the_way_out as way_out
from infra.demo.actors import Agency
from infra.demo.plan import SEED, Case, calendar
from infra.demo.script import Script, day_of

Fits = Callable[[Case], bool]


@dataclass(frozen=True, slots=True)
class Incident:
    """What happens to a share of the dossiers, and which of them it suits."""

    name: str
    vi: str
    share: float
    rework: Callable[[Case, Script], None]
    fits: Fits


def _early(case: Case) -> bool:
    return day_of(case) < (5, 15)


def _online(case: Case) -> bool:
    return case.channel_in == "online" and _early(case)


def _on_paper(case: Case) -> bool:
    return case.channel_in != "online" and _early(case)


def _handed_over(case: Case) -> bool:
    return case.channel_out == "counter" and not case.chooses_post_late and _early(case)


def _at_once(case: Case) -> bool:
    return case.channel_in != "online" and day_of(case) <= (4, 28)


INCIDENTS = (
    Incident("transitional", "hồ sơ chuyển tiếp (R3)", 0.02, counter.transitional, _at_once),
    Incident("supplement_expired", "bổ sung không đến nên hết hạn", 0.01, agency.supplement_expired, _at_once),
    Incident(
        "linked",
        "hồ sơ liên thông (thủ tục mẫu)",
        0.02,
        agency.linked,
        lambda case: _early(case) and _of(case, "skhdt"),
    ),
    Incident("apology", "trễ có xin lỗi", 0.013, agency.apology, lambda case: _early(case) and 5 <= case.days <= 10),
    Incident("supplement_at_intake", "bổ sung khi tiếp nhận", 0.02, counter.supplement_at_intake, _early),
    Incident("payment_at_intake", "nộp phí khi tiếp nhận", 0.01, counter.payment_at_intake, _early),
    Incident("supplement", "bổ sung khi thẩm định", 0.03, agency.supplement, _early),
    Incident("supplement_twice", "bổ sung lần hai do lãnh đạo cho phép", 0.007, agency.supplement_twice, _early),
    Incident(
        "supplement_outstanding",
        "đang chờ bổ sung",
        0.007,
        agency.supplement_outstanding,
        lambda case: not _early(case),
    ),
    Incident("payment", "nộp phí khi thẩm định", 0.02, agency.payment, _early),
    Incident(
        "payment_outstanding", "đang chờ nộp phí", 0.003, agency.payment_outstanding, lambda case: not _early(case)
    ),
    Incident("pause", "tạm dừng rồi tiếp tục", 0.02, agency.pause, _early),
    Incident("pause_outstanding", "đang tạm dừng", 0.003, agency.pause_outstanding, lambda case: not _early(case)),
    Incident("refused_after_appraisal", "không đủ điều kiện", 0.017, agency.refused_after_appraisal, _early),
    Incident("opinion", "lấy ý kiến cơ quan khác", 0.02, agency.opinion, _early),
    Incident("assigned", "lãnh đạo phân công", 0.02, agency.assigned, _early),
    Incident("resolution_reversed", "hủy báo xong nhầm", 0.01, agency.resolution_reversed, _handed_over),
    Incident(
        "resolution_reversed_by_head", "lãnh đạo hủy báo xong", 0.003, agency.resolution_reversed_by_head, _handed_over
    ),
    Incident("refused_at_counter", "từ chối tại quầy", 0.013, counter.refused_at_counter, _on_paper),
    Incident("withdrawn", "rút hồ sơ tại quầy", 0.01, counter.withdrawn, _early),
    Incident("withdrawn_early", "rút qua cổng khi chưa tiếp nhận", 0.007, counter.withdrawn_early, _online),
    Incident("withdrawn_online", "rút qua cổng", 0.007, counter.withdrawn_online, _online),
    Incident("receipt_corrected", "sửa giấy tiếp nhận", 0.013, counter.receipt_corrected, _early),
    Incident("unanswered", "trả lời hồ sơ trực tuyến chậm", 0.007, counter.unanswered, _online),
    Incident("late_paper", "giao hồ sơ giấy chậm", 0.01, counter.late_paper, _on_paper),
    Incident("return_reversed", "hủy trả nhầm", 0.01, way_out.return_reversed, _handed_over),
    Incident("corrected", "đính chính kết quả", 0.007, way_out.corrected, _handed_over),
    Incident("lost", "cấp lại kết quả mất", 0.003, way_out.lost, _handed_over),
    Incident(
        "lost_by_post",
        "bưu chính làm mất",
        0.003,
        way_out.lost_by_post,
        lambda case: case.channel_out == "post" and _early(case),
    ),
    Incident("chosen_by_portal", "chọn bưu chính qua cổng", 0.01, way_out.chosen_by_portal, _online),
    Incident("chosen_by_link", "chọn bưu chính bằng liên kết", 0.01, way_out.chosen_by_link, _handed_over),
    Incident("uncollected", "kết quả chưa có người nhận", 0.027, way_out.uncollected, _handed_over),
)


def _of(case: Case, agency_id: str) -> bool:
    return case.agency.id == agency_id


def add_incidents(cases: list[Case], agencies: Iterable[Agency]) -> None:
    """Give each incident its share of the cases, and plan when each paper dossier is signed for."""
    draw, days = random.Random(SEED + 1), calendar()  # noqa: S311 - a story, not a secret
    script = Script(draw, days, {each.id: each for each in agencies})
    free = [case for case in cases[:-1] if not case.refused]
    draw.shuffle(free)
    for each in INCIDENTS:
        wanted = max(1, round(each.share * len(cases)))
        fitting = [case for case in free if each.fits(case)]
        others = sorted((case for case in free if not each.fits(case)), key=_arrival)
        for case in (fitting + others)[:wanted]:
            each.rework(case, script)
            case.incident = each.name
        free = [case for case in free if not case.incident]
    for case in cases:
        script.plan_paper(case)


def _arrival(case: Case) -> datetime:
    return case.arrives_at
