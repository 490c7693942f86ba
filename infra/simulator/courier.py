"""Report parcels to the product by signed callbacks: in order for each parcel, a few at a time."""

import asyncio
import hashlib
import heapq
import json
import time
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from infra.simulator import signing
from infra.simulator.order_book import Order, OrderBook
from infra.simulator.parcel_life import Moment

CARRIER_SYSTEM = "simulator"
CONCURRENCY = 4
RETRIES = 3
SHOWN_FAILURES = 5


@dataclass(slots=True)
class Round:
    """The result of one round of callbacks.

    `sent` is accepted plus failed; repeats and duplicates are the same callback.
    """

    sent: int = 0
    accepted: int = 0
    failed: int = 0
    retried: int = 0
    failures: list[dict[str, str]] = field(default_factory=list)


class Courier:
    def __init__(self, book: OrderBook, client: httpx.AsyncClient, backoff_seconds: float = 0.5) -> None:
        self._book = book
        self._client = client
        self._backoff = backoff_seconds
        self._one_round_at_a_time = asyncio.Lock()

    async def tell_all_due(self, now: datetime) -> Round:
        """Send every callback due up to `now`, oldest first, and return when each has its answer.

        An unanswered callback delays later ones of its own parcel, not those of others. It is kept and retried in the
        next round.
        """
        async with self._one_round_at_a_time:
            book, result = self._book, Round()
            if not book.settings.can_tell:
                return result
            due: list[tuple[datetime, str]] = []

            def push(order: Order) -> None:
                moment = book.next_moment(order)
                if moment and book.due_at(order, moment) <= now:
                    heapq.heappush(due, (moment.occurred_at, order.order_number))

            # The heap never holds more than the next moment of a parcel, which keeps each parcel in order.
            async def work() -> None:
                while due:
                    order = book.orders[heapq.heappop(due)[1]]
                    if await self._tell(order, result):
                        push(order)

            for order, _ in book.waiting():
                push(order)
            if due:
                await asyncio.gather(*(work() for _ in range(CONCURRENCY)))
                book.save()
            return result

    async def _tell(self, order: Order, result: Round) -> bool:
        moment = self._book.life(order)[order.told]
        message_id, body = _message(order, moment)
        answer = await self._post(message_id, body)
        for attempt in range(RETRIES):
            if _accepted(answer):
                break
            await asyncio.sleep(self._backoff * 2**attempt)
            result.retried += 1
            answer = await self._post(message_id, body)
        result.sent += 1
        if not _accepted(answer):
            order.failure = answer
            result.failed += 1
            if len(result.failures) < SHOWN_FAILURES:
                result.failures.append({"order_number": order.order_number, "code": moment.code, "answer": answer})
            return False
        if self._book.faults.duplicate_callbacks:
            await self._post(message_id, body)
        order.told += 1
        order.failure = None
        result.accepted += 1
        return True

    async def _post(self, message_id: str, body: bytes) -> str:
        """Send one attempt and return the status code of the answer, or the name of the error."""
        settings = self._book.settings
        signed = signing.headers(settings.secret, message_id, int(time.time()), body)
        try:
            response = await self._client.post(
                settings.webhook_url, content=body, headers={**signed, "content-type": "application/json"}
            )
        except httpx.TransportError as error:
            return type(error).__name__
        return str(response.status_code)


def _accepted(answer: str) -> bool:
    return answer.startswith("2") and len(answer) == 3


def _message(order: Order, moment: Moment) -> tuple[str, bytes]:
    """Return the callback's id, the same in every attempt, and its body."""
    name = hashlib.sha256(f"{order.order_number}/{order.told}".encode()).hexdigest()[:24]
    body = {
        "carrier_system": CARRIER_SYSTEM,
        "order_number": order.order_number,
        "code": moment.code,
        "occurred_at": moment.occurred_at.isoformat(),
        "place": moment.place,
        "reason": moment.reason,
        "note": None,
    }
    return f"msg_{name}", json.dumps(body, ensure_ascii=False).encode()
