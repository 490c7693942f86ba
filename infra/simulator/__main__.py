"""`python -m infra.simulator`: run the postal partner's simulator on this machine."""

import argparse
import ctypes
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import uvicorn

from infra.simulator.app import create_app
from infra.simulator.order_book import OrderBook

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel to stop this process when the one that started it ends, however it ends (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # the parent ended in between
        sys.exit(1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.simulator", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="JSON file that keeps orders across restarts")
    parser.add_argument("--auto", action="store_true", help="play each parcel's life in seconds of real time")
    parser.add_argument("--step-seconds", type=float, default=5.0, help="with --auto: time between two events")
    options = parser.parse_args()
    die_with_parent()
    book = OrderBook(options.state, auto=options.auto, step=timedelta(seconds=options.step_seconds))
    uvicorn.run(
        create_app(book),
        host="127.0.0.1",
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
