"""Moto's tables without what they do again and again: they copy a table, value by value, for every line of every transaction,
and tell the whole registry anew to every function that starts.

Here an item in a table is never changed in place: who updates one puts a new one in its stead. So a copy of a table, or of
what was found in it, may share the items, and an answer about the registry stays good until something is written there.
Drop this module once moto does so itself (`DynamoDBBackend.transact_write_items` and `Table.query` of 5.2).
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
"""Hash key → range key → item, as moto keeps them."""

REGISTRY = "Registry"


def copied(items: Items) -> Items:
    """The same items in mappings of their own."""
    return defaultdict(dict, {key: dict(ranged) for key, ranged in items.items()})


def _copy_of_a_table(table: Table, _: dict[int, Any]) -> Table:
    twin = copy.copy(table)
    twin.items = copied(table.items)
    return twin


def _copy_of_an_item(item: Item, _: dict[int, Any]) -> Item:
    """One that may gain and lose attributes; an attribute's value is only ever replaced."""
    twin = copy.copy(item)
    twin.attrs = LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(twin.attrs, item.attrs)
    return twin


class Remembered:
    """Answers about the registry, good until something is written there: `written` says that it was."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.written = False

    def forget(self, table_name: str) -> None:
        if table_name == REGISTRY:
            self.answers.clear()
            self.written = True

    def restored(self) -> None:
        """The registry is again as it was at the beginning."""
        if self.written:
            self.answers.clear()
            self.written = False


def share_items(patched: pytest.MonkeyPatch) -> Remembered:
    """From now on, for as long as `patched` holds."""
    remembered = Remembered()
    update, put, delete = DynamoDBBackend.update_item, Table.put_item, Table.delete_item
    answer: Any = DynamoHandler.call_action

    def update_a_copy(backend: DynamoDBBackend, table_name: str, key: Any, *given: Any, **more: Any) -> Any:
        """The item that stands in the table is not the one that some copy of the table shares."""
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
    patched.setattr(DynamoDBBackend, "update_item", update_a_copy)
    patched.setattr(DynamoHandler, "call_action", call_action)
    return remembered
