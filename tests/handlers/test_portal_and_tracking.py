"""Citizens: the portal acts for one at a time, and tracking tells nothing without both numbers."""

import json
from typing import Any

import pytest

from motcua.adapters.dynamodb.keys import failures
from tests.kit.api_lives import received, request_body, resolved, submit
from tests.kit.moto_cloud import Cloud, Reply

STRANGER = "030099000002"
AUTHORITY = "Giấy uỷ quyền số 01, chứng thực tại UBND phường"
CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}


@pytest.fixture(scope="module")
def dossier_id(shared_cloud: Cloud) -> str:
    """Return a dossier that CITIZEN has submitted."""
    return str(submit(shared_cloud, CITIZEN).body["id"])


@pytest.fixture(scope="module")
def number(shared_cloud: Cloud) -> str:
    """Return the number of a dossier received at the counter, whose submitter is not its owner."""
    submitter = CITIZEN | {"number": "030099000009"}
    return str(shared_cloud.state(received(shared_cloud, CITIZEN, submitter=submitter, authority=AUTHORITY))["number"])


def _portal(cloud: Cloud, what: str, dossier_id: str, *, citizen: str | None = CITIZEN["number"], **more: Any) -> Reply:
    """Call one of the portal's three routes, by its scope's last word."""
    more = {"scopes": f"portal/{what}", "headers": {"x-motcua-citizen": citizen}} | more
    if what == "submit":
        body = {name: value for name, value in request_body(CITIZEN).items() if name != "channel_in"}
        return cloud.call("public_api", "POST", "/portal/dossiers", body, **more)
    if what == "read":
        return cloud.call("public_api", "GET", f"/portal/dossiers/{dossier_id}", **more)
    path = f"/portal/dossiers/{dossier_id}/return-channel"
    return cloud.call("public_api", "PUT", path, {"channel_out": "post"}, version=1, **more)


@pytest.mark.parametrize("what", ["submit", "read", "choose"])
@pytest.mark.parametrize(
    "caller",
    [
        {"scopes": None},
        {"scopes": ""},
        {"scopes": "portal/none portal/submitted xportal/read"},
        {"scopes": None, "groups": "clerk@mc-tinh"},
        {"scopes": None, "claims": {"token_use": "id", "sub": "s", "scope": "portal/submit portal/read portal/choose"}},
    ],
    ids=["nobody", "no scope", "other scopes", "staff", "scopes in an ID token"],
)
def test_the_portal_needs_its_scope(shared_cloud: Cloud, dossier_id: str, what: str, caller: dict[str, Any]) -> None:
    before = shared_cloud.tables()
    reply = _portal(shared_cloud, what, dossier_id, **caller)
    assert (reply.status, reply.body["type"]) == (403, "urn:motcua:problem:portal-only")
    assert f"portal/{what}" in reply.body["title"]
    assert shared_cloud.tables() == before


@pytest.mark.parametrize(("what", "other"), [("submit", "read"), ("read", "choose"), ("choose", "submit")])
def test_one_scope_does_not_open_another_route(shared_cloud: Cloud, dossier_id: str, what: str, other: str) -> None:
    assert _portal(shared_cloud, what, dossier_id, scopes=f"portal/{other}").status == 403


@pytest.mark.parametrize("what", ["submit", "read", "choose"])
@pytest.mark.parametrize("citizen", [None, "", "Nguyễn Văn Mẫu", "03009900000", "0100109107"])
def test_the_portal_names_the_citizen(shared_cloud: Cloud, dossier_id: str, what: str, citizen: str | None) -> None:
    reply = _portal(shared_cloud, what, dossier_id, citizen=citizen)
    assert (reply.status, reply.body["type"]) == (400, "urn:motcua:problem:citizen-needed")


def test_nobody_submits_in_another_ones_name(shared_cloud: Cloud) -> None:
    before = shared_cloud.tables()
    reply = submit(shared_cloud, CITIZEN, citizen=STRANGER)
    assert (reply.status, reply.body["type"]) == (403, "urn:motcua:problem:not-the-citizen")
    assert shared_cloud.tables() == before


def test_a_submitter_acts_for_the_owner(shared_cloud: Cloud) -> None:
    submitter = CITIZEN | {"number": STRANGER}
    submitted = submit(shared_cloud, CITIZEN, citizen=STRANGER, submitter=submitter, authority=AUTHORITY)
    assert submitted.status == 201
    assert _portal(shared_cloud, "read", submitted.body["id"], citizen=STRANGER).status == 200


@pytest.mark.parametrize("what", ["read", "choose"])
def test_another_citizens_dossier_does_not_exist(shared_cloud: Cloud, dossier_id: str, what: str) -> None:
    before = shared_cloud.tables()
    there = _portal(shared_cloud, what, dossier_id, citizen=STRANGER)
    nowhere = _portal(shared_cloud, what, "0" * 16, citizen=STRANGER)
    assert (there.status, there.body) == (404, nowhere.body)
    assert shared_cloud.tables() == before


