"""Reads and writes of several items at once.

Each action of a write carries the error for the failure of *its* condition.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from motcua.adapters.dynamodb.keys import Key
from motcua.ports.refusals import StoreBusyError

Item = dict[str, Any]
OnFailure = Callable[[Item], Exception]

_BUSY = frozenset(
    {
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "TransactionConflictException",
        "TransactionInProgressException",
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "InternalServerError",
    }
)


@dataclass(slots=True)
class Transaction:
    """Actions in order of precedence: when several conditions fail, the error of the first is raised."""

    actions: list[Item] = field(default_factory=list)
    on_failure: list[OnFailure | None] = field(default_factory=list)

    def put(
        self, table: str, key: Key, content: Item, condition: Item | None = None, error: OnFailure | None = None
    ) -> None:
        self._add("Put", {"TableName": table, "Item": key | content}, condition, error)

    def delete(self, table: str, key: Key, error: OnFailure) -> None:
        """Delete an item that must exist."""
        self._add("Delete", {"TableName": table, "Key": key}, {"ConditionExpression": "attribute_exists(PK)"}, error)

    def update(
        self, table: str, key: Key, update: Item, condition: Item | None = None, error: OnFailure | None = None
    ) -> None:
        self._add("Update", {"TableName": table, "Key": key} | update, condition, error)

    def _add(self, action: str, content: Item, condition: Item | None, error: OnFailure | None) -> None:
        if condition:
            content = content | condition | {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
        self.actions.append({action: content})
        self.on_failure.append(error)

    def write(self, client: Any) -> None:
        """Send it.

        Raises StoreBusyError when the store could not decide, else the error of the first failed condition.
        """
        try:
            client.transact_write_items(TransactItems=self.actions)
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise _busy_or(error) from error
            raise self._reason(error) from error

    def _reason(self, error: ClientError) -> Exception:
        reasons: list[Any] = list(error.response.get("CancellationReasons", []))
        for reason, on_failure in zip(reasons, self.on_failure, strict=False):
            if reason.get("Code") == "ConditionalCheckFailed" and on_failure:
                return on_failure(reason.get("Item", {}))
        return _busy_or(error)


def read_together(client: Any, *places: tuple[str, Key]) -> list[Item]:
    """Return items of any tables as of one moment, in one call, with {} for one that does not exist.

    Raises StoreBusyError when a write of one of them is under way.
    """
    gets = [{"Get": {"TableName": table, "Key": key}} for table, key in places]
    try:
        found = client.transact_get_items(TransactItems=gets)["Responses"]
    except ClientError as error:
        raise _busy_or(error) from error
    return [each.get("Item", {}) for each in found]


def _busy_or(error: ClientError) -> Exception:
    """Return StoreBusyError when the store was only busy, else the error as it came."""
    codes = {
        error.response["Error"]["Code"],
        *(each.get("Code") for each in error.response.get("CancellationReasons", [])),
    }
    return StoreBusyError() if codes & _BUSY else error


NEW = {"ConditionExpression": "attribute_not_exists(PK)"}
"""The condition that the item does not exist yet."""


def at_version(version: int) -> Item:
    """Return the condition that the item exists at `version`. Version 0 means that it does not exist yet."""
    if version == 0:
        return NEW
    return {
        "ConditionExpression": "#version = :version",
        "ExpressionAttributeNames": {"#version": "version"},
        "ExpressionAttributeValues": {":version": {"N": str(version)}},
    }
