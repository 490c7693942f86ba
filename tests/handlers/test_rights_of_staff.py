"""Rights: every staff route against every wrong role and unit. Rights come only from signed claims."""

from typing import Any

import pytest

from tests.kit.api_lives import in_process, received, request_body, resolved, submit
from tests.kit.calls.intake_calls import REQUESTS
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply

FACTS = "/reports/targets/2020-04/agencies/skhdt/facts"
REASON = {"reason": "Thiếu bản chính"}
PAPERS = REASON | {"papers": [{"component": 1, "form": "original"}]}


@pytest.fixture(scope="module")
def ids(shared_cloud: Cloud) -> dict[str, str]:
    """Return a dossier in each state, all of the same unit and agency."""
    someone = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
    made = {"4": in_process(shared_cloud, someone), "9": resolved(shared_cloud, someone)}
    return made | {"2": received(shared_cloud, someone), "1": submit(shared_cloud, someone).body["id"]}


# route, body, the dossier's state and version, who may, who may only see it, who may not even see it
COMMANDS = [
    ("acceptance", {}, "1", 1, CLERK, ["controller@tinh"], [OFFICER, "head@skhdt", "clerk@mc-h288", "admin@tinh"]),
    ("refusal", REASON, "1", 1, CLERK, ["controller@tinh"], [OFFICER, "head@skhdt", "clerk@mc-h288", "admin@tinh"]),
    ("takeover", {}, "4", 2, OFFICER, [CLERK, "head@skhdt", "controller@tinh"], ["officer@stp", "clerk@mc-h288"]),
    ("resolution", {}, "4", 2, OFFICER, [CLERK, "head@skhdt", "controller@tinh"], ["officer@stp", "clerk@mc-h288"]),
    ("return", {"channel": "counter"}, "9", 4, CLERK, [OFFICER, "controller@tinh"], ["officer@stp", "clerk@mc-h288"]),
    ("return-channel", {"channel_out": "post"}, "9", 4, CLERK, [OFFICER, "head@skhdt"], ["officer@stp", "head@stp"]),
    ("withdrawal", REASON, "4", 2, CLERK, [OFFICER, "head@skhdt", "controller@tinh"], ["officer@stp", "clerk@mc-h288"]),
    ("receipt-correction", PAPERS, "4", 2, CLERK, [OFFICER, "controller@tinh"], ["officer@stp", "clerk@mc-h288"]),
]
WRONG = [
    (name, body, state, version, groups, status)
    for name, body, state, version, _, forbidden, blind in COMMANDS
    for status, each in ((403, forbidden), (404, blind))
    for groups in each
]


def _act(cloud: Cloud, dossier_id: str, name: str, body: Any, version: int, **caller: Any) -> Reply:
    method = "PUT" if name == "return-channel" else "POST"
    return cloud.call("dossier_api", method, f"/dossiers/{dossier_id}/{name}", body, version=version, **caller)


@pytest.mark.parametrize(("name", "body", "state", "version", "groups", "status"), WRONG)
def test_the_wrong_role_or_unit_changes_nothing(
    shared_cloud: Cloud,
    ids: dict[str, str],
    name: str,
    body: Any,
    state: str,
    version: int,
    groups: str,
    status: int,
) -> None:
    before = shared_cloud.tables()
    reply = _act(shared_cloud, ids[state], name, body, version, groups=groups)
    assert reply.status == status, reply.body
    assert reply.body["type"] == f"urn:motcua:problem:{'role-needed' if status == 403 else 'dossier-not-found'}"
    assert shared_cloud.tables() == before


WAYS_IN = {"": "receive_dossier", "/transitional": "register_transitional", "/refusals": "refuse_at_counter"}


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize(
    "groups", [OFFICER, "head@skhdt", "clerk@mc-h288", "controller@tinh", "admin@tinh", "clerk@tinh"]
)
def test_only_the_units_own_clerk_receives_registers_and_refuses(
    shared_cloud: Cloud, owner: dict[str, str], way: str, groups: str
) -> None:
    before = shared_cloud.tables()
    body = REQUESTS[WAYS_IN[way]] if way else request_body(owner)
    reply = shared_cloud.call("dossier_api", "POST", f"/dossiers{way}", body, groups=groups)
    assert (reply.status, reply.body["type"]) == (403, "urn:motcua:problem:role-needed")
    assert "clerk" in reply.body["title"]
    assert shared_cloud.tables() == before


@pytest.mark.parametrize("path", ["", "/timeline"])
@pytest.mark.parametrize(
    ("groups", "seen"),
    [
        (CLERK, "1249"),
        ("controller@tinh", "1249"),
        (OFFICER, "249"),
        ("head@skhdt", "249"),
        ("clerk@mc-h288", ""),
        ("officer@stp", ""),
        ("head@h288", ""),
        ("admin@tinh", ""),
        ("", ""),
    ],
)
def test_who_may_not_see_a_dossier_learns_nothing_of_it(
    shared_cloud: Cloud, ids: dict[str, str], path: str, groups: str, seen: str
) -> None:
    nowhere = shared_cloud.call("dossier_api", "GET", f"/dossiers/{'0' * 16}{path}", groups=groups)
    for state, dossier_id in ids.items():
        reply = shared_cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}{path}", groups=groups)
        if state in seen:
            assert reply.status == 200
        else:
            assert (reply.status, reply.body) == (404, nowhere.body)


