"""Problems of processing: supplements, payments, refusals after appraisal, opinions, apologies, the paper's way."""

from motcua.problems.problem import Problem

AGENCY: dict[str, Problem] = {
    "supplements_used_up": Problem(
        422,
        "Đã yêu cầu bổ sung {asked} lần, quy định cho phép {allowed} lần ở giai đoạn này ({rule}); thêm nữa phải do lãnh đạo yêu "
        "cầu, kèm lý do (override_reason).",
        "A supplement was requested {asked} times, {allowed} are allowed at this stage ({rule}); one more is the head's to "
        "request, with a reason (override_reason).",
    ),
    "supplement_not_expired": Problem(
        409,
        "Theo {rule}, người nộp còn được bổ sung đến hết ngày {until}; sau đó mới được từ chối.",
        "By {rule} the applicant may bring the supplement until the end of {until}; only then may it be refused.",
    ),
    "answer_returned_before": Problem(
        409, "Văn bản trả lời đã được trả.", "The written answer was handed back already."
    ),
    "answer_not_by_post": Problem(
        422,
        "Văn bản trả lời được trả trực tiếp hoặc trực tuyến; bưu gửi chỉ chuyển kết quả.",
        "A written answer is handed back at the counter or online; parcels carry results only.",
    ),
    # opinions
    "own_opinion": Problem(
        422,
        "{unit} là cơ quan giải quyết hồ sơ này; hãy lấy ý kiến cơ quan khác.",
        "{unit} is the agency of this dossier; ask another one.",
    ),
    "counter_gives_no_opinion": Problem(
        422,
        "{unit} là Bộ phận Một cửa; chỉ lấy ý kiến cơ quan giải quyết.",
        "{unit} is a one-stop unit; only agencies give an opinion.",
    ),
    "opinion_owed_already": Problem(
        409,
        "{unit} đã được lấy ý kiến và chưa trả lời.",
        "{unit} was asked for its opinion and has not given it yet.",
    ),
    "no_opinion_owed": Problem(
        409, "{unit} không có ý kiến nào phải trả lời.", "{unit} owes no opinion on this dossier."
    ),
    # linked dossiers
    "not_linked": Problem(
        409,
        "Hồ sơ này không liên thông; cơ quan giải quyết báo xong bằng việc giải quyết hồ sơ.",
        "This dossier is not linked; its agency resolves it.",
    ),
    "leg_not_running": Problem(
        409,
        "Chưa đến hoặc đã qua lượt của {unit}; cơ quan đang giải quyết: {running}.",
        "It is not the turn of {unit}; at work now: {running}.",
    ),
    "legs_unfinished": Problem(
        409,
        "Chưa giải quyết xong được: còn phần việc của {units}.",
        "It cannot be resolved yet: {units} have not done their part.",
    ),
    "lead_resolves": Problem(
        409,
        "{unit} là cơ quan ban hành kết quả: phần việc cuối xong khi hồ sơ giải quyết xong.",
        "{unit} issues the result: its last part is done when the dossier is resolved.",
    ),
    # apologies
    "no_due_date": Problem(
        422,
        "Hồ sơ không có ngày hẹn trả nên không hẹn lại được.",
        "The dossier has no due date, so there is none to set anew.",
    ),
    "apologised_before": Problem(
        409,
        "Quy định cho phép hẹn lại {times} lần ({rule}); không hẹn lại thêm.",
        "The rule lets a new date be set {times} times ({rule}); no more.",
    ),
    "apology_too_late": Problem(
        422,
        "Phải xin lỗi và hẹn lại chậm nhất lúc {latest} ({rule}).",
        "An apology with a new date is due by {latest} ({rule}).",
    ),
    "new_date_not_later": Problem(
        422, "Ngày hẹn mới phải sau ngày hẹn trả {due}.", "The new date must come after the due date {due}."
    ),
    "new_date_not_worked": Problem(
        422,
        "Ngày hẹn mới phải trong giờ làm việc của cơ quan giải quyết.",
        "The new date must lie in the working hours of the agency.",
    ),
    # the paper
    "no_paper": Problem(
        409, "Hồ sơ này không có hồ sơ giấy phải giao.", "This dossier has no paper that is to be handed over."
    ),
    "paper_handed_over_before": Problem(
        409, "Hồ sơ giấy đã được ký giao lúc {at}.", "The paper was signed over at {at} already."
    ),
    "paper_not_handed_over": Problem(
        409, "Bộ phận Một cửa chưa ký giao hồ sơ giấy.", "The one-stop unit has not signed the paper over yet."
    ),
    "paper_taken_before": Problem(
        409, "Hồ sơ giấy đã được ký nhận lúc {at}.", "The paper was signed for at {at} already."
    ),
}
