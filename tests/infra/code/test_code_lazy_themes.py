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
    + "import json, sys, {}; print(json.dumps([name for name in sys.modules if name.startswith('motcua.routes.')]))"
)


def _themes_after_start(handler: str, **environment: str) -> set[str]:
    told = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-c", LOOK.format(handler)]
    return set(json.loads(subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout))


@pytest.mark.parametrize("handler", SERVES_HTTP)
def test_a_function_starts_without_any_theme(handler: str) -> None:
    assert _themes_after_start(handler) == set()
    assert _themes_after_start(handler, AWS_LAMBDA_INITIALIZATION_TYPE="on-demand") == set()


@pytest.mark.parametrize("kind", ["snap-start", "provisioned-concurrency"])
@pytest.mark.parametrize("handler", SERVES_HTTP)
def test_a_function_that_starts_ahead_has_loaded_all_of_its_themes(handler: str, kind: str) -> None:
    own = {name for name in imports(handler) if layer(name) == "routes"}
    assert _themes_after_start(handler, AWS_LAMBDA_INITIALIZATION_TYPE=kind) >= own
