"""The shape of the code: small modules that say what they are, handlers that fit a screen, words that mean something."""

import ast
import importlib
import re
from collections.abc import Iterator

from tests.kit.code import HANDLERS, MODULES, tree
from tests.kit.template import functions

SAYS_NOTHING = re.compile(r"utils?|helpers?|common|managers?|services?|misc|base", re.IGNORECASE)


def _lines(module: str) -> int:
    return len(MODULES[module].read_text(encoding="utf-8").splitlines())


def _says_what_it_is(module: str) -> bool:
    said = (ast.get_docstring(tree(module)) or "").split("\n\n")[0]
    return bool(re.match(r"[A-Z].*[.:]$", said, re.MULTILINE) or said.endswith("."))


def _misnamed_errors(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
            if any(base.endswith(("Error", "Exception")) for base in bases) and not node.name.endswith("Error"):
                yield f"{module}.{node.name}"


def test_a_handler_fits_a_screen() -> None:
    assert {module: lines for module in HANDLERS if (lines := _lines(module)) > 60} == {}


def test_a_module_is_read_in_one_go() -> None:
    assert {module: lines for module in MODULES if (lines := _lines(module)) > 250} == {}


def test_a_module_says_what_it_is() -> None:
    assert [module for module in MODULES if not _says_what_it_is(module)] == []


def test_a_module_has_a_name_that_says_something() -> None:
    assert [module for module in MODULES if any(SAYS_NOTHING.fullmatch(part) for part in module.split("."))] == []


def test_errors_end_in_error() -> None:
    assert [name for module in MODULES for name in _misnamed_errors(module)] == []


def test_a_handler_imports_and_is_callable() -> None:
    assert [module for module in HANDLERS if not callable(importlib.import_module(module).handler)] == []


def test_every_handler_is_deployed_and_nothing_else_is() -> None:
    deployed = {function["Handler"].removesuffix(".handler") for function in functions().values()}
    assert deployed == set(HANDLERS)


def test_a_handler_names_its_line_as_it_is_named_itself() -> None:
    said = {module: re.findall(r'@one_line\("(\w+)"\)', MODULES[module].read_text("utf-8")) for module in HANDLERS}
    assert said == {module: [module.removeprefix("handlers.")] for module in HANDLERS}
