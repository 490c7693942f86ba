"""A good call of every operation on a unit's inbox and of its searches."""

from collections.abc import Callable
from typing import Any

from infra.contracts import examples
from tests.kit.api_lives import receive
from tests.kit.moto_cloud import CLERK, Cloud, Reply

Owner = dict[str, str]


def read(cloud: Cloud, what: str, groups: str = CLERK, unit: str = "mc-tinh", **query: Any) -> Reply:
    """Read a unit's `inbox`, `inbox/counts` or `searches`."""
    asked = {name: str(value) for name, value in query.items()}
    return cloud.call("dossier_api", "GET", f"/units/{unit}/{what}", groups=groups, query=asked or None)


def search(cloud: Cloud, by: str, value: str, groups: str = CLERK, unit: str = "mc-tinh", **more: Any) -> Reply:
    body = {"by": by, "value": value, **more}
    return cloud.call("dossier_api", "POST", f"/units/{unit}/search", body, groups=groups, key=None)


def inbox(cloud: Cloud, owner: Owner) -> Reply:
    for _ in range(2):
        receive(cloud, owner)
    return read(cloud, "inbox", status=2, limit=1)


def counts(cloud: Cloud, owner: Owner) -> Reply:
    receive(cloud, owner)
    return read(cloud, "inbox/counts")


def found(cloud: Cloud, owner: Owner) -> Reply:
    receive(cloud, owner)
    return search(cloud, **examples.requests()["find_dossiers"])


def searches(cloud: Cloud, owner: Owner) -> Reply:
    for _ in range(2):
        found(cloud, owner)
    return read(cloud, "searches", "head@mc-tinh", limit=1)


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "read_inbox": inbox,
    "count_inbox": counts,
    "find_dossiers": found,
    "list_searches": searches,
}
