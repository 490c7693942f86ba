"""Find the problems that code can raise, from the syntax trees: of a function and of everything that it names.

A named function counts as called. Of a named class, the methods and properties count whose name is used on any value
(`by.require`), as well as what runs by itself: its constructor and a model's validators. Ports and adapters are not
followed, because use cases or `http` turn their errors into problems.
"""

import ast
import functools
from collections.abc import Iterator

from tests.kit.code import MODULES, tree

RAISED_BY = {"MotcuaError", "InvalidError", "RefusedError", "ForbiddenError", "NotFoundError", "ConflictError"}

NOT_FOLLOWED = ("motcua.ports", "motcua.adapters", "motcua.bootstrap", "motcua.telemetry")

Place = tuple[str, str]
"""A module, and the name of a definition at its top level."""


def raised(*of: Place) -> set[str]:
    """Return the codes of all problems that these functions and models can raise."""
    codes: set[str] = set()
    seen: set[Place] = set()
    asked: set[str] = set()
    waiting: dict[Place, tuple[str, ast.AST]] = {}
    ahead: list[tuple[Place, ast.AST]] = [(place, node) for place in of if (node := _defined(place[0]).get(place[1]))]
    while ahead:
        place, node = ahead.pop()
        if place in seen:
            continue
        seen.add(place)
        parts = [node]
        if isinstance(node, ast.ClassDef):
            methods = [each for each in node.body if isinstance(each, ast.FunctionDef) and not _runs_by_itself(each)]
            parts = [each for each in (*node.bases, *node.body) if each not in methods]
            waiting |= {(place[0], f"{place[1]}.{each.name}"): (_how_asked(each), each) for each in methods}
        for part in parts:
            here, of_values, named = _read(place[0], part)
            codes |= here
            asked |= of_values
            ahead += [(each, there) for each in named if (there := _defined(each[0]).get(each[1]))]
        ahead += [(each, method) for each, (name, method) in waiting.items() if name in asked and each not in seen]
    return codes


@functools.cache
def _read(module: str, node: ast.AST) -> tuple[frozenset[str], frozenset[str], frozenset[Place]]:
    """Return what a piece of code raises itself, what it uses on values, and what it names."""
    named = frozenset(each for each in _named(module, node) if not each[0].startswith(NOT_FOLLOWED))
    return frozenset(_codes(node)), frozenset(_asked(node)), named


def _asked(node: ast.AST) -> Iterator[str]:
    """Yield what is used on values: `name` of an attribute, `name()` of a call."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute):
            yield each.attr
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
            yield f"{each.func.attr}()"


def _how_asked(method: ast.FunctionDef) -> str:
    is_property = any("property" in ast.unparse(each) for each in method.decorator_list)
    return method.name if is_property else f"{method.name}()"


def _runs_by_itself(method: ast.FunctionDef) -> bool:
    return method.name in ("__init__", "__post_init__") or any(
        "validator" in ast.unparse(each) for each in method.decorator_list
    )


@functools.cache
def _defined(module: str) -> dict[str, ast.AST]:
    """Return the top-level definitions of a module by name: functions, classes, and values that may hold functions."""
    found: dict[str, ast.AST] = {}
    for node in tree(module).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[node.name] = node
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    return found


@functools.cache
def _imported(module: str) -> dict[str, Place | str]:
    """Return what each imported name means: a place, or (as text) a whole module of ours."""
    found: dict[str, Place | str] = {}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module in MODULES:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                place: Place = (node.module, alias.name)
                found[alias.asname or alias.name] = inner if inner in MODULES else place
    return found


def _named(module: str, node: ast.AST) -> Iterator[Place]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            meant = _imported(module).get(each.id, (module, each.id))
            if isinstance(meant, tuple):
                yield meant
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            of = _imported(module).get(each.value.id)
            if isinstance(of, str):
                yield of, each.attr


def _codes(node: ast.AST) -> Iterator[str]:
    """Yield the codes of the errors raised here.

    A form with several faults is `invalid_fields`, and so is a model's fault in one field. A model's fault as a whole,
    without a field, is a problem of its own.
    """
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        made = ast.unparse(call.func)
        if made == "InvalidError.of":
            yield "invalid_fields"
        elif made in RAISED_BY and call.args:
            yield from _literals(call.args[0])
        elif made == "PydanticCustomError":
            yield from _literals(call.args[0]) if len(call.args) == 2 and _of_the_whole(node, call) else ()


def _of_the_whole(node: ast.AST, call: ast.Call) -> bool:
    """Return whether the call is in a validator of a whole model."""
    return any(
        isinstance(function, ast.FunctionDef)
        and any(ast.unparse(each).startswith("model_validator") for each in function.decorator_list)
        and any(inner is call for inner in ast.walk(function))
        for function in ast.walk(node)
    )


def _literals(node: ast.expr) -> list[str]:
    """Return the codes that an expression may have: a literal, or a choice between two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return _literals(node.body) + _literals(node.orelse) if isinstance(node, ast.IfExp) else []
