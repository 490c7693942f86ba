"""Make the virtual environments named on the command line, exactly as locked. Skip those that are complete.

Each gets its stamp last. An environment without one was left half made; one with the stamp of another lock or Python is
out of date. Both are made anew. Only this step needs the network. Run it through bootstrap.py; standard library only.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from infra.engine.errors import LocalRunError, run
from infra.engine.paths import ENVIRONMENTS, FUNCTIONS_LOCK, LOCKS, WHEELS, environment_python

STAMP = ".complete"


def fingerprint(*files: Path) -> str:
    """Return the fingerprint that an environment must match: of the lock file, this Python and this processor."""
    python = "{}.{}".format(*sys.version_info[:2])
    parts = [python, sys.base_prefix, platform.machine(), *(path.read_text(encoding="utf-8") for path in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_complete(folder: Path, wanted: str) -> bool:
    """Return whether `folder` was finished for exactly this fingerprint and its interpreter (a link) still exists."""
    stamp, python = folder / STAMP, folder / "bin" / "python"
    if python.is_symlink() and not python.exists():
        return False
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def execute(command: list[str], log: Path, lock: int) -> None:
    """Run one command with its output in `log`. A failure shows the end of the log.

    The command inherits the lock, so that after a kill the next run waits for commands that are still running.
    """
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    with log.open("ab") as output:
        done = subprocess.run(
            command, stdout=output, stderr=subprocess.STDOUT, env=environment, pass_fds=(lock,), check=False
        )
    if done.returncode:
        tail = "\n    ".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
        raise LocalRunError(
            f"Không cài được (lần đầu cần có mạng). Chi tiết: {log}",
            f"Could not install (the first time needs the network). Details: {log}\n    {tail}",
        )


def make_environment(name: str, lock: int) -> None:
    """Create .venv/<name> from requirements/<name>.txt unless it is complete."""
    locked, folder = LOCKS / f"{name}.txt", ENVIRONMENTS / name
    wanted = fingerprint(locked)
    if is_complete(folder, wanted):
        return
    started = time.monotonic()
    print(f"  … .venv/{name}", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    log = ENVIRONMENTS / f"{name}.log"
    log.unlink(missing_ok=True)
    execute([sys.executable, "-m", "venv", str(folder)], log, lock)
    # The lock file is complete, so pip need not resolve anything: --no-deps.
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--requirement", str(locked)]
    execute([str(environment_python(name)), *install], log, lock)
    (folder / STAMP).write_text(wanted, encoding="utf-8")
    print(f"  ✓ .venv/{name} ({time.monotonic() - started:.0f} s)", flush=True)


def fill_wheelhouse(lock: int) -> None:
    """Keep the functions' packages beside the project, so that every later `sam build` works without the network."""
    wanted = fingerprint(FUNCTIONS_LOCK)
    if is_complete(WHEELS, wanted):
        return
    shutil.rmtree(WHEELS, ignore_errors=True)
    WHEELS.mkdir(parents=True)
    log = ENVIRONMENTS / "wheels.log"
    log.unlink(missing_ok=True)
    download = ["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    download += ["--dest", str(WHEELS), "--requirement", str(FUNCTIONS_LOCK)]
    execute([str(environment_python("engine")), *download], log, lock)
    (WHEELS / STAMP).write_text(wanted, encoding="utf-8")


def main() -> None:
    """Make the missing environments in parallel. Only one set-up runs at a time."""
    ENVIRONMENTS.mkdir(exist_ok=True)
    names = sys.argv[1:]
    with (ENVIRONMENTS / ".guard").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            print("Đợi lần chuẩn bị khác xong · Waiting for another set-up to end", flush=True)
            flock(lock, LOCK_EX)
        missing = [name for name in names if not is_complete(ENVIRONMENTS / name, fingerprint(LOCKS / f"{name}.txt"))]
        if missing:
            version = platform.python_version()
            print(
                f"Chuẩn bị môi trường (một lần) · Setting up, once: {', '.join(missing)} · Python {version}", flush=True
            )
        with ThreadPoolExecutor(max_workers=3) as pool:
            list(pool.map(lambda name: make_environment(name, lock.fileno()), missing))
        if "engine" in names:
            fill_wheelhouse(lock.fileno())


if __name__ == "__main__":
    run(main)
