"""Every variable that a function's code asks for is set for that function in the template, and none is set in vain.

Read off the syntax trees: what a handler and its routes ask for by themselves, and through the parts of `bootstrap` that
they call. A part that is handed on uncalled is needed by some callers and not by others: tests/handlers run every function
with the template's environment and nothing else.
"""

import ast
from collections.abc import Iterator

from motcua.domain.event import Queue
from tests.kit.code import HANDLERS, imports, layer, tree
from tests.kit.template import functions, written

FUNCTIONS = {function["Handler"].removesuffix(".handler"): function for function in functions().values()}
SHARED = set(written()["Globals"]["Function"]["Environment"]["Variables"])


def _asked(node: ast.AST) -> Iterator[str]:
    """The variables named in calls of `setting(…)` and `os.environ.get(…)`."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("setting", "os.environ.get"):
            name = call.args[0]
            if isinstance(name, ast.JoinedStr):  # f"{queue.name}_QUEUE_URL", for each queue
                assert ast.unparse(name) == "f'{queue.name}_QUEUE_URL'"
                yield from (f"{queue.name}_QUEUE_URL" for queue in Queue)
            else:
                yield str(ast.literal_eval(name))


PARTS = {node.name: node for node in tree("motcua.bootstrap").body if isinstance(node, ast.FunctionDef)}


def _parts(node: ast.AST, *, handed_on: bool) -> set[str]:
    """The parts of bootstrap that `node` calls as `bootstrap.part()` or `part()`; on demand also those it only names."""
    called = {
        ast.unparse(call.func).removeprefix("bootstrap.") for call in ast.walk(node) if isinstance(call, ast.Call)
    }
    named = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)} if handed_on else set()
    return (called | named) & set(PARTS)


def _needed(handler: str, *, handed_on: bool = False) -> set[str]:
    modules, ahead = {handler}, [handler]
    while ahead:  # the routes of the handler, and those that they share
        shared = {name for name in imports(ahead.pop()) if layer(name) == "routes"} - modules
        modules |= shared
        ahead += shared
    needed = {name for module in modules for name in _asked(tree(module))}
    open_parts = {part for module in modules for part in _parts(tree(module), handed_on=False)}
    seen: set[str] = set()
    while open_parts:
        part = open_parts.pop()
        seen.add(part)
        needed |= set(_asked(PARTS[part]))
        open_parts |= _parts(PARTS[part], handed_on=handed_on) - seen
    return needed


def _own(handler: str) -> set[str]:
    return set(FUNCTIONS[handler].get("Environment", {}).get("Variables", {})) - SHARED


def test_the_syntax_trees_are_read() -> None:
    assert _needed("handlers.dispatch_parcel") == {
        "DISPATCH_QUEUE_URL",
        "DOSSIER_TABLE",
        "PERSON_TABLE",
        "REGISTRY_TABLE",
        "REGISTRY_MEMORY_SECONDS",
        "PARTNER_URL",
        "PARTNER_SECRET_ARN",
    }


def test_what_a_function_asks_for_is_set() -> None:
    parks_nothing = {"PARKING_QUEUE_URL"}  # only the relay parks; `queues` does without it
    missing = {handler: _needed(handler) - SHARED - _own(handler) - parks_nothing for handler in HANDLERS}
    assert missing == {name: set() for name in HANDLERS}


def test_nothing_is_set_in_vain() -> None:
    in_vain = {handler: _own(handler) - _needed(handler, handed_on=True) for handler in HANDLERS}
    assert in_vain == {name: set() for name in HANDLERS}


def test_the_relay_knows_where_to_park() -> None:
    assert "PARKING_QUEUE_URL" in _own("handlers.relay_events")
