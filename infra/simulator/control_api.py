"""Control the simulator, from this machine only: set the clock, configure, cause faults on purpose, inspect."""

import json
import os
from collections import Counter
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from infra.simulator import signing
from infra.simulator.courier import Courier
from infra.simulator.order_book import Faults, OrderBook
from infra.simulator.parcel_life import Code, Story


class ControlError(Exception):
    """The control request is not valid; the text says why."""


async def refused(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"message": str(error)}, 400)


async def move_clock(request: Request) -> JSONResponse:
    """Set the partner's time and send every callback due by then. Answers once every callback has its answer."""
    book, courier = _book(request), _courier(request)
    try:
        now = datetime.fromisoformat((await _object(request))["now"])
    except (KeyError, TypeError, ValueError) as error:
        raise ControlError('send {"now": "<ISO 8601 with zone>"}') from error
    if now.tzinfo is None:
        raise ControlError("now has no zone")
    if not book.settings.can_tell:
        raise ControlError("configure webhook_url and secret first")
    book.clock = now
    book.save()
    result = await courier.tell_all_due(book.now())
    return JSONResponse(asdict(result))


async def configure(request: Request) -> JSONResponse:
    """Set any of webhook_url, secret (whsec_…) and api_key. What is left out stays."""
    book, given = _book(request), await _object(request)
    _only_known(given, book.settings)
    if not all(isinstance(value, str) for value in given.values()):
        raise ControlError("settings are texts")
    if "secret" in given:
        try:
            signing.key_of(given["secret"])
        except signing.SecretError as error:
            raise ControlError(str(error)) from error
    for name, value in given.items():
        setattr(book.settings, name, value)
    book.save()
    return JSONResponse({"configured": sorted(given)})


async def set_faults(request: Request) -> JSONResponse:
    """Set the faults from now on. What is left out is off."""
    book, given = _book(request), await _object(request)
    _only_known(given, book.faults)
    try:
        for story in given.get("stories", {}).values():
            Story(story)
    except (AttributeError, ValueError) as error:
        raise ControlError(f"stories: one of {', '.join(Story)} by order number") from error
    book.faults = Faults(**given)
    book.save()
    return JSONResponse(asdict(book.faults))


async def count_orders(request: Request) -> JSONResponse:
    """Count orders by their last state and unaccepted callbacks by answer, and return when the next callback is due."""
    book = _book(request)
    states = Counter(Code(book.happened(order).code).name.lower() for order in book.orders.values())
    undelivered = Counter(order.failure for order in book.orders.values() if order.failure)
    next_due = min((book.due_at(order, moment) for order, moment in book.waiting()), default=None)
    return JSONResponse(
        {
            "total": len(book.orders),
            "by_state": dict(states),
            "undelivered": dict(undelivered),
            "next_due": next_due.isoformat() if next_due else None,
        }
    )


async def ready(request: Request) -> JSONResponse:
    """Return the process id, so that the starter does not mistake a stranger on the same port for it."""
    return JSONResponse({"pid": os.getpid()})


def _book(request: Request) -> OrderBook:
    if request.client is None or request.client.host not in {"127.0.0.1", "::1"}:
        raise ControlError("only from this machine")
    book: OrderBook = request.app.state.book
    return book


def _courier(request: Request) -> Courier:
    courier: Courier = request.app.state.courier
    return courier


async def _object(request: Request) -> dict[str, Any]:
    try:
        given = json.loads(await request.body())
    except ValueError as error:
        raise ControlError("the body is not JSON") from error
    if not isinstance(given, dict):
        raise ControlError("the body is not an object")
    return given


def _only_known(given: dict[str, Any], target: Any) -> None:
    unknown = given.keys() - {known.name for known in fields(target)}
    if unknown:
        raise ControlError(f"unknown: {', '.join(sorted(unknown))}")


ROUTES = [
    Route("/_control/clock", move_clock, methods=["POST"]),
    Route("/_control/configure", configure, methods=["POST"]),
    Route("/_control/faults", set_faults, methods=["POST"]),
    Route("/_control/orders", count_orders, methods=["GET"]),
    Route("/_control/ready", ready, methods=["GET"]),
]
