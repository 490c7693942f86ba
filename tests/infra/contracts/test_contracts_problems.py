"""Every problem that an operation's code can raise is in its contract. The problems are read from the code."""

import functools

import pytest

from infra.contracts.operations import all_operations, problems_of
from motcua.edge.http import Operation
from tests.kit.raised import raised

OPERATIONS = {each.name: each for each in all_operations()}

RECEIPTS = {"receive_dossier", "refuse_at_counter", "register_transitional", "submit_dossier"}
NEW_ENTRIES = {"propose_calendar_change", "plan_reorganisation", "enter_rule", "enter_unit", "decide_job_task"}
REVIEW_ACTS = {
    f"{act}_review_items" for act in ("announce", "enter", "prepare", "propose", "publish", "return", "withdraw")
}
NEVER_MET: dict[str, dict[str, set[str]]] = {
    "a new dossier has no version that another could have changed": {"changed_meanwhile": RECEIPTS},
    "what is asked for at intake is asked for in a state that allows it": {
        "move_not_allowed": {"receive_dossier", "refuse_at_counter"}
    },
    "a refusal at the counter asks for no result by post": {
        "originals_due_by_post": {"refuse_at_counter"},
        "post_not_offered": {"refuse_at_counter"},
    },
    "a preview tells why the post cannot be chosen, and does not refuse": {
        code: {"preview_choice_by_link"}
        for code in (
            *("move_not_allowed", "originals_due_by_post", "parcel_under_way", "post_not_offered", "unknown_procedure"),
        )
    },
    "what enters something new names no version, and finds none": {
        "if_match_needed": NEW_ENTRIES | REVIEW_ACTS | {"enter_review_catalogue"},
        "entry_version_differs": {"plan_reorganisation", "enter_review_items", "enter_review_catalogue"},
        "entry_not_found": {"plan_reorganisation"},
        "job_under_way": {"plan_reorganisation"},
        "reorganisation_started": {"plan_reorganisation"},
    },
    "what changes something does not enter it": {"entry_exists": {"change_reorganisation"}},
    "what is read is read as it is now": {"entry_version_differs": {"read_calendar_change", "read_reorganisation"}},
    "the catalogue names each procedure once, and those alone that the list lacks": {
        code: {"enter_review_catalogue"} for code in ("review_code_twice", "review_item_exists", "review_name_needed")
    },
    "an annulled rule meets no other; that a former one meets another is told as former_not_restored": {
        "rule_contradicts": {"annul_rule"}
    },
    "a new rule leaves no day without one: what it replaces it must replace whole": {"rule_needed": {"enter_rule"}},
    "an order number is looked at before it is looked for": {"unknown_parcel": {"find_dossiers"}},
}
"""Problems that the search of the code finds but no caller can get, and why."""


@functools.cache
def _found(operation: Operation) -> set[str]:
    act, body = (operation.act.__module__, operation.name), operation.body
    return raised(act, *([(body.__module__, body.__name__)] if body else []))


def _never(operation: Operation) -> set[str]:
    return {code for codes in NEVER_MET.values() for code, names in codes.items() if operation.name in names}


def test_what_an_operation_can_raise_stands_in_its_contract() -> None:
    missing = {
        name: codes
        for name, operation in OPERATIONS.items()
        if (codes := _found(operation) - _never(operation) - set(problems_of(operation)))
    }
    assert missing == {}


def test_what_is_said_to_be_never_met_is_found_and_not_published() -> None:
    """Otherwise the exception is out of date."""
    outlived = {
        (name, code)
        for codes in NEVER_MET.values()
        for code, names in codes.items()
        for name in names
        if code not in _found(OPERATIONS[name]) - set(problems_of(OPERATIONS[name]))
    }
    assert outlived == set()


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("correct_receipt", "nothing_corrected"),
        ("read_review", "unknown_field"),
        ("read_work_list", "unknown_field"),
        ("read_inbox", "malformed_header"),
        ("take_over_dossier", "move_not_allowed"),
        ("resolve_dossier", "legs_unfinished"),
        ("choose_by_link", "time_before_last_act"),
        ("enter_rule", "entry_exists"),
        ("track_dossier", "nothing_to_track"),
    ],
)
def test_the_search_finds_what_is_raised_near_and_far(operation: str, code: str) -> None:
    """In a route, in a validator, in what a use case calls, and in a method of the request."""
    assert code in _found(OPERATIONS[operation])


def test_the_search_does_not_find_everything_everywhere() -> None:
    assert "move_not_allowed" not in _found(OPERATIONS["read_dossier"])
    assert "unknown_field" not in _found(OPERATIONS["read_dossier"])