@pytest.mark.parametrize(
    ("groups", "unit", "status"),
    [
        (CLERK, "mc-tinh", 200),
        ("controller@tinh", "mc-tinh", 200),
        ("controller@tinh", "skhdt", 200),
        (OFFICER, "mc-tinh", 403),
        (CLERK, "skhdt", 403),
        ("officer@stp", "skhdt", 403),
        ("clerk@mc-h288", "mc-tinh", 403),
        ("admin@tinh", "mc-tinh", 403),
    ],
)
def test_a_unit_lists_its_own_inbox_only(shared_cloud: Cloud, groups: str, unit: str, status: int) -> None:
    reply = shared_cloud.call("dossier_api", "GET", f"/units/{unit}/inbox", groups=groups, query={"status": "4"})
    assert reply.status == status


def test_a_list_shows_only_what_may_be_seen_one_by_one(shared_cloud: Cloud, ids: dict[str, str]) -> None:
    for groups, expected in ((CLERK, [ids["1"]]), ("officer@mc-tinh", [])):
        inbox = shared_cloud.call("dossier_api", "GET", "/units/mc-tinh/inbox", groups=groups, query={"status": "1"})
        assert [each["id"] for each in inbox.body["dossiers"]] == expected


@pytest.mark.parametrize(
    ("groups", "status"),
    [
        ("head@skhdt", 200),
        (OFFICER, 200),
        ("controller@tinh", 200),
        (CLERK, 403),
        ("head@stp", 403),
        ("officer@h288", 403),
        ("admin@tinh", 403),
    ],
)
def test_the_dossiers_behind_a_figure_are_for_the_agencys_own_people(
    shared_cloud: Cloud, groups: str, status: int
) -> None:
    assert shared_cloud.call("report_api", "GET", FACTS, groups=groups).status == status


@pytest.mark.parametrize(
    "claims",
    [
        None,
        {},
        {"token_use": "access", "sub": "s", "cognito:groups": CLERK, "scope": "portal/submit"},
        {"sub": "s", "cognito:groups": CLERK},
        {"token_use": "id", "cognito:groups": CLERK},
        {"token_use": "id", "sub": "", "cognito:groups": CLERK},
    ],
    ids=["none", "empty", "access token", "no token_use", "no sub", "empty sub"],
)
def test_only_the_id_token_of_a_person_opens_the_routes_of_staff(
    shared_cloud: Cloud, ids: dict[str, str], owner: dict[str, str], claims: dict[str, str] | None
) -> None:
    before = shared_cloud.tables()
    path = f"/dossiers/{ids['1']}"
    replies = [
        shared_cloud.call("dossier_api", "POST", "/dossiers", request_body(owner), claims=claims),
        shared_cloud.call("dossier_api", "GET", path, claims=claims),
        shared_cloud.call("dossier_api", "GET", f"{path}/timeline", claims=claims),
        shared_cloud.call("dossier_api", "GET", "/units/mc-tinh/inbox", query={"status": "1"}, claims=claims),
        shared_cloud.call("report_api", "GET", "/reports/targets/2020-04", claims=claims),
        shared_cloud.call("report_api", "GET", FACTS, claims=claims),
        *[
            _act(shared_cloud, ids[state], name, body, version, claims=claims)
            for name, body, state, version, *_ in COMMANDS
        ],
    ]
    assert {(reply.status, reply.body["type"]) for reply in replies} == {(403, "urn:motcua:problem:staff-only")}
    assert shared_cloud.tables() == before


def test_a_signed_in_person_without_any_role_reads_no_report(shared_cloud: Cloud) -> None:
    assert shared_cloud.call("report_api", "GET", "/reports/targets/2020-04", groups="").status == 403


def test_nobody_promotes_oneself(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    """People can write their own custom attributes, and anybody headers and bodies. None of them gives a right."""
    claims = {
        "token_use": "id",
        "sub": "s",
        "cognito:groups": "officer@stp",
        "custom:groups": CLERK,
        "custom:role": "clerk",
        "groups": CLERK,
        "cognito:roles": "clerk",
        "name": CLERK,
    }
    headers = {"x-groups": CLERK, "cognito:groups": CLERK, "x-amzn-oidc-data": CLERK}
    before = shared_cloud.tables()
    reply = shared_cloud.call("dossier_api", "POST", "/dossiers", request_body(owner), claims=claims, headers=headers)
    assert reply.status == 403
    body = request_body(owner) | {"cognito:groups": CLERK, "groups": [CLERK]}
    assert shared_cloud.call("dossier_api", "POST", "/dossiers", body, claims=claims).status == 422
    assert shared_cloud.tables() == before


@pytest.mark.parametrize("claim", ["[officer@stp clerk@mc-tinh]", "officer@stp,clerk@mc-tinh", "clerk@mc-tinh"])
def test_groups_are_read_as_the_engine_and_as_aws_write_them(
    shared_cloud: Cloud, owner: dict[str, str], claim: str
) -> None:
    assert shared_cloud.call("dossier_api", "POST", "/dossiers", request_body(owner), groups=claim).status == 201


@pytest.mark.parametrize("claim", ["clerk", "clerk@", "@mc-tinh", "clerk@mc-tinh@x", "CLERK@mc-tinh", "xclerk@mc-tinh"])
def test_a_group_of_another_shape_grants_nothing(shared_cloud: Cloud, owner: dict[str, str], claim: str) -> None:
    assert shared_cloud.call("dossier_api", "POST", "/dossiers", request_body(owner), groups=claim).status == 403
