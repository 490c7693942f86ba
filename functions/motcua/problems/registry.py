"""Problems of units and procedures."""

from motcua.problems.problem import Problem

CATALOGUE: dict[str, Problem] = {
    "entry_too_large": Problem(
        422,
        "Mục “{id}” cùng mọi phiên bản của nó vượt {limit} KB; hãy rút gọn nội dung.",
        "Entry “{id}” with all its versions is larger than {limit} KB; shorten what it says.",
    ),
    "version_not_found": Problem(
        404,
        "“{id}” trong danh mục {kind} không có phiên bản {number}.",
        "There is no version {number} of {kind} “{id}”.",
    ),
    # units
    "unit_above_itself": Problem(
        422, "Đơn vị {unit} không thể là cấp trên của chính mình.", "Unit {unit} cannot stand above itself."
    ),
    "parent_not_department": Problem(
        422,
        "Đơn vị thuộc sở phải có đơn vị cấp trên là một sở, ban, ngành.",
        "The parent of a department's unit is a department.",
    ),
    "level_differs": Problem(
        422, "Cấp hành chính của đơn vị này phải là “{level}”.", "The level of this unit must be “{level}”."
    ),
    "serves_nobody": Problem(
        422,
        "Bộ phận Một cửa phải phục vụ ít nhất một cơ quan.",
        "A one-stop unit serves at least one agency.",
    ),
    "only_one_stop_serves": Problem(
        422, "Chỉ Bộ phận Một cửa mới phục vụ cơ quan khác.", "Only a one-stop unit serves other agencies."
    ),
    "serves_a_counter": Problem(
        422,
        "{unit} là Bộ phận Một cửa, không phải cơ quan được phục vụ.",
        "{unit} is a one-stop unit and no agency to be served.",
    ),
    "not_ended": Problem(
        422,
        "Đơn vị kế tiếp chỉ nêu khi đơn vị kết thúc (valid_to).",
        "Successors are named when the unit ends (valid_to).",
    ),
    "successor_needed": Problem(
        422,
        "Đơn vị kết thúc phải nêu đơn vị kế tiếp (successor_ids), hoặc nói rõ là không có (PUT /units, no_successor).",
        "A unit that ends names its successors (successor_ids), or says that it has none (PUT /units, no_successor).",
    ),
    "changes_from_needed": Problem(
        422,
        "{fields} thay đổi từ một ngày: hãy nêu ngày đó (changes_from). Nếu trạng thái hiện nay đã nhập sai thì nêu ngày đầu "
        "của trạng thái đó, {first}.",
        "{fields} change from a day: name it (changes_from). Where the present state was entered wrongly, name its first "
        "day, {first}.",
    ),
    "changes_from_outside": Problem(
        422,
        "Ngày thay đổi phải từ {first}, ngày đầu của trạng thái sau cùng, đến ngày đơn vị kết thúc.",
        "It changes on {first}, the first day of its last state, or later, and not after it has ended.",
    ),
    "past_out_of_order": Problem(
        422,
        "Các trạng thái trước đây (former) phải theo thứ tự ngày và nằm trong thời gian tồn tại của đơn vị.",
        "What it was before (former) stands in the order of its days, within those of the unit.",
    ),
    "counter_stays": Problem(
        422,
        "Bộ phận Một cửa vẫn là Bộ phận Một cửa, cơ quan vẫn là cơ quan, vì hồ sơ nằm ở đó: hãy nhập đơn vị mới thay {unit}.",
        "A one-stop unit stays one and an agency an agency, for dossiers lie there: enter a new unit instead of {unit}.",
    ),
    "ended_by_reorganisation": Problem(
        422,
        "{unit} có thể còn hồ sơ đang giải quyết: hãy kết thúc bằng phương án sắp xếp (POST /reorganisations), để hồ sơ được "
        "chuyển cho đơn vị kế tiếp.",
        "Dossiers may lie at {unit}: end it by a reorganisation (POST /reorganisations), which hands them to who takes over.",
    ),
    "needed_otherwise": Problem(
        422,
        "{by} đang dựa vào {unit} và sẽ không còn hợp lệ ({fault}); hãy sửa {by} trước.",
        "{by} relies on {unit} and would no longer fit ({fault}); change {by} first.",
    ),
    # procedures
    "issues_nothing": Problem(
        422,
        "{unit} không phải sở, ban, ngành hay cơ quan ngành dọc; thủ tục của UBND các cấp để trống trường này.",
        "{unit} is no department or vertical agency; procedures of committees leave this empty.",
    ),
    "agency_needed": Problem(
        422,
        "Cần nêu cơ quan giải quyết: thủ tục cấp tỉnh, tính vào sở hoặc liên thông.",
        "The processing agency is needed: for the provincial level, for what counts in a department, and for legs.",
    ),
    "lead_not_among_legs": Problem(
        422,
        "Cơ quan chủ trì {unit} phải có trong các bước liên thông.",
        "The lead agency {unit} must be among the legs.",
    ),
    "lead_not_last": Problem(
        422,
        "Cơ quan chủ trì {unit} phải có trong bước cuối: cơ quan này ban hành kết quả.",
        "The lead agency {unit} must have a leg in the last step: it issues the result.",
    ),
    "legs_of_committees": Problem(
        422,
        "Các bước liên thông nêu tên cơ quan: thủ tục chỉ tiếp nhận ở cấp tỉnh, hoặc tính vào sở.",
        "Legs name their agencies: such a procedure is received at the provincial level only, or counts in a department.",
    ),
    "leg_twice": Problem(
        422,
        "{unit} có hai phần việc trong cùng bước {step}.",
        "{unit} has two legs in the same step {step}.",
    ),
    "whole_limit_needed": Problem(
        422,
        "Các bước có đơn vị thời hạn khác nhau: cần nêu thời hạn chung.",
        "The steps have limits in different units: the whole limit is needed.",
    ),
    "steps_with_gaps": Problem(422, "Các bước phải đánh số liên tục từ 1.", "Steps are numbered from 1 without a gap."),
    "legs_exceed_limit": Problem(
        422,
        "Các bước cộng lại là {together}, vượt thời hạn chung {limit}.",
        "The steps take {together} together, more than the whole limit of {limit}.",
    ),
    "draft_of_another_agency": Problem(
        403,
        "Thủ tục {procedure} thuộc {unit}; chỉ người kiểm soát tỉnh mới chuyển sang cơ quan khác.",
        "Procedure {procedure} belongs to {unit}; only the provincial controller moves it to another agency.",
    ),
    "draft_under_review": Problem(
        409,
        "Thủ tục {procedure} ở bước “{state_vi}” của đợt rà soát {rule}; chỉ người kiểm soát tỉnh còn sửa được bản thảo.",
        "Procedure {procedure} is “{state_en}” in the review {rule}; only the provincial controller still mends its draft.",
    ),
    "procedure_not_in_force": Problem(
        404,
        "Thủ tục {procedure} không được công khai, có hiệu lực vào ngày {day}.",
        "Procedure {procedure} is not published and in force on {day}.",
    ),
    "procedure_version_not_found": Problem(
        404,
        "Thủ tục {procedure} không có phiên bản {number} đã công khai.",
        "Procedure {procedure} has no published version {number}.",
    ),
}
