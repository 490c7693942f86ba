"""The engine's own process: ministack, what it saves while it runs, and a watch that it does not outlive its parent.

Run by the engine environment's Python, which has nothing of this project: standard library and ministack only.
"""

import asyncio
import copy
import fcntl
import gc
import json
import logging
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

KEEP_SAVED = b"keep saved\n"
"""The parent writes this line to our standard input when the state is worth saving: what is half deployed is not."""

MARK, SAVED, SAVING = "running", "saved", "saving"
"""Files in the state's folder: the mark of a run, the last save of that run, a lock held while one is written."""

SAVE_SECONDS = 2.0
PAUSE_PER_SAVE = 5
"""After a save nothing is saved for five times as long as it took: a large state costs a sixth of one processor."""

MOST_FILES = 65536

App = Callable[[Any, Any, Any], Awaitable[None]]
Services = Callable[[], Mapping[str, Callable[[], Any]]]
Encode = Callable[[str, Any], str]


class Saves:
    """The run's mark and its saves. ministack itself saves on a clean stop only, and would lose all after a kill -9.

    The mark stands in the state's folder from the start until the whole state is saved at a clean stop. It tells what the
    next start must say if it finds it: since when the run lasted, when it was saved last, and since when something may
    have changed that is not saved.
    """

    def __init__(self, folder: Path, services: Services, encode: Encode) -> None:
        self._folder, self._services, self._encode = folder, services, encode
        self._started = time.time()
        self._saved_at: float | None = None
        self._unsaved_since: float | None = None
        self._child = 0
        self._closed = False
        self._write_mark()

    def counting(self, app: App) -> App:
        """The same application; a request that comes or ends may have changed something."""

        async def serve(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "lifespan" or scope["path"] == "/_ministack/ready":
                await app(scope, receive, send)
                return
            self._changed()
            try:
                await app(scope, receive, send)
            finally:
                self._changed()

        return serve

    async def keep(self) -> None:
        """Save as long as the engine runs, each time that something may have changed."""
        pause = SAVE_SECONDS
        while not self._closed:
            await asyncio.sleep(pause)
            if self._unsaved_since is not None and not self._closed:
                pause = max(SAVE_SECONDS, await self._save() * PAUSE_PER_SAVE)

    def closing(self, save_all: Callable[[Any], None]) -> Callable[[Any], None]:
        """ministack's own last save; the mark goes once all of it is written."""

        def save_last(services: Any) -> None:
            self._closed = True
            if self._child:
                os.kill(self._child, signal.SIGKILL)
            errors = _Errors()
            logging.getLogger("persistence").addHandler(errors)
            save_all(services)
            if not errors.seen:  # it logs what it could not write, and raises nothing
                (self._folder / MARK).unlink(missing_ok=True)
                (self._folder / SAVED).unlink(missing_ok=True)

        return save_last

    def _changed(self) -> None:
        if self._unsaved_since is None:
            self._unsaved_since = time.time()
            self._write_mark()

    def _write_mark(self) -> None:
        if self._closed:
            return
        draft = self._folder / f"{MARK}.new"
        facts = {"started": self._started, "saved_at": self._saved_at, "unsaved_since": self._unsaved_since}
        try:
            draft.write_text(json.dumps(facts), encoding="ascii")
            draft.replace(self._folder / MARK)
        except OSError:  # a full disk must not keep a request from its answer
            traceback.print_exc()

    async def _save(self) -> float:
        """Let a copy of this process write the state; the seconds that it took.

        On the event loop no request is half done: each operation of DynamoDB, a transaction too, runs there in one go.
        The copy stands still at this moment for all services, while this process serves on.
        """
        began, moment, before = time.monotonic(), time.time(), self._unsaved_since
        self._unsaved_since = None
        try:
            with warnings.catch_warnings():
                # The copy starts no thread and waits for none, so threads that it has lost do not matter.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._child = os.fork()
            if not self._child:
                self._write_and_leave(moment)
            while not (ended := os.waitpid(self._child, os.WNOHANG))[0]:
                await asyncio.sleep(0.02)
            if ended[1]:
                raise ChildProcessError(f"saving ended with {ended[1]}")
            self._saved_at = moment
        except OSError:
            traceback.print_exc()
            self._unsaved_since = before
        self._child = 0
        self._write_mark()
        return time.monotonic() - began

    def _write_and_leave(self, moment: float) -> None:
        code = 1
        try:
            # The engine's port and connections are not the copy's; a peer would wait for it to close them, too.
            os.closerange(3, MOST_FILES)
            gc.disable()
            os.nice(10)  # requests go first
            with (self._folder / SAVING).open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._write(moment)
            code = 0
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)

    def _write(self, moment: float) -> None:
        """One file for all services, so that it is there whole or not at all: a line each, after one with the moment."""
        draft = self._folder / f"{SAVED}.new"
        with draft.open("w", encoding="utf-8") as file:
            file.write(f"{moment}\n")
            for name, state in self._services().items():
                if (content := state()) is not None:
                    file.write(f"{name}\t{self._encode(name, content)}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / SAVED)


class _Errors(logging.Handler):
    seen = False

    def emit(self, record: logging.LogRecord) -> None:
        self.seen = self.seen or record.levelno >= logging.ERROR


def _itself(value: Any, _memo: Any = None) -> Any:
    return value


def saves_of(app: Any) -> Saves:
    """The saves of ministack's application, with its own form of a service's file."""
    from ministack.core import persistence  # type: ignore[import-not-found,unused-ignore]
    from ministack.services import lambda_svc  # type: ignore[import-not-found,unused-ignore]

    def services() -> Mapping[str, Callable[[], Any]]:
        # Only in the copy, whose memory is nobody else's: copying it first would take most of the time.
        copy.deepcopy = _itself  # type: ignore[assignment]
        # Functions' code stays on the disk until a clean stop: the state before may still name it.
        lambda_svc._prune_orphan_code_blobs = lambda _referenced: None
        return app._build_persistence_save_dict()  # type: ignore[no-any-return,unused-ignore]

    def encode(name: str, content: Any) -> str:
        form = {"__ministack_format__": persistence._state_format_version(name), "payload": content}
        return json.dumps(form, default=persistence._json_default)

    return Saves(Path(persistence.STATE_DIR), services, encode)


def obey_parent(keep_saved: Callable[[], None]) -> None:
    """Do what standard input says, whose other end only the parent holds, and stop cleanly when it ends.

    The system closes a pipe however its holder dies, so this also covers kill -9, on every Unix; the state is saved.
    """
    for line in sys.stdin.buffer:
        if line == KEEP_SAVED:
            keep_saved()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve until SIGTERM, then end the functions' worker processes, which ministack leaves to themselves."""
    sys.argv = ["ministack"]
    # ministack lives in the engine's own environment, where no type checker looks.
    from ministack import app  # type: ignore[import-not-found,unused-ignore]
    from ministack.core import lambda_runtime  # type: ignore[import-not-found,unused-ignore]

    saves = saves_of(app)
    app.app, app.save_all = saves.counting(app.app), saves.closing(app.save_all)

    def keep_saved() -> None:
        asyncio.run_coroutine_threadsafe(saves.keep(), app._MAIN_LOOP)

    threading.Thread(target=obey_parent, args=(keep_saved,), name="parent-watch", daemon=True).start()
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
