"""Start and stop the embedded AWS (ministack) as a child of this program: own keys, own folder, nothing left behind."""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from infra.engine.engine_process import KEEP_SAVED, MARK
from infra.engine.errors import LocalRunError
from infra.engine.paths import Profile, environment_python
from infra.engine.ports import HOST
from infra.engine.recovery import recover
from infra.engine.this_machine import http_client

if TYPE_CHECKING:
    import httpx

REGION = "ap-southeast-1"
START_SECONDS = 60
STOP_SECONDS = 25
LINGER_SECONDS = 3


def forget_stream_positions(state: Path) -> None:
    """Let the stream's consumer begin anew after a restart.

    The engine saves how far a function has read in a table's stream, but not the stream itself: after a restart the
    relay would skip as many *new* records as it had read before, and those dossiers would never be routed. Events
    that were unsent at the stop are found by sweep_stalled. To undo, once the engine keeps or drops both together:
    delete this function and its call, and see tests/e2e restart, receive, and route.
    """
    file = state / "lambda.json"
    if not file.is_file():
        return
    saved = json.loads(file.read_text(encoding="utf-8"))
    payload = saved.get("payload", saved)
    positions = payload.get("dynamodb_stream_positions")
    if not positions:
        return
    # The engine tags its own mappings: {"__account_region_scoped__": true, "data": {…}}.
    payload["dynamodb_stream_positions"] = {**positions, "data": {}} if "data" in positions else {}
    new = file.with_suffix(".new")
    new.write_text(json.dumps(saved), encoding="utf-8")
    new.replace(file)


def move_addresses(state: Path, endpoint: str) -> None:
    """Let a kept state answer at this run's port.

    The engine saves addresses with the port in them (of queues, also in the functions' environments): started at another
    port, it would send the relay's messages to where nothing listens. To undo, once it keeps them without: delete this
    function and its call, and see the restart test with its port taken.
    """
    kept_at = state / "endpoint.txt"
    before = kept_at.read_text(encoding="ascii") if kept_at.is_file() else endpoint
    if before != endpoint:
        for file in state.glob("*.json"):
            saved = file.read_text(encoding="utf-8")
            moved = re.sub(rf"{re.escape(before)}\b", endpoint, saved)
            if moved != saved:
                new = file.with_suffix(".new")
                new.write_text(moved, encoding="utf-8")
                new.replace(file)
    kept_at.write_text(endpoint, encoding="ascii")


def stop_stale(profile: Profile) -> None:
    """End an engine that an earlier run left, if its pid is still that of an engine of this very profile."""
    try:
        pid = int(profile.engine_pid.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return
    # The command is checked, since the pid may have gone to another program meanwhile.
    command = _command_of(pid)
    if "engine_process.py" in command and str(profile.folder) in command:
        print(f"Dừng engine của lần chạy trước · Stopping an earlier run's engine (pid {pid})", flush=True)
        _end_group(pid)
    profile.engine_pid.unlink(missing_ok=True)


def _command_of(pid: int) -> str:
    """A process's command line; nothing when there is no such process any more, or only its entry."""
    listing = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        return listing.read_bytes().replace(b"\0", b" ").decode(errors="replace") if listing.exists() else ""
    ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout


def _end_group(pid: int) -> None:
    """SIGTERM to an engine that is not our child, a wait for its state to be saved, then SIGKILL to its whole group."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while _command_of(pid) and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(pid, signal.SIGKILL)


def _answers(client: "httpx.Client") -> bool:
    import httpx

    try:
        return client.get("/_ministack/ready").status_code == 200
    except httpx.TransportError:
        return False


class Engine:
    """One embedded AWS. `start` returns when it answers; `stop` returns when it and its workers are gone."""

    def __init__(self, profile: Profile, port: int) -> None:
        self.profile = profile
        self.port = port
        self.endpoint = f"http://{HOST}:{port}"
        self.access_key = "AKIA" + secrets.token_hex(8).upper()
        self.secret_key = secrets.token_urlsafe(30)
        self._process: subprocess.Popen[bytes] | None = None

    def _environment(self) -> dict[str, str]:
        """Built from nothing, since the functions' workers inherit it: no key, proxy or setting of the person's own."""
        state = self.profile.state
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.profile.temporary),
            "TMPDIR": str(self.profile.temporary),
            "LANG": "C.UTF-8",
            "TZ": "UTC",  # as in Lambda
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AUTH": "true",  # IAM is enforced, as on AWS
            "BIND_HOST": HOST,
            "MINISTACK_HOST": HOST,
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_REGION": REGION,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(state),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(state / "s3"),
            "IOT_MTLS_ENABLED": "0",  # else it opens port 8883
            "SFTP_ENABLED": "0",
            # It would remove every container that looks like its own; a socket that does not exist keeps it away.
            "DOCKER_HOST": f"unix://{self.profile.temporary}/no-docker.sock",
        }

    def start(self) -> None:
        """Start and wait until it is ready, or say why not with the end of its log."""
        profile = self.profile
        profile.state.mkdir(parents=True, exist_ok=True)
        profile.folder.chmod(0o700)
        stop_stale(profile)
        shutil.rmtree(profile.temporary, ignore_errors=True)
        profile.temporary.mkdir(mode=0o700)
        if cut_off := recover(profile.state):
            vi, en = cut_off.lines()
            print(f"⚠ {vi}\n  {en}", flush=True)
        forget_stream_positions(profile.state)
        move_addresses(profile.state, self.endpoint)
        command = [str(environment_python("engine")), str(Path(__file__).with_name("engine_process.py"))]
        with profile.log.open("wb") as log:
            # A session of its own, so that Ctrl-C reaches only this program, which then stops the engine in order.
            self._process = subprocess.Popen(
                [*command, str(profile.folder)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=profile.folder,
                env=self._environment(),
                start_new_session=True,
            )
        profile.engine_pid.write_text(str(self._process.pid), encoding="ascii")
        deadline = time.monotonic() + START_SECONDS
        with http_client(base_url=self.endpoint, timeout=2) as client:
            while not _answers(client):
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise self._failed()
                time.sleep(0.05)

    def keep_saved(self) -> None:
        """From now on the engine saves its state every few seconds in which something may have changed."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(KEEP_SAVED)
        self._process.stdin.flush()

    def _failed(self) -> LocalRunError:
        tail = "\n    ".join(self.profile.log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
        return LocalRunError(
            f"AWS nhúng không khởi động được. Nhật ký: {self.profile.log}",
            f"The embedded AWS did not start. Its log: {self.profile.log}\n    {tail}",
        )

    def stop(self) -> None:
        """Stop cleanly (state saved), then make sure that none of its processes and files is left."""
        process = self._process
        if process is None:
            return
        mark, lived = self.profile.state / MARK, process.poll() is None
        process.terminate()
        try:
            deadline = time.monotonic() + STOP_SECONDS
            while process.poll() is None and mark.exists() and time.monotonic() < deadline:
                time.sleep(0.05)
            # It lingers while functions are at work. A state that is saved is whole, and ending the rest is no loss.
            with suppress(subprocess.TimeoutExpired):
                process.wait(LINGER_SECONDS)
            if lived and mark.exists():
                print("Engine không lưu kịp, buộc dừng · The engine did not save in time and is killed", flush=True)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdin:
                process.stdin.close()
            self._process = None
            self.profile.engine_pid.unlink(missing_ok=True)
            shutil.rmtree(self.profile.temporary, ignore_errors=True)
