"""What the use cases need of the postal partner: orders out, signed callbacks in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from motcua.domain.record import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.domain.dossier.dossier import Dossier
    from motcua.domain.post.parcel import Parcel


@dataclass(frozen=True, slots=True)
class Party:
    """The sender or receiver of a parcel."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Order:
    """What the carrier needs to collect and deliver one result. The description never names a procedure."""

    order_number: str
    sender: Party
    receiver: Party
    description: str


class OrderUnknownError(Exception):
    """No answer, 5xx or 429: it is unknown whether the carrier has the order. Ask before sending it again."""


class OrderRefusedError(Exception):
    """The carrier understood the order and refuses it; `reason` is the carrier's own code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PostalPartner(Protocol):
    """The carrier's own system."""

    def place(self, order: Order) -> None:
        """Raise OrderUnknownError or OrderRefusedError unless the carrier has the order (101: it had it already)."""

    def has(self, order_number: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Callback:
    """A partner's signed call, kept raw as the post's proof. `order_number` is empty when it could not be read."""

    partner: str
    webhook_id: str
    body: str
    body_digest: str
    received_at: datetime
    correlation_id: str
    order_number: str = ""


class CallbackRepeatedError(Exception):
    """A callback with this id was kept before; `same_body` tells whether the partner repeats or contradicts itself."""

    def __init__(self, same_body: bool) -> None:
        super().__init__(same_body)
        self.same_body = same_body


class Callbacks(Protocol):
    """Raw partner callbacks. They may hold personal data, so they live in the Person table."""

    def keep(self, callback: Callback) -> None: ...
    def load(self, partner: str, webhook_id: str, order_number: str) -> tuple[str, tuple[Dossier, Parcel] | None]: ...
    def quarantine(self, partner: str, webhook_id: str, why: str, settles: str) -> None: ...
