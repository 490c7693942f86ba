"""The shape of the code: small modules that say what they are, handlers that fit a screen, words that mean something."""

import ast
import importlib
import re

import pytest

from tests.kit.code import HANDLERS, MODULES, tree
from tests.kit.template import functions

SAYS_NOTHING = re.compile(r"utils?|helpers?|common|managers?|services?|misc|base", re.IGNORECASE)


def _lines(module: str) -> int:
    return len(MODULES[module].read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("module", HANDLERS)
def test_a_handler_fits_a_screen(module: str) -> None:
    assert _lines(module) <= 60


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_read_in_one_go(module: str) -> None:
    assert _lines(module) <= 250


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is(module: str) -> None:
    said = (ast.get_docstring(tree(module)) or "").split("\n\n")[0]
    assert re.fullmatch(r"[A-Z].*[.:]", said.splitlines()[0]) or said.endswith("."), said


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_a_name_that_says_something(module: str) -> None:
    assert [part for part in module.split(".") if SAYS_NOTHING.fullmatch(part)] == []


@pytest.mark.parametrize("module", MODULES)
def test_errors_end_in_error(module: str) -> None:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
            if any(base.endswith(("Error", "Exception")) for base in bases):
                assert node.name.endswith("Error"), node.name


@pytest.mark.parametrize("module", HANDLERS)
def test_a_handler_imports_and_is_callable(module: str) -> None:
    assert callable(importlib.import_module(module).handler)


def test_every_handler_is_deployed_and_nothing_else_is() -> None:
    deployed = {function["Handler"].removesuffix(".handler") for function in functions().values()}
    assert deployed == set(HANDLERS)


@pytest.mark.parametrize("module", HANDLERS)
def test_a_handler_names_its_line_as_it_is_named_itself(module: str) -> None:
    (said,) = re.findall(r'@one_line\("(\w+)"\)', MODULES[module].read_text(encoding="utf-8"))
    assert f"handlers.{said}" == module
