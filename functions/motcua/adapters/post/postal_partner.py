"""The postal partner's HTTP interface: place an order, ask for one. A missing answer means *unknown*, never failed."""

import json
import re
from typing import Any

import urllib3

from motcua.ports.post import Order, OrderRefusedError, OrderUnknownError

TAKEN = frozenset({"100", "101"})
"""The partner's codes for "taken" and "already there": a repeated order makes no second parcel."""

_CODE = re.compile("[0-9]{1,4}")
"""A partner's code for why it refuses. It goes into an event: more digits might be somebody's number."""

REFUSED = frozenset({400, 409, 422})
"""HTTP answers that say something about the order itself."""


class HttpPostalPartner:
    """The port `PostalPartner`. `api_key` is asked for once, at the first call."""

    def __init__(self, base_url: str, api_key: str, pool: Any = None) -> None:
        self._base_url, self._api_key = base_url.rstrip("/"), api_key
        self._pool = pool or urllib3.PoolManager(timeout=urllib3.Timeout(connect=1, read=3), retries=False)

    def place(self, order: Order) -> None:
        status, answer = self._call("POST", "/orders", _body(order))
        said = str(answer.get("status", ""))
        if status == 200 and said in TAKEN:
            return
        # Only an answer about the order itself ends it. A wrong key, a proxy's page or an unknown code says something
        # about the connection: the partner may have the order, so the message comes again and asks first.
        if status in REFUSED or (status == 200 and said.isdecimal()):
            raise OrderRefusedError(said if _CODE.fullmatch(said) else str(status))
        raise OrderUnknownError(str(status))

    def has(self, order_number: str) -> bool:
        status, _ = self._call("GET", f"/orders/{order_number}")
        if status not in (200, 404):
            raise OrderUnknownError(str(status))
        return status == 200

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self._api_key}", "Content-Type": "application/json"}
        content = json.dumps(body, ensure_ascii=False).encode() if body else None
        try:
            answer = self._pool.request(method, self._base_url + path, body=content, headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise OrderUnknownError from error
        if answer.status >= 500 or answer.status == 429:
            raise OrderUnknownError
        try:
            content = json.loads(answer.data)
        except ValueError:
            content = None
        return answer.status, content if isinstance(content, dict) else {}


def _body(order: Order) -> dict[str, Any]:
    return {
        "order_number": order.order_number,
        "sender": {"name": order.sender.name, "address": order.sender.address, "phone": order.sender.phone},
        "receiver": {"name": order.receiver.name, "address": order.receiver.address, "phone": order.receiver.phone},
        "description": order.description,
    }
