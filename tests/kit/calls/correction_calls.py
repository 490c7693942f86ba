"""A good call of every operation that corrects a mistake, with the contract's example request."""

from collections.abc import Callable

from infra.contracts import examples
from tests.kit.api_lives import act, resolved
from tests.kit.moto_cloud import CLERK, Cloud, Reply

Owner = dict[str, str]
REQUESTS = examples.requests()


def returned(cloud: Cloud, owner: Owner) -> str:
    """Return the id of a dossier at status 10, version 5, handed over at the counter."""
    dossier_id = resolved(cloud, owner)
    assert act(cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"}).status == 200
    return dossier_id


def return_reversed(cloud: Cloud, owner: Owner) -> Reply:
    return act(cloud, returned(cloud, owner), "return-reversal", 5, CLERK, REQUESTS["reverse_return"])


def resolution_reversed(cloud: Cloud, owner: Owner) -> Reply:
    return act(cloud, resolved(cloud, owner), "resolution-reversal", 4, body=REQUESTS["reverse_resolution"])


def reissued(cloud: Cloud, owner: Owner) -> Reply:
    return act(cloud, returned(cloud, owner), "reissue", 5, CLERK, REQUESTS["reissue_result"])


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "reverse_return": return_reversed,
    "reverse_resolution": resolution_reversed,
    "reissue_result": reissued,
}
