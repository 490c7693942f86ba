"""Every problem that code can raise has its words, every word has its problem, and every text gets what it needs."""

import ast
from collections.abc import Iterator
from string import Formatter

from motcua.contracts import faults
from motcua.problems import PROBLEMS
from tests.kit.code import MODULES, layer, tree

RAISED_BY = {"MotcuaError", "InvalidError", "RefusedError", "ForbiddenError", "NotFoundError", "ConflictError"}
NAMED_BY = RAISED_BY | {"Fault", "PydanticCustomError"}
FROM_PYDANTIC = set(faults._CODES.values()) | {"wrong_type"}
PASSED_ON = {
    ("faults", "kind"),
    ("faults", "code"),
    ("request", "faults[0].code"),
    ("errors", "code"),
    ("run_job", "result.because"),
}
"""Codes that come from elsewhere and are checked there: pydantic's own kinds (test_faults.py), a fault handed on or kept."""


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Wherever an error or a fault is made of a code that is written there."""
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) in NAMED_BY and node.args):
                continue
            if (module.rpartition(".")[2], ast.unparse(node.args[0])) not in PASSED_ON:
                yield module, node


def _codes(expression: ast.expr, within: ast.AST) -> set[str]:
    """The strings that an expression may be: a literal, either side of a choice, or what a name was given."""
    match expression:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return _codes(one, within) | _codes(other, within)
        case ast.Name(id=name):
            return set().union(*(_codes(value, within) for value in _given_to(name, within)))
    return set()


def _given_to(name: str, within: ast.AST) -> list[ast.expr]:
    """The values that are assigned to a name."""
    return [
        each.value
        for each in ast.walk(within)
        if isinstance(each, ast.Assign) and name in [ast.unparse(to) for to in each.targets]
    ]


def _keys(expression: ast.expr, within: ast.AST) -> set[str]:
    """The keys of a mapping: written out here, what a name was given, or what a function of this module returns."""
    match expression:
        case ast.Dict(keys=written):
            return {str(each.value) for each in written if isinstance(each, ast.Constant)}
        case ast.Name(id=name):
            values = _given_to(name, within)
        case ast.Call(func=ast.Name(id=name)):
            made = [each for each in ast.walk(within) if isinstance(each, ast.FunctionDef) and each.name == name]
            returns = (each for function in made for each in ast.walk(function) if isinstance(each, ast.Return))
            values = [each.value for each in returns if each.value]
        case _:
            return set()
    return set.intersection(*(_keys(value, within) for value in values)) if values else set()


def _given(call: ast.Call, within: ast.AST) -> set[str]:
    """The parameters of a text: an error's keywords, a fault's mapping."""
    named = {keyword.arg for keyword in call.keywords if keyword.arg}
    spread = [keyword.value for keyword in call.keywords if not keyword.arg]
    return named | {key for mapping in (*call.args[1:], *spread) for key in _keys(mapping, within)}


def _needed(code: str) -> set[str]:
    problem = PROBLEMS[code]
    return {name for text in (problem.vi, problem.en) for _, name, _, _ in Formatter().parse(text) if name}


CALLS = [
    (f"{module}:{call.lineno}", call, _codes(call.args[0], tree(module)), tree(module)) for module, call in _calls()
]
"""Where, the call, the codes that it may raise, and the module in which it stands."""


def test_the_code_of_every_call_is_readable_here() -> None:
    assert len(CALLS) > 250
    assert [where for where, _, codes, _ in CALLS if not codes] == []


def test_every_code_that_is_raised_has_its_words() -> None:
    assert {(where, code) for where, _, codes, _ in CALLS for code in codes - set(PROBLEMS)} == set()
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


def test_who_raises_a_problem_gives_its_text_what_it_needs() -> None:
    lacking = [
        (where, code, missing)
        for where, call, codes, within in CALLS
        for code in codes
        if (missing := _needed(code) - _given(call, within))
    ]
    assert lacking == []
