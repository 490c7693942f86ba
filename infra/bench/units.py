"""Read and write units by DynamoDB's published rules, out of the sizes of what each call reads and writes.

The embedded engine and moto answer a made-up `ConsumedCapacity`, so the units are counted here: a write costs one unit for each
KB of the larger of the item before and after, a read one for each 4 KB, half of that unless it is consistent; in a
transaction both cost twice as much. What a write changes in an index costs once more, by the index's own entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from motcua.adapters.dynamodb.item import size

Item = Mapping[str, Any]


@dataclass(slots=True)
class Units:
    """What calls have cost so far. `items` are those of write transactions."""

    write: float = 0
    read: float = 0
    calls: int = 0
    items: int = 0


@dataclass(slots=True)
class Meter:
    """Listens to a client of DynamoDB; `look` is another client of the same tables, whose calls are not counted."""

    look: Any
    units: Units = field(default_factory=Units)
    _asked: dict[str, Any] = field(default_factory=dict)
    _before: list[Item] = field(default_factory=list)
    _indexes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def listen(self, client: Any) -> None:
        client.meta.events.register("provide-client-params.dynamodb.*", self._begin)
        client.meta.events.register("after-call.dynamodb.*", self._end)

    def stop(self, client: Any) -> None:
        client.meta.events.unregister("provide-client-params.dynamodb.*", self._begin)
        client.meta.events.unregister("after-call.dynamodb.*", self._end)

    def _begin(self, params: dict[str, Any], **_: object) -> None:
        self._asked = params
        self._before = [self._stored(each) for each in _writes(params)]

    def _end(self, model: Any, parsed: dict[str, Any], **_: object) -> None:
        self.units.calls += 1
        written = _writes(self._asked)
        twice = 2 if "Transact" in model.name else 1
        if "TransactItems" in self._asked and written:
            self.units.items += len(written)
        for write, before in zip(written, self._before, strict=True):
            after = self._stored(write)
            self.units.write += twice * kilobytes(before, after)
            self.units.write += sum(index_units(index, before, after) for index in self._of(write["TableName"]))
        if not written:
            self.units.read += self._read(model.name, parsed)

    def _read(self, name: str, parsed: dict[str, Any]) -> float:
        asked = self._asked
        match name:
            case "GetItem":
                return read_units([parsed.get("Item", {})], consistent=asked.get("ConsistentRead", False))
            case "Query":
                read = self.look.query(**{key: value for key, value in asked.items() if key not in NOT_OF_THE_READING})
                total = sum(size(each) for each in read["Items"])
                return max(1, ceil(total / 4096)) * (1 if asked.get("ConsistentRead") else 0.5)
            case "BatchGetItem":
                return sum(
                    _of_each(parsed["Responses"].get(table, []), len(keys["Keys"]), keys.get("ConsistentRead", False))
                    for table, keys in asked["RequestItems"].items()
                )
            case "TransactGetItems":
                return 2 * read_units([each.get("Item", {}) for each in parsed["Responses"]], consistent=True)
        raise ValueError(f"{name} is not counted yet")

    def _stored(self, write: Mapping[str, Any]) -> Item:
        key = write.get("Key") or {name: write["Item"][name] for name in ("PK", "SK")}
        found: Item = self.look.get_item(TableName=write["TableName"], Key=key, ConsistentRead=True).get("Item", {})
        return found

    def _of(self, table: str) -> list[dict[str, Any]]:
        if table not in self._indexes:
            described = self.look.describe_table(TableName=table)["Table"]
            self._indexes[table] = described.get("GlobalSecondaryIndexes", [])
        return self._indexes[table]


NOT_OF_THE_READING = ("FilterExpression", "ExpressionAttributeNames", "Select")
"""What is filtered out, or only counted, has been read all the same. No condition on a key here needs a name of its own."""


def _writes(params: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The writes that a call asks for, each with its table and its item or key."""
    if "TransactItems" in params:
        return [content for each in params["TransactItems"] for action, content in each.items() if action != "Get"]
    return [params] if "Item" in params or "UpdateExpression" in params else []


def kilobytes(before: Item, after: Item) -> int:
    return max(1, ceil(max(size(before), size(after)) / 1024))


def read_units(items: Sequence[Item], *, consistent: bool) -> float:
    """Each item by itself; one that is not there costs as much as the smallest."""
    return sum(max(1, ceil(size(each) / 4096)) for each in items) * (1 if consistent else 0.5)


def _of_each(found: Sequence[Item], asked: int, consistent: bool) -> float:
    return read_units([*found, *[{}] * (asked - len(found))], consistent=consistent)


def index_units(index: Mapping[str, Any], before: Item, after: Item) -> int:
    """What the write of an item costs in an index: nothing where its entry stays, two where it moves."""
    old, new = _entry(index, before), _entry(index, after)
    if old == new:
        return 0
    names = [each["AttributeName"] for each in index["KeySchema"]]
    moves = bool(old and new) and any(old.get(name) != new.get(name) for name in names)
    return kilobytes(old, {}) + kilobytes({}, new) if moves else kilobytes(old, new)


def _entry(index: Mapping[str, Any], content: Item) -> Item:
    """What of an item stands in the index; nothing unless it has all of its keys."""
    names = [each["AttributeName"] for each in index["KeySchema"]]
    if not all(name in content for name in names):
        return {}
    projection = index["Projection"]
    if projection["ProjectionType"] == "ALL":
        return content
    shown = {*names, "PK", "SK", *projection.get("NonKeyAttributes", [])}
    return {name: value for name, value in content.items() if name in shown}
