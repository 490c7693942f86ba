"""The handlers' real answers keep the published contract: successes, refusals, and malformed calls."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.api_lives import act, in_process, receive, report, request_body, resolved, submit
from tests.kit.calls import (
    agency_calls,
    bulk_calls,
    correction_calls,
    deadline_calls,
    desk_calls,
    intake_calls,
    link_calls,
    linked_calls,
    registry_calls,
)
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply
from tests.kit.openapi import assert_matches, operations

Owner = dict[str, str]
CLOSE = {"mode": "close", "period": "2020-04", "as_of": "2020-05-06T18:00:00+07:00"}


def portal(cloud: Cloud, method: str, path: str, body: Any = None, **more: Any) -> Reply:
    scopes, citizen = "portal/submit portal/read portal/choose", {"x-motcua-citizen": "030099000001"}
    return cloud.call("public_api", method, path, body, scopes=scopes, headers=citizen, **more)


def chosen_by_citizen(cloud: Cloud, owner: Owner) -> Reply:
    path = f"/portal/dossiers/{submit(cloud, owner).body['id']}"
    return portal(cloud, "PUT", f"{path}/return-channel", {"channel_out": "post"}, version=1)


def read_by_citizen(cloud: Cloud, owner: Owner) -> Reply:
    return portal(cloud, "GET", f"/portal/dossiers/{submit(cloud, owner).body['id']}")


def read_by_staff(cloud: Cloud, owner: Owner, more: str = "") -> Reply:
    path = f"/dossiers/{receive(cloud, owner).body['id']}{more}"
    return cloud.call("dossier_api", "GET", path, groups=CLERK)


def tracked(cloud: Cloud, owner: Owner) -> Reply:
    body = {"number": receive(cloud, owner).body["number"], "identity_number": owner["number"]}
    return cloud.call("public_api", "POST", "/tracking", body, key=None)


def counted(cloud: Cloud, owner: Owner) -> str:
    dossier_id = resolved(cloud, owner)
    act(cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"})
    cloud.deliver("update_figures", *cloud.owed("figures"))
    return dossier_id


def facts(cloud: Cloud, owner: Owner) -> Reply:
    counted(cloud, owner)
    return cloud.call("report_api", "GET", "/reports/targets/2020-04/agencies/skhdt/facts", groups="head@skhdt")


def target_report(cloud: Cloud, owner: Owner) -> Reply:
    counted(cloud, owner)
    assert cloud.run("close_month", CLOSE)["outcome"] == "published"
    return cloud.call("report_api", "GET", "/reports/targets/2020-04", groups="head@skhdt")


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "receive_dossier": receive,
    "submit_dossier": submit,
    "accept_dossier": lambda cloud, owner: act(cloud, submit(cloud, owner).body["id"], "acceptance", 1, CLERK),
    "refuse_dossier": lambda cloud, owner: act(
        cloud, submit(cloud, owner).body["id"], "refusal", 1, CLERK, {"reason": "Thiếu giấy tờ"}
    ),
    "take_over_dossier": lambda cloud, owner: act(cloud, in_process(cloud, owner), "takeover", 2),
    "resolve_dossier": lambda cloud, owner: act(cloud, _taken_over(cloud, owner), "resolution", 3),
    "return_dossier": lambda cloud, owner: act(
        cloud, resolved(cloud, owner), "return", 4, CLERK, {"channel": "counter"}
    ),
    "choose_return_channel": lambda cloud, owner: act(
        cloud, resolved(cloud, owner), "return-channel", 4, CLERK, {"channel_out": "post"}
    ),
    "choose_own_channel": chosen_by_citizen,
    "read_dossier": read_by_staff,
    "read_own_dossier": read_by_citizen,
    "read_timeline": lambda cloud, owner: read_by_staff(cloud, owner, "/timeline"),
    "track_dossier": tracked,
    "read_facts": facts,
    "read_target_report": target_report,
    "receive_callback": lambda cloud, _: cloud.call_back(report("5QF2K8ZJ7M4T9XWA-1", "C20")),
    **agency_calls.GOOD,
    **deadline_calls.GOOD,
    **bulk_calls.GOOD,
    **registry_calls.GOOD,
    **correction_calls.GOOD,
    **desk_calls.GOOD,
    **linked_calls.GOOD,
    **intake_calls.GOOD,
    **link_calls.GOOD,
}

WRONG: dict[str, tuple[str, Callable[[Cloud, Owner], Reply]]] = {
    "several fields are wrong": (
        "receive_dossier",
        lambda cloud, owner: receive(cloud, owner | {"phone": "113", "nickname": "x"}, channel_in="fax"),
    ),
    "a rule refuses": (
        "receive_dossier",
        lambda cloud, owner: receive(cloud, owner, headers={"x-motcua-now": "2020-04-02T08:00:00+07:00"}),
    ),
    "the wrong unit": ("receive_dossier", lambda cloud, owner: receive(cloud, owner, groups="clerk@mc-h288")),
    "no key": (
        "receive_dossier",
        lambda cloud, owner: cloud.call(
            "dossier_api", "POST", "/dossiers", request_body(owner), groups=CLERK, key=None
        ),
    ),
    "no JSON": (
        "receive_dossier",
        lambda cloud, _: cloud.call("dossier_api", "POST", "/dossiers", b"{", groups=CLERK),
    ),
    "another content type": (
        "receive_dossier",
        lambda cloud, owner: receive(cloud, owner, headers={"content-type": "text/plain"}),
    ),
    "an old version": ("take_over_dossier", lambda cloud, owner: act(cloud, in_process(cloud, owner), "takeover", 1)),
    "a move that is not allowed": (
        "resolve_dossier",
        lambda cloud, owner: act(cloud, in_process(cloud, owner), "resolution", 2),
    ),
    "no version": (
        "take_over_dossier",
        lambda cloud, owner: cloud.call(
            "dossier_api", "POST", f"/dossiers/{in_process(cloud, owner)}/takeover", groups=OFFICER
        ),
    ),
    "another's dossier": (
        "read_dossier",
        lambda cloud, owner: cloud.call(
            "dossier_api", "GET", f"/dossiers/{receive(cloud, owner).body['id']}", groups="officer@stp"
        ),
    ),
    "no citizen": (
        "submit_dossier",
        lambda cloud, _: cloud.call("public_api", "POST", "/portal/dossiers", {}, scopes="portal/submit"),
    ),
    "nothing to track": (
        "track_dossier",
        lambda cloud, _: cloud.call(
            "public_api",
            "POST",
            "/tracking",
            {"number": "000.00.04.H23-200423-0009", "identity_number": "030099000001"},
        ),
    ),
    "a forged link": (
        "preview_choice_by_link",
        lambda cloud, _: link_calls.preview(cloud, "bWFkZSB1cA.bWFkZSB1cA"),
    ),
    "a link chosen by with a number too much": (
        "choose_by_link",
        lambda cloud, owner: link_calls.choose(cloud, link_calls.linked(cloud, owner), "post", recipient=owner),
    ),
    "a link to what was returned": (
        "make_channel_link",
        lambda cloud, owner: link_calls.made(cloud, counted(cloud, owner)),
    ),
    "no report yet": (
        "read_target_report",
        lambda cloud, _: cloud.call("report_api", "GET", "/reports/targets/2020-04", groups="head@skhdt"),
    ),
    "a forged callback": (
        "receive_callback",
        lambda cloud, _: cloud.call_back({}, secret="whsec_" + base64.b64encode(b"not agreed").decode()),
    ),
    "a stale callback": ("receive_callback", lambda cloud, _: cloud.call_back({}, age=900)),
}


@pytest.mark.parametrize("operation", sorted(GOOD))
def test_a_good_answer_keeps_the_contract(operation: str, cloud: Cloud, owner: Owner) -> None:
    reply = GOOD[operation](cloud, owner)
    assert reply.status < 300, reply.body
    assert_matches(operation, reply.status, reply.body, reply.headers)


@pytest.mark.parametrize("case", sorted(WRONG))
def test_a_refusal_keeps_the_contract(case: str, cloud: Cloud, owner: Owner) -> None:
    operation, call = WRONG[case]
    reply = call(cloud, owner)
    assert 400 <= reply.status < 500, reply.body
    assert_matches(operation, reply.status, reply.body, reply.headers)


def test_every_operation_is_called_here() -> None:
    assert set(GOOD) == set(operations())


def test_a_field_that_the_contract_keeps_silent_about_is_found(cloud: Cloud, owner: Owner) -> None:
    reply = receive(cloud, owner)
    with pytest.raises(AssertionError, match="not in the contract"):
        assert_matches("receive_dossier", 201, reply.body | {"owner_name": "…"})


def _taken_over(cloud: Cloud, owner: Owner) -> str:
    dossier_id = in_process(cloud, owner)
    act(cloud, dossier_id, "takeover", 2)
    return dossier_id
