"""Every paged list refuses a cursor that is not its own, whatever it is made of."""

import base64
import hashlib
import json
from typing import Any

import pytest

from infra.contracts.operations import all_operations
from tests.kit.moto_cloud import CLERK, Cloud, Reply

HEAD, CONTROLLER = "head@mc-tinh", "controller@tinh"
LISTS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "read_inbox": ("dossier_api", CLERK, "/units/mc-tinh/inbox", {"status": "2"}),
    "list_searches": ("dossier_api", HEAD, "/units/mc-tinh/searches", {}),
    "read_facts": ("report_api", "head@skhdt", "/reports/targets/2020-04/agencies/skhdt/facts", {}),
    "read_history": ("registry_api", CONTROLLER, "/registry/unit/skhdt/history", {}),
    "read_work_list": ("registry_api", CONTROLLER, "/reviews/review-order-1313/departments/skhdt", {}),
    "list_procedures": ("public_api", "", "/procedures", {}),
    "list_units": ("public_api", "", "/units", {}),
}
ELSEWHERE = {"read_job_results"}
"""Needs a job: tests/handlers/test_calendar_changes.py."""


def _bound(of: str, *at: str) -> str:
    """Return a cursor of the former, unsigned format."""
    bound = {"of": hashlib.sha256(of.encode()).hexdigest()[:12], "at": at}
    return base64.urlsafe_b64encode(json.dumps(bound).encode()).decode().rstrip("=")


def _read(cloud: Cloud, name: str, **more: str) -> Reply:
    handler, groups, path, query = LISTS[name]
    return cloud.call(handler, "GET", path, groups=groups or None, query=query | more)


def _told(reply: Reply) -> tuple[int, Any]:
    return reply.status, [(each["pointer"], each["code"]) for each in reply.body.get("errors", [])]


def test_every_list_with_a_cursor_stands_here() -> None:
    assert {each.name for each in all_operations() if "cursor" in each.query} == set(LISTS) | ELSEWHERE


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_cursor_that_is_not_its_own_is_told_as_such(shared_cloud: Cloud, name: str) -> None:
    assert _read(shared_cloud, name).status == 200
    other = "list_units" if name != "list_units" else "list_procedures"
    foreign = _read(shared_cloud, other, limit="1").body["next_cursor"]
    content, _, signature = foreign.partition(".")
    forged = base64.urlsafe_b64encode(b'["x"]').decode().rstrip("=")
    sent = ("x", foreign, content, f"{forged}.{signature}", f"{forged}.", _bound("mc-tinh#2", "9", "x", "x"), "é.é")
    answers = {each: _told(_read(shared_cloud, name, cursor=each)) for each in sent}
    assert answers == dict.fromkeys(sent, (400, [("/cursor", "malformed-cursor")]))
