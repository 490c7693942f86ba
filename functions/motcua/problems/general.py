"""Problems of requests, fields, dossiers and parcels."""

from motcua.problems.problem import Problem

GENERAL: dict[str, Problem] = {
    # the envelope
    "invalid_fields": Problem(422, "Thông tin gửi lên chưa đúng.", "What was sent is not right."),
    "malformed_json": Problem(400, "Nội dung không phải JSON hợp lệ.", "The body is not valid JSON."),
    "not_utf8": Problem(400, "Nội dung không phải UTF-8.", "The body is not UTF-8."),
    "nested_too_deep": Problem(400, "Nội dung lồng quá sâu.", "The body is nested too deeply."),
    "not_json": Problem(
        415, "Chỉ nhận Content-Type: application/json.", "Only Content-Type: application/json is accepted."
    ),
    "too_large": Problem(413, "Nội dung vượt quá {limit} byte.", "The body is larger than {limit} bytes."),
    "malformed_header": Problem(
        400, "Phần đầu {header} không đúng: {expected}.", "Header {header} is wrong: {expected}."
    ),
    "idempotency_key_needed": Problem(
        400,
        "Thiếu phần đầu Idempotency-Key (1–100 chữ, số, dấu gạch).",
        "Header Idempotency-Key is missing (1–100 letters, digits, hyphens).",
    ),
    "idempotency_key_reused": Problem(
        422,
        "Idempotency-Key này đã dùng cho một nội dung khác.",
        "This Idempotency-Key was used with another body.",
    ),
    "if_match_needed": Problem(
        428,
        "Thiếu phần đầu If-Match: hãy đọc trước và gửi lại ETag đã nhận.",
        "Header If-Match is missing: read first, and send the ETag that came.",
    ),
    "domain_time_not_here": Problem(
        400, "X-Motcua-Now chỉ dùng được khi chạy thử trên máy.", "X-Motcua-Now works in the local run only."
    ),
    "route_not_found": Problem(404, "Không có địa chỉ này.", "There is no such address."),
    "internal": Problem(500, "Hệ thống gặp lỗi; lỗi đã được ghi lại.", "The system failed; the failure is recorded."),
    "busy": Problem(
        503,
        "Hệ thống đang bận, chưa ghi gì; hãy gửi lại sau giây lát.",
        "The system is busy, nothing was written; send it again in a moment.",
    ),
    # fields
    "missing": Problem(422, "Thiếu trường này.", "This field is missing."),
    "unknown_field": Problem(422, "Không có trường này.", "There is no such field."),
    "wrong_type": Problem(422, "Kiểu dữ liệu phải là {expected}.", "The type must be {expected}."),
    "not_allowed": Problem(422, "Giá trị phải là một trong: {expected}.", "The value must be one of: {expected}."),
    "too_short": Problem(422, "Cần ít nhất {min_length} ký tự.", "At least {min_length} characters are needed."),
    "too_long": Problem(422, "Không quá {max_length} ký tự.", "At most {max_length} characters."),
    "malformed": Problem(422, "Giá trị phải theo mẫu {pattern}.", "The value must match {pattern}."),
    "unreadable_text": Problem(
        422,
        "Cần chữ đọc được, không có ký tự điều khiển.",
        "Readable text is needed, without control characters.",
    ),
    "name_without_letter": Problem(422, "Tên phải có ít nhất một chữ cái.", "A name has at least one letter."),
    "duplicate_field": Problem(
        422, "Trường này được ghi nhiều lần; hãy ghi một lần.", "This field is there more than once; send it once."
    ),
    "too_few": Problem(422, "Cần ít nhất {min_length} mục.", "At least {min_length} entries are needed."),
    "too_many": Problem(422, "Không quá {max_length} mục.", "At most {max_length} entries."),
    "out_of_range": Problem(422, "Giá trị vượt giới hạn {bound}.", "The value is beyond {bound}."),
    "ends_before_it_begins": Problem(422, "Ngày kết thúc trước ngày bắt đầu.", "It ends before it begins."),
    "units_or_kinds": Problem(
        422, "Nêu đơn vị hoặc loại đơn vị, không nêu cả hai.", "Name units or kinds of units, not both."
    ),
    "malformed_phone": Problem(
        422,
        "Số điện thoại di động phải là 0 và 9 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09.",
        "A mobile number is 0 and 9 digits, starting with 03, 05, 07, 08 or 09.",
    ),
    "malformed_identity_number": Problem(
        422, "Số CCCD gồm 12 chữ số, CMND gồm 9 chữ số.", "An identity number has 12 digits (CCCD) or 9 (CMND)."
    ),
    "malformed_tax_code": Problem(
        422,
        "Mã số thuế gồm 10 chữ số (chữ số cuối là số kiểm tra), chi nhánh thêm “-” và 3 chữ số.",
        "A tax code has 10 digits (the last checks the others); a branch adds “-” and 3 digits.",
    ),
    "needed_for_post": Problem(
        422, "Cần trường này để trả kết quả qua bưu chính.", "This field is needed for return by post."
    ),
    "malformed_number": Problem(
        422,
        "Số hồ sơ phải có dạng 000.00.00.H23-200423-0001.",
        "A dossier's number looks like 000.00.00.H23-200423-0001.",
    ),
    "malformed_period": Problem(422, "Kỳ báo cáo phải có dạng 2020-05.", "A period looks like 2020-05."),
    "malformed_cursor": Problem(
        400, "Con trỏ trang không thuộc danh sách này.", "The cursor does not belong to this list."
    ),
    "unknown_unit": Problem(422, "Không có đơn vị “{unit}”.", "There is no unit “{unit}”."),
    "unknown_procedure": Problem(422, "Không có thủ tục “{procedure}”.", "There is no procedure “{procedure}”."),
    "unit_ended": Problem(
        422,
        "Đơn vị “{unit}” đã kết thúc ngày {day}; việc được chuyển cho: {successors}.",
        "Unit “{unit}” ended on {day}; its work went to: {successors}.",
    ),
    "unknown_parcel": Problem(422, "Không có bưu gửi này.", "There is no such parcel."),
    "unknown_carrier_code": Problem(
        422,
        "Không rõ mã trạng thái {status_code} của {carrier_system}.",
        "Unknown status code {status_code} of {carrier_system}.",
    ),
    "unreadable_callback": Problem(422, "Không đọc được thông báo của đối tác.", "The partner's call is unreadable."),
    "report_from_the_future": Problem(
        422, "Thời điểm báo cáo nằm trong tương lai.", "The report's time lies in the future."
    ),
    "report_before_ready": Problem(
        422, "Thời điểm báo cáo trước khi kết quả sẵn sàng.", "The report's time lies before the result was ready."
    ),
    "report_before_collection": Problem(
        422, "Thời điểm báo cáo trước khi bưu chính nhận bưu gửi.", "The report's time lies before collection."
    ),
    "calendar_year_unknown": Problem(
        422, "Chưa có lịch làm việc năm {year}.", "The working calendar of {year} is not known yet."
    ),
    "time_in_the_future": Problem(422, "Thời điểm nằm trong tương lai.", "The moment lies in the future."),
    "time_before_last_act": Problem(
        422,
        "Thời điểm ở phần đầu X-Motcua-Now nằm trước lần xử lý gần nhất của hồ sơ ({last}); hãy gửi thời điểm từ đó trở đi.",
        "The moment in header X-Motcua-Now lies before the dossier's last act ({last}); send one from then on.",
    ),
    # rules
    "reception_closed": Problem(
        422,
        "{unit} không tiếp nhận qua kênh này từ {first} đến {last} (quy định {rule}).",
        "{unit} does not receive by this channel from {first} to {last} (rule {rule}).",
    ),
    "agency_may_not_receive": Problem(
        422,
        "{unit} không được trực tiếp nhận hồ sơ; hồ sơ phải nộp tại Bộ phận Một cửa (quy định {rule}).",
        "{unit} may not receive directly; dossiers go to the one-stop unit (rule {rule}).",
    ),
    "no_rule_allows": Problem(
        422,
        "Ngày {day} không có quy định nào cho {unit} tiếp nhận qua kênh này.",
        "On {day} no rule lets {unit} receive by this channel.",
    ),
    "procedure_not_published": Problem(
        422,
        "Thủ tục {procedure} chưa được công bố, công khai nên chưa tiếp nhận ({rule}).",
        "Procedure {procedure} is not published yet and cannot be received ({rule}).",
    ),
    "procedure_withdrawn": Problem(
        422,
        "Thủ tục {procedure} đã bị bãi bỏ từ ngày {day} nên không tiếp nhận ({rule}).",
        "Procedure {procedure} was withdrawn on {day} and is received no more ({rule}).",
    ),
    "procedure_not_received_here": Problem(
        422, "Thủ tục {procedure} không tiếp nhận tại {unit}.", "Procedure {procedure} is not received at {unit}."
    ),
    "post_not_offered": Problem(
        422, "Thủ tục {procedure} không trả kết quả qua bưu chính.", "Procedure {procedure} is not returned by post."
    ),
    "post_not_accepted": Problem(
        422,
        "Thủ tục {procedure} không nhận hồ sơ qua bưu chính.",
        "Dossiers of procedure {procedure} are not taken by post.",
    ),
    "address_needed_for_post": Problem(
        422,
        "Người nhận chưa có địa chỉ và số điện thoại; hãy gửi kèm người nhận (recipient).",
        "The recipient has no address and phone yet; send a recipient with them.",
    ),
    "parcel_under_way": Problem(409, "Kết quả đang được bưu chính chuyển phát.", "The result is on its way by post."),
    "post_returns_itself": Problem(
        422,
        "Trả qua bưu chính được ghi nhận khi bưu chính phát xong; hãy chọn kênh trả là bưu chính.",
        "By post a result is returned when the parcel is delivered; choose post as the return channel instead.",
    ),
    "not_taken_over": Problem(409, "Chưa có cán bộ nhận xử lý hồ sơ.", "No officer has taken the dossier over."),
    "move_not_allowed": Problem(
        409,
        "Hồ sơ đang ở trạng thái {status} ({status_vi}), không thể: {act_vi}. Việc được phép: {allowed_vi}.",
        "The dossier is in status {status} ({status_en}); not possible: {act_en}. Allowed: {allowed}.",
    ),
    "dossier_full": Problem(
        422,
        "Hồ sơ không ghi thêm được: mỗi hồ sơ có nhiều nhất {most} {what}.",
        "The dossier can hold no more: {most} {what} are the most of one dossier.",
        {
            "parts": ("phần việc và ý kiến", "parts and opinions"),
            "waits": ("lần chờ", "waits"),
            "reasons": ("lý do", "reasons"),
            "events": ("sự kiện", "events"),
        },
    ),
    "changed_meanwhile": Problem(
        412,
        "Hồ sơ vừa được người khác thay đổi; hãy đọc lại.",
        "Somebody changed the dossier meanwhile; read it again.",
    ),
    "version_differs": Problem(
        412,
        "Hồ sơ đang ở phiên bản {version}, không phải {expected}; hãy đọc lại.",
        "The dossier is at version {version}, not {expected}; read it again.",
    ),
    # persons
    "role_needed": Problem(
        403, "Cần là {role_vi} ({role}) tại đơn vị {unit}.", "Role {role} at unit {unit} is needed."
    ),
    "unit_not_yours": Problem(403, "Bạn không làm việc tại đơn vị {unit}.", "You do not work at unit {unit}."),
    "staff_only": Problem(403, "Chỉ dành cho cán bộ đã đăng nhập.", "For signed-in staff only."),
    "portal_only": Problem(
        403, "Chỉ dành cho Cổng dịch vụ công, quyền {scope}.", "For the portal only, scope {scope}."
    ),
    "citizen_needed": Problem(
        400,
        "Thiếu phần đầu X-Motcua-Citizen (số CCCD, CMND hoặc mã số thuế).",
        "Header X-Motcua-Citizen is missing (identity number or tax code).",
    ),
    "not_the_citizen": Problem(
        403,
        "Công dân này không phải chủ hồ sơ, cũng không phải người nộp.",
        "The citizen is neither owner nor submitter.",
    ),
    "dossier_not_found": Problem(404, "Không tìm thấy hồ sơ.", "The dossier was not found."),
    "nothing_to_track": Problem(
        404,
        "Không có hồ sơ nào khớp cả hai số. Sau {most} lần sai trong một giờ, số hồ sơ đó tạm thời không tra cứu được.",
        "No dossier matches both numbers. After {most} failures within an hour a number cannot be tracked for a while.",
    ),
    "report_not_found": Problem(404, "Chưa có báo cáo của kỳ này.", "There is no report of this period yet."),
    # the postal partner
    "unknown_partner": Problem(404, "Không có đối tác này.", "There is no such partner."),
    "webhook_header": Problem(400, "Phần đầu {header} thiếu hoặc không đúng.", "Header {header} is missing or wrong."),
    "webhook_stale": Problem(
        400, "Thời điểm gửi lệch quá {minutes} phút.", "The timestamp is more than {minutes} minutes off."
    ),
    "webhook_signature": Problem(401, "Chữ ký không đúng.", "The signature is wrong."),
}
