"""A request that is sent twice is done once: the retry gets the first answer, and nothing new is written."""

import time
from typing import Any

import pytest

from tests.kit.api_lives import act, in_process, receive, received, request_body, resolved, submit
from tests.kit.calls.intake_calls import REQUESTS
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply

Owner = dict[str, str]


def _again(cloud: Cloud, path: str, method: str, body: Any, version: int | None, **caller: Any) -> tuple[Reply, Reply]:
    """Send the same request twice and check that the second one wrote nothing."""
    handler = "public_api" if path.startswith("/portal") else "dossier_api"
    first = cloud.call(handler, method, path, body, version=version, key="retried", **caller)
    assert first.status < 300, first.body
    before = cloud.tables()
    second = cloud.call(handler, method, path, body, version=version, key="retried", **caller)
    assert cloud.tables() == before
    return first, second


def _check_twin(first: Reply, second: Reply) -> None:
    assert (second.status, second.body) == (first.status, first.body)
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert second.headers["etag"] == first.headers["etag"]


def test_a_retried_receipt_takes_no_second_number(cloud: Cloud, owner: Owner) -> None:
    _check_twin(*_again(cloud, "/dossiers", "POST", request_body(owner), None, groups=CLERK))
    assert receive(cloud, owner).body["number"].endswith("-0002")


def test_a_retried_submission_makes_no_second_dossier(cloud: Cloud, owner: Owner) -> None:
    body = {name: value for name, value in request_body(owner).items() if name != "channel_in"}
    headers = {"x-motcua-citizen": owner["number"]}
    _check_twin(*_again(cloud, "/portal/dossiers", "POST", body, None, scopes="portal/submit", headers=headers))


@pytest.mark.parametrize("way", ["transitional", "refusals"])
def test_a_retried_request_at_the_counter_registers_and_refuses_nothing_twice(cloud: Cloud, way: str) -> None:
    body = REQUESTS["register_transitional" if way == "transitional" else "refuse_at_counter"]
    _check_twin(*_again(cloud, f"/dossiers/{way}", "POST", body, None, groups=CLERK))


def test_a_retried_withdrawal_of_the_applicants_own_gets_the_same_answer(cloud: Cloud, owner: Owner) -> None:
    path, headers = (
        f"/portal/dossiers/{submit(cloud, owner).body['id']}/withdrawal",
        {"x-motcua-citizen": owner["number"]},
    )
    body = REQUESTS["withdraw_own_dossier"]
    _check_twin(*_again(cloud, path, "POST", body, 1, scopes="portal/choose", headers=headers))


@pytest.mark.parametrize(
    ("name", "make", "version", "groups", "body"),
    [
        ("acceptance", submit, 1, CLERK, {}),
        ("refusal", submit, 1, CLERK, {"reason": "Thiếu bản chính"}),
        ("takeover", in_process, 2, OFFICER, {}),
        ("return", resolved, 4, CLERK, {"channel": "counter"}),
        ("return-channel", resolved, 4, CLERK, {"channel_out": "post"}),
        ("withdrawal", in_process, 2, CLERK, {"reason": "Không còn nhu cầu"}),
        ("receipt-correction", in_process, 2, CLERK, {"reason": "Ghi thiếu giấy tờ", "papers": []}),
    ],
)
def test_any_retried_command_gets_the_first_ones_answer(
    cloud: Cloud, owner: Owner, name: str, make: Any, version: int, groups: str, body: Any
) -> None:
    made = make(cloud, owner)
    dossier_id = made if isinstance(made, str) else made.body["id"]
    method = "PUT" if name == "return-channel" else "POST"
    _check_twin(*_again(cloud, f"/dossiers/{dossier_id}/{name}", method, body, version, groups=groups))


def test_a_request_retried_after_the_state_has_moved_on_gets_the_answer_of_its_time(cloud: Cloud, owner: Owner) -> None:
    path = f"/dossiers/{in_process(cloud, owner)}"
    taken = cloud.call("dossier_api", "POST", f"{path}/takeover", groups=OFFICER, version=2, key="take")
    cloud.call("dossier_api", "POST", f"{path}/resolution", groups=OFFICER, version=3)
    before = cloud.tables()
    late = cloud.call("dossier_api", "POST", f"{path}/takeover", groups=OFFICER, version=2, key="take")
    _check_twin(taken, late)
    assert (late.body["status"]["code"], late.headers["etag"]) == (4, '"3"')
    assert cloud.tables() == before


@pytest.mark.parametrize("key", [None, "x" * 101, "a key", "khoá", "a/b"])
def test_a_command_without_a_sound_key_is_refused(cloud: Cloud, owner: Owner, key: str | None) -> None:
    before = cloud.tables()
    reply = receive(cloud, owner, key=key)
    assert (reply.status, reply.body["type"]) == (400, "urn:motcua:problem:idempotency-key-needed")
    assert cloud.tables() == before


