"""Every problem that the code can raise has its words, and every text gets the parameters that it names."""

import ast
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.domain.errors import Fault
from motcua.problems import PROBLEMS, words

FUNCTIONS = Path(__file__).parents[3] / "functions"
RAISERS = {
    "InvalidError", "RefusedError", "ForbiddenError", "NotFoundError", "ConflictError", "MotcuaError", "Fault",
    "PydanticCustomError",
}  # fmt: skip
SOURCES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FUNCTIONS.rglob("*.py"))}
PASSED_ON = {
    ("faults.py", "kind"),
    ("faults.py", "code"),
    ("request.py", "faults[0].code"),
    ("errors.py", "code"),
    ("jobs.py", "result.because"),
}
"""Codes that come from elsewhere and are checked there: pydantic's own kinds (test_faults.py), a fault handed on or kept."""


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISERS and node.args:
                yield path, node


def constants(expression: ast.expr, tree: ast.AST) -> set[str]:
    """The strings that an expression may be: a literal, either side of a choice, or what a name was given."""
    match expression:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return constants(one, tree) | constants(other, tree)
        case ast.Name(id=name):
            given = [
                each.value
                for each in ast.walk(tree)
                if isinstance(each, ast.Assign)
                and any(isinstance(to, ast.Name) and to.id == name for to in each.targets)
            ]
            return set().union(*(constants(value, tree) for value in given))
    return set()


def needed(code: str) -> set[str]:
    """The parameters that the texts of a problem name."""
    problem = PROBLEMS[code]
    return {name for text in (problem.vi, problem.en) for _, name, _, _ in string.Formatter().parse(text) if name}


def keys(expression: ast.expr, tree: ast.AST) -> set[str]:
    """The keys of a mapping: written out here, what a name was given, or what a function of this module returns."""
    match expression:
        case ast.Dict(keys=written):
            return {str(each.value) for each in written if isinstance(each, ast.Constant)}
        case ast.Name(id=name):
            given = (each for each in ast.walk(tree) if isinstance(each, ast.Assign))
            values = [each.value for each in given if name in [ast.unparse(to) for to in each.targets]]
        case ast.Call(func=ast.Name(id=name)):
            made = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name == name]
            returns = (each for function in made for each in ast.walk(function) if isinstance(each, ast.Return))
            values = [each.value for each in returns if each.value]
        case _:
            return set()
    return set.intersection(*(keys(value, tree) for value in values)) if values else set()


def given_by(call: ast.Call, tree: ast.AST) -> set[str]:
    named = {keyword.arg for keyword in call.keywords if keyword.arg}
    spread = [keyword.value for keyword in call.keywords if not keyword.arg]
    named |= {key for mapping in (*call.args[1:], *spread) for key in keys(mapping, tree)}
    return named | ({"rule"} if isinstance(call.func, ast.Name) and call.func.id == "RefusedError" else set())


CASES = [
    pytest.param(path, call, id=f"{path.relative_to(FUNCTIONS)}:{call.lineno}")
    for path, call in calls()
    if (path.name, ast.unparse(call.args[0])) not in PASSED_ON
]


@pytest.mark.parametrize(("path", "call"), CASES)
def test_a_code_that_is_raised_has_words_and_gets_what_they_need(path: Path, call: ast.Call) -> None:
    codes = constants(call.args[0], SOURCES[path])
    assert codes, "the code must be readable here"
    for code in codes:
        assert code in PROBLEMS
        assert needed(code) <= given_by(call, SOURCES[path])


def test_the_search_finds_the_calls() -> None:
    assert len(CASES) > 50


def test_no_words_are_left_that_nobody_says() -> None:
    said = {
        node.value
        for path, tree in SOURCES.items()
        if path.parent.name != "problems"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(PROBLEMS) <= said


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_has_its_status_and_both_languages(code: str) -> None:
    problem = PROBLEMS[code]
    assert 400 <= problem.status <= 503
    assert code.replace("_", "").isalnum()
    assert code == code.lower()
    for text in (problem.vi, problem.en):
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip()
        assert text.endswith(".")
    assert problem.en.isascii() or "–" in problem.en or "“" in problem.en


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_text_formats_with_the_parameters_it_names(code: str) -> None:
    vi, en = words(Fault(code, "", {name: f"«{name}»" for name in needed(code)}))
    assert "{" not in vi + en
    assert vi != en
