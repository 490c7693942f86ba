"""The partner's own API, as the product calls it: place an order, read an order."""

import asyncio
import hmac
import json
import re
import time
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from infra.simulator.order_book import OrderBook

TAKEN, ALREADY_THERE = 100, 101
ORDER_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")


class OrderError(Exception):
    """The order is refused, with HTTP status and the partner's message."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


async def refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OrderError)
    return JSONResponse({"status": error.status, "message": error.message}, error.status, error.headers)


async def place_order(request: Request) -> JSONResponse:
    book = _authorized(request)
    order_number, phone = _read(await request.body())
    faults = book.faults
    if faults.take("answer_5xx_next"):
        raise OrderError(503, "temporarily unavailable")
    if faults.take("answer_429_next"):
        raise OrderError(429, "too many requests", {"Retry-After": "1"})
    if order_number in faults.refuse or "*" in faults.refuse:
        raise OrderError(422, "order refused")
    taken = book.take(order_number, _moment_of_order(request, book), phone)
    if faults.take("timeout_next"):
        # The order is taken, but the answer comes too late: the caller cannot know whether it failed.
        await _hold_answer(request, faults.timeout_seconds)
    return JSONResponse({"status": TAKEN if taken else ALREADY_THERE, "order_number": order_number})


async def read_order(request: Request) -> JSONResponse:
    book = _authorized(request)
    order = book.orders.get(request.path_params["order_number"])
    if order is None:
        raise OrderError(404, "no such order")
    moment = book.happened(order)
    return JSONResponse(
        {
            "order_number": order.order_number,
            "status_code": moment.code,
            "occurred_at": moment.occurred_at.isoformat(),
            "place": moment.place,
            "reason": moment.reason,
        }
    )


def _authorized(request: Request) -> OrderBook:
    book: OrderBook = request.app.state.book
    expected = f"Bearer {book.settings.api_key}".encode()
    given = request.headers.get("authorization", "").encode()
    if not book.settings.api_key or not hmac.compare_digest(given, expected):
        raise OrderError(401, "unknown api key")
    return book


def _read(body: bytes) -> tuple[str, str]:
    """Return an order's number and its receiver's phone. Raises OrderError, which names what is missing."""
    try:
        order = json.loads(body)
    except ValueError as error:
        raise OrderError(400, "the body is not JSON") from error
    if not isinstance(order, dict):
        raise OrderError(400, "the body is not an object")
    order_number = order.get("order_number")
    if not isinstance(order_number, str) or not ORDER_NUMBER.fullmatch(order_number):
        raise OrderError(400, "order_number: letters, digits, dot, dash and underscore, at most 64")
    for person, needed in (("sender", ("name", "address")), ("receiver", ("name", "address", "phone"))):
        fields = order.get(person)
        for name in needed:
            if not isinstance(fields, dict) or not isinstance(fields.get(name), str) or not fields[name].strip():
                raise OrderError(400, f"{person}.{name} is missing")
    if not isinstance(order.get("description"), str):
        raise OrderError(400, "description is missing")
    return order_number, order["receiver"]["phone"]


def _moment_of_order(request: Request, book: OrderBook) -> datetime:
    given = request.headers.get("x-motcua-now")
    if given is None:
        return book.now()
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise OrderError(400, "X-Motcua-Now is not a moment") from error
    if moment.tzinfo is None:
        raise OrderError(400, "X-Motcua-Now has no zone")
    book.see(moment)
    return moment


async def _hold_answer(request: Request, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not await request.is_disconnected():
        await asyncio.sleep(0.1)


ROUTES = [
    Route("/orders", place_order, methods=["POST"]),
    Route("/orders/{order_number}", read_order, methods=["GET"]),
]
