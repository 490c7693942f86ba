"""`make up` sees a simulator or an engine that ends by itself, says so, and goes on or stops in order."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.engine.errors import LocalRunError
from infra.engine.ports import any_free_port
from infra.operate import up
from infra.simulator.process import Partner


@dataclass
class FakeStack:
    """A stack whose engine seems to listen, with the port for the simulator of these tests."""

    folder: Path
    partner_port: int
    alive: bool = True

    def is_alive(self) -> bool:
        return self.alive


@dataclass
class Introduced:
    """Stands in for link_partner: kills a number of simulators as they come, then the engine, and records them."""

    kills: int
    partners: list[Partner]

    def __call__(self, stack: Any, partner: Partner) -> None:
        self.partners.append(partner)
        assert partner.orders()["total"] == 0
        if len(self.partners) > self.kills:
            stack.alive = False
        else:
            os.kill(partner.pid, signal.SIGKILL)


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeStack:
    monkeypatch.setattr(up, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(up, "greet", lambda *_: print("greeted"))  # noqa: T201
    return FakeStack(tmp_path, any_free_port())


def run_until_it_stops(stack: Any, monkeypatch: pytest.MonkeyPatch, kills: int) -> tuple[list[Partner], LocalRunError]:
    introduced = Introduced(kills, [])
    monkeypatch.setattr(up, "link_partner", introduced)
    with pytest.raises(LocalRunError) as caught:
        up.keep_running(stack, {})
    assert not any(partner.is_alive() for partner in introduced.partners)
    return introduced.partners, caught.value


def test_a_simulator_that_dies_is_started_again_at_its_port_and_introduced(
    stack: FakeStack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    partners, _ = run_until_it_stops(stack, monkeypatch, kills=1)
    first, second = partners
    assert first.pid != second.pid
    assert first.base_url == second.base_url
    told = capsys.readouterr().out
    assert told.index("greeted") < told.index("tự dừng (SIGKILL)") < told.index("The simulator of the post runs again")
    assert told.count("greeted") == 1


def test_one_that_cannot_stay_up_ends_the_run(stack: FakeStack, monkeypatch: pytest.MonkeyPatch) -> None:
    partners, error = run_until_it_stops(stack, monkeypatch, kills=99)
    assert len(partners) == up.RESTARTS + 1
    assert "dừng 4 lần trong 60 giây" in error.vi
    assert "ended 4 times in 60 s" in error.en


def test_one_that_dies_now_and_then_is_always_started_again(stack: FakeStack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up, "WITHIN_SECONDS", 0)
    partners, error = run_until_it_stops(stack, monkeypatch, kills=up.RESTARTS + 2)
    assert len(partners) == up.RESTARTS + 3
    assert "embedded AWS ended" in error.en


def test_an_engine_that_ends_stops_the_run_and_the_simulator(stack: FakeStack, monkeypatch: pytest.MonkeyPatch) -> None:
    partners, error = run_until_it_stops(stack, monkeypatch, kills=0)
    assert len(partners) == 1
    assert "AWS nhúng tự dừng" in error.vi
    assert "Run `make up` again" in error.en


def test_a_simulator_that_cannot_start_ends_the_run(stack: FakeStack, monkeypatch: pytest.MonkeyPatch) -> None:
    (stack.folder / "partner.json").write_text("not JSON")
    partners, error = run_until_it_stops(stack, monkeypatch, kills=0)
    assert partners == []
    assert "Mô phỏng bưu chính không chạy được" in error.vi
