"""The postal partner's signed calls, through the API: an unproved call is refused, a proved one has one effect."""

import base64
import json
import uuid
from typing import Any

import pytest

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields
from tests.e2e.system import System, report

pytestmark = pytest.mark.engine

STRANGER = "whsec_" + base64.b64encode(b"a secret that nobody agreed upon").decode()


def kept(system: System, webhook_id: str) -> dict[str, Any]:
    """Return the callback as kept, or {} when it was not."""
    return fields(system.console.item(keys.callback("simulator", webhook_id), "Person"))


@pytest.mark.parametrize(
    ("wrong", "status", "problem"),
    [
        ({"secret": STRANGER}, 401, "webhook-signature"),
        ({"headers": {"webhook-signature": "v1,AAAA"}}, 401, "webhook-signature"),
        ({"age": 301}, 400, "webhook-stale"),
        ({"age": -301}, 400, "webhook-stale"),
        ({"headers": {"webhook-id": None}}, 400, "webhook-header"),
        ({"headers": {"webhook-timestamp": None}}, 400, "webhook-header"),
        ({"headers": {"webhook-signature": None}}, 400, "webhook-header"),
    ],
    ids=["a stranger's", "forged", "stale", "from the future", "no id", "no timestamp", "no signature"],
)
def test_a_call_that_proves_nothing_is_refused_and_not_kept(
    system: System, wrong: dict[str, Any], status: int, problem: str
) -> None:
    webhook_id = f"msg_{uuid.uuid4().hex}"
    answer = system.call_back(report("0" * 16 + "-1", "C20"), webhook_id=webhook_id, **wrong)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:motcua:problem:{problem}")
    assert not kept(system, webhook_id)


def test_a_call_that_comes_twice_has_one_effect(system: System) -> None:
    parcel, webhook_id = system.resolve(channel_out="post")["parcel"], f"msg_{uuid.uuid4().hex}"
    answers = [system.call_back(report(parcel, "C20"), webhook_id=webhook_id) for _ in range(2)]
    system.console.settle()
    answers.append(system.call_back(report(parcel, "C20"), webhook_id=webhook_id))
    system.console.settle()
    assert [answer.status_code for answer in answers] == [202, 202, 202]
    assert len({answer.text for answer in answers}) == 1
    assert system.console.event_types(parcel.partition("-")[0]).count("parcel.collected") == 1


def test_the_same_id_with_another_body_leaves_the_first(system: System) -> None:
    parcel, webhook_id = system.resolve(channel_out="post")["parcel"], f"msg_{uuid.uuid4().hex}"
    first, second = report(parcel, "C20"), report(parcel, "C50", place="address")
    assert [system.call_back(body, webhook_id=webhook_id).status_code for body in (first, second)] == [202, 202]
    system.console.settle()
    assert kept(system, webhook_id)["body"] == first.decode()
    assert system.console.state(parcel.partition("-")[0])["status"] == 9
    types = system.console.event_types(parcel.partition("-")[0])
    assert "parcel.collected" in types
    assert "parcel.delivered" not in types


def test_while_one_secret_replaces_the_other_both_are_good(system: System) -> None:
    parcel = system.resolve(channel_out="post")["parcel"]
    for secret, code in zip(system.webhook_secrets, ("C20", "C30"), strict=True):
        assert system.call_back(report(parcel, code), secret=secret).status_code == 202
    system.console.settle()
    assert fields(system.console.item(keys.parcel(parcel)))["state"] == "in_transit"


def test_bytes_that_are_no_text_are_verified_and_kept_byte_for_byte(system: System) -> None:
    body, webhook_id = b'{"order_number": "\xff\xfe\x00"}\r\n', f"msg_{uuid.uuid4().hex}"
    assert system.call_back(body, webhook_id=webhook_id).status_code == 202
    system.console.settle()
    found = kept(system, webhook_id)
    assert found["body"] == '{"order_number": "\\xff\\xfe\x00"}\r\n'
    assert found["quarantined"] == "unreadable_callback"
    assert not system.console.dead_letters()


def test_one_byte_more_than_was_signed_is_refused(system: System) -> None:
    body = report("0" * 16 + "-1", "C20")
    signed = {name: value for name, value in system.signed(body).items() if name.startswith("webhook-")}
    assert system.call_back(body + b" ", headers=signed).status_code == 401
    same_to_a_reader = json.dumps(json.loads(body), indent=1).encode()
    assert system.call_back(same_to_a_reader, headers=signed).status_code == 401


def test_a_delivery_to_the_address_returns_the_dossier_and_counts(system: System) -> None:
    dossier = system.resolve(channel_out="post", at="2020-08-03T09:00:00+07:00")
    parcel = dossier["parcel"]
    for code, at in (("C20", "2020-08-04T08:00:00+07:00"), ("C50", "2020-08-05T10:00:00+07:00")):
        assert system.call_back(report(parcel, code, at, place="address")).status_code == 202
        system.console.settle()
    state = system.console.state(dossier["id"])
    assert (state["status"], state["channel_out"], state.get("parcel_open", False)) == (10, "post", False)
    figure = keys.key(keys.figures("skhdt", "delivered_by_post"), "COUNT#2020-08-05#2.001610#counter#post")
    assert fields(system.console.item(figure, "Figure"))["counted"] == 1
