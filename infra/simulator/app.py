"""Assemble the partner: its two APIs over one order book and, with `--auto`, a clock that runs by itself."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
from starlette.applications import Starlette

from infra.engine.this_machine import async_http_client
from infra.simulator import control_api, orders_api
from infra.simulator.courier import Courier
from infra.simulator.order_book import OrderBook

ANSWER_WITHIN_SECONDS = 30.0
"""A cold start may take seconds. After this time a callback counts as unanswered."""


def create_app(book: OrderBook, client: httpx.AsyncClient | None = None, backoff_seconds: float = 0.5) -> Starlette:
    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        sender = client or async_http_client(timeout=httpx.Timeout(ANSWER_WITHIN_SECONDS, connect=5.0))
        async with sender:
            app.state.courier = Courier(book, sender, backoff_seconds)
            running = asyncio.create_task(_run_by_itself(app.state.courier, book)) if book.auto else None
            yield
            if running:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running
        book.save()

    app = Starlette(
        routes=[*orders_api.ROUTES, *control_api.ROUTES],
        lifespan=lifespan,
        exception_handlers={
            orders_api.OrderError: orders_api.refused,
            control_api.ControlError: control_api.refused,
        },
    )
    app.state.book = book
    return app


async def _run_by_itself(courier: Courier, book: OrderBook) -> None:
    while True:
        await courier.tell_all_due(book.now())
        await asyncio.sleep(1)
