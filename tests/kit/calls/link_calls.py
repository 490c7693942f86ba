"""A good call of every operation on signed links and on the applicant's timeline."""

from collections.abc import Callable
from typing import Any

from tests.kit.api_lives import receive, resolved, submit
from tests.kit.moto_cloud import CLERK, Cloud, Reply

Owner = dict[str, Any]


def made(cloud: Cloud, dossier_id: str, groups: str = CLERK) -> Reply:
    """Let a member of staff make a link."""
    path = f"/dossiers/{dossier_id}/return-channel-link"
    return cloud.call("dossier_api", "POST", path, groups=groups, key=None)


def made_by_portal(cloud: Cloud, dossier_id: str, citizen: str) -> Reply:
    path, headers = f"/portal/dossiers/{dossier_id}/return-channel-link", {"x-motcua-citizen": citizen}
    return cloud.call("public_api", "POST", path, scopes="portal/choose", headers=headers, key=None)


def linked(cloud: Cloud, owner: Owner) -> str:
    """Return the token of a link to a dossier that was just received."""
    return str(made(cloud, receive(cloud, owner).body["id"]).body["token"])


def preview(cloud: Cloud, token: str) -> Reply:
    return cloud.call("public_api", "POST", "/return-channel-choices/preview", {"token": token}, key=None)


def choose(cloud: Cloud, token: str, channel_out: str = "post", key: str = "", **more: Any) -> Reply:
    body = {"token": token, "channel_out": channel_out, **more}
    return cloud.call("public_api", "POST", "/return-channel-choices", body, key=key)


def own_timeline(cloud: Cloud, dossier_id: str, citizen: str) -> Reply:
    path, headers = f"/portal/dossiers/{dossier_id}/timeline", {"x-motcua-citizen": citizen}
    return cloud.call("public_api", "GET", path, scopes="portal/read", headers=headers)


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "make_channel_link": lambda cloud, owner: made(cloud, receive(cloud, owner).body["id"]),
    "make_own_channel_link": lambda cloud, owner: made_by_portal(
        cloud, submit(cloud, owner).body["id"], owner["number"]
    ),
    "preview_choice_by_link": lambda cloud, owner: preview(cloud, linked(cloud, owner)),
    "choose_by_link": lambda cloud, owner: choose(cloud, linked(cloud, owner)),
    "read_own_timeline": lambda cloud, owner: own_timeline(cloud, resolved(cloud, owner), owner["number"]),
}