def test_the_portal_reads_and_finds_what_it_submitted(shared_cloud: Cloud) -> None:
    submitted = submit(shared_cloud, CITIZEN)
    location = submitted.headers["location"]
    reply = shared_cloud.call(
        "public_api", "GET", location, scopes="portal/read", headers={"x-motcua-citizen": CITIZEN["number"]}
    )
    assert (reply.status, reply.body) == (200, submitted.body)
    assert CITIZEN["name"] not in json.dumps(reply.body, ensure_ascii=False)


def test_a_citizen_chooses_the_post_while_the_dossier_is_under_way(shared_cloud: Cloud) -> None:
    submitted = submit(shared_cloud, CITIZEN)
    chosen = _portal(shared_cloud, "choose", submitted.body["id"])
    assert (chosen.status, chosen.body["channel_out"], chosen.body["version"]) == (200, "post", 2)


def test_a_choice_at_the_last_moment_opens_the_parcel(shared_cloud: Cloud) -> None:
    ready = resolved(shared_cloud, CITIZEN)
    path, headers = f"/portal/dossiers/{ready}/return-channel", {"x-motcua-citizen": CITIZEN["number"]}
    chosen = shared_cloud.call(
        "public_api", "PUT", path, {"channel_out": "post"}, scopes="portal/choose", version=4, headers=headers
    )
    assert (chosen.body["parcel"], chosen.body["parcel_open"]) == (f"{ready}-1", True)
    again = shared_cloud.call(
        "public_api", "PUT", path, {"channel_out": "counter"}, scopes="portal/choose", version=5, headers=headers
    )
    assert (again.status, again.body["type"]) == (409, "urn:motcua:problem:parcel-under-way")


def _track(cloud: Cloud, number: str, identity_number: str) -> Reply:
    body = {"number": number, "identity_number": identity_number}
    return cloud.call("public_api", "POST", "/tracking", body, key=None)


@pytest.mark.parametrize("identity_number", [CITIZEN["number"], "030099000009"], ids=["owner", "submitter"])
def test_who_knows_both_numbers_sees_stage_and_dates_and_nothing_personal(
    shared_cloud: Cloud, number: str, identity_number: str
) -> None:
    reply = _track(shared_cloud, number, identity_number)
    assert (reply.status, reply.body["number"], reply.body["status"]["code"]) == (200, number, 2)
    assert set(reply.body) == {
        "number",
        "number_is_sample",
        "status",
        "procedure_code",
        "received_at",
        "due_at",
        "new_due_at",
        "ready_at",
        "returned_at",
        "channel_out",
        "parcel",
        "stages",
    }
    for personal in CITIZEN.values():
        assert personal not in json.dumps(reply.body, ensure_ascii=False)


def test_a_wrong_identity_number_and_an_unknown_number_get_the_same_answer(shared_cloud: Cloud, number: str) -> None:
    wrong_person = _track(shared_cloud, number, STRANGER)
    no_dossier = _track(shared_cloud, number[:-4] + "9999", CITIZEN["number"])
    neither = _track(shared_cloud, number[:-4] + "9999", STRANGER)
    assert (wrong_person.status, wrong_person.body["type"]) == (404, "urn:motcua:problem:nothing-to-track")
    assert wrong_person.body == no_dossier.body == neither.body
    assert wrong_person.headers == no_dossier.headers == neither.headers


def test_ten_failures_close_a_number_for_a_while_to_its_owner_too(cloud: Cloud) -> None:
    number = cloud.state(received(cloud, CITIZEN))["number"]
    wrong = [_track(cloud, number, f"0300990001{guess:02d}") for guess in range(10)]
    right = _track(cloud, number, CITIZEN["number"])
    assert {each.status for each in wrong} == {404}
    assert (right.status, right.body) == (404, wrong[0].body)
    (kept,) = [
        each for each in cloud.tables()["Dossier"] if {name: each[name] for name in ("PK", "SK")} == failures(number)
    ]
    assert not any(CITIZEN["number"] in str(value) or "0300990001" in str(value) for value in kept.values())


def test_the_recipient_of_a_result_does_not_track_it(shared_cloud: Cloud) -> None:
    dossier = received(shared_cloud, CITIZEN, recipient=CITIZEN | {"number": STRANGER})
    assert _track(shared_cloud, shared_cloud.state(dossier)["number"], STRANGER).status == 404


@pytest.mark.parametrize("number", ["000.00.04.H23-200423", "xxx.00.04.H23-200423-0001", "000.00.04.H23-200423-0001x"])
def test_a_malformed_number_is_told_before_anything_is_looked_up(shared_cloud: Cloud, number: str) -> None:
    reply = _track(shared_cloud, number, CITIZEN["number"])
    assert (reply.status, reply.body["errors"][0]["pointer"]) == (422, "/number")


def test_blanks_around_a_number_are_a_copying_mistake_and_forgiven(shared_cloud: Cloud, number: str) -> None:
    assert _track(shared_cloud, f" {number} ", f"{CITIZEN['number']} ").status == 200


def test_the_newer_shape_of_numbers_may_be_asked_for(shared_cloud: Cloud) -> None:
    assert _track(shared_cloud, "H23.19-20250701-0000001", CITIZEN["number"]).status == 404
