"""The engine's own process: ministack, and a watch that no worker and no engine outlives the program that started it.

Run by the engine environment's Python, which has nothing of this project: standard library and ministack only.
"""

import os
import signal
import sys
import threading
import traceback


def stop_when_parent_is_gone() -> None:
    """Wait for the end of standard input, whose other end only the parent holds, then stop cleanly.

    The system closes a pipe however its holder dies, so this also covers kill -9, on every Unix; the state is saved.
    """
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve until SIGTERM, then end the functions' worker processes, which ministack leaves to themselves."""
    sys.argv = ["ministack"]
    # ministack lives in the engine's own environment, where no type checker looks.
    from ministack import app  # type: ignore[import-not-found,unused-ignore]
    from ministack.core import lambda_runtime  # type: ignore[import-not-found,unused-ignore]

    threading.Thread(target=stop_when_parent_is_gone, name="parent-watch", daemon=True).start()
    try:
        app.main()
    except SystemExit:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        lambda_runtime.reset()
        # What is still running here are threads of invocations whose workers have just ended; the state is saved.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
