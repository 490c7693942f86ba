"""Routes in the template = routes in the code, each behind the same door."""

import importlib
from collections import Counter

import pytest

from infra.contracts.operations import all_operations, mounted
from motcua.edge.http import Operation, operation_at
from tests.kit.code import MODULES, layer
from tests.kit.template import function_behind, functions, routes

Route = tuple[str, str, str]


def _in_code() -> dict[Route, Operation]:
    """Handler, method and path of every operation that a handler mounts."""
    return {(handler, operation.method.lower(), operation.path): operation for handler, _, operation in mounted()}


def _in_template() -> dict[Route, object]:
    """The same of the API's definition, with who may call the route."""
    handlers = {name: function["Handler"].removesuffix(".handler") for name, function in functions().items()}
    return {
        (handlers[function_behind(operation)], method, path): operation.get("security")
        for (method, path), operation in routes().items()
    }


def test_a_table_serves_each_operation_under_its_own_route() -> None:
    """The table is what routes, the operation what the contract is made of."""
    told = [(route, f"{operation.method} {operation.path}") for _, route, operation in mounted()]
    assert [each for each in told if each[0] != each[1]] == []


def test_every_operation_stands_in_one_table() -> None:
    """What no table names would be neither served nor published, without a sound."""
    themes = [importlib.import_module(name) for name in MODULES if layer(name) == "routes"]
    written = [operation for theme in themes for operation in getattr(theme, "OPERATIONS", ())]
    assert Counter(each.name for _, _, each in mounted()) == Counter(each.name for each in written)


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("intake.receive_dossier:recieve_dossier", KeyError),
        ("intake.recieve_dossier:receive_dossier", ModuleNotFoundError),
    ],
)
def test_a_wrong_name_in_a_table_is_an_error(place: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        operation_at(place)


def test_the_gateway_sends_each_route_to_the_function_that_serves_it() -> None:
    assert set(_in_template()) == set(_in_code())
    assert len(_in_code()) == 92


def test_one_handler_mounts_each_operation() -> None:
    assert Counter(each.name for each in _in_code().values()) == Counter(each.name for each in all_operations())


def test_each_route_is_behind_the_door_of_its_audience() -> None:
    doors: dict[str, list[dict[str, list[str]]] | None] = {
        "staff": [{"StaffAuthorizer": []}],
        "public": None,
        "partner": None,
    }
    for route, operation in _in_code().items():
        portal = [{"PortalAuthorizer": [operation.scope]}]
        assert _in_template()[route] == (portal if operation.audience == "portal" else doors[operation.audience]), route


def test_only_tracking_the_webhook_signed_links_and_readings_of_the_registry_are_open_to_everybody() -> None:
    open_to_all = [operation for operation in _in_code().values() if operation.audience in ("public", "partner")]
    assert {each.name for each in open_to_all if each.method != "GET"} == {
        "track_dossier",
        "receive_callback",
        "preview_choice_by_link",
        "choose_by_link",
    }
    assert {each.path for each in open_to_all if each.method == "GET"} == {
        "/procedures",
        "/procedures/{code}",
        "/procedures/{code}/versions",
        "/units",
        "/units/{unit_id}",
        "/rules",
        "/rules/{rule_id}",
        "/calendars/{year}",
    }


def test_a_scope_belongs_to_the_portal() -> None:
    for operation in _in_code().values():
        assert bool(operation.scope) == (operation.audience == "portal"), operation.name


DECIDED_ONCE = {
    "abandon_job",
    "decide_job_task",
    "prepare_review_items",
    "propose_review_items",
    "announce_review_items",
    "publish_review_items",
    "return_review_items",
    "withdraw_review_items",
}
"""Their state alone refuses what was decided before, by whatever version; several may be decided at once."""


READ_BY_POST = {
    "find_dossiers",
    "track_dossier",
    "preview_choice_by_link",
    "make_channel_link",
    "make_own_channel_link",
}
"""What is asked for or answered is for no access log and no cache: it stands in the body. Nothing is written."""

SIGNED = {"receive_callback"}
"""A partner's call is known again by its own id, and needs no key."""

CHOSEN_AS_IT_STANDS = {"choose_by_link"}
"""Who holds a link has seen no version: the choice is made on the dossier as it stands."""


def test_every_change_is_a_command_and_every_reading_is_none() -> None:
    for operation in _in_code().values():
        reads = operation.method == "GET" or operation.name in READ_BY_POST | SIGNED
        assert operation.command is not reads, operation.name


def test_who_changes_what_is_there_says_which_version_was_seen() -> None:
    for operation in _in_code().values():
        changes = (
            operation.command and operation.status != 201 and operation.name not in DECIDED_ONCE | CHOSEN_AS_IT_STANDS
        )
        assert operation.guarded is changes, operation.name


def test_every_operation_has_a_name_of_its_own_and_words_in_both_languages() -> None:
    names = [operation.name for operation in _in_code().values()]
    assert len(names) == len(set(names))
    for operation in _in_code().values():
        assert operation.vi
        assert operation.en
        assert operation.vi != operation.en
