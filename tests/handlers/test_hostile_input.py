"""Input that somebody might send on purpose, or a broken program by accident."""

import json
from typing import Any

import boto3
import pytest

from tests.kit.api_lives import receive
from tests.kit.moto_cloud import Cloud


@pytest.mark.parametrize("name", ["\u001c", "\u0000\u0000", "\u200b", "Mẫu\u0007", "\u2028", " \u001f "])
def test_a_name_that_nobody_can_read_is_refused_and_nothing_is_written(
    cloud: Cloud, owner: dict[str, str], name: str
) -> None:
    before = cloud.tables()
    answer = receive(cloud, owner | {"name": name})
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "/owner/name")
    assert cloud.tables() == before


def test_an_address_is_tidied_and_read_like_a_name(cloud: Cloud, owner: dict[str, str]) -> None:
    assert receive(cloud, owner | {"address": "\u200b"}).body["errors"][0]["code"] == "unreadable-text"
    assert receive(cloud, owner | {"address": "Số 1,  phố\tMẫu"}).status == 201


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_request_names_a_time_outside_the_embedded_run(
    cloud: Cloud, owner: dict[str, str], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier_id = receive(cloud, owner).body["id"]
    monkeypatch.setitem(cloud.names, "Stage", "prod")
    path = f"/dossiers/{dossier_id}" if method == "GET" else "/dossiers"
    answer = cloud.call("dossier_api", method, path, {}, groups="clerk@mc-tinh")
    assert (answer.status, answer.body["type"]) == (400, "urn:motcua:problem:domain-time-not-here")


def test_an_emptied_slot_of_the_secret_opens_the_webhook_to_nobody(cloud: Cloud) -> None:
    from motcua.adapters.secrets.partner_secret import PartnerSecrets

    stored: dict[str, Any] = {"webhook_secrets": ["whsec_" + "QUJD" * 8, "", "whsec_", "whsec_QUJD"], "api_key": "k"}
    manager = boto3.client("secretsmanager")
    arn = manager.create_secret(Name="emptied", SecretString=json.dumps(stored))["ARN"]
    assert [len(secret) for secret in PartnerSecrets(manager, arn).get().webhook_secrets] == [24]
