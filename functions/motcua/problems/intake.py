"""Problems of intake: papers, proofs, transitional dossiers, corrected receipts."""

from motcua.problems.problem import Problem

INTAKE: dict[str, Problem] = {
    "unknown_component": Problem(
        422,
        "Thủ tục {procedure} có {count} thành phần hồ sơ, đánh số từ 1.",
        "Procedure {procedure} asks for {count} papers, counted from 1.",
    ),
    "paper_told_twice": Problem(
        422,
        "Giấy tờ này đã được ghi ở trên với cùng hình thức; hãy ghi một lần với số lượng.",
        "This paper is listed above in the same form; list it once, with how many there are.",
    ),
    "form_not_by_channel": Problem(
        422,
        "Qua kênh {channel} giấy tờ chỉ có thể là: {expected}.",
        "By the channel {channel} a paper can only be: {expected}.",
    ),
    "form_not_asked": Problem(
        422,
        "“{paper}”: thủ tục yêu cầu {originals} bản chính, {copies} bản sao.",
        "“{paper}”: the procedure asks for {originals} originals and {copies} copies.",
    ),
    "too_many_papers": Problem(
        422,
        "“{paper}”: thủ tục chỉ yêu cầu {originals} bản chính, {copies} bản sao; hãy trả lại phần thừa.",
        "“{paper}”: the procedure asks for {originals} originals and {copies} copies only; give back what is more.",
    ),
    "papers_missing": Problem(
        422,
        "Còn thiếu theo thành phần hồ sơ của thủ tục {procedure}: {papers}. Hãy yêu cầu bổ sung khi tiếp nhận, hoặc từ chối.",
        "Missing from what procedure {procedure} asks for: {papers}. Ask for a supplement with the receipt, or refuse.",
    ),
    "one_request_at_a_time": Problem(
        422,
        "Mỗi lần chỉ yêu cầu một việc: bổ sung giấy tờ, hoặc nộp tiền.",
        "Ask for one thing at a time: a supplement, or a payment.",
    ),
    "authority_needed": Problem(
        422,
        "Người nộp không phải chủ hồ sơ: hãy ghi giấy tờ chứng minh được uỷ quyền.",
        "The submitter is not the owner: name the paper that shows that they may act for the owner.",
    ),
    "nothing_corrected": Problem(
        422,
        "Hãy gửi ít nhất một điều cần sửa: chủ hồ sơ, người nộp, người nhận, uỷ quyền hoặc giấy tờ.",
        "Send at least one thing to correct: owner, submitter, recipient, authority or papers.",
    ),
    "originals_due_at_return": Problem(
        422,
        "Khi trả kết quả phải thu bản chính: {papers}. Hãy xác nhận đã thu.",
        "Originals are due when the result is returned: {papers}. Confirm that they were handed in.",
    ),
    "originals_due_by_post": Problem(
        422,
        "Thủ tục {procedure} phải nộp bản chính khi nhận kết quả ({papers}), nên không trả qua bưu chính.",
        "Procedure {procedure} takes originals when the result is returned ({papers}): it is not returned by post.",
    ),
    "agency_of_another_procedure": Problem(
        422,
        "Thủ tục {procedure} tại đây do {unit} giải quyết.",
        "Here procedure {procedure} is processed by {unit}.",
    ),
    "received_later": Problem(
        422,
        "Ngày cơ quan tiếp nhận chưa đến.",
        "The day on which the agency received it is still to come.",
    ),
    "outside_isolation_period": Problem(
        422,
        "Theo {rule}, chỉ đăng ký hồ sơ mà cơ quan trực tiếp nhận trong thời gian cách ly: {periods}.",
        "By {rule} only what an agency received itself during the isolation period is registered: {periods}.",
    ),
    "transitional_registered": Problem(
        409,
        "Hồ sơ mang số này của {unit} đã được đăng ký; mỗi hồ sơ chỉ tính một lần.",
        "The dossier with this number of {unit} was registered before; each counts once.",
    ),
}
