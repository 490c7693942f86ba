"""Problems of the review and publication of procedures (R4)."""

from motcua.problems.problem import Problem

REVIEW: dict[str, Problem] = {
    "review_order_unknown": Problem(
        404, "Không có quy định về rà soát “{order}”.", "There is no rule that orders review “{order}”."
    ),
    "review_not_in_scope": Problem(
        422, "{unit} không thuộc phạm vi của quy định {rule}.", "{unit} is not in the scope of rule {rule}."
    ),
    "review_refused": Problem(
        409,
        "Có thủ tục không thực hiện được nên chưa ghi gì; xem từng lỗi.",
        "Some procedures cannot be dealt with, so nothing was written; see each error.",
    ),
    "review_item_unknown": Problem(
        422,
        "Không có “{procedure}” trong danh mục rà soát của đơn vị.",
        "“{procedure}” is not on the department's work-list.",
    ),
    "review_item_exists": Problem(
        409, "“{procedure}” đã có trong danh mục rà soát.", "“{procedure}” is on the work-list already."
    ),
    "review_code_twice": Problem(422, "“{procedure}” có hai lần.", "“{procedure}” is listed twice."),
    "review_name_needed": Problem(
        422,
        "“{procedure}” không có trong danh mục thủ tục nên cần nêu tên (name_vi).",
        "“{procedure}” is not in the catalogue, so its name (name_vi) is needed.",
    ),
    "review_of_other_department": Problem(
        422, "Thủ tục “{procedure}” thuộc {owner}.", "Procedure “{procedure}” belongs to {owner}."
    ),
    "review_basis_or_none": Problem(
        422,
        "Nêu quyết định của Bộ trưởng hoặc lý do không có, không nêu cả hai.",
        "Name the ministerial decision or why there is none, not both.",
    ),
    "review_rests_on_nothing": Problem(
        409,
        "“{procedure}” chưa nêu căn cứ: quyết định công bố của Bộ trưởng, hoặc lý do không có.",
        "“{procedure}” does not say what it rests on: a ministerial decision, or why there is none.",
    ),
    "review_move_not_allowed": Problem(
        409,
        "“{procedure}” ở trạng thái “{state_vi}”, không thể {act_vi}; việc được phép: {allowed_vi}.",
        "“{procedure}” is “{state_en}”: {act_en} is not possible; allowed: {allowed_en}.",
    ),
    "review_day_before_last_step": Problem(
        409,
        "Bước trước của “{procedure}” là ngày {day}, muộn hơn.",
        "The last step of “{procedure}” was on {day}, which is later.",
    ),
    "review_decision_in_the_future": Problem(
        422, "Quyết định đề ngày {day}, chưa tới.", "The decision is dated {day}, which is still to come."
    ),
    "review_nothing_to_publish": Problem(
        409,
        "Thủ tục “{procedure}” chưa có nội dung trong danh mục thủ tục; hãy soạn trước.",
        "The catalogue has no content of procedure “{procedure}”; draft it first.",
    ),
    "review_content_changed": Problem(
        409,
        "Nội dung thủ tục “{procedure}” đã thay đổi sau khi công bố (mục {announced}, nay là {now}); hãy công bố lại.",
        "The content of “{procedure}” changed after it was announced (entry {announced}, now {now}); announce it again.",
    ),
    "review_nothing_to_list": Problem(
        409,
        "Danh mục rà soát của {unit} không thiếu thủ tục nào.",
        "The work-list of {unit} lacks no procedure of the catalogue.",
    ),
}
