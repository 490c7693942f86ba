"""The kinds of rules, and what a rule of each kind says. A new order is entered as a rule of one of these kinds."""

from collections.abc import Mapping

from motcua.domain.record import dataclass
from motcua.domain.rules.values import (
    Apology,
    Closing,
    Closure,
    GoLive,
    IntakeHours,
    IsolationPeriod,
    LinkValidity,
    MissingPlace,
    NumberPrefix,
    PostAttempts,
    ProcessingClosure,
    PublicPostalService,
    Reception,
    ReceptionHours,
    ResultCarrier,
    ReviewOrder,
    SameDayCutoff,
    SupplementLimit,
    SupplementWait,
    Target,
    UncollectedReminders,
    WorkingHours,
)


@dataclass(frozen=True, slots=True)
class RuleKind:
    """The names of a kind of rule, the type of its values, and the parts of a scope that it uses.

    `several`: each rule is an order of its own, beside the others; none contradicts or replaces another.
    `needed`: on a day without such a rule, something cannot be done at all.
    `applied`: when false, the rule is entered and shown, but nothing in this system acts on it yet.
    """

    value: type
    vi: str
    en: str
    scoped_by: tuple[str, ...] = ("units", "unit_kinds")
    several: bool = False
    needed: bool = False
    applied: bool = True


KINDS: Mapping[str, RuleKind] = {
    "reception": RuleKind(
        Reception, "Tiếp nhận theo kênh", "Reception by channel", ("units", "unit_kinds", "channels"), needed=True
    ),
    "closure": RuleKind(Closure, "Tạm dừng hoạt động", "Closure by order", ("units", "unit_kinds", "channels", "acts")),
    "processing_closure": RuleKind(ProcessingClosure, "Tạm dừng giải quyết", "Closure of processing by order"),
    "isolation_period": RuleKind(IsolationPeriod, "Thời gian cách ly xã hội", "Isolation period"),
    "target": RuleKind(Target, "Chỉ tiêu trả kết quả qua bưu chính công ích", "Target of results by public post"),
    "review_order": RuleKind(
        ReviewOrder, "Thời hạn rà soát thủ tục", "Deadline of a review of procedures", several=True
    ),
    "go_live": RuleKind(GoLive, "Ngày hệ thống bắt đầu ghi nhận", "Go-live", ()),
    "closing": RuleKind(Closing, "Ngày chốt số liệu tháng", "Closing of a month", (), needed=True),
    "number_prefix": RuleKind(
        NumberPrefix, "Mã định danh mở đầu số hồ sơ", "Identifier that opens a number", (), needed=True
    ),
    "result_carrier": RuleKind(
        ResultCarrier, "Doanh nghiệp chuyển phát kết quả", "Carrier of results", (), needed=True
    ),
    "public_postal_service": RuleKind(
        PublicPostalService, "Dịch vụ bưu chính công ích", "Public postal service", ("carriers",)
    ),
    "missing_place": RuleKind(MissingPlace, "Nơi phát không được báo", "Delivery without a place", ("carriers",)),
    "post_attempts": RuleKind(
        PostAttempts, "Số lần phát, số ngày lưu giữ", "Delivery attempts", ("carriers",), applied=False
    ),
    "working_hours": RuleKind(WorkingHours, "Giờ làm việc", "Working hours", needed=True),
    "reception_hours": RuleKind(ReceptionHours, "Giờ tiếp nhận ngoài giờ làm việc", "Reception hours"),
    "same_day_cutoff": RuleKind(SameDayCutoff, "Mốc giờ trong ngày", "Same-day cut-off", needed=True),
    "intake_hours": RuleKind(
        IntakeHours, "Thời hạn trả lời hồ sơ trực tuyến", "Answer to an online submission", needed=True
    ),
    "supplement_limit": RuleKind(SupplementLimit, "Số lần yêu cầu bổ sung", "Supplement requests", needed=True),
    "supplement_wait": RuleKind(SupplementWait, "Thời gian chờ bổ sung", "Time for a supplement", needed=True),
    "apology": RuleKind(Apology, "Xin lỗi và hẹn lại ngày trả", "Apology and new date", needed=True),
    "uncollected_reminders": RuleKind(UncollectedReminders, "Nhắc nhận kết quả", "Reminders of uncollected results"),
    "link_validity": RuleKind(LinkValidity, "Hạn dùng liên kết chọn cách nhận", "Validity of a link", needed=True),
}
"""Every kind of rule that an order can set. Only reviews may run side by side. Isolation periods may not: a
transitional dossier names the one period in which it falls. Go-lives may not: a year's figures have one first day."""

CHANNELS = ("counter", "post", "online")
"""The channels by which a rule may open or close a one-stop unit."""

ACTS = ("reception", "return")
"""The acts that a closure can stop at a one-stop unit."""
