"""Steps of a dossier's life that many tests take: to the agency, to a result, into the post."""

from typing import Any

from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply

AT = "2020-04-24T09:00:00+07:00"


def request_body(owner: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Receive at the provincial centre, for the Department of Planning and Investment."""
    return {
        "one_stop_id": "mc-tinh",
        "procedure_code": "2.001610",
        "channel_in": "counter",
        "channel_out": "counter",
        "owner": owner,
    } | more


def receive(cloud: Cloud, owner: dict[str, Any], groups: str = CLERK, **more: Any) -> Reply:
    """Receive a dossier; `key` and `headers` go to the call, all else into the body."""
    named = {name: more.pop(name) for name in ("key", "headers") if name in more}
    return cloud.call("dossier_api", "POST", "/dossiers", request_body(owner, **more), groups=groups, **named)


def submit(cloud: Cloud, owner: dict[str, Any], citizen: str = "", **more: Any) -> Reply:
    """Submit a dossier online, in the owner's name unless `citizen` says otherwise."""
    body = {name: value for name, value in request_body(owner, **more).items() if name != "channel_in"}
    headers = {"x-motcua-citizen": citizen or owner["number"]}
    return cloud.call("public_api", "POST", "/portal/dossiers", body, scopes="portal/submit", headers=headers)


def act(
    cloud: Cloud, dossier_id: str, name: str, version: int, groups: str = OFFICER, body: Any = None, at: str = ""
) -> Reply:
    method, headers = "PUT" if name == "return-channel" else "POST", {"x-motcua-now": at} if at else {}
    path = f"/dossiers/{dossier_id}/{name}"
    return cloud.call("dossier_api", method, path, body, groups=groups, version=version, headers=headers)


def received(cloud: Cloud, owner: dict[str, Any], **more: Any) -> str:
    """Return the id of a dossier at status 2, version 1."""
    reply = receive(cloud, owner, **more)
    assert reply.status == 201, reply.body
    return str(reply.body["id"])


def in_process(cloud: Cloud, owner: dict[str, Any], **more: Any) -> str:
    """Return the id of a dossier at status 4, version 2."""
    dossier_id = received(cloud, owner, **more)
    cloud.deliver("route_dossier", *cloud.owed("routing", dossier_id))
    return dossier_id


def resolved(cloud: Cloud, owner: dict[str, Any], **more: Any) -> str:
    """Return the id of a dossier at status 9, version 4."""
    dossier_id = in_process(cloud, owner, **more)
    assert act(cloud, dossier_id, "takeover", 2).status == 200
    assert act(cloud, dossier_id, "resolution", 3).status == 200
    return dossier_id


def posted(cloud: Cloud, owner: dict[str, Any], **more: Any) -> str:
    """Return the id of a dossier at status 9 whose parcel was ordered from the post.

    Needs the fixture `post_office`.
    """
    dossier_id = resolved(cloud, owner, channel_out="post", **more)
    assert cloud.deliver("dispatch_parcel", *cloud.owed("dispatch", dossier_id)) == {"batchItemFailures": []}
    return dossier_id


def report(order_number: str, code: str, at: str = AT, **more: Any) -> dict[str, Any]:
    """Return the postal partner's report on a parcel."""
    return {
        "carrier_system": "simulator",
        "order_number": order_number,
        "code": code,
        "occurred_at": at,
        "place": "address" if code == "C50" else None,
        "reason": None,
        "note": None,
    } | more


def tell(cloud: Cloud, order_number: str, *codes: str, at: str = AT, **more: Any) -> None:
    """Let the partner report each code, and apply each report."""
    for code in codes:
        assert cloud.call_back(report(order_number, code, at, **more)).status == 202
        assert cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events")) == {"batchItemFailures": []}
