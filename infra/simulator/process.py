"""Start the simulator as a process of its own and control it, for the demo, `make up` and the tests."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from infra.engine.this_machine import http_client

PROJECT = Path(__file__).parents[2]
READY_WITHIN_SECONDS = 20.0
STOP_WITHIN_SECONDS = 5.0
ROUND_WITHIN_SECONDS = 600.0
"""One move of the clock may have thousands of callbacks to send."""


class PartnerError(RuntimeError):
    """The simulator did not start, or refused a control request."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A running simulator, seen from outside."""

    base_url: str
    process: subprocess.Popen[bytes]
    client: httpx.Client

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def configure(self, webhook_url: str, secret: str, api_key: str) -> None:
        self._post("configure", {"webhook_url": webhook_url, "secret": secret, "api_key": api_key})

    def move_clock(self, now: datetime) -> dict[str, Any]:
        """Send every callback due by `now`. Returns sent, accepted, failed, retried and the first failures."""
        return self._post("clock", {"now": now.isoformat()})

    def set_faults(self, **faults: Any) -> None:
        """Set the faults from now on (see order_book.Faults). Without any, all are off."""
        self._post("faults", faults)

    def orders(self) -> dict[str, Any]:
        """Return total, by_state, undelivered (by answer) and next_due."""
        return _answer(self.client.get("/_control/orders"))

    def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        return _answer(self.client.post(f"/_control/{what}", json=body))


@contextlib.contextmanager
def running_partner(port: int | None, state: Path, auto: bool = False) -> Iterator[Partner]:
    """Run the simulator until the block ends, without `port` on a free one. Its output goes to `<state>.log`.

    It also ends with the *thread* that calls this, because the kernel counts threads as parents. Call it from one that
    lives on.
    """
    port = port or _free_port()
    state.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "infra.simulator", "--port", str(port), "--state", str(state.resolve())]
    with state.with_suffix(".log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*command, "--auto"] if auto else command,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # only the starter gets Ctrl-C, and then stops it in good order
        )
        base_url = f"http://127.0.0.1:{port}"
        try:
            with http_client(base_url=base_url, timeout=ROUND_WITHIN_SECONDS) as client:
                _wait_until_ready(client, process, Path(log.name))
                yield Partner(base_url, process, client)
        finally:
            _stop(process)


def _wait_until_ready(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise PartnerError(
                f"the postal partner's simulator did not start: {log.read_text(encoding='utf-8')[-500:]}"
            )
        with contextlib.suppress(httpx.TransportError, ValueError, KeyError, TypeError):  # or another program answers
            answer = client.get("/_control/ready", timeout=2.0)
            if answer.is_success and answer.json()["pid"] == process.pid:
                return
        time.sleep(0.05)
    raise PartnerError(f"the postal partner's simulator was not ready within {READY_WITHIN_SECONDS:.0f} s; see {log}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answer(response: httpx.Response) -> dict[str, Any]:
    if not response.is_success:
        raise PartnerError(f"{response.request.url.path}: {response.status_code} {response.text}")
    answer: dict[str, Any] = response.json()
    return answer
