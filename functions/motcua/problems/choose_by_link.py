"""Problems of signed links."""

from motcua.problems.problem import Problem

LINKS: dict[str, Problem] = {
    "link_not_genuine": Problem(
        403,
        "Liên kết không đúng. Hãy mở lại đúng liên kết đã nhận, hoặc xin Bộ phận Một cửa cấp liên kết mới.",
        "The link is not a genuine one. Open the link as it came, or ask the one-stop unit for another.",
    ),
    "link_expired": Problem(
        410,
        "Liên kết đã hết hạn lúc {at}. Hãy xin Bộ phận Một cửa cấp liên kết mới.",
        "The link expired at {at}. Ask the one-stop unit for another.",
    ),
    "recipient_by_post_only": Problem(
        422,
        "Người nhận chỉ nêu khi chọn nhận qua bưu chính (channel_out = post).",
        "A recipient is named for a return by post only (channel_out = post).",
    ),
}
