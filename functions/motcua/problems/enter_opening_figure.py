"""Problems of opening figures."""

from motcua.problems.problem import Problem

OPENING: dict[str, Problem] = {
    "more_delivered_than_returned": Problem(
        422, "Số phát qua bưu chính không thể lớn hơn số đã trả.", "More cannot be delivered than was returned."
    ),
    "no_opening_figures_of_year": Problem(
        422,
        "Năm {year} không có số liệu đầu kỳ: hệ thống không bắt đầu giữa năm này.",
        "Year {year} has no opening figures: the system did not go live within it.",
    ),
    "agency_not_counted": Problem(
        422,
        "“{unit}” không có dòng trong báo cáo của thời gian từ {first} đến {last}.",
        "“{unit}” has no line in reports of {first} to {last}.",
    ),
}
