"""The partner's webhook keeps only calls that were signed with a valid secret, byte for byte."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from motcua import bootstrap
from motcua.adapters.secrets import partner_secret
from tests.kit.api_lives import report
from tests.kit.moto_cloud import WEBHOOK_SECRETS, Cloud, signature

REPORT = report("0000000000000000-1", "C20")
STRANGE = "whsec_" + base64.b64encode(b"another secret").decode()


def _refused(cloud: Cloud, *answer: Any, **call: Any) -> None:
    """Check that the call gets status and problem `answer`, and that nothing is stored."""
    before = cloud.tables()
    reply = cloud.call_back(REPORT, **call)
    assert (reply.status, reply.body["type"].rpartition(":")[2]) == answer, reply.body
    assert reply.headers["content-type"].startswith("application/problem+json")
    assert cloud.tables() == before


@pytest.mark.parametrize("secret", WEBHOOK_SECRETS, ids=["new", "old"])
def test_both_live_secrets_are_taken(shared_cloud: Cloud, secret: str) -> None:
    reply = shared_cloud.call_back(REPORT, secret=secret)
    assert (reply.status, reply.body) == (202, {"outcome": "kept"})


def test_a_wrong_signature_is_refused(shared_cloud: Cloud) -> None:
    _refused(shared_cloud, 401, "webhook-signature", secret=STRANGE)
    _refused(shared_cloud, 401, "webhook-signature", headers={"webhook-signature": "v1,AAAA v1,BBBB"})
    _refused(shared_cloud, 401, "webhook-signature", headers={"webhook-id": "another"})


def test_one_sound_signature_of_several_is_enough(shared_cloud: Cloud) -> None:
    raw, now = json.dumps(REPORT).encode(), str(int(time.time()))
    several = " ".join(signature(secret, "several", now, raw) for secret in (STRANGE, WEBHOOK_SECRETS[1]))
    headers = {"webhook-timestamp": now, "webhook-signature": several}
    assert shared_cloud.call_back(raw, webhook_id="several", headers=headers).status == 202


@pytest.mark.parametrize("age", [301, -301, 86400])
def test_a_stale_call_is_refused(shared_cloud: Cloud, age: int) -> None:
    _refused(shared_cloud, 400, "webhook-stale", age=age)


@pytest.mark.parametrize("age", [290, -290])
def test_clocks_may_disagree_by_five_minutes(shared_cloud: Cloud, age: int) -> None:
    assert shared_cloud.call_back(REPORT, age=age).status == 202


@pytest.mark.parametrize("header", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", [None, "", "không"])
def test_a_missing_header_is_refused(shared_cloud: Cloud, header: str, value: str | None) -> None:
    _refused(shared_cloud, 400, "webhook-header", headers={header: value})


def test_another_version_of_signature_is_none(shared_cloud: Cloud) -> None:
    _refused(shared_cloud, 400, "webhook-header", headers={"webhook-signature": "v1a,AAAA"})


@pytest.mark.parametrize("partner", ["vnpost", "ghtk", "simulator2", "SIMULATOR"])
def test_an_unknown_partner_is_refused(shared_cloud: Cloud, partner: str) -> None:
    _refused(shared_cloud, 404, "unknown-partner", partner=partner)


def test_a_huge_body_is_refused(shared_cloud: Cloud) -> None:
    before = shared_cloud.tables()
    reply = shared_cloud.call_back(b"x" * 65537)
    assert (reply.status, reply.body["type"]) == (413, "urn:motcua:problem:too-large")
    assert shared_cloud.tables() == before


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"{", b""])
def test_what_is_signed_and_unreadable_is_kept_byte_for_byte_enough_to_be_read_by_a_person(
    shared_cloud: Cloud, body: bytes
) -> None:
    reply = shared_cloud.call_back(body, webhook_id=f"unreadable-{len(body)}")
    assert reply.status == 202
    key = {"PK": {"S": f"CALLBACK#simulator#unreadable-{len(body)}"}, "SK": {"S": "CALLBACK"}}
    kept = shared_cloud.dynamodb.get_item(TableName="Person", Key=key)["Item"]
    assert kept.get("body", {"S": ""})["S"] == body.decode(errors="backslashreplace")


def test_the_same_call_again_is_answered_the_same_and_kept_once(shared_cloud: Cloud) -> None:
    first = shared_cloud.call_back(REPORT, webhook_id="twice")
    before = shared_cloud.tables()
    second = shared_cloud.call_back(REPORT, webhook_id="twice")
    assert (second.status, second.body) == (first.status, first.body)
    assert shared_cloud.tables() == before


def test_a_contradiction_is_answered_the_same_and_raises_the_alarm(
    shared_cloud: Cloud, said: Callable[[], list[str]]
) -> None:
    shared_cloud.call_back(REPORT, webhook_id="two-tongues")
    before = shared_cloud.tables()
    said()
    reply = shared_cloud.call_back(REPORT | {"code": "C80"}, webhook_id="two-tongues")
    assert (reply.status, reply.body) == (202, {"outcome": "kept"})
    assert shared_cloud.tables() == before
    line, metric = (json.loads(each) for each in said())
    assert line["callback"] == "contradicted"
    assert metric["quarantined"] == [1]


def test_the_callback_lies_with_the_persons_and_its_message_names_no_one(shared_cloud: Cloud) -> None:
    shared_cloud.call_back(REPORT | {"note": "Nguyễn Văn Mẫu vắng nhà"}, webhook_id="telling")
    (message,) = [each for each in shared_cloud.owed("parcel_events") if each["webhookid"] == "telling"]
    assert message["ordernumber"] == "0000000000000000-1"
    assert "Mẫu" not in str(shared_cloud.tables()["Dossier"])


def test_a_message_names_only_what_looks_like_an_order_of_ours(shared_cloud: Cloud) -> None:
    not_ours = ("Nguyễn Văn Mẫu", "030099000001", 7, None, ["0000000000000000-1"], "0000000000000000-1 ")
    for index, named in enumerate(not_ours):
        shared_cloud.call_back(REPORT | {"order_number": named}, webhook_id=f"not-ours-{index}")
        (message,) = [each for each in shared_cloud.owed("parcel_events") if each["webhookid"] == f"not-ours-{index}"]
        assert "ordernumber" not in message


def test_a_secret_that_is_replaced_is_known_without_a_deployment(
    shared_cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = "whsec_" + base64.b64encode(b"the newest secret").decode()
    assert shared_cloud.call_back(REPORT).status == 202
    _agree(shared_cloud, [newest, WEBHOOK_SECRETS[0]])
    assert shared_cloud.call_back(REPORT, secret=newest).status == 401
    later = time.monotonic() + partner_secret.REMEMBERED_SECONDS + 1
    monkeypatch.setattr(bootstrap.partner_secrets(), "_monotonic", lambda: later)
    assert shared_cloud.call_back(REPORT, secret=newest).status == 202
    assert shared_cloud.call_back(REPORT, secret=WEBHOOK_SECRETS[1]).status == 401
    _agree(shared_cloud, list(WEBHOOK_SECRETS))
    shared_cloud.restart()


def test_before_a_secret_is_agreed_no_call_verifies(shared_cloud: Cloud) -> None:
    _agree(shared_cloud, [])
    shared_cloud.restart()
    _refused(shared_cloud, 401, "webhook-signature")
    _agree(shared_cloud, list(WEBHOOK_SECRETS))
    shared_cloud.restart()


def _agree(cloud: Cloud, secrets: list[str]) -> None:
    agreed = json.dumps({"webhook_secrets": secrets, "api_key": "api-key-1"})
    boto3.client("secretsmanager").put_secret_value(SecretId=cloud.names["PartnerSecret"], SecretString=agreed)
