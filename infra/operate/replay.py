"""`make replay`: replay the events of every dossier of a table and compare the result with the stored state.

Besides the demo, only this command scans. It reads the whole table once; run it in a quiet hour.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from infra.engine.errors import LocalRunError, run
from infra.stack.deployed import Place, chosen
from infra.stack.stack import Stack
from motcua.adapters.dossier.items import dossier_of, event_of
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve

Item = dict[str, Any]


@dataclass(slots=True)
class Replay:
    """The number of replayed dossiers, and the ids of those whose events do not give their stored state."""

    dossiers: int = 0
    differing: list[str] = field(default_factory=list)


def replay(place: Place | Stack) -> Replay:
    """Replay every dossier of the table.

    A scan returns the items of one partition together. A dossier that differs is read once more as a whole, because it
    may have been changed between two pages.
    """
    client, table, result = place.client("dynamodb"), place.outputs["DossierTableName"], Replay()
    for partition, items in groupby(_scanned(client, table), key=lambda item: item["PK"]["S"]):
        result.dossiers += 1
        if not agrees(list(items)) and not agrees(_read(client, table, partition)):
            result.differing.append(partition.removeprefix("DOSSIER#"))
    return result


def agrees(items: Sequence[Item]) -> bool:
    """Return whether a dossier's events give its stored state, with one event for each version."""
    states = [dossier_of(item) for item in items if item["SK"]["S"] == "STATE"]
    events = sorted(
        (event_of(item) for item in items if item["SK"]["S"].startswith("EVENT#")), key=lambda event: event.version
    )
    state: Dossier | None = None
    for event in events:
        state = evolve(state, event)
    whole = [event.version for event in events] == list(range(1, len(events) + 1))
    return whole and states == [state]


def _scanned(client: Any, table: str) -> Iterator[Item]:
    pages = client.get_paginator("scan").paginate(
        TableName=table,
        ConsistentRead=True,
        FilterExpression="begins_with(PK, :dossier)",
        ExpressionAttributeValues={":dossier": {"S": "DOSSIER#"}},
    )
    for page in pages:
        yield from page["Items"]


def _read(client: Any, table: str, partition: str) -> list[Item]:
    pages = client.get_paginator("query").paginate(
        TableName=table,
        ConsistentRead=True,
        KeyConditionExpression="PK = :partition",
        ExpressionAttributeValues={":partition": {"S": partition}},
    )
    return [item for page in pages for item in page["Items"]]


def main() -> None:
    """Print how many dossiers agree. Fail, and name them, when some do not."""
    parser = argparse.ArgumentParser(prog="make replay", description=__doc__)
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    result = replay(chosen(parser.parse_args().aws))
    if result.differing:
        named = ", ".join(result.differing[:20])
        raise LocalRunError(
            f"{len(result.differing)}/{result.dossiers} hồ sơ có trạng thái khác với sự kiện: {named}",
            f"{len(result.differing)} of {result.dossiers} dossiers differ from their events: {named}",
        )
    print(f"✓ {result.dossiers} hồ sơ đúng với sự kiện của mình · dossiers are what their events say")


if __name__ == "__main__":
    run(main)
