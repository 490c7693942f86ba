"""A good call of every operation that explains a deadline."""

from collections.abc import Callable

from tests.kit.api_lives import receive, submit
from tests.kit.moto_cloud import CLERK, Cloud, Reply

Owner = dict[str, str]


def explained(cloud: Cloud, dossier_id: str, groups: str = CLERK) -> Reply:
    return cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/deadline", groups=groups)


def explained_to(cloud: Cloud, dossier_id: str, citizen: str) -> Reply:
    path, headers = f"/portal/dossiers/{dossier_id}/deadline", {"x-motcua-citizen": citizen}
    return cloud.call("public_api", "GET", path, scopes="portal/read", headers=headers)


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "read_deadline": lambda cloud, owner: explained(cloud, receive(cloud, owner).body["id"]),
    "read_own_deadline": lambda cloud, owner: explained_to(cloud, submit(cloud, owner).body["id"], owner["number"]),
}
