"""Bulk work through its endpoint: started with one request, done by the queue, read by whoever started it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from motcua.adapters import clients as aws
from motcua.domain.jobs.bulk import MOST_AT_ONCE
from tests.kit.api_lives import act, in_process, received, resolved
from tests.kit.calls.bulk_calls import bulk
from tests.kit.job_steps import run
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply

Owner = dict[str, str]
NOBODY = "0000000000ZZZZZZ"
SAME_SUB = {"token_use": "id", "sub": "staff-1"}


def read(cloud: Cloud, job_id: str, more: str = "", groups: str = OFFICER, **query: str) -> Reply:
    return cloud.call("registry_api", "GET", f"/jobs/{job_id}{more}", groups=groups, query=query or None)


def results(cloud: Cloud, job_id: str, groups: str = OFFICER, **query: str) -> dict[str, dict[str, Any]]:
    reply = read(cloud, job_id, "/results", groups, **query)
    assert reply.status == 200, reply.body
    return {each["dossier_id"]: each for each in reply.body["results"]}


def test_an_officer_takes_over_what_is_selected_and_reads_what_became_of_each(cloud: Cloud, owner: Owner) -> None:
    fine, at_counter = in_process(cloud, owner), received(cloud, owner)
    started = bulk(cloud, "take_over", fine, at_counter, NOBODY)
    assert started.status == 201, started.body
    job_id = started.body["id"]
    assert started.headers["location"] == f"/jobs/{job_id}"
    assert (started.body["kind"], started.body["about"], started.body["given"]) == ("bulk", "take_over", 3)
    assert (started.body["done"], started.body["listed"]) == (False, False)

    assert run(cloud) == 4, "one chunk, and each dossier"
    told = read(cloud, job_id).body
    assert told["done"]
    assert (told["succeeded"], told["refused"], told["not_found"], told["pending"]) == (1, 1, 1, 0)
    found = results(cloud, job_id)
    assert found[fine]["outcome"] == "done"
    assert (found[fine]["before"], found[fine]["after"]) == ("4", "4")
    refused = found[at_counter]
    assert refused["problem"] == "urn:motcua:problem:move-not-allowed"
    assert refused["message_vi"].startswith("Hồ sơ đang ở trạng thái 2")
    assert refused["message_en"].startswith("The dossier is in status 2")
    assert found[NOBODY]["problem"] == "urn:motcua:problem:dossier-not-found"
    assert found[NOBODY]["number"] is None
    assert set(results(cloud, job_id, outcome="done")) == {fine}
    dossier = cloud.call("dossier_api", "GET", f"/dossiers/{fine}", groups=OFFICER).body
    assert dossier["version"] == 3


def test_clerks_transfer_and_return_in_bulk(cloud: Cloud, owner: Owner) -> None:
    at_counter, ready, other = received(cloud, owner), resolved(cloud, owner), resolved(cloud, owner)
    bulk(cloud, "transfer", at_counter, groups=CLERK)
    bulk(cloud, "return", ready, other, groups=CLERK, channel="counter")
    run(cloud)
    assert cloud.deliver("route_dossier", *cloud.owed("routing", at_counter)) == {"batchItemFailures": []}
    after = {
        each: cloud.call("dossier_api", "GET", f"/dossiers/{each}", groups=CLERK).body
        for each in (at_counter, ready, other)
    }
    assert {each: told["status"]["code"] for each, told in after.items()} == {at_counter: 4, ready: 10, other: 10}
    assert after[at_counter]["version"] == 2, "the queue's own message finds nothing left to do"
    assert len(cloud.owed("figures", ready)) == len(cloud.owed("figures", other)) == 3


def test_a_result_counts_once_however_often_its_message_comes(cloud: Cloud, owner: Owner) -> None:
    ready = resolved(cloud, owner)
    job_id = bulk(cloud, "return", ready, groups=CLERK, channel="counter").body["id"]
    chunk = cloud.owed("jobs")
    cloud.deliver("run_job", *chunk, *chunk)
    one = cloud.owed("jobs")
    assert cloud.deliver("run_job", *one, *one) == {"batchItemFailures": []}
    assert cloud.deliver("run_job", *chunk, *one) == {"batchItemFailures": []}
    assert results(cloud, job_id, CLERK)[ready]["outcome"] == "done"
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{ready}/timeline", groups=CLERK).body["events"]
    assert [event["type"] for event in timeline].count("dossier.returned") == 1


def test_an_expected_version_that_has_passed_is_refused(cloud: Cloud, owner: Owner) -> None:
    moved = in_process(cloud, owner)
    act(cloud, moved, "takeover", 2)
    body = {"act": "take_over", "dossiers": [{"dossier_id": moved, "version": 2}]}
    job_id = cloud.call("dossier_api", "POST", "/bulk", body, groups=OFFICER).body["id"]
    run(cloud)
    refused = results(cloud, job_id)[moved]
    assert refused["problem"] == "urn:motcua:problem:version-differs"
    assert refused["message_en"] == "The dossier is at version 3, not 2; read it again."


def test_the_rights_are_those_of_the_start(cloud: Cloud, owner: Owner) -> None:
    """A dossier that only the counter's clerk may see does not exist for an officer of another department."""
    dossier_id = in_process(cloud, owner)
    job_id = bulk(cloud, "take_over", dossier_id, groups="officer@stp").body["id"]
    run(cloud)
    assert results(cloud, job_id, "officer@stp")[dossier_id]["outcome"] == "not_found"


