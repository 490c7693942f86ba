"""Least privilege on the running system: a probe in each function's own role, and people of other units."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from infra.stack.deploy import runtime
from motcua.adapters.dynamodb import keys
from motcua.domain.reading.tracking import MOST_FAILURES
from tests.e2e.console import Console
from tests.e2e.system import CLERK, OFFICER, PORTAL, System

pytestmark = pytest.mark.engine

PROBE = """
import botocore.session
from botocore.exceptions import ClientError

def handler(calls, context):
    return [outcome(*call) for call in calls]

def outcome(service, operation, parameters):
    client = botocore.session.get_session().create_client(service)
    try:
        getattr(client, operation)(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "allowed"
"""

Wish = tuple[Any, ...]
DESK = "/units/mc-tinh/inbox?status=2"
GRANTED = ("allowed", "ConditionalCheckFailedException")


@contextmanager
def probe(console: Console, function: str) -> Iterator[Any]:
    """Yield a function of ours that runs in the role of `function` and returns how each call ends."""
    client = console.stack.client("lambda")
    role = client.get_function_configuration(FunctionName=console.function(function))["Role"]
    package, name = io.BytesIO(), f"probe-{function}"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("probe.py", PROBE)
    client.create_function(
        FunctionName=name,
        Runtime=runtime(),
        Handler="probe.handler",
        Role=role,
        Code={"ZipFile": package.getvalue()},
        Timeout=20,
    )
    try:
        yield lambda calls: json.loads(
            client.invoke(FunctionName=name, Payload=json.dumps(calls).encode())["Payload"].read()
        )
    finally:
        client.delete_function(FunctionName=name)


DOSSIER, OUTBOX = keys.dossier("0" * 16), keys.outbox("0")
UNDECIDABLE = "attribute_exists(PK) AND attribute_not_exists(PK)"
"""A condition that refuses any write that a missing right does not refuse."""

ROLES: dict[str, tuple[list[Wish], list[Wish]]] = {
    "route_dossier": (
        [("get", "Dossier"), ("put", "Dossier", DOSSIER)],
        [("get", "Person"), ("get", "Registry"), ("get", "Figure"), ("secret",), ("send", "Dispatch")],
    ),
    "dossier_api": (
        [("get", "Person"), ("put", "Dossier", DOSSIER)],
        [
            ("delete", "Dossier", DOSSIER),
            ("put", "Registry", DOSSIER),
            ("get", "Figure"),
            ("secret",),
            ("send", "Routing"),
        ],
    ),
    "partner_webhook": (
        [("put", "Dossier", OUTBOX), ("secret",)],
        [("get", "Dossier"), ("get", "Person"), ("put", "Figure", DOSSIER), ("send", "ParcelEvents")],
    ),
    "update_figures": (
        [("delete", "Dossier", OUTBOX), ("put", "Figure", DOSSIER)],
        [("get", "Figure"), ("get", "Dossier"), ("put", "Dossier", OUTBOX), ("get", "Person")],
    ),
    "registry_api": (
        [("get", "Registry"), ("put", "Registry", DOSSIER), ("get", "Dossier"), ("put", "Dossier", OUTBOX)],
        [
            ("delete", "Registry", DOSSIER),
            ("delete", "Dossier", OUTBOX),
            ("get", "Person"),
            ("get", "Figure"),
            ("secret",),
            ("send", "Jobs"),
        ],
    ),
    "run_job": (
        [("get", "Dossier"), ("put", "Dossier", DOSSIER), ("delete", "Dossier", OUTBOX), ("get", "Person")],
        [("put", "Person", DOSSIER), ("put", "Registry", DOSSIER), ("get", "Figure"), ("secret",), ("send", "Jobs")],
    ),
    "report_api": (
        [("get", "Figure")],
        [("get", "Registry"), ("put", "Figure", DOSSIER), ("get", "Dossier"), ("get", "Person")],
    ),
    "relay_events": (
        [],
        [("get", "Dossier"), ("get", "Person"), ("secret",), ("send", "RoutingDeadLetter")],
    ),
    "sweep_deadlines": (
        [("put", "Dossier", DOSSIER), ("get", "Registry")],
        [("get", "Dossier"), ("delete", "Dossier", OUTBOX), ("get", "Person"), ("get", "Figure"), ("send", "Jobs")],
    ),
    "sweep_stalled": (
        [],
        [("get", "Dossier"), ("put", "Dossier", OUTBOX), ("get", "Person"), ("send", "RelayParking")],
    ),
}
"""What each function's role allows, and what it refuses.

Two roles may touch only outbox items, no dossier. That is a condition on the key (`dynamodb:LeadingKeys`), which the
embedded engine does not know; tests/infra checks it.
"""


def call(console: Console, wish: Wish) -> tuple[str, str, dict[str, Any]]:
    """Return service, operation and parameters."""
    match wish:
        case ("get", str(table)):
            return "dynamodb", "get_item", {"TableName": console.table(table), "Key": keys.persons("0")}
        case ("put", str(table), key):
            return (
                "dynamodb",
                "put_item",
                {"TableName": console.table(table), "Item": key, "ConditionExpression": UNDECIDABLE},
            )
        case ("delete", str(table), key):
            return (
                "dynamodb",
                "delete_item",
                {"TableName": console.table(table), "Key": key, "ConditionExpression": UNDECIDABLE},
            )
        case ("send", str(queue)):
            return "sqs", "send_message", {"QueueUrl": console.queue(queue), "MessageBody": "probe"}
        case _:
            return "secretsmanager", "get_secret_value", {"SecretId": console.stack.outputs["PartnerSecretArn"]}


@pytest.mark.parametrize("function", ROLES)
def test_a_role_can_do_its_work_and_nothing_else(system: System, function: str) -> None:
    granted, refused = ([call(system.console, wish) for wish in wishes] for wishes in ROLES[function])
    with probe(system.console, function) as outcome_of:
        outcomes = outcome_of([*granted, *refused])
    assert all(outcome in GRANTED for outcome in outcomes[: len(granted)]), outcomes
    assert all("AccessDenied" in outcome for outcome in outcomes[len(granted) :]), outcomes


def test_a_list_goes_on_and_failures_to_track_are_counted(system: System) -> None:
    """Each runs under the role of the function that does it."""
    numbers = [str(system.receive()["number"]) for _ in range(2)]
    system.console.settle()
    desk, catalogue = "/units/skhdt/inbox?status=4&limit=1", "/procedures?limit=1"
    for path, who in ((desk, OFFICER), (catalogue, CLERK)):
        cursor = system.call("GET", path, who=who).json()["next_cursor"]
        assert system.call("GET", f"{path}&cursor={cursor}", who=who).status_code == 200
        assert system.call("GET", f"{path}&cursor={cursor[:-1]}", who=who).status_code == 400
    body, owner = {"number": numbers[1], "identity_number": "030099000777"}, system.people[-1]["number"]
    assert system.call("POST", "/tracking", body | {"identity_number": owner}).status_code == 200
    assert {system.call("POST", "/tracking", body).status_code for _ in range(MOST_FAILURES)} == {404}
    assert system.call("POST", "/tracking", body | {"identity_number": owner}).status_code == 404


def test_staff_of_another_unit_find_nothing_and_nobody_can_promote_themselves(system: System) -> None:
    dossier = system.receive()
    system.console.settle()
    path = f"/dossiers/{dossier['id']}"
    assert system.call("GET", path, who=OFFICER).status_code == 200
    for stranger in ("officer@stp", "clerk@mc-h288", "admin@tinh"):
        assert system.call("GET", path, who=stranger).status_code == 404
    promoted = system.call(
        "GET", path, who="clerk@mc-h288", headers={"X-Cognito-Groups": CLERK, "X-Amzn-Oidc-Data": CLERK}
    )
    assert promoted.status_code == 404
    assert system.call("POST", f"{path}/takeover", who=CLERK, version=2).status_code == 403


def test_who_is_not_signed_in_or_is_the_portal_has_no_way_to_the_staff_s_inbox(system: System) -> None:
    assert system.call("GET", DESK, headers={"Authorization": "nobody"}).status_code == 401
    assert system.call("GET", DESK, who=PORTAL).status_code in (401, 403)
    assert system.call("POST", "/portal/dossiers", who=CLERK).status_code in (401, 403)
