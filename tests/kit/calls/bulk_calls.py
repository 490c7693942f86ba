"""Good calls of bulk work, for the tests of the contract."""

from collections.abc import Callable
from typing import Any

from tests.kit.api_lives import in_process
from tests.kit.moto_cloud import OFFICER, Cloud, Reply

Owner = dict[str, str]


def bulk(cloud: Cloud, act: str, *dossier_ids: str, groups: str = OFFICER, key: str = "", **more: Any) -> Reply:
    """Start bulk work on these dossiers, whatever their versions; `more` goes into the body."""
    body = {"act": act, "dossiers": [{"dossier_id": each} for each in dossier_ids]} | more
    return cloud.call("dossier_api", "POST", "/bulk", body, groups=groups, key=key)


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "start_bulk": lambda cloud, owner: bulk(cloud, "take_over", in_process(cloud, owner)),
}
