"""Problems of calendar changes, reorganisations and the jobs that carry them out."""

from motcua.problems.problem import Problem

JOBS: dict[str, Problem] = {
    "day_of_another_year": Problem(422, "Ngày không thuộc năm {year}.", "The day is not of year {year}."),
    "day_twice": Problem(422, "Ngày {day} có hai lần.", "Day {day} stands twice."),
    "makeup_on_a_workday": Problem(422, "Ngày {day} vốn là ngày làm việc.", "Day {day} is a working day anyway."),
    "unit_does_not_end": Problem(
        422, "Đơn vị “{unit}” không thuộc danh sách kết thúc (ends).", "Unit “{unit}” is not among those that end."
    ),
    "successor_ends": Problem(
        422,
        "Đơn vị nhận “{unit}” cũng kết thúc hoặc chưa có vào ngày hiệu lực.",
        "Successor “{unit}” ends, too, or is not there on the effective day.",
    ),
    "two_rules_alike": Problem(
        422,
        "Có hai quy tắc giống nhau về đơn vị, thủ tục và xã của “{unit}”.",
        "Two rules name the same unit, procedure and commune of “{unit}”.",
    ),
}
