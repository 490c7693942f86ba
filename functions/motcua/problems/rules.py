"""Problems of changing an entry of the registry, and of rules that contradict each other."""

from motcua.problems.problem import Problem

RULES: dict[str, Problem] = {
    "entry_not_found": Problem(404, "Không có “{id}” trong danh mục {kind}.", "There is no {kind} “{id}”."),
    "entry_changed_meanwhile": Problem(
        412,
        "Mục này vừa được người khác thay đổi; hãy đọc lại.",
        "Somebody changed this entry meanwhile; read it again.",
    ),
    "entry_version_differs": Problem(
        412,
        "Mục này đang ở phiên bản {version}, không phải {expected}; hãy đọc lại.",
        "The entry is at version {version}, not {expected}; read it again.",
    ),
    "entry_exists": Problem(409, "Đã có “{id}”.", "“{id}” exists already."),
    "id_differs": Problem(422, "Mã phải là “{id}” như trong địa chỉ.", "The id must be “{id}”, as in the address."),
    "rule_contradicts": Problem(
        422,
        "Mâu thuẫn với quy định {other} (từ {first} đến {last}): cùng loại, cùng phạm vi, cùng ngày. Hãy kết thúc quy "
        "định đó trước (replaces) hoặc sửa phạm vi.",
        "It contradicts rule {other} (from {first} to {last}): same kind, same scope, same days. End that one first "
        "(replaces) or mend the scope.",
    ),
    "rule_annulled": Problem(409, "Quy định {rule} đã bị hủy.", "Rule {rule} was annulled."),
    "replaces_nothing": Problem(
        422,
        "“{id}” không phải quy định cùng loại, cùng phạm vi đang có hiệu lực khi quy định mới bắt đầu.",
        "“{id}” is no rule of this kind and scope that is in force when the new one begins.",
    ),
    "replaces_less": Problem(
        422,
        "Quy định mới không nói hết những gì {other} đang nói; còn thiếu: {left}. Hãy mở rộng phạm vi hoặc thời gian, hoặc "
        "kết thúc {other} trước rồi nhập từng quy định.",
        "The new rule does not speak of all that {other} speaks of; left out: {left}. Widen its scope or days, or end "
        "{other} first and enter the rules one by one.",
    ),
    "rule_settled": Problem(
        422,
        "Quy định từ {first} đã có hiệu lực, hoặc đã thay thế quy định khác: phạm vi, nội dung và ngày đầu giữ nguyên. Hãy "
        "nhập quy định mới (replaces), hoặc hủy nếu nhập nhầm.",
        "The rule of {first} is in force, or has replaced another: its scope, what it says and its first day stay. Enter "
        "a new one (replaces), or annul it if it was a mistake.",
    ),
    "rule_needed": Problem(
        422,
        "Từ {first} đến {last} sẽ không còn quy định về “{kind_vi}” cho {who}; hãy nhập quy định mới với replaces.",
        "From {first} to {last} no rule about “{kind_en}” would be left for {who}; enter a new one with replaces.",
    ),
    "former_not_restored": Problem(
        422,
        "Quy định {other} mà quy định này đã thay thế không thể có hiệu lực trở lại vì đã được sửa từ đó. Nếu vẫn muốn hủy, "
        "hãy nêu without_former, rồi nhập quy định cho những ngày còn thiếu.",
        "Rule {other}, which this one replaced, cannot be in force again, for it was changed since. To annul it all the "
        "same, say without_former, then enter what shall hold on the days that are left.",
    ),
    "citation_incomplete": Problem(
        422,
        "Căn cứ loại order, source phải có số, ngày, điều khoản, tên văn bản và liên kết; chưa biết liên kết thì ghi url: null.",
        "A basis of certainty order or source needs number, date, clause, title and link; where no link is known, say "
        "url: null.",
    ),
    "kind_stays": Problem(422, "Loại quy định phải giữ nguyên: {kind}.", "A rule keeps its kind: {kind}."),
    "rule_missing": Problem(
        422,
        "Ngày {day} không có quy định nào về “{kind_vi}” có hiệu lực; người kiểm soát tỉnh cần nhập.",
        "On {day} no rule about “{kind_en}” is in force; the provincial controller must enter one.",
    ),
    "unknown_carrier": Problem(422, "Không có doanh nghiệp bưu chính “{carrier}”.", "There is no carrier “{carrier}”."),
    "hours_out_of_order": Problem(
        422,
        "Mỗi khoảng giờ phải mở sau khi khoảng trước đã đóng, và đóng sau khi mở.",
        "Each interval opens after the former has closed, and closes after it opens.",
    ),
    "return_closed": Problem(
        422,
        "{unit} không trả kết quả qua kênh này từ {first} đến {last} (quy định {rule}).",
        "{unit} returns no results by this channel from {first} to {last} (rule {rule}).",
    ),
}
