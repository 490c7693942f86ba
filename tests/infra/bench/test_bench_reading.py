"""The benchmark's sources: the recorded transaction, the functions' own count of calls, Python's import times."""

import json
from typing import Any

import pytest

from infra.bench import calls, modules, transaction
from infra.engine.errors import LocalRunError

PUT: dict[str, Any] = {
    "Put": {"TableName": "Dossier", "Item": {"PK": {"S": "DOSSIER#1"}, "SK": {"S": "STATE"}, "id": {"S": "1"}}}
}


def test_the_same_transaction_is_written_again_under_fresh_keys() -> None:
    template = transaction.template_of([PUT])
    first, second = (json.loads(transaction.fresh(template, name)) for name in ("a", "b"))
    assert first[0]["Put"]["Item"]["PK"] == {"S": "DOSSIER#1#a"}
    assert second[0]["Put"]["Item"]["PK"] == {"S": "DOSSIER#1#b"}
    assert first[0]["Put"]["Item"]["id"] == {"S": "1"}
    assert PUT["Put"]["Item"]["PK"] == {"S": "DOSSIER#1"}, "what was recorded must not be changed"


def test_an_action_that_needs_an_item_to_be_there_is_refused() -> None:
    with pytest.raises(ValueError, match="Delete"):
        transaction.template_of([{"Delete": {"TableName": "Dossier", "Key": PUT["Put"]["Item"]}}])


def test_the_count_is_that_of_the_functions_own_line() -> None:
    log = "START\n" + json.dumps({"message": "route_dossier", "dynamodb_calls": 2}) + "\n" + json.dumps({"_aws": {}})
    assert calls.calls_told(log) == 2


def test_a_function_that_told_no_count_is_an_error_and_not_nought() -> None:
    with pytest.raises(LocalRunError):
        calls.calls_told('{"message": "route_dossier"}\nno line of ours')


def test_a_command_that_takes_more_calls_than_it_may_is_marked() -> None:
    within = dict.fromkeys(calls.COMMANDS, 1)
    told = calls.lines(within, within | {"webhook": 2})
    assert [line for line in told if "✗" in line] == [line for line in told if "webhook" in line]


def test_import_times_are_each_modules_own() -> None:
    told = "import time: self [us] | cumulative | imported package\nimport time:      1500 |       9000 |   motcua.http\nother\n"
    assert modules.own_times(told) == {"motcua.http": 1.5}