def test_a_retried_request_gets_the_same_job(cloud: Cloud, owner: Owner) -> None:
    dossier_id = in_process(cloud, owner)
    first = bulk(cloud, "take_over", dossier_id, key="bulk-retried")
    run(cloud)
    again = bulk(cloud, "take_over", dossier_id, key="bulk-retried")
    assert (again.status, again.body["id"]) == (201, first.body["id"])
    assert again.headers["idempotency-replayed"] == "true"
    assert again.body["done"], "it tells how far the job is now"
    assert cloud.owed("jobs") == []
    other = bulk(cloud, "take_over", dossier_id, NOBODY, key="bulk-retried")
    assert (other.status, other.body["type"]) == (422, "urn:motcua:problem:idempotency-key-reused")


def test_who_has_started_it_reads_and_gives_up_nobody_else_but_the_controller(cloud: Cloud, owner: Owner) -> None:
    dossier_id = in_process(cloud, owner)
    job_id = bulk(cloud, "take_over", dossier_id).body["id"]
    for more in ("", "/results"):
        assert read(cloud, job_id, more).status == 200
        assert read(cloud, job_id, more, "controller@tinh").status == 200
        for stranger in (CLERK, "head@skhdt"):
            refused = read(cloud, job_id, more, stranger)
            assert (refused.status, refused.body["type"]) == (403, "urn:motcua:problem:role-needed")
            assert refused.body == read(cloud, "nowhere", more, stranger).body, "nor whether it exists"
    path, why = f"/jobs/{job_id}/abandonment", {"why": "Chọn nhầm hồ sơ"}
    assert cloud.call("registry_api", "POST", path, why, groups=CLERK).status == 403
    given_up = cloud.call("registry_api", "POST", path, why, groups=OFFICER)
    assert (given_up.status, given_up.body["abandoned"], given_up.body["done"]) == (200, True, True)
    run(cloud)
    assert results(cloud, job_id) == {}, "nothing more is done"
    assert cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=OFFICER).body["version"] == 2


def test_what_cannot_be_read_fails_alone_after_the_last_try(cloud: Cloud, owner: Owner) -> None:
    broken, fine = in_process(cloud, owner), in_process(cloud, owner)
    job_id = bulk(cloud, "take_over", broken, fine).body["id"]
    cloud.deliver("run_job", *cloud.owed("jobs"))
    key = {"PK": {"S": f"DOSSIER#{broken}"}, "SK": {"S": "STATE"}}
    state = cloud.dynamodb.get_item(TableName="Dossier", Key=key)["Item"] | {"status": {"S": "unreadable"}}
    cloud.dynamodb.put_item(TableName="Dossier", Item=state)
    owed = cloud.owed("jobs")
    assert len(cloud.deliver("run_job", *owed, receives=4)["batchItemFailures"]) == 1
    assert cloud.deliver("run_job", *cloud.owed("jobs"), receives=5) == {"batchItemFailures": []}
    assert {each: told["outcome"] for each, told in results(cloud, job_id).items()} == {broken: "failed", fine: "done"}
    assert read(cloud, job_id).body["done"]


