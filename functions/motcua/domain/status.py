"""The ten statuses of a dossier and the moves between them: the codes exchanged with the National Public Service Portal."""

from enum import IntEnum

from motcua.domain.errors import RefusedError


class Status(IntEnum):
    """The national code is the value. No move leads to 5, 6, 7 and 8 yet: the list is whole, the path still narrow."""

    SUBMITTED = 1
    RECEIVED = 2
    NOT_ACCEPTED = 3
    IN_PROCESS = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_DUE = 6
    WITHDRAWN = 7
    STOPPED = 8
    RESULT_READY = 9
    RETURNED = 10


NAMES_VI = {
    Status.SUBMITTED: "Mới đăng ký",
    Status.RECEIVED: "Được tiếp nhận",
    Status.NOT_ACCEPTED: "Không được tiếp nhận",
    Status.IN_PROCESS: "Đang xử lý",
    Status.SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung giấy tờ",
    Status.PAYMENT_DUE: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.RESULT_READY: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
}

NAMES_EN = {
    Status.SUBMITTED: "submitted",
    Status.RECEIVED: "received",
    Status.NOT_ACCEPTED: "not accepted",
    Status.IN_PROCESS: "in process",
    Status.SUPPLEMENT_REQUESTED: "supplement requested",
    Status.PAYMENT_DUE: "payment due",
    Status.WITHDRAWN: "withdrawn",
    Status.STOPPED: "stopped",
    Status.RESULT_READY: "result ready",
    Status.RETURNED: "returned",
}

MOVES: dict[str, tuple[frozenset[Status], Status | None]] = {
    # act: (from which statuses, to which; None = stays)
    "accept": (frozenset({Status.SUBMITTED}), Status.RECEIVED),
    "refuse": (frozenset({Status.SUBMITTED}), Status.NOT_ACCEPTED),
    "transfer": (frozenset({Status.RECEIVED}), Status.IN_PROCESS),
    "take_over": (frozenset({Status.IN_PROCESS}), None),
    "resolve": (frozenset({Status.IN_PROCESS}), Status.RESULT_READY),
    "return": (frozenset({Status.RESULT_READY}), Status.RETURNED),
    "choose_return_channel": (
        frozenset({Status.SUBMITTED, Status.RECEIVED, Status.IN_PROCESS, Status.RESULT_READY}),
        None,
    ),
}


def check_move(act: str, status: Status) -> None:
    """Raise RefusedError, naming the state and the acts that it allows, unless `act` may happen in `status`."""
    if status in MOVES[act][0]:
        return
    allowed = ", ".join(sorted(name for name, (sources, _) in MOVES.items() if status in sources)) or "—"
    raise RefusedError(
        "move_not_allowed",
        act=act,
        status=status.value,
        status_vi=NAMES_VI[status],
        status_en=NAMES_EN[status],
        allowed=allowed,
    )
