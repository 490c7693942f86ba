"""The postal partner's simulator in process, and a stand-in for the product's webhook, with a check of its own."""

import base64
import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from infra.simulator.app import create_app
from infra.simulator.order_book import OrderBook
from infra.simulator.parcel_life import LOCAL

KEY = b"a key of the partner and motcua!"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
ORDERED = datetime(2020, 4, 24, 9, 0, tzinfo=LOCAL)
LATER = datetime(2020, 6, 30, tzinfo=LOCAL)


def person(name: str) -> dict[str, str]:
    return {"name": name, "address": "Số 1 đường Bạch Đằng, Hải Dương", "phone": "0912345678"}


def order(number: str) -> dict[str, object]:
    return {
        "order_number": number, "sender": person("Bộ phận Một cửa"), "receiver": person("Nguyễn Văn A"),
        "description": "Kết quả thủ tục hành chính",
    }  # fmt: skip


class Receiver:
    """Stands in for the product's webhook: checks each signature independently and answers as set."""

    def __init__(self, answers: list[int] | None = None) -> None:
        self.answers = answers or []
        self.told: list[dict[str, str]] = []
        self.ids: list[str] = []

    def receive(self, headers: dict[str, str], body: bytes) -> int:
        moment = headers["webhook-timestamp"]
        expected = hmac.new(KEY, f"{headers['webhook-id']}.{moment}.".encode() + body, hashlib.sha256).digest()
        if headers["webhook-signature"] != "v1," + base64.b64encode(expected).decode():
            return 401
        if abs(time.time() - int(moment)) > 300:
            return 400
        self.ids.append(headers["webhook-id"])
        answer = self.answers.pop(0) if self.answers else 202
        if answer == 202:
            self.told.append(json.loads(body))
        return answer

    def asgi(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(self.receive(dict(request.headers), request.content))

    def codes(self, number: str) -> list[str]:
        return [told["code"] for told in self.told if told["order_number"] == number]


@contextlib.asynccontextmanager
async def partner_at(path: Path, receiver: Receiver, auto_step: float = 0) -> AsyncIterator[httpx.AsyncClient]:
    book = OrderBook(path, auto=auto_step > 0, step=timedelta(seconds=auto_step))
    app = create_app(book, httpx.AsyncClient(transport=httpx.MockTransport(receiver.asgi)), backoff_seconds=0)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://partner",
            headers={"Authorization": "Bearer key", "X-Motcua-Now": ORDERED.isoformat()},
        ) as client,
    ):
        settings = {"webhook_url": "http://product/callbacks", "secret": SECRET, "api_key": "key"}
        assert (await client.post("/_control/configure", json=settings)).status_code == 200
        yield client


async def move(client: httpx.AsyncClient, now: datetime) -> dict[str, int]:
    response = await client.post("/_control/clock", json={"now": now.isoformat()})
    assert response.status_code == 200, response.text
    return {name: value for name, value in response.json().items() if name != "failures"}