ONE, TWO = {"dossier_id": "0000000000000001"}, {"dossier_id": "0000000000000002"}
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "nothing selected": ({"act": "take_over", "dossiers": []}, "/dossiers", "too-few"),
    "no selection": ({"act": "take_over"}, "/dossiers", "missing"),
    "one twice": ({"act": "take_over", "dossiers": [ONE, TWO, ONE]}, "/dossiers/2/dossier_id", "dossier-given-twice"),
    "too many": (
        {"act": "take_over", "dossiers": [{"dossier_id": f"{number:016d}"} for number in range(MOST_AT_ONCE + 1)]},
        "/dossiers",
        "too-many",
    ),
    "no id": (
        {"act": "take_over", "dossiers": [{"dossier_id": "030099000001"}]},
        "/dossiers/0/dossier_id",
        "malformed",
    ),
    "version 0": ({"act": "take_over", "dossiers": [ONE | {"version": 0}]}, "/dossiers/0/version", "out-of-range"),
    "another act": ({"act": "resolve", "dossiers": [ONE]}, "/act", "not-allowed"),
    "no channel": ({"act": "return", "dossiers": [ONE]}, "/channel", "channel-needed-for-return"),
    "a channel for nothing": (
        {"act": "take_over", "channel": "counter", "dossiers": [ONE]},
        "/channel",
        "channel-only-for-return",
    ),
    "by post": ({"act": "return", "channel": "post", "dossiers": [ONE]}, "/channel", "not-allowed"),
}


@pytest.mark.parametrize(("body", "pointer", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_selection_is_told_by_field(
    shared_cloud: Cloud, body: dict[str, Any], pointer: str, code: str
) -> None:
    reply = shared_cloud.call("dossier_api", "POST", "/bulk", body, groups=OFFICER)
    assert reply.status == 422
    assert [(each["pointer"], each["code"]) for each in reply.body["errors"]] == [(pointer, code)]
    assert shared_cloud.owed("jobs") == []


def test_who_has_the_role_nowhere_is_told_so(shared_cloud: Cloud) -> None:
    refused = bulk(shared_cloud, "take_over", NOBODY, groups=CLERK)
    assert (refused.status, refused.body["type"]) == (403, "urn:motcua:problem:role-needed-somewhere")
    assert bulk(shared_cloud, "take_over", NOBODY, groups="officers").status == 403


def _cost(step: Callable[[], Any]) -> int:
    before = aws.calls()
    step()
    return aws.calls() - before


def test_five_hundred_are_one_call_to_start_and_three_for_each(cloud: Cloud, owner: Owner) -> None:
    """A chunk reads its job and writes once. A dossier reads its job and state and writes once, done or refused."""
    first, second = in_process(cloud, owner), in_process(cloud, owner)
    selection = [first, second, *(f"{number:016d}" for number in range(MOST_AT_ONCE - 2))]
    bulk(cloud, "take_over", NOBODY)  # a warm process
    assert _cost(lambda: bulk(cloud, "take_over", *selection)) == 1
    chunks = [each for each in cloud.owed("jobs") if len(each["given"]) > 1]
    assert sum(len(each["given"]) for each in chunks) == MOST_AT_ONCE
    (with_ours,) = [each for each in chunks if {"dossier": first} in each["given"]]
    assert _cost(lambda: cloud.deliver("run_job", with_ours)) == 2
    found, nobody = with_ours["given"][1]["dossier"], with_ours["given"][2]["dossier"]
    for each in (first, found, nobody):
        (one,) = [owed for owed in cloud.owed("jobs", each) if owed.get("dossier") == each]
        assert _cost(partial(cloud.deliver, "run_job", one)) <= 3
