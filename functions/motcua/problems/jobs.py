"""Problems of calendar changes, reorganisations and the jobs that carry them out."""

from motcua.problems.problem import Problem

JOBS: dict[str, Problem] = {
    "change_applied": Problem(409, "Thay đổi lịch {id} đã được áp dụng.", "Calendar change {id} was applied already."),
    "preview_not_done": Problem(
        409,
        "Chưa xem trước xong các hồ sơ bị ảnh hưởng của {id}; hãy đợi rồi thử lại.",
        "The preview of {id} is not done yet; wait and try again.",
    ),
    "calendar_moved_on": Problem(
        409,
        "Lịch năm {year} đã đổi sau khi xem trước; hãy đề xuất lại.",
        "The calendar of {year} has changed since the preview; propose again.",
    ),
    "reorganisation_started": Problem(
        409,
        "Sắp xếp {id} đã bắt đầu: danh sách đơn vị và ngày hiệu lực giữ nguyên, chỉ thêm quy tắc.",
        "Reorganisation {id} was started: its units and its day stay, only rules may be added.",
    ),
    "not_effective_yet": Problem(
        409, "Sắp xếp có hiệu lực từ {day}, chưa bắt đầu được.", "The reorganisation takes effect on {day}; not yet."
    ),
    "role_needed_somewhere": Problem(
        403, "Cần là {role_vi} ({role}) tại một đơn vị.", "Role {role} at some unit is needed."
    ),
    "dossier_given_twice": Problem(
        422, "Hồ sơ này đã có ở trên trong danh sách.", "This dossier is in the list above already."
    ),
    "channel_needed_for_return": Problem(
        422, "Khi trả kết quả phải nêu kênh: counter hoặc online.", "A return names its channel: counter or online."
    ),
    "channel_only_for_return": Problem(422, "Chỉ nêu kênh khi trả kết quả.", "A channel is named for a return only."),
    "job_under_way": Problem(409, "Việc {id} đang chạy.", "Job {id} is under way."),
    "job_not_found": Problem(404, "Không có việc này.", "There is no such job."),
    "malformed_year": Problem(422, "Năm gồm 4 chữ số, từ 2000 đến 2100.", "A year has four digits, 2000 to 2100."),
    "task_not_found": Problem(404, "Không có hồ sơ nào chờ quyết định như vậy.", "There is no such task."),
    "task_decided": Problem(
        409, "Hồ sơ này không chờ quyết định: {outcome}.", "This dossier does not wait for a decision: {outcome}."
    ),
    "does_not_serve": Problem(
        422, "Bộ phận Một cửa {unit} không phục vụ {agency}.", "One-stop unit {unit} does not serve {agency}."
    ),
    "day_of_another_year": Problem(422, "Ngày không thuộc năm {year}.", "The day is not of year {year}."),
    "day_twice": Problem(422, "Ngày {day} có hai lần.", "Day {day} is listed twice."),
    "makeup_on_a_workday": Problem(422, "Ngày {day} vốn là ngày làm việc.", "Day {day} is a working day anyway."),
    "unit_does_not_end": Problem(
        422, "Đơn vị “{unit}” không thuộc danh sách kết thúc (ends).", "Unit “{unit}” is not among those that end."
    ),
    "successor_ends": Problem(
        422,
        "Đơn vị nhận “{unit}” cũng kết thúc hoặc chưa có vào ngày hiệu lực.",
        "Successor “{unit}” ends, too, or is not there on the effective day.",
    ),
    "ends_before_it_began": Problem(
        422, "Đơn vị “{unit}” bắt đầu từ hoặc sau ngày hiệu lực.", "Unit “{unit}” begins on or after the effective day."
    ),
    "unit_ended_otherwise": Problem(
        422, "Đơn vị “{unit}” đã kết thúc vào ngày khác.", "Unit “{unit}” ended on another day."
    ),
    "successor_of_other_kind": Problem(
        422,
        "“{unit}” phải cùng loại: Bộ phận Một cửa thay Bộ phận Một cửa, cơ quan thay cơ quan.",
        "“{unit}” must be of the same sort: a one-stop unit after a one-stop unit, an agency after an agency.",
    ),
    "two_rules_alike": Problem(
        422,
        "Có hai quy tắc giống nhau về đơn vị, thủ tục và xã của “{unit}”.",
        "Two rules name the same unit, procedure and commune of “{unit}”.",
    ),
}
