"""Lambda bills what it loads: modules that no function may load by being imported, looked at in a fresh process."""

import json
import os
import subprocess
import sys

from tests.kit.code import HANDLERS, MODULES, ROOT, layer

HEAVY = (
    "boto3",
    "s3transfer",
    "requests",
    "httpx",
    "aws_xray_sdk",
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.utilities.data_classes",
    "aws_lambda_powertools.utilities.parser",
    "aws_lambda_powertools.utilities.typing",
    "asyncio",
    "multiprocessing",
    "unittest",
    "sqlite3",
    "pydantic_settings",
    "yaml",
    "jinja2",
    "typst",
    "xlsxwriter",
    "moto",
    "tests",
    "infra",
)
"""botocore itself brings jmespath, urllib3, email and ssl: they cannot be avoided with it."""

LOOK = "import json, sys; import {}; print(json.dumps(sorted(sys.modules)))"


def _loaded_by(*modules: str) -> set[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "POWERTOOLS_SERVICE_NAME": "motcua"}
    command = [sys.executable, "-c", LOOK.format(", ".join(modules))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=ROOT)
    return set(json.loads(done.stdout))


def test_no_function_loads_what_it_does_not_need() -> None:
    """What all functions together load, and all their themes: what none of them loads is not in it."""
    loaded = _loaded_by(*HANDLERS, *(name for name in MODULES if layer(name) == "routes"))
    assert [name for name in sorted(loaded) if name.startswith(tuple(f"{heavy}." for heavy in HEAVY))] == []
    assert loaded & set(HEAVY) == set()


def test_the_counter_loads_no_adapter_of_others() -> None:
    """The first receipt of the morning waits for every module that is loaded."""
    office = ("motcua.adapters.dossier.dossiers", "motcua.adapters.registry.registry")
    loaded = _loaded_by("handlers.dossier_api", "motcua.routes.intake.receive_dossier", *office)
    others = ("post.callbacks", "reports.figures", "outbox.outbox", "secrets.partner_secret", "post.postal_partner")
    assert {f"motcua.adapters.{name}" for name in others} & loaded == set()


def test_importing_a_function_asks_nothing_of_its_environment() -> None:
    """A variable that the template forgot must fail by its name, in the log, and not as an import error."""
    command = [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = sys.argv[1:]; import {', '.join(HANDLERS)}"]
    where = [str(ROOT), *(path for path in sys.path if "site-packages" in path)]
    done = subprocess.run(
        [*command, *where], capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]}
    )
    assert done.returncode == 0, done.stderr
