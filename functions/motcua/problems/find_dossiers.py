"""Problems of an inbox's filters and of searches."""

from motcua.problems.problem import Problem

SEARCH: dict[str, Problem] = {
    "unknown_filter": Problem(
        422, "Không có bộ lọc này; được dùng: {expected}.", "There is no such filter; known: {expected}."
    ),
    "late_where": Problem(
        422,
        "Chỉ hồ sơ ở trạng thái {expected} mới có thể quá hạn; ở trạng thái khác, thời hạn tạm dừng hoặc hồ sơ đã xong.",
        "Only dossiers in status {expected} can be late; in any other the clock stands still or the work is done.",
    ),
    "malformed_parcel": Problem(
        422,
        "Số bưu gửi gồm mã hồ sơ 16 ký tự, dấu “-” và số thứ tự, ví dụ 5QF2K8ZJ7M4T9XWA-1.",
        "A parcel's order number is the dossier's id of 16 characters, a “-” and an ordinal, as 5QF2K8ZJ7M4T9XWA-1.",
    ),
    "malformed_phone_end": Problem(
        422, "Cần đúng {digits} chữ số cuối của số điện thoại.", "The last {digits} digits of the phone are needed."
    ),
    "name_too_short": Problem(
        422,
        "Cần cả họ tên, hoặc ít nhất {words} từ cuối của tên (ví dụ “Văn Mẫu”), không quá {most} ký tự.",
        "The whole name is needed, or its last {words} words, and at most {most} characters.",
    ),
}
