"""The statuses of a dossier: the codes of the National Public Service Portal. The moves are in `dossier.moves`."""

from enum import IntEnum


class Status(IntEnum):
    """The status of a dossier. Its value is the national code, except for REFUSED.

    The portal has one code, 8, for two statuses that we keep apart [ours]. A PAUSED dossier goes on later; REFUSED ends
    an appraisal, and the one-stop unit hands its written answer back.
    """

    SUBMITTED = 1
    RECEIVED = 2
    NOT_ACCEPTED = 3
    IN_PROCESS = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_DUE = 6
    WITHDRAWN = 7
    PAUSED = 8
    RESULT_READY = 9
    RETURNED = 10
    REFUSED = 80

    @property
    def code(self) -> int:
        """The national code."""
        return 8 if self is Status.REFUSED else self.value


NAMES_VI = {
    Status.SUBMITTED: "Mới đăng ký",
    Status.RECEIVED: "Được tiếp nhận",
    Status.NOT_ACCEPTED: "Không được tiếp nhận",
    Status.IN_PROCESS: "Đang xử lý",
    Status.SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung giấy tờ",
    Status.PAYMENT_DUE: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.PAUSED: "Tạm dừng xử lý",
    Status.RESULT_READY: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
    Status.REFUSED: "Dừng xử lý: không đủ điều kiện giải quyết",
}

NAMES_EN = {
    Status.SUBMITTED: "submitted",
    Status.RECEIVED: "received",
    Status.NOT_ACCEPTED: "not accepted",
    Status.IN_PROCESS: "in process",
    Status.SUPPLEMENT_REQUESTED: "supplement requested",
    Status.PAYMENT_DUE: "payment due",
    Status.WITHDRAWN: "withdrawn",
    Status.PAUSED: "paused",
    Status.RESULT_READY: "result ready",
    Status.RETURNED: "returned",
    Status.REFUSED: "refused after appraisal",
}

WAITING = frozenset({Status.SUPPLEMENT_REQUESTED, Status.PAYMENT_DUE, Status.PAUSED})
"""The clock is suspended: the applicant must bring or pay something, or the agency has paused."""

OPEN = frozenset({Status.RECEIVED, Status.IN_PROCESS}) | WAITING
"""Received and not yet decided: in these statuses a result can be late."""

TOLD_WHY = frozenset(
    {Status.NOT_ACCEPTED, Status.SUPPLEMENT_REQUESTED, Status.WITHDRAWN, Status.PAUSED, Status.REFUSED}
)
"""Statuses whose reason the applicant may read. A reason is mandatory on the way here; no other reason of staff is
shown."""

WORKED_ON = OPEN - WAITING
"""The clock runs: in these statuses a dossier can become late."""

ENDS = frozenset({Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.RETURNED, Status.REFUSED})
"""No work is left for the agency. A written answer may still be handed back, and a mistake reversed or corrected."""

IN_AN_INBOX = tuple(status for status in Status if status not in ENDS or status is Status.REFUSED)
"""Statuses in which a dossier lies in a unit's inbox; when refused, only until its written answer is handed back."""
