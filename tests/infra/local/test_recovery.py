"""The remains of an interrupted run, and how the next one recovers."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from infra.engine.engine_process import MARK, SAVED
from infra.engine.recovery import CutOff, recover

STARTED, SAVED_AT, LATER = (datetime(2026, 1, 5, 8, minute).timestamp() for minute in (0, 7, 9))
SERVICES = {"dynamodb": '{"items": "Hồ sơ \\t 1"}', "lambda": '{"functions": 2}'}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return the folder as the last clean stop left it."""
    for name in (*SERVICES, "ssm"):
        (tmp_path / f"{name}.json").write_text('"older"')
    return tmp_path


def cut_off(state: Path, *, saved_at: float | None, unsaved_since: float | None, told: float | None = SAVED_AT) -> None:
    """Simulate an interrupted run, whose mark names a save at `told`."""
    facts = {"started": STARTED, "saved_at": told if saved_at else None, "unsaved_since": unsaved_since}
    (state / MARK).write_text(json.dumps(facts))
    if saved_at:
        lines = [f"{saved_at}\n", *(f"{name}\t{content}\n" for name, content in SERVICES.items())]
        (state / SAVED).write_text("".join(lines), encoding="utf-8")


def kept(state: Path) -> dict[str, str]:
    assert not (state / MARK).exists()
    assert not (state / SAVED).exists()
    return {path.stem: path.read_text(encoding="utf-8") for path in state.glob("*.json")}


def test_the_last_save_becomes_the_state_of_every_service_and_the_loss_is_told(state: Path) -> None:
    cut_off(state, saved_at=SAVED_AT, unsaved_since=LATER)
    told = recover(state)
    assert kept(state) == SERVICES | {"ssm": '"older"'}
    assert told == CutOff(STARTED, SAVED_AT, LATER)
    vi, en = told.lines()
    assert "bản lưu lúc 08:07:00 05/01/2026. ĐÃ MẤT những gì ghi từ 08:09:00 05/01/2026" in vi
    assert "LOST is what was written since 08:09:00 05/01/2026" in en
    assert recover(state) is None, "told once"


def test_when_nothing_came_after_the_save_nothing_is_lost(state: Path) -> None:
    cut_off(state, saved_at=SAVED_AT, unsaved_since=None)
    told = recover(state)
    assert told
    assert [line.rpartition(". ")[2] for line in told.lines()] == ["Không mất gì.", "Nothing is lost."]


def test_without_a_save_the_state_is_that_of_the_clean_stop(state: Path) -> None:
    cut_off(state, saved_at=None, unsaved_since=LATER)
    told = recover(state)
    assert told == CutOff(STARTED, None, LATER)
    assert "before that run" in told.lines()[1]
    assert set(kept(state).values()) == {'"older"'}


def test_a_save_that_the_mark_does_not_tell_of_yet_counts(state: Path) -> None:
    cut_off(state, saved_at=LATER, unsaved_since=None)
    assert recover(state) == CutOff(STARTED, LATER, LATER)
    assert kept(state) == SERVICES | {"ssm": '"older"'}


def test_a_mark_that_the_power_cut_broke_still_tells_of_the_cut(state: Path) -> None:
    cut_off(state, saved_at=SAVED_AT, unsaved_since=None)
    (state / MARK).write_text("")
    told = recover(state)
    assert told
    assert (told.saved_at, told.unsaved_since) == (SAVED_AT, SAVED_AT)
    assert kept(state) == SERVICES | {"ssm": '"older"'}


def test_a_run_that_came_to_no_request_leaves_nothing_to_tell(state: Path) -> None:
    cut_off(state, saved_at=None, unsaved_since=None)
    assert recover(state) is None
    assert set(kept(state).values()) == {'"older"'}


def test_after_a_clean_stop_a_save_of_that_run_is_no_more_used(state: Path) -> None:
    (state / SAVED).write_text(f"{SAVED_AT}\ndynamodb\t1\n")
    assert recover(state) is None
    assert set(kept(state).values()) == {'"older"'}
