"""After a run of the engine that was cut off: take what it saved last as its state, and say what is lost and since when.

The engine's process keeps the mark and the saves (engine_process.py); this side reads them before the next start.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from infra.engine.engine_process import MARK, SAVED, SAVING


@dataclass(frozen=True, slots=True)
class CutOff:
    """A run that did not stop cleanly, in seconds since 1970; `unsaved_since` is None when all was saved."""

    started: float
    saved_at: float | None
    unsaved_since: float | None

    def lines(self) -> tuple[str, str]:
        """What the person at the keyboard has to know, in Vietnamese and in English."""
        if self.saved_at is None:
            vi, en = "trước lần chạy đó", "before that run"
        else:
            vi, en = f"lúc {_clock(self.saved_at)}", f"at {_clock(self.saved_at)}"
        vi = f"Lần chạy từ {_clock(self.started)} bị ngắt, không dừng đúng cách. Dữ liệu trở lại bản lưu {vi}."
        en = f"The run that began at {_clock(self.started)} was cut off. The data are again as they were saved {en}."
        if self.unsaved_since is None:
            return f"{vi} Không mất gì.", f"{en} Nothing is lost."
        since = _clock(self.unsaved_since)
        return (
            f"{vi} ĐÃ MẤT những gì ghi từ {since}, kể cả hồ sơ đã tiếp nhận; số của chúng sẽ được cấp lại.",
            f"{en} LOST is what was written since {since}, receipts too; their numbers will be given again.",
        )


def _clock(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment).astimezone():%H:%M:%S %d/%m/%Y}"


def recover(state: Path) -> CutOff | None:
    """Put the last save in place if the run before was cut off; None if there is nothing to tell.

    May itself be cut off: the mark goes last, so the next start does all of it again.
    """
    mark, saved = state / MARK, state / SAVED
    if not mark.is_file():
        saved.unlink(missing_ok=True)
        return None
    with (state / SAVING).open("w") as lock:
        flock(lock, LOCK_EX)  # a save outlives its engine for a moment
        facts = _facts(mark)
        saved_at = _unpack(saved) if saved.is_file() else None
    mark.unlink()
    saved.unlink(missing_ok=True)
    if saved_at is None and facts["unsaved_since"] is None:  # it never came to its first request
        return None
    all_saved = facts["saved_at"] == saved_at
    return CutOff(facts["started"], saved_at, facts["unsaved_since"] if all_saved else saved_at)


def _facts(mark: Path) -> dict[str, Any]:
    """What the mark says. One that cannot be read (the power went while it was written) still tells of a cut."""
    try:
        return dict(json.loads(mark.read_text(encoding="ascii")))
    except ValueError:
        written = mark.stat().st_mtime
        return {"started": written, "saved_at": None, "unsaved_since": written}


def _unpack(saved: Path) -> float:
    """Write each service's file as the engine reads it; the moment of the save."""
    with saved.open(encoding="utf-8") as file:
        moment = float(file.readline())
        for line in file:
            name, _, content = line.rstrip("\n").partition("\t")
            draft = saved.with_name(f"{name}.json.new")
            draft.write_text(content, encoding="utf-8")
            draft.replace(saved.with_name(f"{name}.json"))
    return moment
