"""Programs on this machine are reached whatever the person's network and AWS settings; a stack on AWS uses them."""

import ast
import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, TypeGuard

import pytest

from infra.engine.errors import LocalRunError
from infra.engine.paths import ROOT
from infra.engine.this_machine import async_http_client, aws_client, http_client
from infra.stack.deployed import chosen
from tests.kit.persons_settings import set_against_us

AWS_KEYS = ("ap-southeast-1", "AKIAOURS", "our secret")


class Heard(BaseHTTPRequestHandler):
    """A server that answers every request the same and keeps what it was sent."""

    headers_seen: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.headers_seen.append({name.lower(): value for name, value in self.headers.items()})
        self.rfile.read(int(self.headers.get("content-length", 0)))
        body = b'{"TableNames": ["here"]}'
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name that http.server asks for

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Heard.headers_seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def against_us(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_against_us(monkeypatch, tmp_path)


def test_http_goes_through_no_proxy(url: str) -> None:
    async def ask() -> int:
        async with async_http_client(timeout=5) as client:
            return (await client.get(url)).status_code

    with http_client(timeout=5) as client:
        assert client.get(url).status_code == asyncio.run(ask()) == 200


def test_aws_is_asked_here_with_our_keys_and_nothing_of_the_persons(url: str) -> None:
    client = aws_client("dynamodb", url, *AWS_KEYS, retries={"mode": "standard", "total_max_attempts": 1})
    assert client.list_tables()["TableNames"] == ["here"]
    (sent,) = Heard.headers_seen
    assert "Credential=AKIAOURS/" in sent["authorization"]
    assert "/ap-southeast-1/dynamodb/" in sent["authorization"]
    assert "x-amz-security-token" not in sent


@pytest.mark.parametrize(
    "service", ["s3", "sqs", "lambda", "cognito-idp", "cloudformation", "secretsmanager", "ssm", "logs"]
)
def test_each_service_has_its_client(service: str, url: str) -> None:
    assert aws_client(service, url, *AWS_KEYS).meta.endpoint_url == url


def test_a_stack_on_aws_is_asked_by_the_persons_own_settings() -> None:
    with pytest.raises(LocalRunError, match="motcua") as caught:
        chosen("motcua")
    assert "(nope)" in caught.value.vi, "their profile is the one that is missing"


MAKERS = {
    "httpx": {"Client", "AsyncClient", "get", "post", "put", "delete", "request", "stream"},
    "boto3": {"client", "resource", "Session"},
    "boto3.session": {"Session"},
    "botocore.session": {"Session", "get_session"},
    "urllib.request": {"urlopen", "build_opener", "urlretrieve"},
}
FREE = (
    "infra/engine/this_machine.py",
    "infra/stack/deployed.py",  # a stack on AWS
    "infra/bench/write_once.py",  # run in an environment of their own
    "infra/bench/write_transaction.py",
    "tests/adapters/test_aws.py",  # compares ours with botocore's own, both before moto
)


def test_whoever_talks_to_the_embedded_run_gets_the_client_from_there() -> None:
    places = [path for folder in ("infra", "tests/e2e", "tests/adapters") for path in (ROOT / folder).rglob("*.py")]
    found = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for path in places
        if (name := str(path.relative_to(ROOT))) not in FREE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if makes_a_client(node)
    ]
    assert not found


def makes_a_client(node: ast.AST) -> TypeGuard[ast.Call | ast.ImportFrom]:
    match node:
        case ast.Call(func=ast.Attribute(value=module, attr=name)):
            return name in MAKERS.get(ast.unparse(module), ())
        case ast.ImportFrom(module=str(module), names=names):
            return any(each.name in MAKERS.get(module, ()) for each in names)
    return False
