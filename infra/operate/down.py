"""`make down` and `make reset`: stop a `make up` of another shell; with --reset, also delete its data."""

import os
import shutil
import signal
import sys
import time
from fcntl import LOCK_EX, LOCK_NB, flock

from infra.engine.errors import LocalRunError, run
from infra.engine.paths import Profile

WAIT_SECONDS = 60


def holder(profile: Profile) -> int | None:
    """Return the pid of the program that runs this profile, or None. It holds the lock as long as it lives."""
    if not profile.lock.is_file():
        return None
    with profile.lock.open("r+") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return int(lock.read().strip() or 0) or None
    return None


def stop(profile: Profile) -> bool:
    """Stop the running program and wait until it has ended. Returns False when none runs."""
    pid = holder(profile)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + WAIT_SECONDS
    while holder(profile) is not None:
        if time.monotonic() > deadline:
            raise LocalRunError(f"Tiến trình {pid} không dừng.", f"Process {pid} does not stop.")
        time.sleep(0.1)
    return True


def main() -> None:
    profile = Profile("up")
    stopped = stop(profile)
    print("Đã dừng · Stopped" if stopped else "Không có gì đang chạy · Nothing was running")
    if "--reset" in sys.argv[1:]:
        shutil.rmtree(profile.folder, ignore_errors=True)
        print("Đã xoá dữ liệu của `make up` · Deleted the data of `make up`")


if __name__ == "__main__":
    run(main)
