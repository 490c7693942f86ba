"""The simulator as a process of its own: it serves real calls, and leaves nothing behind however its parent ends."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from infra.engine.this_machine import http_client
from infra.simulator.process import Partner, PartnerError, running_partner
from tests.kit.postal_simulator import LATER, ORDERED, SECRET, Receiver, order

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def listening() -> Iterator[tuple[str, Receiver]]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(receiver.receive({name.lower(): value for name, value in self.headers.items()}, body))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/callbacks", receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_real_process_takes_orders_tells_them_and_leaves_nothing_behind(
    tmp_path: Path, listening: tuple[str, Receiver]
) -> None:
    url, receiver = listening
    with running_partner(None, tmp_path / "partner.json") as partner:
        with pytest.raises(PartnerError, match="configure"):
            partner.move_clock(ORDERED)
        partner.configure(url, SECRET, "key")
        partner.set_faults(timeout_next=1)
        headers = {"Authorization": "Bearer key", "X-Motcua-Now": ORDERED.isoformat()}
        with http_client(base_url=partner.base_url, headers=headers) as client:
            with pytest.raises(httpx.ReadTimeout):
                client.post("/orders", json=order("A-1"), timeout=0.3)
            assert client.get("/orders/A-1").json()["status_code"] == "C10"
            assert client.post("/orders", json=order("A-1")).json()["status"] == 101
            result = partner.move_clock(LATER)
            assert result["sent"] == result["accepted"] == len(receiver.told) > 0
            assert client.get("/orders/A-1").json()["status_code"] == receiver.told[-1]["code"]
        assert partner.orders()["total"] == 1
        port = int(partner.base_url.rpartition(":")[2])
        with pytest.raises(PartnerError, match="address already in use"), running_partner(port, tmp_path / "twin.json"):
            pass
    assert not _alive(partner)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's death signal is Linux's own")
def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = (
        "import pathlib, time; from infra.simulator.process import running_partner\n"
        f"with running_partner(None, pathlib.Path({str(tmp_path / 'partner.json')!r})) as partner:\n"
        "    print(partner.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 5
    while time.monotonic() < until and _runs(pid):
        time.sleep(0.05)
    assert not _runs(pid)


def _alive(partner: Partner) -> bool:
    return _runs(partner.pid)


def _runs(pid: int) -> bool:
    """Return whether the process runs. A zombie that was not waited for counts as ended."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False
