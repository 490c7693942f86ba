"""A small API of the postal partner on a port of this machine, which answers as a test has scripted."""

import json
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self


class PostOffice:
    """Takes every order. `script` holds other answers for the next requests: (status, body), or None to hang up.

    `keeps` says whether a scripted failure comes after the order was taken, like a lost answer.
    """

    def __init__(self) -> None:
        self.orders: dict[str, dict[str, Any]] = {}
        self.requests: list[tuple[str, str]] = []
        self.keys: set[str] = set()
        self.script: deque[tuple[int, Any] | None] = deque()
        self.keeps = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}/api"

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any] | None:
        self.requests.append((method, path))
        is_scripted = bool(self.script)
        scripted = self.script.popleft() if self.script else None
        order_number = json.loads(body)["order_number"] if body else path.rpartition("/")[2]
        known = order_number in self.orders
        if body and (not is_scripted or self.keeps):
            self.orders.setdefault(order_number, json.loads(body))
        if is_scripted:
            return scripted
        if method == "GET":
            return (200, {"order_number": order_number, "status_code": "C10"}) if known else (404, {"status": 404})
        return 200, {"status": 101 if known else 100, "order_number": order_number}

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler_of(post: PostOffice) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self) -> None:
            self._answer(b"")

        def _answer(self, body: bytes) -> None:
            post.keys.add(self.headers["Authorization"])
            answered = post.answer(self.command, self.path, body)
            if answered is None:
                self.close_connection = True
                return
            content = answered[1] if isinstance(answered[1], bytes) else json.dumps(answered[1]).encode()
            self.send_response(answered[0])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Log nothing, because tests read the terminal."""

    return Handler
