"""A running embedded stack as a value, and the context manager that starts, deploys and stops it."""

import json
import os
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import cache
from pathlib import Path
from typing import Any, Literal

from infra.engine.engine import REGION, Engine
from infra.engine.errors import LocalRunError
from infra.engine.paths import Profile
from infra.engine.ports import HOST, choose_ports
from infra.engine.this_machine import aws_client
from infra.stack.deploy import deploy

ProfileName = Literal["up", "demo", "test", "restart", "bench"]


@dataclass(frozen=True, slots=True)
class Stack:
    """The stack's endpoint, its root keys, and the outputs of template.yaml."""

    profile: str
    endpoint: str
    region: str
    access_key: str
    secret_key: str
    outputs: dict[str, str]
    partner_port: int

    @property
    def api_url(self) -> str:
        """Base URL of the HTTPS API, without a closing slash."""
        return f"{self.endpoint}/_aws/execute-api/{self.outputs['RestApiId']}/{self.outputs['ApiStage']}"

    @property
    def token_url(self) -> str:
        """The URL at which the portal's client gets its token (client credentials)."""
        return f"{self.endpoint}/oauth2/token"

    @property
    def partner_url(self) -> str:
        """Base URL of the postal partner's API, served by the simulator: the template's PartnerUrl."""
        return f"http://{HOST}:{self.partner_port}"

    @property
    def folder(self) -> Path:
        """The profile's folder, for logs and reports of this run."""
        return Profile(self.profile).folder

    def is_alive(self) -> bool:
        """Return whether something still listens at the endpoint."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.settimeout(5)
            return probe.connect_ex((HOST, int(self.endpoint.rpartition(":")[2]))) == 0

    def client(self, service: str) -> Any:
        """Return a boto3 client with root rights, for tests and seeding. The functions have their own roles."""
        return _client(service, self.endpoint, self.region, self.access_key, self.secret_key)


@cache
def _client(service: str, endpoint: str, region: str, access_key: str, secret_key: str) -> Any:
    return aws_client(service, endpoint, region, access_key, secret_key, max_pool_connections=50)


def attach(profile: ProfileName = "up") -> Stack:
    """Return the stack of this profile that another program is running now."""
    card = Profile(profile).card
    if not card.is_file():
        raise LocalRunError(
            f"Chưa có hệ thống nào chạy ({profile}). Hãy chạy: make up", f"Nothing is running ({profile}). Run: make up"
        )
    return Stack(**json.loads(card.read_text(encoding="utf-8")))


@contextmanager
def _alone(profile: Profile) -> Iterator[None]:
    """Hold the profile's lock, with our pid in it. The system releases it however this program ends."""
    profile.folder.mkdir(parents=True, exist_ok=True)
    with profile.lock.open("a+") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            pid, name = lock.read().strip(), profile.name
            mend = "make down" if name == "up" else f"kill {pid}"
            raise LocalRunError(
                f"“{name}” đang chạy rồi (pid {pid}). Dừng nó: {mend}",
                f"“{name}” is running (pid {pid}). Stop it: {mend}",
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def _orderly_signals() -> Iterator[Callable[[], None]]:
    """Make SIGTERM and a closed terminal end the run like Ctrl-C. Yields a function that ignores all three.

    Call it for the stop itself, because a second, impatient Ctrl-C must not leave the state half saved.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    caught = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in caught}

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    def shut_out() -> None:
        for number in caught:
            signal.signal(number, signal.SIG_IGN)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        yield shut_out
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def running_stack(
    profile: ProfileName,
    *,
    fresh: bool = False,
    schedules: bool = True,
    keep_saved: bool = False,
    parameters: Mapping[str, str] | None = None,
    say: Callable[[str], None] = lambda text: print(text, flush=True),
) -> Iterator[Stack]:
    """Start the engine, bring the stack up to date, yield it, and stop everything however the block ends.

    `fresh` discards the profile's earlier state; `schedules` turns the template's schedules on; `keep_saved` saves the
    state every few seconds while it runs; `parameters` are further parameters of the template. Each profile has its own
    folder and ports, and runs once at a time.
    """
    place = Profile(profile)
    with _alone(place), _orderly_signals() as shut_out_signals:
        engine_port, partner_port = choose_ports(profile)
        if fresh:
            shutil.rmtree(place.state, ignore_errors=True)
        engine = Engine(place, engine_port)
        try:
            say("Khởi động AWS nhúng · Starting the embedded AWS")
            engine.start()

            def client(service: str) -> Any:
                return _client(service, engine.endpoint, REGION, engine.access_key, engine.secret_key)

            say("Dựng và triển khai template.yaml · Building and deploying template.yaml")
            settings = {
                "Stage": "local",
                "SchedulesEnabled": "ENABLED" if schedules else "DISABLED",
                "PartnerId": "simulator",
                "PartnerUrl": f"http://{HOST}:{partner_port}",
                **(parameters or {}),
            }
            outputs = deploy(engine, client, settings)
            stack = Stack(profile, engine.endpoint, REGION, engine.access_key, engine.secret_key, outputs, partner_port)
            place.card.touch(mode=0o600)
            place.card.write_text(json.dumps(asdict(stack)), encoding="utf-8")
            if keep_saved:
                engine.keep_saved()
            yield stack
        finally:
            shut_out_signals()
            place.card.unlink(missing_ok=True)
            engine.stop()
