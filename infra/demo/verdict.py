"""The verdict of one check of the demo, and the rows that it reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.stack.stack import Stack
from motcua.adapters.dynamodb.item import fields

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check: what was checked, whether it held, and the numbers."""

    vi: str
    en: str
    holds: bool
    numbers: str


def rows_of(stack: Stack, table: str) -> Iterator[Row]:
    """Yield every item of a table in plain values. `_item` is the item as stored."""
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=stack.outputs[table], ConsistentRead=True)
    for page in pages:
        for item in page["Items"]:
            yield {**fields(item), "_item": item}
