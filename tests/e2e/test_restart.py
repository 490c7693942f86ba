"""Stop and start again: the data is still there, new dossiers are routed, and nothing keeps running in between."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from infra.engine.engine_process import MARK
from infra.engine.paths import Profile
from infra.registry.seed import seed
from infra.stack.sign_ins import create_person, staff_token
from infra.stack.stack import Stack, running_stack
from tests.e2e.console import eventually
from tests.e2e.system import CLERK, Desk, Dossier
from tests.kit.persons_settings import set_against_us

pytestmark = pytest.mark.engine

PLACE = Profile("restart")
DAY = "2020-06-15T09:00:00+07:00"


@contextmanager
def started(*, fresh: bool) -> Iterator[tuple[Stack, float]]:
    """Yield a stack for these tests only, and the seconds that its start took."""
    start = time.monotonic()
    with running_stack("restart", fresh=fresh, schedules=False, keep_saved=True, say=lambda _: None) as stack:
        yield stack, time.monotonic() - start


@contextmanager
def port_taken(endpoint: str) -> Iterator[None]:
    """Let another program listen on the stack's port."""
    with socket.create_server(("127.0.0.1", int(endpoint.rpartition(":")[2]))):
        yield


def processes() -> dict[int, str]:
    """Return every process of the stack: of the engine's group, or with the stack's folder in its command."""
    listing = subprocess.run(["ps", "-axww", "-o", "pid=,pgid=,command="], capture_output=True, text=True, check=True)
    engine = PLACE.engine_pid.read_text(encoding="ascii") if PLACE.engine_pid.is_file() else "none"
    rows = [line.split(maxsplit=2) for line in listing.stdout.splitlines()]
    return {int(pid): command for pid, group, command in rows if group == engine or str(PLACE.folder) in command}


def receive_and_route(desk: Desk) -> Dossier:
    dossier = desk.receive(at=DAY)
    desk.console.settle()
    assert desk.console.state(dossier["id"])["status"] == 4
    return dossier


def all_is_saved() -> bool:
    return json.loads((PLACE.state / MARK).read_text(encoding="ascii"))["unsaved_since"] is None


def test_a_stack_keeps_its_state_goes_on_after_a_restart_or_a_kill_and_leaves_nothing_behind(
    tell: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_against_us(monkeypatch, tmp_path)
    with started(fresh=True) as (stack, first_start), closing(Desk(stack)) as desk:
        seed(stack)
        password = create_person(stack, "kept", [CLERK])
        before = receive_and_route(desk)
        life, working = desk.console.life(before["id"]), processes()
        assert len(working) > 1, "the engine and the functions' workers"

    still_there = subprocess.run(["ps", "-axo", "pid="], capture_output=True, text=True, check=True).stdout.split()
    assert not processes()
    assert not {str(pid) for pid in working} & set(still_there)
    assert not [path for path in (PLACE.engine_pid, PLACE.card, PLACE.temporary) if path.exists()]

    with started(fresh=False) as (stack, second_start), closing(Desk(stack)) as desk:
        assert staff_token(stack, "kept", password)
        assert desk.console.life(before["id"]) == life
        after = receive_and_route(desk)
        assert [dossier["number"][-4:] for dossier in (before, after)] == ["0001", "0002"]
        life = desk.console.life(after["id"])
        eventually(all_is_saved, 60)
        assert "bị ngắt" not in capsys.readouterr().out
        os.kill(int(PLACE.engine_pid.read_text(encoding="ascii")), signal.SIGKILL)
        eventually(lambda: not stack.is_alive())
    assert not processes()
    tell(f"a new stack starts in {first_start:.0f} s, one with its state in {second_start:.0f} s")

    with port_taken(stack.endpoint), started(fresh=False) as (moved, _), closing(Desk(moved)) as desk:
        assert moved.endpoint != stack.endpoint
        told = capsys.readouterr().out
        assert "bị ngắt" in told
        assert "Nothing is lost." in told
        assert desk.console.life(after["id"]) == life
        assert receive_and_route(desk)["number"].endswith("0003")
