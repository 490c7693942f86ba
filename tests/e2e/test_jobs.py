"""Jobs on the running system: stream and queue apply a calendar change and a reorganisation to dossiers."""

import time
from typing import Any

import pytest

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.registry.rows import row_of
from motcua.domain.registry.entry import EntryKind, new_entry
from tests.e2e.system import System
from tests.kit.sample_reorganisation import NORTH, SUCCESSORS
from tests.kit.shipped import things

pytestmark = pytest.mark.engine

CONTROLLER = "controller@tinh"
BASIS = {"number": "mẫu/UBND", "date": "2021-03-01", "title_vi": "Văn bản mẫu", "certainty": "ours"}
IN_2021, IN_JUNE, IN_JULY = "2021-03-01T08:00:00+07:00", "2025-06-20T08:30:00+07:00", "2025-07-01T07:30:00+07:00"
PATIENCE = 100
"""In seconds. A job starts some seconds after its change; until then processes may act on what they remember."""


def _control(system: System, method: str, path: str, body: Any = None, **more: Any) -> dict[str, Any]:
    answer = system.call(method, path, body, who=CONTROLLER, **more)
    assert answer.is_success, answer.text
    told: dict[str, Any] = answer.json()
    return told


def _clerk(system: System, one_stop: str, **more: Any) -> dict[str, Any]:
    return system.receive(who=f"clerk@{one_stop}", one_stop_id=one_stop, **more)


def _read(system: System, dossier_id: str) -> dict[str, Any]:
    return _control(system, "GET", f"/dossiers/{dossier_id}")


def _done(system: System, job_id: str) -> dict[str, Any]:
    """Return the job when it is done.

    An empty index of pending messages does not prove that: a chain of messages can move between two shards unseen.
    """
    until = time.monotonic() + PATIENCE
    while not (told := _control(system, "GET", f"/jobs/{job_id}"))["done"]:
        assert time.monotonic() < until, told
        time.sleep(0.5)
    return told


def test_a_calendar_change_and_a_reorganisation_reach_every_open_dossier(system: System) -> None:
    """One test covers both, because each waits until no process acts on the former registry."""
    days = [
        {"date": day.date.isoformat(), "kind": day.kind.value, "name_vi": day.name_vi}
        for day in things(EntryKind.CALENDAR)["2021"].days
    ]
    dated = system.receive(at=IN_2021)
    for unit in SUCCESSORS:
        entry = new_entry(EntryKind.UNIT, unit.id, unit)
        row = keys.entry(entry.kind, entry.id) | item(row_of(entry))
        system.stack.client("dynamodb").put_item(TableName=system.stack.outputs["RegistryTableName"], Item=row)
    by_rule = _clerk(system, "mc-h299", procedure_code="2.000815", at=IN_JUNE)
    by_nobody = _clerk(system, "mc-h299", procedure_code="2.000620", at=IN_JUNE)
    system.console.settle()

    body = {"days": [*days, {"date": "2021-03-03", "kind": "day_off", "name_vi": "Ngày nghỉ mẫu"}]}
    more = {"legal_basis": BASIS, "why": "Thêm một ngày nghỉ mẫu"}
    change = _control(system, "POST", "/calendars/2021/changes", body | more, at=IN_2021)
    preview = _done(system, change["preview_job"])
    assert preview["moved"] == 1
    (would_move,) = _control(system, "GET", f"/jobs/{change['preview_job']}/results")["results"]
    assert would_move["dossier_id"] == dated["id"]

    path, why = f"/calendar-changes/{change['id']}/application", {"why": "Đã xem trước"}
    applied = _control(system, "POST", path, why, version=1, at=IN_2021)
    plan = {
        "id": "sap-xep-mau-2025-07-01",
        "title_vi": "Sắp xếp mẫu: một huyện kết thúc",
        "effective": "2025-07-01",
        "legal_basis": BASIS,
        "ends": ["h299", "mc-h299"],
        "rules": [{"from_unit": "h299", "to_unit": NORTH.id, "procedure": "2.000815"}],
        "is_sample": True,
    }
    _control(system, "POST", "/reorganisations", {"reorganisation": plan, "why": "Phương án mẫu"}, at=IN_JULY)
    started = _control(system, "POST", f"/reorganisations/{plan['id']}/start", why, version=1, at=IN_JULY)
    assert not _control(system, "GET", f"/jobs/{started['jobs'][0]}")["done"]
    moved = _done(system, applied["apply_job"])
    assert (moved["moved"], moved["tasks"]) == (1, 0)
    after = _read(system, dated["id"])
    assert dated["due_at"].startswith(would_move["before"][:16])
    assert after["due_at"].startswith(would_move["after"][:16])
    handed = _done(system, started["jobs"][0])
    assert (handed["found"], handed["moved"], handed["tasks"]) == (2, 1, 1)
    there = _read(system, by_rule["id"])
    assert (there["agency_id"], there["one_stop_id"]) == (NORTH.id, f"mc-{NORTH.id}")
    assert _read(system, by_nobody["id"])["agency_id"] == "h299", "no rule covers it: a task, and never a guess"
    task = {"why": "Theo nơi cư trú của chủ hồ sơ", "agency_id": NORTH.id, "one_stop_id": f"mc-{NORTH.id}"}
    path = f"/jobs/{started['jobs'][0]}/tasks/{by_nobody['id']}"
    assert _control(system, "POST", path, task, at=IN_JULY)["agency_id"] == NORTH.id
    late = system.ask_to_receive(who="clerk@mc-h299", one_stop_id="mc-h299", procedure_code="2.000815", at=IN_JULY)
    assert late.status_code == 422
    assert late.json()["errors"][0]["code"] == "unit-ended"
