"""Make moto's tables quicker, which copy a table value by value for every item of every transaction.

They also read the whole registry again for every function that starts. Here an item in a table is never changed in
place: an update replaces it. So copies of a table, and of query results, may share items, and an answer about the
registry stays valid until something is written there. Remove this module once moto does so itself
(`DynamoDBBackend.transact_write_items` and `Table.query` of 5.2).
"""

import copy
from collections import defaultdict
from typing import Any

import pytest
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

Items = Any
"""Hash key → range key → item, as in moto."""

REGISTRY = "Registry"
SIZE = "size of an item that stands in a table"


def copied(items: Items) -> Items:
    """Return the same items in new mappings."""
    return defaultdict(dict, {key: dict(ranged) for key, ranged in items.items()})


def _copy_of_a_table(table: Table, _: dict[int, Any]) -> Table:
    made = copy.copy(table)
    made.items = copied(table.items)
    return made


def _copy_of_an_item(item: Item, _: dict[int, Any]) -> Item:
    """Return a copy that may gain and lose attributes. An attribute's value is always replaced, never changed."""
    made = copy.copy(item)
    vars(made).pop(SIZE, None)
    made.attrs = LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(made.attrs, item.attrs)
    return made


def _size_once(item: Item, measured: Any = Item.size) -> int:
    """Return an item's size. Each query asks for that of each item that it meets."""
    known: dict[str, int] = vars(item)
    if SIZE not in known:
        known[SIZE] = measured(item)
    return known[SIZE]


class Remembered:
    """Answers about the registry, valid until something is written there, which `written` records."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.written = False

    def forget(self, table_name: str) -> None:
        if table_name == REGISTRY:
            self.answers.clear()
            self.written = True

    def restored(self) -> None:
        """Note that the registry is as at the beginning again."""
        if self.written:
            self.answers.clear()
            self.written = False


def share_items(patched: pytest.MonkeyPatch) -> Remembered:
    """Share items from now on, until `patched` is undone."""
    remembered = Remembered()
    update, put, delete = DynamoDBBackend.update_item, Table.put_item, Table.delete_item
    answer: Any = DynamoHandler.call_action

    def update_a_copy(backend: DynamoDBBackend, table_name: str, key: Any, *given: Any, **more: Any) -> Any:
        """Update a copy of the item, because some copy of the table may share the original."""
        remembered.forget(table_name)
        table = backend.get_table(table_name)
        hash_key, range_key = DynamoType(key["PK"]), DynamoType(key["SK"])
        if (item := table.get_item(hash_key, range_key)) is not None:
            table.items[hash_key][range_key] = Item(hash_key, range_key, item.to_json()["Attributes"])
        return update(backend, table_name, key, *given, **more)

    def put_item(table: Table, *given: Any, **more: Any) -> Any:
        remembered.forget(table.name)
        return put(table, *given, **more)

    def delete_item(table: Table, *given: Any, **more: Any) -> Any:
        remembered.forget(table.name)
        return delete(table, *given, **more)

    def call_action(handler: DynamoHandler) -> Any:
        asked, action = handler.params, handler.get_endpoint_name(handler.headers)
        if asked.get("TableName") != REGISTRY or action not in ("Query", "GetItem"):
            return answer(handler)
        name = f"{action} {asked!r}"
        if name not in remembered.answers:
            remembered.answers[name] = answer(handler)
        status, headers, body = remembered.answers[name]
        return status, dict(headers), body

    patched.setattr(Table, "__deepcopy__", _copy_of_a_table, raising=False)
    patched.setattr(Table, "put_item", put_item)
    patched.setattr(Table, "delete_item", delete_item)
    patched.setattr(Item, "__deepcopy__", _copy_of_an_item)
    patched.setattr(Item, "size", _size_once)
    patched.setattr(DynamoDBBackend, "update_item", update_a_copy)
    patched.setattr(DynamoHandler, "call_action", call_action)
    return remembered
