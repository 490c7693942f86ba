"""The partner's memory: settings, clock, faults and orders, in one JSON file that survives a restart."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from infra.simulator.parcel_life import Code, Moment, Story, fate_of, hurried_life, life, story_of


@dataclass(slots=True)
class Settings:
    """Addresses and credentials: the product's webhook, the shared secret, and the API key for orders."""

    webhook_url: str = ""
    secret: str = ""
    api_key: str = ""

    @property
    def can_tell(self) -> bool:
        return bool(self.webhook_url and self.secret)


@dataclass(slots=True)
class Faults:
    """Faults on purpose. A counter decreases by one with each order that it affects; "*" is any order."""

    refuse: list[str] = field(default_factory=list)
    answer_5xx_next: int = 0
    answer_429_next: int = 0
    timeout_next: int = 0
    timeout_seconds: float = 30.0
    duplicate_callbacks: bool = False
    stories: dict[str, str] = field(default_factory=dict)

    def take(self, name: str) -> bool:
        """Return whether the fault `name` affects the next order, and count it down if so."""
        left: int = getattr(self, name)
        if left <= 0:
            return False
        setattr(self, name, left - 1)
        return True


@dataclass(slots=True)
class Order:
    """One parcel. `told` counts the callbacks answered with 2xx; each callback waits for the one before it.

    `fate` decides its life; of an order that an older file keeps, its number does.
    """

    order_number: str
    ordered_at: datetime
    received_at: datetime
    story: Story
    told: int = 0
    failure: str | None = None
    fate: str = ""

    def saved(self) -> tuple[str, str, str, str, int, str | None, str]:
        """Return the order as a row of the file. The file is written with every order, so rows are small."""
        moments = self.ordered_at.isoformat(), self.received_at.isoformat()
        return (self.order_number, *moments, self.story.value, self.told, self.failure, self.fate)

    @classmethod
    def restored(cls, row: list[Any]) -> Self:
        """Return the order of a row; one that was written before orders had a fate has its number for it."""
        number, ordered_at, received_at, story, told, failure, fate = [*row, row[0]][:7]
        moments = datetime.fromisoformat(ordered_at), datetime.fromisoformat(received_at)
        return cls(number, *moments, Story(story), told, failure, fate)


class OrderBook:
    """The partner's memory. It has no names or addresses, and of phones a digest: a parcel's life needs only its fate."""

    def __init__(self, path: Path, auto: bool = False, step: timedelta = timedelta(seconds=5)) -> None:
        self.path = path
        self.auto = auto
        self.step = step
        self.settings = Settings()
        self.faults = Faults()
        self.clock: datetime | None = None
        self.orders: dict[str, Order] = {}
        self._lives: dict[str, tuple[Moment, ...]] = {}
        if path.exists():
            self._load(json.loads(path.read_text(encoding="utf-8")))

    def take(self, order_number: str, ordered_at: datetime, phone: str) -> bool:
        """Add an order. Returns False, and changes nothing, if it was there already."""
        if order_number in self.orders:
            return False
        stories = self.faults.stories
        wanted = stories.get(order_number) or stories.get("*")
        fate = fate_of(phone, (order.fate for order in self.orders.values()))
        story = Story(wanted) if wanted else story_of(fate)
        self.orders[order_number] = Order(order_number, ordered_at, datetime.now(UTC), story, fate=fate)
        self.save()
        return True

    def see(self, moment: datetime) -> None:
        """Advance the partner's clock to the moment of an order, so that it is never earlier than a known order."""
        if not self.auto and (self.clock is None or self.clock < moment):
            self.clock = moment

    def life(self, order: Order) -> tuple[Moment, ...]:
        known = self._lives.get(order.order_number)
        if known is None:
            if self.auto:
                known = hurried_life(order.fate, order.ordered_at, order.story, self.step)
            else:
                known = life(order.fate, order.ordered_at, order.story)
            self._lives[order.order_number] = known
        return known

    def due_at(self, order: Order, moment: Moment) -> datetime:
        """Return when a moment is due.

        With `--auto`, real time runs from the order's receipt, whatever its own time.
        """
        if self.auto:
            return order.received_at + (moment.occurred_at - order.ordered_at)
        return moment.occurred_at

    def now(self) -> datetime:
        """Return the partner's time: real with `--auto`, else as last set, else real."""
        return datetime.now(UTC) if self.auto or self.clock is None else self.clock

    def next_moment(self, order: Order) -> Moment | None:
        moments = self.life(order)
        return moments[order.told] if order.told < len(moments) else None

    def happened(self, order: Order) -> Moment:
        """Return the parcel's last moment by now, reported or not."""
        last = Moment(Code.ORDERED, order.ordered_at)
        for moment in self.life(order):
            if self.due_at(order, moment) <= self.now():
                last = moment
        return last

    def waiting(self) -> Iterator[tuple[Order, Moment]]:
        """Yield the orders with something left to report, each with its next moment."""
        for order in self.orders.values():
            moment = self.next_moment(order)
            if moment:
                yield order, moment

    def save(self) -> None:
        """Write the whole file, so that a crash leaves the old or the new one. Only its owner may read its secrets."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(self.path.name + ".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps(self._dump(), ensure_ascii=False))
        draft.replace(self.path)

    def _dump(self) -> dict[str, object]:
        return {
            "settings": asdict(self.settings),
            "faults": asdict(self.faults),
            "clock": self.clock.isoformat() if self.clock else None,
            "orders": [order.saved() for order in self.orders.values()],
        }

    def _load(self, saved: dict[str, Any]) -> None:
        self.settings = Settings(**saved["settings"])
        self.faults = Faults(**saved["faults"])
        self.clock = datetime.fromisoformat(saved["clock"]) if saved["clock"] else None
        for row in saved["orders"]:
            order = Order.restored(row)
            self.orders[order.order_number] = order
