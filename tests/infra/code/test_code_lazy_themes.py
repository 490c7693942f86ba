"""A theme is loaded when a request asks for it; a process that Lambda starts ahead of requests has loaded all of its own."""

import json
import os
import subprocess
import sys

import pytest

from tests.kit.code import HANDLERS, ROOT, imports, layer, routes

SERVES_HTTP = [handler for handler in HANDLERS if routes(handler)]
LAMBDA = (
    "import sys, types; sys.modules['snapshot_restore_py'] = types.SimpleNamespace(register_after_restore=callable); "
)
"""Lambda's own module, which is there when it takes a snapshot."""

LOOK = (
    LAMBDA
    + """\
import importlib, json
loaded = {}
for handler in sys.argv[1:]:
    importlib.import_module(handler)
    loaded[handler] = [name for name in sys.modules if name.startswith("motcua.routes.")]
print(json.dumps(loaded))"""
)
"""What is loaded after each handler, one after the other."""


def _themes_after_start(*handlers: str, **environment: str) -> dict[str, set[str]]:
    told = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-c", LOOK, *handlers]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=True)
    return {handler: set(themes) for handler, themes in json.loads(done.stdout).items()}


def test_a_function_starts_without_any_theme() -> None:
    without: dict[str, set[str]] = {handler: set() for handler in SERVES_HTTP}
    assert _themes_after_start(*SERVES_HTTP) == without
    assert _themes_after_start(*SERVES_HTTP, AWS_LAMBDA_INITIALIZATION_TYPE="on-demand") == without


@pytest.mark.parametrize("kind", ["snap-start", "provisioned-concurrency"])
def test_a_function_that_starts_ahead_has_loaded_all_of_its_themes(kind: str) -> None:
    for handler in SERVES_HTTP:
        loaded = _themes_after_start(handler, AWS_LAMBDA_INITIALIZATION_TYPE=kind)
        assert loaded[handler] >= {name for name in imports(handler) if layer(name) == "routes"}, handler
