"""Print the table of a dossier's moves as a page, from the code that checks them."""

from motcua.domain.dossier.moves.move import Actor, Move
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.status import NAMES_EN, NAMES_VI, Status

_DOERS = {
    Actor.APPLICANT: "người nộp · applicant",
    Actor.CLERK: "cán bộ một cửa · clerk",
    Actor.OFFICER: "cán bộ giải quyết · officer",
    Actor.HEAD: "lãnh đạo · head",
    Actor.CONTROLLER: "kiểm soát TTHC · controller",
    Actor.POST: "bưu chính · post",
    Actor.SYSTEM: "hệ thống · system",
}


def page() -> str:
    """Return Markdown: the statuses with their national codes, then every act with its target, actor and conditions."""
    lines = [
        "# Trạng thái và việc làm đối với hồ sơ · Statuses and moves of a dossier",
        "",
        "Trang này do `make schemas` in ra từ chính bảng mà chương trình kiểm tra (`functions/motcua/domain/moves*.py`).",
        "Printed by `make schemas` from the very table that commands check.",
        "",
        "| mã · code | trạng thái | status |",
        "| --- | --- | --- |",
        *(f"| {_code(status)} | {NAMES_VI[status]} | {NAMES_EN[status]} |" for status in Status),
        "",
        "Cổng quốc gia có một mã 8; ở đây *tạm dừng* (8) và *không đủ điều kiện* (8 †) là hai trạng thái.",
        "The national portal has one code, 8, where we keep two statuses: paused (8), and refused after appraisal (8 †).",
        "",
        "Hồ sơ bắt đầu ở 1 (nộp trực tuyến) hoặc 2 (tiếp nhận tại quầy, qua bưu chính).",
        "A dossier begins at 1 (submitted online) or 2 (received at the counter or by post).",
        "",
        "| việc · act | từ · from | đến · to | ai · who | lý do · reason | điều kiện · guard | sự kiện · event |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_row(name, MOVES[name]) for name in MOVES),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, move: Move) -> str:
    to = ", ".join(_code(status) for status in sorted(move.to)) or "="
    guard = f"{move.guard_vi} · {move.guard_en}" if move.guard_vi else ""
    cells = (
        f"**{move.vi}** · {move.en} (`{name}`)",
        ", ".join(_code(status) for status in sorted(move.sources)),
        to,
        "; ".join(_DOERS[doer] for doer in move.doers),
        "bắt buộc · mandatory" if move.reason else "",
        guard,
        f"`{move.event.value}`",
    )
    return f"| {' | '.join(cells)} |"


def _code(status: Status) -> str:
    return "8 †" if status is Status.REFUSED else str(status.value)
