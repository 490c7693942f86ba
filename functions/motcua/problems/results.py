"""Problems of reversals and re-issues."""

from motcua.problems.problem import Problem

CORRECTION: dict[str, Problem] = {
    "reversal_not_yours": Problem(
        403,
        "Việc này do cán bộ khác làm ngày {day}. Chỉ người đó hủy được trong ngày ấy, hoặc lãnh đạo đơn vị {unit}.",
        "Somebody else did this on {day}. Only they can take it back on that day, or the head of unit {unit}.",
    ),
    "reversal_day_over": Problem(
        403,
        "Bạn đã làm việc này ngày {day} và chỉ tự hủy được trong ngày ấy; nay chỉ lãnh đạo đơn vị {unit} hủy được.",
        "You did this on {day} and could take it back on that day; now only the head of unit {unit} can.",
    ),
    "delivered_by_post": Problem(
        409,
        "Bưu chính đã phát kết quả này (bưu gửi {parcel}), việc phát không hủy được. Kết quả sai, mất hoặc hư hỏng thì đính "
        "chính, cấp lại (reissue).",
        "The post delivered this result (parcel {parcel}); a delivery cannot be taken back. One that is wrong, lost or damaged "
        "is re-issued (reissue).",
    ),
    "reissued_since": Problem(
        409,
        "Sau khi trả, kết quả đã được đính chính hoặc cấp lại, nên việc trả không hủy được nữa.",
        "After its return the result was corrected or re-issued, so the return can no longer be taken back.",
    ),
    "parcel_holds_result": Problem(
        409,
        "Kết quả đang chờ bưu chính hoặc đang chuyển phát (bưu gửi {parcel}). Chỉ hủy được sau khi bưu gửi kết thúc: bưu "
        "chính chuyển hoàn hoặc báo hủy; nếu thất lạc, hư hỏng thì cấp lại (reissue).",
        "The result waits for the post or is on its way (parcel {parcel}). It can be taken back once the parcel has ended: "
        "it came back or the post cancelled it; one that is lost or damaged is re-issued (reissue).",
    ),
    "reissue_fault_contradicts": Problem(
        422,
        "Với loại “{kind}”, bên có lỗi phải là một trong: {allowed} ({rule}).",
        "For “{kind}” the party at fault is one of: {allowed} ({rule}).",
    ),
    "reissue_payer_contradicts": Problem(
        422,
        "Lỗi của “{at_fault}” thì bên trả chi phí phải là một trong: {allowed} ({rule}).",
        "Where “{at_fault}” is at fault, the one who pays is one of: {allowed} ({rule}).",
    ),
    "no_parcel_to_lose": Problem(
        422,
        "Kết quả này không trả qua bưu chính nên không thể mất trên đường bưu chính.",
        "This result did not go by post, so it was not lost on the postal leg.",
    ),
    "parcel_not_lost": Problem(
        409,
        "Kết quả đang ở bưu chính (bưu gửi {parcel}, trạng thái {state}); chỉ cấp lại khi bưu chính báo thất lạc (lost) hoặc "
        "hư hỏng (damaged), hay sau khi bưu gửi quay về.",
        "The post has the result (parcel {parcel}, state {state}); it is re-issued once the post reports it lost or damaged, "
        "or after the parcel has come back.",
    ),
    "lost_by_post": Problem(
        422,
        "Bưu gửi {parcel} ở trạng thái {state}: loại phải là loss_by_post.",
        "Parcel {parcel} is in state {state}: the kind must be loss_by_post.",
    ),
}
