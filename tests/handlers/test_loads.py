"""The modules of ours and the classes of records that a process's first request loads. A cold start pays for each.

The modules are forgotten and loaded anew by the request itself, as in a new process. The limits are what is loaded today: who
needs one more says so here, and who needs less lowers them.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import is_dataclass
from types import ModuleType
from typing import Any

import pytest

from tests.kit.api_lives import posted, receive, received, report
from tests.kit.moto_cloud import CLERK, Cloud

CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}


def _ours() -> dict[str, ModuleType]:
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] in ("motcua", "handlers")}


def loaded_by(cloud: Cloud, step: Callable[[], Any]) -> tuple[set[str], set[str]]:
    """Names of our modules that a step loads which finds none, and of the records' classes in them. All is put back.

    Rooms themselves are not counted: a package of ours is one sentence.
    """
    kept = _ours()
    for name in kept:
        del sys.modules[name]
    cloud.running = "the function at hand"  # what has just been loaded remembers nothing that could be forgotten
    try:
        step()
        loaded = _ours()
    finally:
        for name in _ours():
            del sys.modules[name]
        sys.modules.update(kept)
    records = {
        f"{name}.{value.__name__}"
        for name, module in loaded.items()
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == name and is_dataclass(value)
    }
    return {name for name, module in loaded.items() if not hasattr(module, "__path__")}, records


def first_receive(cloud: Cloud) -> Callable[[], Any]:
    return lambda: _sound(receive(cloud, CITIZEN))


def first_callback(cloud: Cloud) -> Callable[[], Any]:
    order = f"{posted(cloud, CITIZEN)}-1"
    return lambda: _sound(cloud.call_back(report(order, "C20")))


def first_parcel_event(cloud: Cloud) -> Callable[[], Any]:
    dossier_id = posted(cloud, CITIZEN)
    _sound(cloud.call_back(report(f"{dossier_id}-1", "C20")))
    owed = cloud.owed("parcel_events", dossier_id)
    return lambda: _sound(cloud.deliver("apply_parcel_event", *owed))


def first_page(cloud: Cloud) -> Callable[[], Any]:
    received(cloud, CITIZEN)
    desk = {"status": "2"}
    return lambda: _sound(cloud.call("dossier_api", "GET", "/units/mc-tinh/inbox", groups=CLERK, query=desk))


def first_routing(cloud: Cloud) -> Callable[[], Any]:
    owed = cloud.owed("routing", received(cloud, CITIZEN))
    return lambda: _sound(cloud.deliver("route_dossier", *owed))


def _sound(answer: Any) -> None:
    if isinstance(answer, dict):
        assert answer == {"batchItemFailures": []}
    else:
        assert answer.status < 300, answer.body


# what is done · modules of ours · classes of records
LIMITS: dict[str, tuple[Callable[[Cloud], Callable[[], Any]], int, int]] = {
    "receive": (first_receive, 99, 101),
    "callback": (first_callback, 38, 32),
    "parcel event": (first_parcel_event, 78, 97),
    "inbox page": (first_page, 66, 54),
    "routing": (first_routing, 68, 61),
}

THEMES = {
    "receive": {"motcua.routes.intake.receive_dossier"},
    "callback": {"motcua.routes.post.keep_callback"},
    "inbox page": {"motcua.routes.reading.read_inbox"},
}


@pytest.mark.usefixtures("post_office")
@pytest.mark.parametrize("name", LIMITS)
def test_a_first_request_loads_no_more_than_it_did(cloud: Cloud, name: str) -> None:
    make, modules, classes = LIMITS[name]
    loaded, records = loaded_by(cloud, make(cloud))
    assert len(loaded) <= modules, sorted(loaded)
    assert len(records) <= classes, sorted(records)


@pytest.mark.usefixtures("post_office")
@pytest.mark.parametrize("name", LIMITS)
def test_a_first_request_loads_no_theme_but_its_own(cloud: Cloud, name: str) -> None:
    """So that a new theme costs the others nothing."""
    loaded, _ = loaded_by(cloud, LIMITS[name][0](cloud))
    themes = {
        each
        for each in loaded
        if each.startswith("motcua.routes.") and hasattr(importlib.import_module(each), "OPERATIONS")
    }
    assert themes == THEMES.get(name, set())
