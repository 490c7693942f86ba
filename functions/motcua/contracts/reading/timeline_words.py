"""The words of each stage for the applicant, and what to do then: in Vietnamese, in English beside it."""

from collections.abc import Mapping

from motcua.domain.reading.applicant_timeline import StageCode

Words = tuple[str, str]
"""Vietnamese and English."""

SAID: Mapping[StageCode, Words] = {
    StageCode.SUBMITTED: ("Đã nộp hồ sơ trực tuyến", "Submitted online"),
    StageCode.RECEIVED_BY_AGENCY: (
        "Cơ quan đã trực tiếp tiếp nhận trong thời gian cách ly",
        "Received by the agency itself during the isolation period",
    ),
    StageCode.RECEIVED: ("Hồ sơ được tiếp nhận", "Received"),
    StageCode.NOT_ACCEPTED: ("Hồ sơ không được tiếp nhận (mẫu số 03)", "Not accepted (form 03)"),
    StageCode.RECEIPT_CORRECTED: (
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả được sửa, cấp lại",
        "The receipt was corrected",
    ),
    StageCode.TRANSFERRED: ("Đã chuyển đến cơ quan giải quyết", "Transferred to the processing agency"),
    StageCode.LEG_STARTED: ("Cơ quan liên thông bắt đầu phần việc của mình", "A linked agency begins its part"),
    StageCode.LEG_FINISHED: ("Cơ quan liên thông đã xong phần việc của mình", "A linked agency has done its part"),
    StageCode.SUPPLEMENT_REQUESTED: ("Yêu cầu bổ sung giấy tờ (mẫu số 02)", "A supplement was requested (form 02)"),
    StageCode.SUPPLEMENT_COMPLETED: ("Đã bổ sung đủ giấy tờ", "The supplement is complete"),
    StageCode.PAYMENT_DUE: ("Yêu cầu thực hiện nghĩa vụ tài chính", "A payment is due"),
    StageCode.PAID: ("Đã nộp tiền", "Paid"),
    StageCode.PAUSED: ("Tạm dừng xử lý", "Processing is paused"),
    StageCode.RESUMED: ("Tiếp tục xử lý", "Processing goes on"),
    StageCode.DUE_MOVED: ("Hạn trả kết quả thay đổi theo lịch làm việc", "The working calendar moved the due date"),
    StageCode.HANDED_ON: ("Hồ sơ được bàn giao khi sắp xếp đơn vị", "Handed on when units were reorganised"),
    StageCode.APOLOGISED: ("Xin lỗi và hẹn lại ngày trả kết quả (mẫu số 04)", "An apology, with a new date (form 04)"),
    StageCode.WITHDRAWN: ("Hồ sơ được rút theo yêu cầu của người nộp", "Withdrawn at the applicant's request"),
    StageCode.REFUSED: (
        "Không đủ điều kiện giải quyết; văn bản trả lời chờ tại Bộ phận Một cửa",
        "Not eligible; the written answer waits at the one-stop unit",
    ),
    StageCode.ANSWER_RETURNED: ("Đã trả văn bản trả lời", "The written answer was handed back"),
    StageCode.CHANNEL_CHOSEN: ("Đã chọn cách nhận kết quả", "The way of return was chosen"),
    StageCode.RESULT_READY: ("Đã có kết quả tại Bộ phận Một cửa", "The result is at the one-stop unit"),
    StageCode.RESOLUTION_REVERSED: (
        "Đính chính: hồ sơ chưa giải quyết xong, tiếp tục xử lý",
        "Correction: it was not resolved yet, processing goes on",
    ),
    StageCode.COLLECTED: ("Bưu chính đã nhận kết quả để chuyển phát", "The post has fetched the result"),
    StageCode.IN_TRANSIT: ("Kết quả đang trên đường", "The result is on its way"),
    StageCode.OUT_FOR_DELIVERY: ("Bưu tá đang đi phát", "Out for delivery"),
    StageCode.ATTEMPT_FAILED: ("Bưu chính phát chưa được", "The post could not deliver"),
    StageCode.RETURNING: ("Bưu chính đang chuyển hoàn", "The post is bringing the result back"),
    StageCode.LOST: ("Bưu chính báo thất lạc", "The post reports the result lost"),
    StageCode.DAMAGED: ("Bưu chính báo hư hỏng", "The post reports the result damaged"),
    StageCode.DELIVERED: ("Bưu chính đã phát kết quả", "The post has delivered the result"),
    StageCode.CAME_BACK: (
        "Kết quả trở lại Bộ phận Một cửa, bưu chính không phát được",
        "The result is back at the one-stop unit, undelivered",
    ),
    StageCode.RETURNED: ("Đã trả kết quả", "The result was returned"),
    StageCode.RETURN_REVERSED: (
        "Đính chính: kết quả chưa được trả, còn tại Bộ phận Một cửa",
        "Correction: the result was not returned yet, it is at the one-stop unit",
    ),
    StageCode.REISSUED: ("Kết quả được đính chính hoặc cấp lại", "The result was corrected or made again"),
}

TO_DO: Mapping[StageCode, Words] = {
    StageCode.NOT_ACCEPTED: (
        "Nhận lại giấy tờ đã nộp; khi khắc phục được lý do từ chối thì nộp hồ sơ mới.",
        "Take back what was handed in; once the reason is mended, submit anew.",
    ),
    StageCode.SUPPLEMENT_REQUESTED: (
        "Bổ sung tại Bộ phận Một cửa, chậm nhất vào ngày hết hạn bổ sung; trong lúc chờ, tạm dừng tính thời hạn giải quyết.",
        "Bring what is missing to the one-stop unit by the due day; meanwhile the clock stands still.",
    ),
    StageCode.PAYMENT_DUE: (
        "Nộp đủ số tiền; trong lúc chờ, tạm dừng tính thời hạn giải quyết.",
        "Pay the amount; meanwhile the clock stands still.",
    ),
    StageCode.WITHDRAWN: (
        "Nhận lại giấy tờ tại Bộ phận Một cửa.",
        "Take the papers back at the one-stop unit.",
    ),
    StageCode.REFUSED: (
        "Nhận văn bản trả lời và giấy tờ đã nộp tại Bộ phận Một cửa.",
        "Fetch the written answer and the papers at the one-stop unit.",
    ),
    StageCode.RESULT_READY: (
        "Nhận kết quả theo cách đã chọn; còn chọn lại được cho đến khi giao bưu chính.",
        "Get the result the chosen way; another may be chosen until the post has it.",
    ),
    StageCode.CAME_BACK: (
        "Nhận tại Bộ phận Một cửa, hoặc chọn lại cách nhận kết quả.",
        "Fetch it at the one-stop unit, or choose again how it comes.",
    ),
}
"""What the applicant can do at a stage."""