def test_every_command_needs_a_key(cloud: Cloud, owner: Owner) -> None:
    dossier_id, submitted = resolved(cloud, owner), submit(cloud, owner).body["id"]
    citizen: dict[str, Any] = {"scopes": "portal/choose", "headers": {"x-motcua-citizen": owner["number"]}}
    replies = [
        cloud.call("dossier_api", "POST", f"/dossiers/{submitted}/acceptance", groups=CLERK, version=1, key=None),
        cloud.call(
            "dossier_api",
            "PUT",
            f"/dossiers/{dossier_id}/return-channel",
            {"channel_out": "post"},
            groups=CLERK,
            version=4,
            key=None,
        ),
        cloud.call(
            "public_api",
            "PUT",
            f"/portal/dossiers/{submitted}/return-channel",
            {"channel_out": "post"},
            version=1,
            key=None,
            **citizen,
        ),
    ]
    assert {(reply.status, reply.body["type"]) for reply in replies} == {
        (400, "urn:motcua:problem:idempotency-key-needed")
    }


def test_a_key_that_comes_with_another_body_is_refused(cloud: Cloud, owner: Owner) -> None:
    assert receive(cloud, owner, key="k").status == 201
    before = cloud.tables()
    reply = receive(cloud, owner, key="k", channel_out="post")
    assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:idempotency-key-reused")
    assert cloud.tables() == before


def test_a_key_with_another_body_is_refused_after_the_state_has_moved_on(cloud: Cloud, owner: Owner) -> None:
    path = f"/dossiers/{resolved(cloud, owner)}/return-channel"
    first = cloud.call("dossier_api", "PUT", path, {"channel_out": "online"}, groups=CLERK, version=4, key="k")
    assert first.status == 200
    other = cloud.call("dossier_api", "PUT", path, {"channel_out": "counter"}, groups=CLERK, version=4, key="k")
    assert (other.status, other.body["type"]) == (422, "urn:motcua:problem:idempotency-key-reused")


def test_a_key_belongs_to_its_caller_and_its_route(cloud: Cloud, owner: Owner) -> None:
    first, second = receive(cloud, owner, key="k"), receive(cloud, owner, key="k", groups=f"{CLERK},head@skhdt")
    assert first.body["id"] != second.body["id"]
    cloud.deliver("route_dossier", *cloud.owed("routing"))
    taken = cloud.call(
        "dossier_api", "POST", f"/dossiers/{first.body['id']}/takeover", groups=OFFICER, version=2, key="k"
    )
    assert "idempotency-replayed" not in taken.headers


def _expire(cloud: Cloud, *, seconds_ago: int) -> None:
    """Let every idempotency record expire, without the table having removed it."""
    for item in cloud.tables()["Dossier"]:
        if "expires_at" in item:
            assert abs(int(item["expires_at"]["N"]) - time.time() - 7 * 86400) < 60
            item["expires_at"]["N"] = str(int(time.time()) - seconds_ago)
            cloud.dynamodb.put_item(TableName="Dossier", Item=item)


def test_after_seven_days_a_key_is_new_again(cloud: Cloud, owner: Owner) -> None:
    first = receive(cloud, owner, key="k")
    _expire(cloud, seconds_ago=1)
    second = receive(cloud, owner, key="k")
    assert (second.status, second.body["id"] != first.body["id"]) == (201, True)
    third = receive(cloud, owner, key="k")
    assert (third.body["id"], third.headers["idempotency-replayed"]) == (second.body["id"], "true")


def test_an_expired_record_answers_no_retried_request_after_the_state_has_moved_on(cloud: Cloud, owner: Owner) -> None:
    path = f"/dossiers/{in_process(cloud, owner)}/takeover"
    cloud.call("dossier_api", "POST", path, groups=OFFICER, version=2, key="take")
    _expire(cloud, seconds_ago=2)
    late = cloud.call("dossier_api", "POST", path, groups=OFFICER, version=2, key="take")
    assert (late.status, late.body["type"]) == (412, "urn:motcua:problem:version-differs")


def test_a_refused_command_leaves_its_key_free(cloud: Cloud, owner: Owner) -> None:
    dossier_id = received(cloud, owner)
    path = f"/dossiers/{dossier_id}/takeover"
    early = cloud.call("dossier_api", "POST", path, groups=OFFICER, version=1, key="k")
    assert early.status == 409
    cloud.deliver("route_dossier", *cloud.owed("routing"))
    assert act(cloud, dossier_id, "takeover", 2).status == 200


def test_the_record_holds_the_bodys_digest_and_never_the_body(cloud: Cloud, owner: Owner) -> None:
    receive(cloud, owner, key="k")
    (record,) = [item for item in cloud.tables()["Dossier"] if item["kind"]["S"] == "idempotency"]
    assert set(record) == {"PK", "SK", "kind", "subject", "version", "body_digest", "expires_at"}
