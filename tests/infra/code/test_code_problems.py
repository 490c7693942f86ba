"""Every problem that code can raise has its words, in both languages, and every word has its problem."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from motcua.contracts import faults
from motcua.problems import PROBLEMS
from tests.kit.code import MODULES, layer, tree

RAISED_BY = {"MotcuaError", "InvalidError", "RefusedError", "ForbiddenError", "NotFoundError", "ConflictError"}
NAMED_BY = RAISED_BY | {"Fault", "PydanticCustomError"}
FROM_PYDANTIC = set(faults._CODES.values()) | {"wrong_type"}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _same_fields(text: str) -> set[str]:
    """A status is named in the language of its text."""
    return {re.sub("_(vi|en)$", "", name) for name in _fields(text)}


def _calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Module, call and code, wherever an error or a fault is made of a literal code."""
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in NAMED_BY and node.args:
                for code in _literals(node.args[0]):
                    yield module, node, code


def _literals(node: ast.expr) -> list[str]:
    """The codes that an expression may be: a literal, or a choice between two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return _literals(node.body) + _literals(node.orelse) if isinstance(node, ast.IfExp) else []


def _given(call: ast.Call) -> set[str | None]:
    """The parameters of a text: an error's keywords, a fault's mapping. None among them = they are not written out here."""
    given = {keyword.arg for keyword in call.keywords}
    if ast.unparse(call.func) != "Fault" or len(call.args) < 3:
        return given
    mapping = call.args[2]
    return {str(ast.literal_eval(key)) for key in mapping.keys if key} if isinstance(mapping, ast.Dict) else {None}


CALLS = list(_calls())
FILLED = [
    (module, call, code)
    for module, call, code in CALLS
    if code not in FROM_PYDANTIC or ast.unparse(call.func) in RAISED_BY  # else filled from pydantic's own context
]


def test_every_code_that_is_raised_has_its_words() -> None:
    assert {code for _, _, code in CALLS} - set(PROBLEMS) == set()
    assert set(PROBLEMS) >= FROM_PYDANTIC


def test_every_word_has_its_problem() -> None:
    written = {
        node.value
        for module in MODULES
        if layer(module) != "problems"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(PROBLEMS) - written == set()


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_says_the_same_in_both_languages(code: str) -> None:
    problem = PROBLEMS[code]
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", code)
    assert 400 <= problem.status < 600
    assert _same_fields(problem.vi) == _same_fields(problem.en)
    assert problem.vi.endswith(".")
    assert problem.en.endswith(".")
    assert re.search("[À-ỹ]", problem.vi)
    assert not re.search("[À-ỹ]", problem.en)


@pytest.mark.parametrize(("module", "call", "code"), FILLED, ids=[f"{module}-{code}" for module, _, code in FILLED])
def test_who_raises_a_problem_gives_its_text_what_it_needs(module: str, call: ast.Call, code: str) -> None:
    given = _given(call)
    if None not in given:
        assert _fields(PROBLEMS[code].vi) | _fields(PROBLEMS[code].en) <= given, f"{module}:{call.lineno}"


def test_only_the_two_that_are_ours_to_mend_are_5xx() -> None:
    assert {code: problem.status for code, problem in PROBLEMS.items() if problem.status >= 500} == {
        "internal": 500,
        "busy": 503,
    }
